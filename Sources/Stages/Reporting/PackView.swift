import ReportDocuments
import Results

/// What one pack may show: one agreement and one customer, and nothing of anybody else.
struct PackView {
  let agreement: AgreementSummary
  let customer: String
  let asOf: Int64
  let reported: AgreementSummary.PeriodSummary
  /// At most the last twelve months up to the reported period, which is the last.
  let periods: [AgreementSummary.PeriodSummary]
  /// Targets with an objective, in the agreement's order.
  let targets: [TargetView]
  /// All clocks and tiers that were measured, in the agreement's order.
  let measured: [TargetView]
  /// Missed promises of the reported period, worst first.
  let missed: [PromiseRow]
  /// The pack's own part of the results.
  let results: CalculationResults
  let hasPromises: Bool
  private let traces: [PromiseKey: TraceRecord]

  var promises: [PromiseRow] { results.promises }

  init?(_ all: CalculationResults, agreement name: String, customer: String) {
    guard let agreement = all.agreements.first(where: { $0.name == name }) else { return nil }
    let own = all.limited(to: name, customer: customer)
    let fallback = AgreementSummary.PeriodSummary(
      label: agreement.period, start: all.asOf, end: all.asOf, horizon: all.asOf,
      completeness: .complete, reason: "")
    let reported = agreement.periods.first { $0.label == agreement.period } ?? fallback
    let earlier = agreement.periods.filter {
      $0.label != reported.label && $0.label.count == 7 && !$0.label.contains("Q")
        && $0.end <= reported.end
    }
    self.agreement = agreement
    self.customer = customer
    self.reported = reported
    asOf = all.asOf
    periods = Array((earlier + [reported]).suffix(12))
    results = own
    traces = Dictionary(
      own.traces.map { (PromiseKey($0), $0) }, uniquingKeysWith: { first, _ in first })
    hasPromises = all.hasPromises
    missed = Self.missed(own.promises, reported: reported, countBy: agreement.countBy)
    measured = Self.targets(of: agreement, results: own, reported: reported)
    targets = measured.filter { $0.objective != nil }
  }

  private static func targets(
    of agreement: AgreementSummary, results: CalculationResults,
    reported: AgreementSummary.PeriodSummary
  ) -> [TargetView] {
    let rows = Dictionary(grouping: results.figures) { [$0.clock, $0.tier] }
    let promises = Dictionary(grouping: results.promises) { [$0.clock, $0.tier] }
    return agreement.clocks.flatMap { clock in
      clock.tiers.map { tier in
        TargetView(
          clock: clock, tier: tier, agreement: agreement, reported: reported,
          rows: rows[[clock.clock, tier.tier]] ?? [],
          promises: promises[[clock.clock, tier.tier]] ?? [])
      }
    }
  }

  /// The reported period, such as `October` or `October so far`.
  var periodWords: String {
    Words.period(reported.label, year: false) + (reported.isToDate ? " so far" : "")
  }

  /// When what is open was looked at: `at the end of October`, or `now`.
  var horizonWords: String {
    reported.isToDate ? "now" : "at the end of \(periodWords)"
  }

  func moment(_ seconds: Int64) -> LocalMoment {
    LocalMoment(seconds: seconds, localSeconds: agreement.localSeconds(at: seconds))
  }

  /// Counts of all targets together.
  var total: PromiseCounts {
    targets.reduce(into: PromiseCounts()) { $0 += $1.current.counts }
  }

  /// Whether a promise is counted in the reported period.
  func counts(_ promise: PromiseRow) -> Bool { reported.counts(promise, by: agreement.countBy) }

  private static func missed(
    _ promises: [PromiseRow], reported: AgreementSummary.PeriodSummary, countBy: String
  ) -> [PromiseRow] {
    promises.filter { $0.isMissed && reported.counts($0, by: countBy) }.enumerated().sorted {
      left, right in
      let (a, b) = (left.element.over(at: reported), right.element.over(at: reported))
      return a == b ? left.offset < right.offset : a > b
    }.map(\.element)
  }

  func trace(of promise: PromiseRow) -> TraceRecord? {
    traces[PromiseKey(promise)]
  }
}

extension PromiseRow {
  var isMissed: Bool { verdict == .breached || verdict == .overdue }

  /// Seconds beyond `within`; wall time past the due date where the limit is a date.
  func over(at period: AgreementSummary.PeriodSummary) -> Int64 {
    if let withinSeconds { return (elapsedSeconds ?? 0) - withinSeconds }
    return max(0, (stopped ?? period.horizon) - (lost ?? due ?? period.horizon))
  }

  /// Seconds left until `within` is used up; `nil` if the limit is a date.
  var left: Int64? {
    withinSeconds.flatMap { within in elapsedSeconds.map { within - $0 } }
  }

  var isNearMiss: Bool {
    guard verdict == .met, let left, let withinSeconds, withinSeconds > 0 else { return false }
    return left * 10 < withinSeconds
  }
}

extension AgreementSummary.PeriodSummary {
  func counts(_ promise: PromiseRow, by rule: String) -> Bool {
    let instant =
      switch rule {
      case "stopped": promise.stopped ?? promise.decided
      case "due": promise.due ?? promise.decided
      default: promise.decided
      }
    return instant.map { $0 >= start && $0 < end } ?? false
  }
}
