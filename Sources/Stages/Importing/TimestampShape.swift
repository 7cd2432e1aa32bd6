/// What a cell looks like: its runs of digits, letters and blanks, and what stands between them.
///
/// A pattern can fit only cells of its own shape, so most patterns need not be tried.
enum TimestampShape {
  /// The most runs that a shape may have.
  private static let longest = 16
  private static let digits: UInt128 = 0x39
  private static let letters: UInt128 = 0x61

  /// The shape of a cell; `nil` if it cannot be told in this simple way, as with dots after
  /// letters, or with letters beyond ASCII.
  static func shape(of cell: UnsafeRawBufferPointer) -> UInt128? {
    var shape: UInt128 = 0
    var count = 0
    var last: UInt128 = 0
    var hasLetters = false
    var hasDots = false
    for byte in cell {
      var kind = UInt128(byte)
      switch byte {
      case 0x30...0x39: kind = digits
      case 0x41...0x5a, 0x61...0x7a:
        kind = letters
        hasLetters = true
      case 0x20, 0x09: kind = 0x20
      case 0x2e: hasDots = true
      case 0x80...: return nil
      default: break
      }
      let isRun = kind == digits || kind == letters || kind == 0x20
      if isRun && kind == last { continue }
      guard count < longest else { return nil }
      shape = shape << 8 | kind
      count += 1
      last = kind
    }
    return hasLetters && hasDots ? nil : shape
  }

  /// The shape of the cells that a pattern fits; `nil` if they have several.
  static func shape(of pattern: TimestampPattern) -> UInt128? {
    var text: [UInt8] = []
    for step in pattern.steps {
      switch step {
      case .number, .shortYear, .fraction: text.append(0x39)
      case .monthName, .weekday, .halfDay: text.append(0x61)
      case .blank: text.append(0x20)
      case .literal(let byte): text.append(byte)
      case .offset: return nil
      }
    }
    return text.withUnsafeBytes { shape(of: $0) }
  }
}
