@testable import CSVRecords
import TestSupport
import Testing

@Suite struct TextTests {
  private func decode(
    _ bytes: [UInt8], _ encoding: TextEncoding, piece: Int = .max, room: Int = 64
  ) throws -> [UInt8] {
    var rest = bytes[...]
    let decoder = TextDecoder(encoding, blockSize: 16) { buffer in
      let count = min(buffer.count, piece, rest.count)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    var decoded: [UInt8] = []
    var block = [UInt8](repeating: 0, count: room)
    while true {
      let count = try block.withUnsafeMutableBytes { try decoder.read(into: $0) }
      if count == 0 { return decoded }
      decoded += block[..<count]
    }
  }

  private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xff)]
      return bigEndian ? bytes : bytes.reversed()
    }
  }

  @Test("UTF-16 with and without a byte order mark is recognised and decoded in any pieces")
  func utf16() throws {
    let text = "id,name\r\n1,\"Zoë 😀\"\r\n"
    for bigEndian in [false, true] {
      let expected: TextEncoding = bigEndian ? .utf16BigEndian : .utf16LittleEndian
      for mark in ["", "\u{feff}"] {
        let bytes = Self.utf16(mark + text, bigEndian: bigEndian)
        #expect(TextEncoding.detect(prefix: bytes) == expected)
        for piece in 1...5 {
          for room in [1, 2, 3, 50] {
            #expect(
              try decode(bytes, expected, piece: piece, room: room) == Array(text.utf8))
          }
        }
      }
    }
  }

  @Test("half a surrogate pair and half a unit become replacement characters")
  func brokenUTF16() throws {
    let bytes: [UInt8] = [0x61, 0, 0x3d, 0xd8, 0x62, 0, 0x00, 0xdc, 0x63]
    #expect(try decode(bytes, .utf16LittleEndian) == Array("a\u{fffd}b\u{fffd}\u{fffd}".utf8))
  }

  @Test("a byte order mark before a quoted header is left out")
  func markAndQuotes() throws {
    let bytes = [0xef, 0xbb, 0xbf] + Array("\"id\",\"n\"\n1,2\n".utf8)
    #expect(TextEncoding.detect(prefix: bytes) == .utf8)
    for piece in 1...4 {
      let decoded = try decode(bytes, .utf8, piece: piece)
      #expect(try readItems(decoded).first?.fields == [Array("id".utf8), Array("n".utf8)])
    }
    #expect(try decode([0xef, 0xbb], .utf8) == [0xef, 0xbb])
    #expect(try decode([], .utf8).isEmpty)
  }

  @Test(
    "encodings with one byte a character",
    arguments: [
      (TextEncoding.windows1252, [0x80, 0x93, 0xe9, 0x81], "€“é\u{81}"),
      (.iso8859_1, [0x80, 0xe9, 0xff], "\u{80}éÿ"),
      (.macRoman, [0x8e, 0xdb, 0xca, 0xff], "é€\u{a0}ˇ"),
    ])
  func singleBytes(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) throws {
    #expect(try decode(bytes, encoding) == Array(text.utf8))
  }

  @Test("NUL bytes alone do not make UTF-16")
  func plainWithNUL() {
    #expect(TextEncoding.detect(prefix: []) == nil)
    #expect(TextEncoding.detect(prefix: Array("a\0b,c\n".utf8)) == nil)
  }

  @Test("validity of UTF-8 is that of the standard library, on random bytes")
  func validity() {
    var random = SeededGenerator(seed: 3)
    let alphabet: [UInt8] = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed,
      0xef, 0xf0, 0xf4, 0xf5, 0xff,
    ]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
        alphabet.randomElement(using: &random)
      }
      let expected = String(validating: bytes, as: UTF8.self) != nil
      #expect(isValidUTF8(bytes) == expected, "\(bytes)")
    }
  }

  @Test("a file told to be UTF-8 passes on bytes that are not, and the field says so")
  func invalidField() throws {
    let bytes = Array("a,".utf8) + [0xe9] + Array(",b\n".utf8)
    var rest = bytes[...]
    let reader = RecordReader(delimiter: 0x2c) { buffer in
      let count = min(buffer.count, rest.count)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    var batch = RecordBatch()
    #expect(try reader.next(&batch))
    #expect((0..<3).map { batch.isValidUTF8(0, $0) } == [true, false, true])
    #expect(batch.texts(of: 0) == ["a", "\u{fffd}", "b"])
  }

  @Test("the writer quotes only what needs it, and guards text but not numbers and ids")
  func writer() {
    var writer = CSVWriter(guardFormulas: true)
    writer.text("=1+1")
    writer.text("-x, y")
    writer.number(-5)
    writer.raw("+49 30")
    writer.text("\tx")
    writer.endRecord()
    writer.record(["a b", " a", "a ", "q\"q", "l\nl", ""])
    writer.record([""])
    writer.endRecord()
    let expected = [
      "'=1+1,\"'-x, y\",-5,+49 30,'\tx", "a b,\" a\",\"a \",\"q\"\"q\",\"l\nl\",", "\"\"", "\"\"",
      "",
    ]
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected.joined(separator: "\n"))
  }
}
