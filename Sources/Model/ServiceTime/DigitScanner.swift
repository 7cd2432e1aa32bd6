/// A reader of fixed digit patterns such as `2026-03-31`, from left to right.
struct DigitScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  /// The next byte, or `nil` at the end.
  var next: UInt8? { isAtEnd ? nil : bytes[position] }

  /// Passes over `character` if it comes next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let next, UInt32(next) == character.value else { return false }
    position += 1
    return true
  }

  /// Reads exactly `digits` ASCII digits.
  mutating func number(digits: Int) -> Int? {
    guard position + digits <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + digits] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += digits
    return value
  }

  /// Reads one to `limit` ASCII digits, as many as there are.
  mutating func number(upTo limit: Int) -> Int? {
    var length = 0
    while length < limit, position + length < bytes.count,
      (0x30...0x39).contains(bytes[position + length])
    {
      length += 1
    }
    return length == 0 ? nil : number(digits: length)
  }

  /// Reads what is written like `2026-03-31`, whether or not there is such a day.
  mutating func dateFields() -> (year: Int, month: Int, day: Int)? {
    guard let year = number(digits: 4), skip("-"), let month = number(digits: 2), skip("-"),
      let day = number(digits: 2)
    else { return nil }
    return (year, month, day)
  }

  /// Reads `2026-03-31`, if there is such a day.
  mutating func date() -> CivilDate? {
    guard let fields = dateFields() else { return nil }
    return CivilDate(year: fields.year, month: fields.month, day: fields.day)
  }

  /// Reads `Z`, `+02:00` or `-0330`, as seconds east of UTC.
  mutating func offset() -> Int? {
    if skip("Z") { return 0 }
    let sign: Int
    if skip("+") {
      sign = 1
    } else if skip("-") {
      sign = -1
    } else {
      return nil
    }
    guard let hours = number(digits: 2), hours < 24 else { return nil }
    _ = skip(":")
    guard let minutes = number(digits: 2), minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}

/// A number with zeros before it, so that it has at least `width` digits.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (number < 0 ? "-" : "") + zeros + digits
}
