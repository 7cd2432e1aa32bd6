import ReportDocuments
import Results

/// Results made by hand: an agreement of one or two clocks, October 2026 in UTC.
struct SampleResults {
  static let october: Int64 = 1_790_812_800
  static let november: Int64 = 1_793_491_200
  static let hour: Int64 = 3_600

  struct Counted {
    var met: Int
    var missed: Int
    var unmeasurable = 0
    var overdue = 0
  }

  var objective: Int64? = 95_000_000
  var completeness = Completeness.complete
  var reason = ""
  var isToDate = false
  var holder = "Networks"
  /// One tier each, of clock `resolution`, in October.
  var tiers: [(name: String, counts: Counted)]
  /// Counts of the same tiers in September.
  var september: [Counted] = []

  func results(customer: String = "Finance") -> CalculationResults {
    var results = CalculationResults(
      tool: "attain 0", asOf: isToDate ? Self.october + 86_400 : Self.november + 21_600,
      tzdata: "2026a", inputs: [InputRecord(name: "secret.csv", sha256: "00")], rules: [],
      agreements: [agreement])
    results.hasPromises = true
    for (index, tier) in tiers.enumerated() {
      if index < september.count {
        results.figures.append(
          figure(tier.name, september[index], period: "2026-09", customer: customer))
      }
      results.figures.append(
        figure(tier.name, tier.counts, period: "2026-10", customer: customer))
      results.promises += promises(tier.name, tier.counts, customer: customer)
    }
    results.ledgers = [ledger(customer)]
    return results
  }

  private func ledger(_ customer: String) -> LedgerRecord {
    let sum = tiers.reduce(into: Counted(met: 0, missed: 0)) {
      $0.met += $1.counts.met
      $0.missed += $1.counts.missed
      $0.overdue += $1.counts.overdue
      $0.unmeasurable += $1.counts.unmeasurable
    }
    let all = sum.met + sum.missed + sum.overdue + sum.unmeasurable
    return LedgerRecord(
      agreement: "it", customer: customer, tickets: [.init("judged", all), .init("no tier", 3)],
      promises: [
        .init("met", sum.met), .init("breached", sum.missed), .init("overdue", sum.overdue),
        .init("unmeasurable", sum.unmeasurable),
      ])
  }

  private var agreement: AgreementSummary {
    AgreementSummary(
      name: "it", title: "IT agreement", kind: "sla", provider: "IT", zone: "Europe/London",
      offsets: [ZoneOffset(from: 0, secondsEast: 3_600)], countBy: "decided",
      clocks: [
        .init(
          clock: "resolution", start: "opened", stop: "resolved",
          pauses: ["customer: status Waiting"], cancel: "", reopen: "resume",
          onTierChange: "carry",
          tiers: tiers.map {
            .init(
              tier: $0.name, objective: objective, withinSeconds: 10 * Self.hour,
              within: "1\u{a0}business day", calendar: "office")
          })
      ],
      calendars: [.init(name: "office", hours: "Mon-Fri 08:00-18:00", zone: "Europe/London")],
      by: [],
      periods: [
        .init(
          label: "2026-09", start: Self.october - 30 * 86_400, end: Self.october,
          horizon: Self.october, completeness: completeness, reason: reason),
        .init(
          label: "2026-10", start: Self.october, end: Self.november,
          horizon: isToDate ? Self.october + 86_400 : Self.november,
          completeness: completeness, reason: reason),
      ], period: "2026-10")
  }

  private func figure(_ tier: String, _ counted: Counted, period: String, customer: String)
    -> FigureRow
  {
    var row = FigureRow(
      agreement: "it", customer: customer, clock: "resolution", tier: tier, by: [],
      period: period, objective: objective)
    row.counts.met = counted.met
    row.counts.breached = counted.missed
    row.counts.overdue = counted.overdue
    row.counts.unmeasurable = counted.unmeasurable
    if counted.met + counted.missed > 0 {
      row.stopped = StoppedStatistics(
        n: counted.met + counted.missed, decidedEarlier: 0, notStopped: counted.overdue,
        percentiles: [3_250, 5_000, 6_480, 12_240, 16_000])
    }
    if isToDate, period == "2026-10" { row.bounds = Bounds(canBeLost: 5, others: 0) }
    return row
  }

  private func promises(_ tier: String, _ counted: Counted, customer: String) -> [PromiseRow] {
    func promise(_ number: Int, _ verdict: Verdict, elapsed: Int64) -> PromiseRow {
      var row = PromiseRow(
        ticket: "\(customer)-\(tier)-\(number)", source: "desk", agreement: "it",
        customer: customer, clock: "resolution", tier: tier, by: [], verdict: verdict, file: 0,
        line: number + 2)
      row.started = Self.october + 3_600
      row.elapsedSeconds = elapsed
      row.withinSeconds = 10 * Self.hour
      row.pausedSeconds = 0
      row.period = "2026-10"
      let lost = Self.october + 14 * Self.hour
      if verdict != .met { row.lost = lost }
      if verdict != .met { row.holder = holder }
      if verdict != .overdue { row.stopped = Self.october + 3_600 + elapsed }
      row.decided = verdict == .met ? row.stopped : lost
      return row
    }
    return (0..<counted.met).map { promise($0, .met, elapsed: Int64($0 + 1) * 60) }
      + (0..<counted.missed).map {
        promise(1_000 + $0, .breached, elapsed: (11 + Int64($0)) * Self.hour)
      }
      + (0..<counted.overdue).map {
        promise(2_000 + $0, .overdue, elapsed: (12 + Int64($0)) * Self.hour)
      }
  }
}
