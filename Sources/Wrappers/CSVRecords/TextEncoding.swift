/// How the characters of a file are written as bytes.
package enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"
  case iso8859_1 = "iso-8859-1"
  case macRoman = "mac-roman"

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

/// Finds out the encoding of a file that is given to it piece by piece.
package struct EncodingScan: Sendable {
  /// What was found.
  package struct Finding: Hashable, Sendable {
    /// UTF-8 if all bytes are, UTF-16 if the start says so, and otherwise Windows-1252.
    package let encoding: TextEncoding
    /// Whether `encoding` is only what remains, because nothing in the file tells.
    package let isAssumed: Bool
    /// The line of the first byte that is not UTF-8, counted from 1; `nil` if there is none.
    package let firstInvalidLine: Int?
    /// The place of the first byte that is not UTF-8, counted from 0.
    package let firstInvalidOffset: Int?
  }

  private var prefix: [UInt8] = []
  private var validator = UTF8Validator()
  private var line = 1
  private var lastWasCR = false
  private var offset = 0
  private var firstInvalid: (line: Int, offset: Int)?

  package init() {}

  /// Looks at the next bytes.
  package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
    if prefix.count < 1024 { prefix.append(contentsOf: bytes.prefix(1024 - prefix.count)) }
    guard firstInvalid == nil else { return }
    let invalid = validator.firstInvalid(in: bytes)
    countLines(in: UnsafeRawBufferPointer(rebasing: bytes[..<max(0, invalid ?? bytes.count)]))
    if let invalid { firstInvalid = (line, offset + invalid) }
    offset += bytes.count
  }

  /// Looks at the next bytes.
  package mutating func consume(_ bytes: some Sequence<UInt8>) {
    Array(bytes).withUnsafeBytes { consume($0) }
  }

  /// What the bytes so far are, if nothing follows them.
  package var result: Finding {
    var found = firstInvalid
    if found == nil && validator.isInside { found = (line, offset - validator.seen) }
    let certain = TextEncoding.detect(prefix: prefix)
    return Finding(
      encoding: certain ?? (found == nil ? .utf8 : .windows1252),
      isAssumed: certain == nil && found != nil,
      firstInvalidLine: found?.line, firstInvalidOffset: found?.offset)
  }

  private mutating func countLines(in bytes: UnsafeRawBufferPointer) {
    for byte in bytes {
      if byte == Byte.lf {
        if !lastWasCR { line += 1 }
        lastWasCR = false
      } else {
        lastWasCR = byte == Byte.cr
        if lastWasCR { line += 1 }
      }
    }
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
