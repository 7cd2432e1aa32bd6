/// Percentiles of whole seconds, exact.
package enum Percentile {
  /// The percentiles that reports show.
  package static let shown = [50, 75, 90, 95, 99]

  /// Linear interpolation between the two values around rank `(n - 1) p / 100`, in hundredths of
  /// a second, which are exact for whole percentages.
  ///
  /// Hyndman & Fan 1996, type 7; Excel's PERCENTILE.INC and NumPy's default.
  ///
  /// - Parameters:
  ///   - sorted: Ascending.
  ///   - percent: A whole percentage in `0...100`.
  /// - Returns: `nil` if there are no values.
  package static func interpolated(_ sorted: [Int64], percent: Int) -> Int64? {
    guard !sorted.isEmpty else { return nil }
    let ranks = neighbours(percent: percent, count: sorted.count)
    return interpolated(
      between: sorted[ranks.low], sorted[ranks.high], percent: percent, count: sorted.count)
  }

  /// The ranks, from 0, between which ``interpolated(_:percent:)`` lies.
  static func neighbours(percent: Int, count: Int) -> (low: Int, high: Int) {
    let low = (count - 1) * percent / 100
    return (low, min(low + 1, count - 1))
  }

  /// ``interpolated(_:percent:)`` from the values at its ``neighbours(percent:count:)``.
  static func interpolated(
    between low: Int64, _ high: Int64, percent: Int, count: Int
  ) -> Int64 {
    low * 100 + Int64((count - 1) * percent % 100) * (high - low)
  }

  /// The rank, from 1, of the smallest value that at least `millionths` of a per cent of `count`
  /// values do not exceed.
  ///
  /// Nearest rank: Hyndman & Fan 1996, type 1. Only this one says the same as the count: the
  /// value at the rank is within the limit exactly if enough of the values are.
  package static func nearestRank(millionths: Int64, count: Int) -> Int {
    let whole: Int64 = 100_000_000
    let rank = (millionths * Int64(count) + whole - 1) / whole
    return max(1, Int(rank))
  }
}
