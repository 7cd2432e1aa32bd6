import Agreements
import Results
import ServiceTime
import Tickets

extension ObligationRun {
  /// Something for every month, by a day of the next; see docs/DECISIONS.md, "Deliverables".
  mutating func addDeliverable(
    of chain: ObligationChain, _ rows: ObligationRows, _ spans: [Span],
    to record: inout ObligationRecord
  ) {
    guard let first = spans.map(\.range.lowerBound).min(),
      let last = spans.map(\.range.upperBound).max()
    else { return }
    let dues = dues(of: chain, from: first, to: last)
    let byMonth = Dictionary(grouping: rows.rows) { month(of: $0, rows, chain) }
    func deliveries(in span: Span) -> [DeliveryRecord] {
      dues.filter { span.range.contains($0.due) }.map { due in
        delivery(due, byMonth[due.month] ?? [], rows, chain, horizon: span.horizon)
      }
    }
    record.periods = spans.map { span in
      period(span, of: chain, rows) { period in
        var counts = ObligationCounts()
        let decided = deliveries(in: span).filter { !$0.isRunning }
        counts.running = deliveries(in: span).count - decided.count
        counts.met = decided.count(where: \.isMet)
        counts.missed = decided.count - counts.met
        counts.onTime = decided.count(where: \.isOnTime)
        counts.complete = Self.count(decided.map(\.isComplete))
        counts.accepted = Self.count(decided.map(\.isAccepted))
        period.counts = counts
        period.reached = Int64(counts.met) * CountTable.unit
        period.possible = Int64(decided.count) * CountTable.unit
        setState(of: &period, in: span)
      }
    }
    let whole = Span(label: "", range: first..<last, horizon: plan.horizon)
    record.deliveries = deliveries(in: whole)
  }

  /// `nil` where the agreement does not ask.
  private static func count(_ facts: [Bool?]) -> Int? {
    facts.contains { $0 != nil } ? facts.count { $0 == true } : nil
  }

  private struct Due {
    let month: String
    let due: Int64
    let part: Int
  }

  /// What is due in a stretch, for every month whose last day the agreement covers.
  private mutating func dues(of chain: ObligationChain, from first: Int64, to last: Int64) -> [Due]
  {
    var dues: [Due] = []
    var month = ReportPeriod.month(containing: Instant(seconds: first), in: zone)
    // A rule of many business days reaches back more than a month.
    for _ in 0..<Self.monthsBack { month = month.previousMonth }
    while month.interval(in: zone).start.seconds < last {
      defer { month = month.followingMonth }
      let end = month.interval(in: zone).end.seconds
      guard let part = chain.parts.firstIndex(where: { $0.valid.contains(end - 1) }),
        case .deliverable(let terms) = chain.parts[part].obligation.terms
      else { continue }
      let calendar = shelf.calendar(terms.calendar)
      let local = terms.calendar.versions.last?.zone ?? zone
      let lastDay = local.midnight(of: month.end.adding(days: -1))
      guard
        let due = calendar.due(
          businessDays: terms.businessDays, at: terms.secondOfDay, after: lastDay)
      else { continue }
      if due.seconds >= first, due.seconds < last {
        dues.append(Due(month: month.label, due: due.seconds, part: part))
      }
    }
    return dues
  }

  private static let monthsBack = 4

  /// The month that a row is for: as it says, else the month before its own.
  private func month(
    of row: ObligationRows.Row, _ rows: ObligationRows, _ chain: ObligationChain
  ) -> String {
    if case .deliverable(let terms) = chain.parts[row.part].obligation.terms,
      let field = terms.monthField
    {
      return rows.table.value(field, row.number)
    }
    return ReportPeriod.month(containing: Instant(seconds: row.start), in: zone).previousMonth.label
  }

  private func delivery(
    _ due: Due, _ all: [ObligationRows.Row], _ rows: ObligationRows, _ chain: ObligationChain,
    horizon: Int64
  ) -> DeliveryRecord {
    var record = DeliveryRecord(month: due.month, due: due.due)
    guard case .deliverable(let terms) = chain.parts[due.part].obligation.terms else {
      return record
    }
    let own = all.filter { $0.start < horizon || $0.start == plan.asOf && plan.asOf == horizon }
    func holds(_ condition: Condition?, _ row: ObligationRows.Row) -> Bool {
      condition.map { rows.table.compiled($0).holds(rows.table.codes(row.number)) } ?? true
    }
    record.delivered = own.map(\.start).min()
    record.isOnTime = record.delivered.map { $0 <= due.due } ?? false
    if terms.complete != nil { record.isComplete = own.contains { holds(terms.complete, $0) } }
    if terms.accepted != nil { record.isAccepted = own.contains { holds(terms.accepted, $0) } }
    record.isMet = own.contains {
      $0.start <= due.due && holds(terms.complete, $0) && holds(terms.accepted, $0)
    }
    record.isRunning = !record.isMet && due.due >= horizon
    if let delivered = record.delivered, delivered > due.due {
      record.lateSeconds = delivered - due.due
    }
    return record
  }
}
