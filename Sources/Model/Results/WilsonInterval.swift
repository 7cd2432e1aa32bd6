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
    let n = Double(decided)
    let share = Double(met) / n
    let square = Self.z * Self.z
    let centre = share + square / (2 * n)
    let spread = Self.z * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    let scale = 100_000 / (1 + square / n)
    low = met == 0 ? 0 : Int64(max(0, (centre - spread) * scale).rounded())
    high = met == decided ? 100_000 : Int64(min(100_000, (centre + spread) * scale).rounded())
  }
}
