import TestSupport
import Testing

@testable import CSVRecords

@Suite("Files with lines in two encodings")
struct TextLinesTests {
  private func scan(_ bytes: [UInt8], piece: Int) -> TextLineScan {
    var lines = TextLineScan()
    var rest = bytes[...]
    while !rest.isEmpty {
      lines.consume(rest.prefix(piece))
      rest = rest.dropFirst(piece)
    }
    lines.finish()
    return lines
  }

  @Test("Lines are counted from 1 over LF, CR and CRLF, in any pieces")
  func kinds() {
    let bytes: [UInt8] =
      Array("id,é\r\nplain\rzwei €\n\r\n".utf8) + [0x65, 0xe9, 0x0d] + Array("ü".utf8) + [
        0x0d, 0x0a,
      ]
      + [0xff, 0x0a, 0x61, 0xe2, 0x82]
    for piece in 1...bytes.count {
      let lines = scan(bytes, piece: piece)
      #expect(lines.utf8.first == [1, 3, 6], "piece \(piece)")
      #expect(lines.other.first == [5, 7, 8], "piece \(piece)")
    }
  }

  @Test("Of many lines all are counted, and the first are named")
  func many() {
    let lines = scan(Array(repeating: [0xe9, 0x0a], count: 1_000).flatMap { $0 }, piece: 7)
    #expect(lines.other.count == 1_000 && lines.other.first == Array(1...TextLineScan.Lines.listed))
    #expect(lines.utf8.count == 0)
  }

  @Test("Each line is read as what it is, for any pieces", arguments: 0..<40)
  func decoding(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = ["é", "€uro", "plain", "ü", "Zoë,\"x\"", ""]
    let ends = ["\n", "\r\n", "\r"]
    var bytes: [UInt8] = []
    var expected = ""
    for _ in 0..<20 {
      let text = (0..<3).map { _ in words.randomElement(using: &random) ?? "" }.joined()
      let end = ends.randomElement(using: &random) ?? "\n"
      bytes += Bool.random(using: &random) ? Array(text.utf8) : try windows1252(text)
      bytes += Array(end.utf8)
      expected += text + end
    }
    for piece in 1...50 {
      let decoded = try decoded(bytes, .utf8OrWindows1252, piece: piece, blockSize: piece)
      #expect(String(decoding: decoded, as: UTF8.self) == expected)
    }
  }

  private func windows1252(_ text: String) throws -> [UInt8] {
    try text.unicodeScalars.map { scalar in
      if scalar == "€" { return 0x80 }
      return try #require(UInt8(exactly: scalar.value))
    }
  }
}

/// What a decoder makes of bytes that come in pieces.
func decoded(
  _ bytes: [UInt8], _ encoding: TextEncoding, piece: Int, blockSize: Int, room: Int = 64
) throws -> [UInt8] {
  var rest = bytes[...]
  let decoder = TextDecoder(encoding, blockSize: blockSize) { buffer in
    let count = min(buffer.count, piece, rest.count)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
  var text: [UInt8] = []
  var block = [UInt8](repeating: 0, count: room)
  while true {
    let count = try block.withUnsafeMutableBytes { try decoder.read(into: $0) }
    if count == 0 { return text }
    text += block[..<count]
  }
}
