import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// An agreement of one clock, changed by the test where it matters.
struct Terms {
  var name = "it"
  var clock = Clock(
    name: "resolution", start: [.moment("opened")], stop: [.moment("resolved")],
    pauses: [
      .init(condition: when("status", "Awaiting User"), party: "customer"),
      .init(condition: when("status", "Awaiting Vendor", "Awaiting User"), party: "supplier"),
    ], cancel: when("status", "Cancelled", "Duplicate"))
  var tiers: [(name: String, condition: Condition, within: Allowance?)] = [
    ("P1", when("priority", "1"), .work(seconds: hours(4))),
    ("P2", when("priority", "2"), .work(seconds: hours(8))),
    ("P4", when("priority", "4"), nil),
  ]
  var calendar = office()
  /// Calendars of single tiers, by name.
  var calendars: [String: CalendarDefinition] = [:]
  var objective: Objective? = Objective(millionthsOfPercent: 95_000_000)
  var customer = Agreement.Customer.field("department")
  var zone = ZoneRules.utc
  var validFrom: CivilDate?
  var validUntil: CivilDate?
  var scope = Condition.anything
  var countBy = Agreement.CountBy.decided
  var dueField: String?
  var dueRule: DueRule?
  var exclusions: [Exclusion] = []

  static func within(_ allowance: Allowance?, on calendar: CalendarDefinition = office()) -> Terms {
    var terms = Terms()
    terms.tiers = [("All", .anything, allowance)]
    terms.calendar = calendar
    return terms
  }

  var agreement: Agreement {
    var agreement = Agreement(
      name: name, title: name, kind: .sla, provider: "IT", customer: customer, zone: zone,
      validFrom: validFrom, validUntil: validUntil, scope: scope,
      tiers: tiers.map { Tier(name: $0.name, condition: $0.condition) }, clocks: [clock],
      targets: [
        Target(
          clock: clock.name,
          tiers: tiers.map {
            Target.TierTarget(
              objective: objective, within: dueField == nil && dueRule == nil ? $0.within : nil,
              dueField: dueField, dueRule: dueRule, calendar: calendars[$0.name] ?? calendar)
          })
      ], countBy: countBy)
    agreement.exclusions = exclusions
    return agreement
  }
}

/// Calculates, and holds what every calculation must hold whatever it is about.
///
/// - Parameter explained: How many tickets of each table are explained, to add up their traces.
func results(
  _ tables: [TicketTable], _ versions: [Terms], period: String = "2026-03",
  asOf: String = "2027-01-01 00:00", history: Int = 1, by: [String] = [], explained: Int = .max
) throws -> CalculationResults {
  let request = CalculationRequest(
    tables: tables, agreements: [versions.map(\.agreement)],
    asOf: Instant(seconds: instant(asOf)), period: period, history: history, by: by,
    collectsPromises: true)
  let results = try Calculator(request).results()
  try expectTiesOut(results, clocks: 1)
  let calculator = Calculator(request)
  for table in tables {
    for ticket in 0..<min(table.count, explained) {
      for (promise, trace, _) in try calculator.explain(
        ticket: table.ids[ticket], source: table.source)
      {
        expectIdentity(promise, trace, asOf: min(instant(asOf), horizon(of: results)))
      }
    }
  }
  return results
}

private func horizon(of results: CalculationResults) -> Int64 {
  results.agreements[0].periods.first { $0.label == results.agreements[0].period }?.horizon ?? 0
}

/// elapsed + paused + stopped + closed = wall, from the start to the last stop or the horizon.
func expectIdentity(_ promise: PromiseRow, _ trace: TraceRecord?, asOf horizon: Int64) {
  guard let trace, let started = promise.started, let elapsed = promise.elapsedSeconds else {
    return
  }
  #expect(trace.elapsed + trace.paused + trace.stopped + trace.closed == trace.wall)
  #expect(trace.elapsed == elapsed, "\(promise.ticket)")
  #expect(trace.paused == promise.pausedSeconds, "\(promise.ticket)")
  if let stopped = promise.stopped {
    #expect(trace.wall == stopped - started)
  } else if promise.verdict == .running || promise.verdict == .overdue {
    #expect(trace.wall == max(0, horizon - started))
  }
  for (left, right) in zip(trace.stretches, trace.stretches.dropFirst()) {
    #expect(left.to == right.from)
  }
}

/// Every ticket and every promise is in one bucket, and the rows of the period say the same.
func expectTiesOut(_ results: CalculationResults, clocks: Int) throws {
  let ledger = try #require(results.ledgers.first { !$0.agreement.isEmpty && $0.customer.isEmpty })
  func count(_ buckets: [LedgerRecord.Bucket], _ name: String) -> Int {
    buckets.first { $0.name == name }?.count ?? 0
  }
  let run = try #require(results.ledgers.first)
  #expect(ledger.tickets.reduce(0) { $0 + $1.count } == count(run.rows, "tickets"))
  let promises = ledger.promises.reduce(0) { $0 + $1.count }
  let extra = ledger.extraCycles ?? 0
  #expect(promises == count(ledger.tickets, "judged") * clocks + extra)
  #expect(promises == results.promises.count)
  let customers = results.ledgers.filter { !$0.customer.isEmpty }
  for bucket in ledger.promises {
    #expect(customers.reduce(0) { $0 + count($1.promises, bucket.name) } == bucket.count)
  }
  var counts = PromiseCounts()
  let period = results.agreements[0].period
  for row in results.figures where row.period == period { counts += row.counts }
  #expect(count(ledger.promises, "met") == counts.met)
  #expect(count(ledger.promises, "breached") == counts.breached)
  #expect(count(ledger.promises, "overdue") == counts.overdue)
  #expect(count(ledger.promises, "cancelled") == counts.cancelled)
  #expect(count(ledger.promises, "no target") == counts.noTarget)
  #expect(count(ledger.promises, "unmeasurable") == counts.unmeasurable)
  #expect(count(ledger.promises, "excluded") == counts.excluded)
}

extension CalculationResults {
  /// The counts of one period over all customers and tiers.
  func counts(_ period: String) -> PromiseCounts {
    figures.filter { $0.period == period }.reduce(into: PromiseCounts()) { $0 += $1.counts }
  }

  func row(_ period: String) throws -> FigureRow {
    try #require(figures.first { $0.period == period })
  }
}

/// The one promise of one ticket.
func promise(
  _ sketch: Sketch, _ terms: Terms = Terms(), period: String = "2026-03",
  asOf: String = "2027-01-01 00:00", shape: Shape = .events,
  counts: PausedTotals.Counts = .working, moments: [String]? = nil
) throws -> PromiseRow {
  let table = table(
    [sketch], shape: shape, counts: counts,
    moments: moments ?? usualMoments)
  let promises = try results([table], [terms], period: period, asOf: asOf).promises
  #expect(promises.count == 1)
  return try #require(promises.first)
}

extension PromiseRow {
  /// Verdict, elapsed and paused, in a form that reads well in a failure.
  var short: String {
    let reason = self.reason.isEmpty ? "" : " (\(self.reason))"
    return "\(verdict.rawValue)\(reason) \(elapsedSeconds ?? -1) \(pausedSeconds ?? -1)"
  }
}

/// One promise of one ticket, with its trace.
func explained(
  _ table: TicketTable, _ terms: Terms, _ ticket: String, period: String = "2026-03",
  asOf: String = "2027-01-01 00:00"
) throws -> (promise: PromiseRow, trace: TraceRecord?) {
  let request = CalculationRequest(
    tables: [table], agreements: [[terms.agreement]], asOf: Instant(seconds: instant(asOf)),
    period: period)
  let found = try Calculator(request).explain(ticket: ticket, source: nil)
  let first = try #require(found.first)
  return (first.promise, first.trace)
}
