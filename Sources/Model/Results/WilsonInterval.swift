/// The 95 % interval of a share by Wilson's score (Wilson 1927): how far it could lie from the
/// figure by chance.
///
/// It is evidence about the process; it never decides a verdict. See docs/DECISIONS.md, "Wilson".
package struct WilsonInterval: Hashable, Sendable {
  /// The 97.5th percentile of the standard normal distribution.
  private static let z = 1.959963984540054

  /// Thousandths of a per cent, rounded half up.
  package let low: Int64
  package let high: Int64

  /// Creates the interval, or returns `nil` if nothing was decided.
  package init?(met: Int, decided: Int) {
    guard decided > 0 else { return nil }
    let bounds = Self.bounds(met: met, decided: decided)
    low = Int64((bounds.low * 100_000).rounded())
    high = Int64((bounds.high * 100_000).rounded())
  }

  /// Both ends as shares from 0 to 1, before they are rounded.
  static func bounds(met: Int, decided: Int) -> (low: Double, high: Double) {
    let n = Double(decided)
    let share = Double(met) / n
    let square = z * z
    let centre = share + square / (2 * n)
    let spread = z * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    let scale = 1 / (1 + square / n)
    return (
      met == 0 ? 0 : max(0, (centre - spread) * scale),
      met == decided ? 1 : min(1, (centre + spread) * scale)
    )
  }
}
