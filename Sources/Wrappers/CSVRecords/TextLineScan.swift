/// Finds the lines of a file that are UTF-8 and those that are not, given it piece by piece.
package struct TextLineScan: Sendable {
  /// The lines of one kind, counted from 1.
  package struct Lines: Hashable, Sendable {
    package private(set) var count = 0
    /// The first of them, at most ``listed``.
    package private(set) var first: [Int] = []

    package static let listed = 100

    fileprivate mutating func add(_ line: Int) {
      count += 1
      if first.count < Self.listed { first.append(line) }
    }
  }

  /// Lines that are UTF-8 and not plain ASCII, which would be UTF-8 in any file.
  package private(set) var utf8 = Lines()
  /// Lines that are not UTF-8.
  package private(set) var other = Lines()

  private var line = 1
  private var validator = UTF8Validator()
  private var isASCII = true
  private var isInvalid = false
  private var lastWasCR = false

  package init() {}

  /// Looks at the next bytes.
  package mutating func consume(_ bytes: UnsafeRawBufferPointer) {
    var start = 0
    var high: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      high |= byte
      guard byte == Byte.lf || byte == Byte.cr else { continue }
      look(at: bytes[start..<index], isASCII: high < 0x80)
      if byte != Byte.lf || !lastWasCR || index > start { endLine() }
      lastWasCR = byte == Byte.cr
      (start, high) = (index + 1, 0)
    }
    look(at: bytes[start...], isASCII: high < 0x80)
    if start < bytes.count { lastWasCR = false }
  }

  /// Looks at the next bytes.
  package mutating func consume(_ bytes: some Sequence<UInt8>) {
    Array(bytes).withUnsafeBytes { consume($0) }
  }

  /// To be called at the end of the file, which need not be that of a line.
  package mutating func finish() {
    endLine()
  }

  private mutating func look(at part: Slice<UnsafeRawBufferPointer>, isASCII isPlain: Bool) {
    guard !isInvalid, !isPlain || validator.isInside else { return }
    isASCII = false
    isInvalid = validator.firstInvalid(in: UnsafeRawBufferPointer(rebasing: part)) != nil
  }

  private mutating func endLine() {
    if isInvalid || validator.isInside {
      other.add(line)
    } else if !isASCII {
      utf8.add(line)
    }
    line += 1
    validator = UTF8Validator()
    isASCII = true
    isInvalid = false
  }
}
