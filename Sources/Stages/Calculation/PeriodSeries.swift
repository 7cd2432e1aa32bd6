import ServiceTime

/// Periods that follow one another without a hole, as instants.
struct PeriodSeries: Sendable {
  /// Ascending; period `k` is `[edges[k], edges[k + 1])`.
  let edges: [Int64]
  let labels: [String]
  /// The first period that is shown; the earlier ones only tell what was counted before.
  let firstShown: Int

  var count: Int { labels.count }

  /// The period that holds an instant; the first or last for one outside.
  func index(of instant: Int64) -> Int {
    var low = 0
    var high = labels.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if edges[middle] <= instant { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// Whether an instant is in one of the periods at all.
  func contains(_ instant: Int64) -> Bool {
    guard let first = edges.first, let last = edges.last else { return false }
    return instant >= first && instant < last
  }
}

/// What is known at the horizon of the reported period.
struct Sight: Sendable {
  let end: Int64
  let asOf: Int64
  let horizon: Int64

  /// Whether something that happened at `instant` is known at the horizon.
  ///
  /// The end of a period is excluded; the as-of instant itself is included.
  func sees(_ instant: Int64) -> Bool { instant < end && instant <= asOf }
}

/// The periods of one agreement's report.
struct PeriodPlan: Sendable {
  let months: PeriodSeries
  /// Everything before, and the reported period; `nil` if that is a month.
  let range: PeriodSeries?
  /// The label of the reported period.
  let reported: String
  let reportedStart: Int64
  let reportedEnd: Int64
  let asOf: Int64
  /// What is later stays hidden: the reported period's end or as-of.
  let horizon: Int64

  var sight: Sight { Sight(end: reportedEnd, asOf: asOf, horizon: horizon) }

  /// - Parameter earliest: The first instant of the data, which months before the shown ones
  ///   must reach back to.
  init(
    request text: String, history: Int, asOf: Instant, zone: ZoneRules, earliest: Instant
  ) throws(PeriodError) {
    let first = min(earliest, asOf)
    let all = ReportPeriod.month(containing: first, in: zone)
    let shown: [ReportPeriod]
    switch try Period.parse(text, asOf: asOf, zone: zone) {
    case .all:
      shown = Self.months(from: all, through: .month(containing: asOf, in: zone))
      reported = "all"
      reportedStart = zone.midnight(of: all.start).seconds
      reportedEnd = zone.midnight(of: shown[shown.count - 1].end).seconds
    case .period(let period):
      shown = Self.shown(for: period, history: history)
      reported = period.label
      reportedStart = period.interval(in: zone).start.seconds
      reportedEnd = period.interval(in: zone).end.seconds
    }
    self.asOf = asOf.seconds
    horizon = min(reportedEnd, asOf.seconds)
    let counted = Self.months(from: min(all, shown[0]), through: shown[shown.count - 1])
    months = PeriodSeries(
      edges: counted.map { zone.midnight(of: $0.start).seconds }
        + [zone.midnight(of: counted[counted.count - 1].end).seconds],
      labels: counted.map(\.label), firstShown: counted.count - shown.count)
    let label = reported
    range =
      shown.contains { $0.label == label }
      ? nil
      : PeriodSeries(
        edges: [min(reportedStart - 1, months.edges[0]), reportedStart, reportedEnd],
        labels: ["", reported], firstShown: 1)
  }

  /// The months of a period, and before its last one as many as the history asks for.
  private static func shown(for period: ReportPeriod, history: Int) -> [ReportPeriod] {
    let last = ReportPeriod.month(containing: period.end.adding(days: -1))
    var first = last
    for _ in 1..<max(history, 1) { first = first.previousMonth }
    return months(from: min(first, .month(containing: period.start)), through: last)
  }

  private static func months(from first: ReportPeriod, through last: ReportPeriod)
    -> [ReportPeriod]
  {
    var months = [first]
    while months[months.count - 1].start < last.start {
      months.append(months[months.count - 1].followingMonth)
    }
    return months
  }
}
