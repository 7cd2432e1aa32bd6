import Results

/// Makes the control chart of one figure from its months.
struct ChartBuilder {
  /// One month of the figure, as part of a whole: met of decided, or a value of 1.
  struct Point {
    let period: String
    let part: Int64
    let whole: Int64
    let n: Int
    let completeness: Completeness
    /// Whether the month is over and may be judged.
    let isJudged: Bool
  }

  /// A month from which limits are worked out anew.
  struct Rebase {
    let from: String
    let reason: String
  }

  /// Ascending; months without a value are left out.
  let points: [Point]
  /// Ascending.
  let rebases: [Rebase]
  let isShare: Bool

  /// Fills in bases, months, limits and signals.
  func fill(_ chart: inout ControlChart) {
    chart.months = points.map { point in
      ControlChart.Month(
        period: point.period, value: value(of: point), met: isShare ? Int(point.part) : nil,
        n: point.n, completeness: point.completeness)
    }
    let judged = points.indices.filter { points[$0].isJudged }
    chart.latest = judged.last.map { points[$0].period }
    for stretch in stretches(judged) { fill(stretch, in: &chart) }
  }

  /// Limits at some number of promises, as the stretch of the latest complete month has them.
  var latestShareLimits: ShareLimits? {
    guard isShare, let last = stretches(points.indices.filter { points[$0].isJudged }).last else {
      return nil
    }
    return shareLimits(last.months)
  }

  /// The middle one of the last twelve complete months' numbers of promises, rounded down.
  var medianN: Int? {
    let last = points.filter(\.isJudged).suffix(ControlChart.needed).map(\.n).sorted()
    guard !last.isEmpty else { return nil }
    return (last[(last.count - 1) / 2] + last[last.count / 2]) / 2
  }

  private struct Stretch {
    var months: [Int] = []
    let reason: String
  }

  /// The complete months, cut at the rebases; a rebase without months after it cuts nothing.
  private func stretches(_ judged: [Int]) -> [Stretch] {
    var stretches: [Stretch] = []
    var next = 0
    for month in judged {
      var reason: String?
      while next < rebases.count, rebases[next].from <= points[month].period {
        reason = rebases[next].reason
        next += 1
      }
      if let reason {
        stretches.append(Stretch(reason: reason))
      } else if stretches.isEmpty {
        stretches.append(Stretch(reason: ""))
      }
      stretches[stretches.count - 1].months.append(month)
    }
    return stretches
  }

  private func fill(_ stretch: Stretch, in chart: inout ControlChart) {
    guard let first = stretch.months.first else { return }
    let base = stretch.months.prefix(ControlChart.needed)
    var record = ControlChart.Base(
      from: points[first].period, through: points[base[base.count - 1]].period,
      months: stretch.months.count, reason: stretch.reason)
    defer { chart.bases.append(record) }
    guard base.count == ControlChart.needed else { return }
    var places: [ChartSignals.Place] = []
    if isShare {
      guard let limits = shareLimits(stretch.months) else { return }
      record.laneyFactor = Int64((limits.laneyFactor * 1_000_000).rounded())
      for month in stretch.months {
        let found = limits.limits(decided: points[month].n)
        chart.months[month].limits = found
        var place = ChartSignals.Place(
          (points[month].part, points[month].whole),
          centre: (Int64(limits.met), Int64(limits.decided)), found, unit: ShareLimits.unit)
        place.side = limits.side(met: Int(points[month].part), decided: points[month].n)
        places.append(place)
      }
    } else {
      guard let found = ValueLimits(base.map { points[$0].part }) else { return }
      for month in stretch.months {
        chart.months[month].limits = found.limits
        var place = ChartSignals.Place(
          (points[month].part, 1), centre: (found.sum, Int64(found.count)), found.limits, unit: 1)
        place.side = Int((points[month].part * Int64(found.count) - found.sum).signum())
        places.append(place)
      }
    }
    for (index, pair) in zip(stretch.months, stretch.months.dropFirst()).enumerated() {
      places[index + 1].step = step(from: points[pair.0], to: points[pair.1])
    }
    for (month, signals) in zip(stretch.months, ChartSignals.find(places)) {
      chart.months[month].signals = signals
    }
  }

  private func shareLimits(_ months: [Int]) -> ShareLimits? {
    guard months.count >= ControlChart.needed else { return nil }
    return ShareLimits(
      months.prefix(ControlChart.needed).map { (Int(points[$0].part), Int(points[$0].whole)) })
  }

  private func step(from before: Point, to now: Point) -> Int {
    let (left, right) = (
      Int128(now.part) * Int128(before.whole), Int128(before.part) * Int128(now.whole)
    )
    return left == right ? 0 : left > right ? 1 : -1
  }

  /// In the unit of the measure; a share in millionths of a per cent, rounded half up.
  private func value(of point: Point) -> Int64 {
    guard isShare else { return point.part }
    let whole = Int128(point.whole)
    return Int64((2 * Int128(point.part) * Int128(ShareLimits.unit) + whole) / (2 * whole))
  }
}

extension ControlChart {
  /// What the latest complete month says: common cause unless it is part of a signal; the first
  /// rule that names it says whether for better or worse.
  var foundVariation: Variation {
    guard let latest, let month = months.last(where: { $0.period == latest }), month.limits != nil
    else { return .lineOnly }
    guard let signal = month.signals.first else { return .commonCause }
    return signal.isHigh ? .better : .worse
  }
}

extension AssuranceRecord {
  /// Compares the limits at the median number of promises with the objective, strictly.
  init(objective: Int64, limits: ShareLimits?, n: Int?) {
    guard let limits, let n else {
      self.init(answer: .tooEarly, objective: objective)
      return
    }
    let found = limits.limits(decided: n)
    let answer: Assurance =
      (found.lower ?? 0) > objective
      ? .reliablyMet : (found.upper ?? .max) < objective ? .reliablyMissed : .mayOrMayNot
    self.init(answer: answer, objective: objective, n: n, limits: found)
  }
}
