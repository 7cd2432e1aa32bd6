import Results

/// Control limits of a share: what a process that has not changed reaches by chance.
///
/// Three sigma of the binomial around the pooled share, widened by Laney's factor where months
/// differ by more than that (Laney 2002, "Improved control charts for attributes", p'); the exact
/// binomial where so few are expected to miss that sigma says nothing. See docs/DECISIONS.md,
/// "Control limits".
struct ShareLimits {
  /// Hundredth parts of a millionth: shares are counted in millionths of a per cent.
  static let unit: Int64 = 100_000_000
  /// The share of a normal distribution that lies beyond three sigma on one side.
  private static let tail = 0.00135
  /// Fewer expected misses than this are counted exactly.
  private static let fewest = 3
  /// The mean distance between two values of a normal distribution, in sigmas.
  static let meanDistance = 1.128

  /// The months that the limits come from, together.
  let met: Int
  let decided: Int
  /// At least 1.
  let laneyFactor: Double

  /// Returns `nil` if all were met, or none: there is nothing to vary.
  init?(_ months: [(met: Int, decided: Int)]) {
    met = months.reduce(0) { $0 + $1.met }
    decided = months.reduce(0) { $0 + $1.decided }
    guard met > 0, met < decided else { return nil }
    let share = Double(met) / Double(decided)
    let scores = months.map { month in
      let n = Double(month.decided)
      return (Double(month.met) / n - share) / (share * (1 - share) / n).squareRoot()
    }
    let distances = zip(scores, scores.dropFirst()).map { abs($1 - $0) }
    let mean = distances.reduce(0, +) / Double(max(1, distances.count))
    laneyFactor = max(1, mean / Self.meanDistance)
  }

  /// Misses, or what was met if that is the smaller part.
  private var rare: (part: Int, isMissed: Bool) {
    decided - met <= met ? (decided - met, true) : (met, false)
  }

  private func isCountedExactly(_ n: Int) -> Bool {
    Int128(n) * Int128(rare.part) < Int128(Self.fewest) * Int128(decided)
  }

  /// The limits of a month in which so many were decided.
  func limits(decided n: Int) -> ControlChart.Limits {
    let centre = (2 * Int128(met) * Int128(Self.unit) + Int128(decided)) / (2 * Int128(decided))
    let (lower, upper) = isCountedExactly(n) ? exact(n) : sigma(n)
    return ControlChart.Limits(
      centre: Int64(centre), lower: lower, upper: upper,
      method: isCountedExactly(n) ? .binomial : .laneySigma)
  }

  private func sigma(_ n: Int) -> (lower: Int64?, upper: Int64?) {
    let share = Double(met) / Double(decided)
    let spread = 3 * laneyFactor * (share * (1 - share) / Double(n)).squareRoot()
    let unit = Double(Self.unit)
    return (
      Int64(((share - spread) * unit).rounded(.down)), Int64(((share + spread) * unit).rounded(.up))
    )
  }

  /// With fewer than three expected, none at all is never improbable: that side has no limit.
  private func exact(_ n: Int) -> (lower: Int64?, upper: Int64?) {
    let count = RareCount(n: n, part: rare.part, of: decided)
    var most = 0
    while most < n, count.atLeast(most + 1) >= Self.tail { most += 1 }
    guard most < n else { return (nil, nil) }
    let whole = Int64(n)
    return rare.isMissed
      ? (Int64(n - most) * Self.unit / whole, nil)
      : (nil, (Int64(most) * Self.unit + whole - 1) / whole)
  }

  /// Whether a month lies above (1) or below (-1) the pooled share.
  ///
  /// Where most months of a steady process lie on one side, as those of few promises do that are
  /// all met, being there says nothing: a month that is counted exactly is on a side only if at
  /// most every second one lies so far out.
  func side(met part: Int, decided n: Int) -> Int {
    let (here, base) = (Int128(part) * Int128(decided), Int128(met) * Int128(n))
    guard here != base else { return 0 }
    let isHigh = here > base
    if isCountedExactly(n) {
      let count = RareCount(n: n, part: rare.part, of: decided)
      let found = rare.isMissed ? n - part : part
      let isMany = isHigh != rare.isMissed
      if (isMany ? count.atLeast(found) : count.atMost(found)) > 0.5 { return 0 }
    }
    return isHigh ? 1 : -1
  }
}

/// Control limits of single values (XmR): their mean, and three sigma as the mean distance between
/// one month and the next tells it (Shewhart; Wheeler 1993, factor 3 / 1.128 = 2.66).
struct ValueLimits {
  let sum: Int64
  let count: Int
  let limits: ControlChart.Limits

  /// Returns `nil` without two values.
  init?(_ values: [Int64]) {
    guard values.count > 1 else { return nil }
    sum = values.reduce(0, +)
    count = values.count
    let distances = zip(values, values.dropFirst()).reduce(Int64(0)) { $0 + abs($1.1 - $1.0) }
    let mean = Double(sum) / Double(values.count)
    let spread =
      3 * Double(distances) / Double(values.count - 1) / ShareLimits.meanDistance
    limits = ControlChart.Limits(
      centre: Int64(mean.rounded()), lower: Int64((mean - spread).rounded(.down)),
      upper: Int64((mean + spread).rounded(.up)), method: .xmr)
  }
}
