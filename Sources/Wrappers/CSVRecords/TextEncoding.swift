/// How the characters of a file are written as bytes.
package enum TextEncoding: Hashable, Sendable {
  case utf8
  case utf16LittleEndian
  case utf16BigEndian
  case windows1252
  case iso8859_1
  case macRoman
  /// Each line by itself: UTF-8 if it is that, else Windows-1252.
  case utf8OrWindows1252
  /// One that the system's iconv knows by this name.
  case other(String)

  /// What the first bytes of a file say for certain, or `nil` if only the whole file can tell.
  ///
  /// A byte order mark decides; without one, NUL in at least half of the even or of the odd places,
  /// and hardly any in the others, is UTF-16.
  package static func detect(prefix: some Collection<UInt8>) -> TextEncoding? {
    let start = Array(prefix.prefix(1024))
    if start.starts(with: [0xef, 0xbb, 0xbf]) { return .utf8 }
    if start.starts(with: [0xff, 0xfe]) { return .utf16LittleEndian }
    if start.starts(with: [0xfe, 0xff]) { return .utf16BigEndian }
    var nulls = [0, 0]
    for (index, byte) in start.enumerated() where byte == 0 { nulls[index & 1] += 1 }
    let pairs = start.count / 2
    guard pairs >= 2 else { return nil }
    if nulls[1] * 2 >= pairs && nulls[0] * 20 <= pairs { return .utf16LittleEndian }
    if nulls[0] * 2 >= pairs && nulls[1] * 20 <= pairs { return .utf16BigEndian }
    return nil
  }
}

/// Whether bytes are valid UTF-8.
package func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var validator = UTF8Validator()
  return validator.firstInvalid(in: bytes) == nil && !validator.isInside
}

/// Whether bytes are valid UTF-8.
package func isValidUTF8(_ bytes: some Sequence<UInt8>) -> Bool {
  Array(bytes).withUnsafeBytes { isValidUTF8($0) }
}

/// Checks UTF-8 piece by piece: no overlong forms, no surrogates, nothing above U+10FFFF.
struct UTF8Validator: Sendable {
  /// How many bytes must still follow.
  private var missing = 0
  /// What the next byte may be.
  private var allowed: ClosedRange<UInt8> = 0x80...0xbf
  /// How many bytes of the sequence at hand were seen.
  private(set) var seen = 0

  /// Whether the bytes so far end inside a sequence.
  var isInside: Bool { missing > 0 }

  /// The place where the first invalid sequence starts; below 0 if in bytes given earlier.
  mutating func firstInvalid(in bytes: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    let count = bytes.count
    while index < count {
      if missing == 0 {
        while index + 8 <= count,
          bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
        }
        guard index < count else { return nil }
      }
      let byte = bytes[index]
      if missing > 0 {
        guard allowed.contains(byte) else { return index - seen }
        missing -= 1
        seen += 1
        allowed = 0x80...0xbf
      } else if byte >= 0x80 {
        guard start(with: byte) else { return index }
      }
      index += 1
    }
    return nil
  }

  private mutating func start(with byte: UInt8) -> Bool {
    seen = 1
    allowed = 0x80...0xbf
    switch byte {
    case 0xc2...0xdf: missing = 1
    case 0xe0...0xef:
      missing = 2
      if byte == 0xe0 { allowed = 0xa0...0xbf }
      if byte == 0xed { allowed = 0x80...0x9f }
    case 0xf0...0xf4:
      missing = 3
      if byte == 0xf0 { allowed = 0x90...0xbf }
      if byte == 0xf4 { allowed = 0x80...0x8f }
    default: return false
    }
    return true
  }
}
