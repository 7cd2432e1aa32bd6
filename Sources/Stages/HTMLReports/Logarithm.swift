/// The logarithm that log axes need, without a platform's library.
enum Logarithm {
  /// The natural logarithm by halving the exponent and a series; exact to about 1e-12.
  ///
  /// - Returns: 0 for what has no logarithm.
  static func of(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return 0 }
    let ratio = (value.significand - 1) / (value.significand + 1)
    var power = ratio
    var sum = 0.0
    for place in stride(from: 1.0, through: 41, by: 2) {
      sum += power / place
      power *= ratio * ratio
    }
    return 2 * sum + Double(value.exponent) * 0.693147180559945309
  }
}
