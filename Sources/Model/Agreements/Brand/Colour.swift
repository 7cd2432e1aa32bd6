/// A colour of a screen, as `#1f6f54`.
package struct Colour: Hashable, Sendable {
  package let red: UInt8
  package let green: UInt8
  package let blue: UInt8

  package init(red: UInt8, green: UInt8, blue: UInt8) {
    (self.red, self.green, self.blue) = (red, green, blue)
  }

  /// Reads `#` and six hexadecimal digits.
  package init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 7, digits[0] == UInt8(ascii: "#"),
      let value = UInt32(text.dropFirst(), radix: 16), !text.contains("+"), !text.contains("-")
    else { return nil }
    self.init(
      red: UInt8(value >> 16 & 255), green: UInt8(value >> 8 & 255), blue: UInt8(value & 255))
  }

  package var text: String {
    "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The contrast with another colour, from 1 to 21 (WCAG 2.2, "contrast ratio").
  package func contrast(with other: Colour) -> Double {
    let (one, two) = (luminance, other.luminance)
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)
  }

  /// From 0 to 1 (WCAG 2.2, "relative luminance").
  private var luminance: Double {
    func linear(_ part: UInt8) -> Double {
      let share = Double(part) / 255
      if share <= 0.04045 { return share / 12.92 }
      return Self.fifthRoot(ofTwelfthPowerOf: (share + 0.055) / 1.055)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// A number from 0 to 1 to the power of 2.4, by Newton's method.
  private static func fifthRoot(ofTwelfthPowerOf value: Double) -> Double {
    let square = value * value
    let fourth = square * square
    let power = fourth * fourth * fourth
    var root = value
    for _ in 0..<60 {
      let fourths = root * root * root * root
      root -= (fourths * root - power) / (5 * fourths)
    }
    return root
  }
}
