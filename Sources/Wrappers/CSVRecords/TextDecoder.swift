/// Turns the bytes of a file into UTF-8 as they are read.
///
/// A byte order mark is left out. UTF-8 is passed on as it is, also where it is not valid; see
/// ``isValidUTF8(_:)``. Half of a surrogate pair becomes U+FFFD. What is no character of an
/// encoding that iconv reads is marked; see ``isMarkedInvalid(_:)``.
package final class TextDecoder {
  package typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

  private let encoding: TextEncoding
  private let source: Read
  private let table: [UInt16]
  private let iconv: IconvDecoder?
  /// The start of a line that is decoded as a whole.
  private var line: [UInt8] = []
  /// Bytes of UTF-8 that wait to be handed over.
  private var output: [UInt8] = []
  private var handedOver = 0
  private var input: [UInt8]
  private var isAtStart = true
  private var ended = false
  /// The first byte of a UTF-16 unit whose second is not read yet.
  private var halfUnit: UInt8?
  /// The first half of a surrogate pair.
  private var highSurrogate: UInt16?

  /// Creates a decoder of what `read` gives; 0 bytes are the end.
  package init(_ encoding: TextEncoding, blockSize: Int = 1 << 18, read: @escaping Read) {
    self.encoding = encoding
    source = read
    input = Array(repeating: 0, count: encoding == .utf8 ? 3 : max(1, blockSize))
    table = encoding.upperHalf
    iconv = if case .other(let name) = encoding { IconvDecoder(name) } else { nil }
  }

  /// Fills the start of a buffer and returns how many bytes; 0 is the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    if encoding == .utf8 && isAtStart { try readStart() }
    while handedOver == output.count && !ended {
      if encoding == .utf8 {
        let count = try source(buffer)
        ended = count == 0
        return count
      }
      try decodeBlock()
    }
    let count = min(buffer.count, output.count - handedOver)
    output.withUnsafeBytes { all in
      buffer.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: all[handedOver..<handedOver + count]))
    }
    handedOver += count
    return count
  }

  /// Reads the first three bytes of UTF-8 and forgets them if they are a byte order mark.
  private func readStart() throws {
    isAtStart = false
    var filled = 0
    while filled < 3 && !ended {
      let count = try input.withUnsafeMutableBytes {
        try source(UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      ended = count == 0
      filled += count
    }
    output = Array(input[..<filled])
    if output == [0xef, 0xbb, 0xbf] { output = [] }
  }

  private func decodeBlock() throws {
    let count = try input.withUnsafeMutableBytes { try source($0) }
    output.removeAll(keepingCapacity: true)
    handedOver = 0
    if count == 0 {
      ended = true
      finish()
      return
    }
    switch encoding {
    case .utf16LittleEndian, .utf16BigEndian: decodeUTF16(count)
    case .utf8OrWindows1252: decodeLines(count)
    case .other: iconv?.decode(input[..<count], into: &output)
    case .utf8, .windows1252, .iso8859_1, .macRoman: decodeSingleBytes(input[..<count])
    }
  }

  private func finish() {
    if halfUnit != nil || highSurrogate != nil { append(0xfffd) }
    decodeLine()
    iconv?.finish(into: &output)
  }

  private func decodeSingleBytes(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if byte < 0x80 { output.append(byte) } else { append(UInt32(table[Int(byte) - 0x80])) }
    }
  }

  /// No record is so long that a longer line need be decoded as a whole.
  private static let longestLine = 32 << 20

  private func decodeLines(_ count: Int) {
    var rest = input[..<count]
    while let end = rest.firstIndex(where: { $0 == Byte.lf || $0 == Byte.cr }) {
      line += rest[...end]
      rest = rest[(end + 1)...]
      decodeLine()
    }
    line += rest
    if line.count > Self.longestLine { decodeLine() }
  }

  private func decodeLine() {
    if isValidUTF8(line) { output += line } else { decodeSingleBytes(line[...]) }
    line.removeAll(keepingCapacity: true)
  }

  private func decodeUTF16(_ count: Int) {
    for byte in input[..<count] {
      guard let first = halfUnit else {
        halfUnit = byte
        continue
      }
      halfUnit = nil
      let (high, low) = encoding == .utf16BigEndian ? (first, byte) : (byte, first)
      unit(UInt16(high) << 8 | UInt16(low))
    }
  }

  private func unit(_ unit: UInt16) {
    defer { isAtStart = false }
    if isAtStart && unit == 0xfeff { return }
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        append(0x10000 + (UInt32(high) - 0xd800) << 10 + (UInt32(unit) - 0xdc00))
        return
      }
      append(0xfffd)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else {
      append(UTF16.isTrailSurrogate(unit) ? 0xfffd : UInt32(unit))
    }
  }

  private func append(_ scalar: UInt32) {
    func tail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift) & 0x3f) }
    switch scalar {
    case ..<0x80: output.append(UInt8(scalar))
    case ..<0x800:
      output.append(UInt8(0xc0 | scalar >> 6))
      output.append(tail(0))
    case ..<0x10000:
      output.append(UInt8(0xe0 | scalar >> 12))
      output.append(tail(6))
      output.append(tail(0))
    default:
      output.append(UInt8(0xf0 | scalar >> 18))
      output.append(tail(12))
      output.append(tail(6))
      output.append(tail(0))
    }
  }
}
