import Results

/// The four rules that tell a change from chance.
struct ChartSignals {
  /// One month: where it lies, as -1 (low), 0 or 1 (high).
  struct Place {
    /// Past a limit.
    var outside = 0
    /// Beyond two thirds of the way to a limit.
    var near = 0
    /// Of the centre.
    var side = 0
    /// From the month before; 0 of the first.
    var step = 0
  }

  private static let run = 7

  /// The signals of each month, those of a rule named before those of the next.
  static func find(_ places: [Place]) -> [[ControlChart.Signal]] {
    var signals = places.map { place -> [ControlChart.Signal] in
      place.outside == 0 ? [] : [.init(.outside, isHigh: place.outside > 0)]
    }
    func mark(_ months: Range<Int>, _ rule: ControlChart.Signal.Rule, isHigh: Bool) {
      let signal = ControlChart.Signal(rule, isHigh: isHigh)
      for month in months where !signals[month].contains(signal) { signals[month].append(signal) }
    }
    for run in runs(places.map(\.side)) where run.months.count >= Self.run {
      mark(run.months, .sevenOnOneSide, isHigh: run.sign > 0)
    }
    // The month that the first step starts from is one of the seven.
    for run in runs(places.map(\.step)) where run.months.count >= Self.run - 1 {
      mark(
        run.months.lowerBound - 1..<run.months.upperBound, .sevenInOneDirection,
        isHigh: run.sign > 0)
    }
    for first in places.indices.dropLast(2) {
      let three = places[first..<first + 3]
      for sign in [-1, 1]
      where three.allSatisfy({ $0.side == sign }) && three.count(where: { $0.near == sign }) >= 2 {
        mark(first..<first + 3, .twoOfThree, isHigh: sign > 0)
      }
    }
    return signals
  }

  /// Stretches of one sign, without those of none.
  private static func runs(_ signs: [Int]) -> [(months: Range<Int>, sign: Int)] {
    var runs: [(months: Range<Int>, sign: Int)] = []
    for (index, sign) in signs.enumerated() where sign != 0 {
      if let last = runs.last, last.sign == sign, last.months.upperBound == index {
        runs[runs.count - 1].months = last.months.lowerBound..<index + 1
      } else {
        runs.append((index..<index + 1, sign))
      }
    }
    return runs
  }
}

extension ChartSignals.Place {
  /// Where a value, as part of a whole, lies to limits that are whole numbers of `unit` parts.
  ///
  /// In integers, so that what a limit says as a number is what decides.
  init(
    _ value: (part: Int64, whole: Int64), centre: (part: Int64, whole: Int64),
    _ limits: ControlChart.Limits, unit: Int64
  ) {
    let here = Int128(value.part) * Int128(unit)
    let whole = Int128(value.whole)
    if let lower = limits.lower {
      if here < Int128(lower) * whole { outside = -1 }
      if Self.isNear(here, whole, centre, Int128(lower), unit, isHigh: false) { near = -1 }
    }
    if let upper = limits.upper {
      if here > Int128(upper) * whole { outside = 1 }
      if Self.isNear(here, whole, centre, Int128(upper), unit, isHigh: true) { near = 1 }
    }
  }

  /// Whether value - centre exceeds two thirds of limit - centre: 3 value > centre + 2 limit.
  private static func isNear(
    _ here: Int128, _ whole: Int128, _ centre: (part: Int64, whole: Int64), _ limit: Int128,
    _ unit: Int64, isHigh: Bool
  ) -> Bool {
    let left = 3 * here * Int128(centre.whole)
    let right = (Int128(centre.part) * Int128(unit) + 2 * limit * Int128(centre.whole)) * whole
    return isHigh ? left > right : left < right
  }
}
