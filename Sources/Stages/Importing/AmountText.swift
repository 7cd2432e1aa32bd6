/// Reads decimal numbers as exports write them.
enum AmountText {
  enum Reading: Hashable {
    case amount(Int64)
    /// `1,234` is one thousand and more to some, and little more than one to others.
    case ambiguous
    case none
  }

  private static let decimals = 6
  /// Enough for amounts up to 10 to the 12th in millionths, with room for sums.
  private static let mostDigits = 12

  /// Reads `12`, `-3`, `12.5` or `12,50`; groups of thousands are not read.
  static func millionths(of cell: UnsafeRawBufferPointer) -> Reading {
    var rest = cell[...]
    while rest.last == UInt8(ascii: " ") { rest.removeLast() }
    while rest.first == UInt8(ascii: " ") { rest.removeFirst() }
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    var whole: Int64 = 0
    let digits = rest.prefix { isDigit($0) }
    guard (1...mostDigits).contains(digits.count) else { return .none }
    for digit in digits { whole = whole * 10 + Int64(digit - UInt8(ascii: "0")) }
    rest = rest.dropFirst(digits.count)
    var fraction: Int64 = 0
    if let mark = rest.first {
      let tail = rest.dropFirst()
      guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ","),
        (1...decimals).contains(tail.count), tail.allSatisfy(isDigit)
      else { return .none }
      if mark == UInt8(ascii: ","), tail.count == 3, whole > 0, digits.count <= 3 {
        return .ambiguous
      }
      for digit in tail { fraction = fraction * 10 + Int64(digit - UInt8(ascii: "0")) }
      for _ in tail.count..<decimals { fraction *= 10 }
    }
    let amount = whole * 1_000_000 + fraction
    return .amount(isNegative ? -amount : amount)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
