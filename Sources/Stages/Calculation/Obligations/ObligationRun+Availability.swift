import Agreements
import Results
import ServiceTime
import Tickets

extension ObligationRun {
  /// See docs/DECISIONS.md, "Availability".
  mutating func addAvailability(
    of chain: ObligationChain, _ rows: ObligationRows, _ spans: [Span],
    to record: inout ObligationRecord
  ) {
    guard let first = spans.map(\.range.lowerBound).min() else { return }
    let outages = outages(of: chain, rows)
    // An outage from before the shown periods counts where it began.
    let begin = outages.reduce(first) { min($0, $1.start) }
    let (service, agreed, maintenance) = time(
      of: chain, record.customer,
      in: begin..<max(first, spans.map(\.range.upperBound).max() ?? first))
    let downtime = Downtime(outages, agreed: agreed, horizon: plan.horizon)
    record.periods = spans.map { span in
      period(span, of: chain, rows) { period in
        var figures = AvailabilityFigures()
        figures.serviceSeconds = service.seconds(in: span.passed)
        figures.maintenanceSeconds = figures.serviceSeconds - agreed.seconds(in: span.passed)
        downtime.add(to: &figures, in: span.passed)
        if let objective = period.objective {
          // Up to a century of seconds, times 10^8, is below 2^63.
          figures.budgetMicroseconds =
            agreed.seconds(in: span.range) * (100_000_000 - objective) / 100
        }
        period.availability = figures
        period.possible = figures.agreedSeconds * 1_000_000
        period.reached = period.possible - figures.weightedDownMicroseconds
        setState(of: &period, in: span)
        if chain.newest.since == nil, figures.downSeconds == 0, !rows.table.hasRow(in: span.passed)
        {
          (period.state, period.reason) = (
            .noData, "no outage is on record, nor since when they are"
          )
          (period.reached, period.possible) = (0, 0)
        }
        if span.isToDate, let left = figures.leftSeconds, left < 0 { period.state = .missed }
      }
    }
    let shown = first..<max(first, plan.horizon)
    record.outages = outageRecords(downtime, shown)
    record.maintenance = maintenance.map {
      maintenanceRecords($0, of: chain, service, downtime, shown)
    }
  }

  /// The service time of a stretch, what of it is agreed, and the maintenance that is left out.
  mutating func time(
    of chain: ObligationChain, _ customer: String, in stretch: Range<Int64>
  ) -> (service: [ClockInterval], agreed: [ClockInterval], maintenance: ObligationRows?) {
    let service = serviceTime(of: chain, in: stretch)
    let maintenance = ObligationRows(chain, of: customer, in: self) { obligation in
      if case .availability(let terms) = obligation.terms { terms.maintenance } else { nil }
    }
    let excluded = ClockInterval.merged(
      (maintenance?.rows ?? []).compactMap { row in
        ClockInterval(
          from: Instant(seconds: row.start),
          to: Instant(seconds: min(row.end ?? plan.horizon, plan.horizon)))
      })
    return (service, service.subtracting(excluded), maintenance)
  }

  /// The openings of each version's calendar while it is in force.
  private mutating func serviceTime(
    of chain: ObligationChain, in stretch: Range<Int64>
  ) -> [ClockInterval] {
    var openings: [ClockInterval] = []
    for part in chain.parts {
      let range = part.valid.clamped(to: stretch)
      guard let calendar = part.obligation.calendar,
        let interval = ClockInterval(
          from: Instant(seconds: range.lowerBound), to: Instant(seconds: range.upperBound))
      else { continue }
      openings += shelf.calendar(calendar).openings(in: interval)
    }
    return ClockInterval.merged(openings)
  }

  func outages(of chain: ObligationChain, _ rows: ObligationRows) -> [Outage] {
    numbered(of: chain, rows).map(\.outage)
  }

  /// The outages with the numbers of their rows.
  func numbered(of chain: ObligationChain, _ rows: ObligationRows)
    -> [(row: Int, outage: Outage)]
  {
    let planned = chain.parts.map { part -> CompiledCondition? in
      guard case .availability(let terms) = part.obligation.terms else { return nil }
      return terms.planned.map(rows.table.compiled)
    }
    return rows.rows.compactMap { row in
      let terms = chain.availability(row.part)
      let weight = terms?.weightField.map { Self.weight(rows.table.value($0, row.number)) }
      guard weight ?? 1_000_000 > 0 else { return nil }
      let outage = Outage(
        name: Self.name(row, rows, terms?.labelField), start: row.start, end: row.end,
        weight: weight ?? 1_000_000,
        isPlanned: planned[row.part]?.holds(rows.table.codes(row.number)) ?? false)
      return (row.number, outage)
    }
  }

  private static func name(
    _ row: ObligationRows.Row, _ rows: ObligationRows, _ field: String?
  ) -> String {
    let label = field.map { rows.table.value($0, row.number) } ?? ""
    return label.isEmpty ? rows.table.id(row.number) : label
  }

  /// `0.25` or `25%` in millionths, at most the whole; what is no number is the whole.
  static func weight(_ text: String) -> Int64 {
    let isShare = text.hasSuffix("%")
    let number = isShare ? String(text.dropLast().filter { $0 != " " }) : text
    guard let decimal = ValuePattern.Decimal(number) else { return 1_000_000 }
    return min(max(isShare ? decimal.millionths / 100 : decimal.millionths, 0), 1_000_000)
  }

  private func outageRecords(_ downtime: Downtime, _ shown: Range<Int64>) -> [OutageRecord] {
    let pieces = Dictionary(grouping: downtime.pieces, by: \.failure)
    return downtime.merged.indices.compactMap { index in
      let merged = downtime.merged[index]
      let own = (pieces[index] ?? []).filter { $0.end > shown.lowerBound }
      guard let first = pieces[index]?.first, !own.isEmpty else { return nil }
      return OutageRecord(
        names: merged.names, start: merged.start, end: merged.isOpen ? nil : merged.end,
        downSeconds: own.reduce(0) { $0 + $1.seconds },
        weightedDownMicroseconds: own.reduce(0) { $0 + $1.seconds * $1.weight },
        plannedDownSeconds: own.reduce(0) { $0 + ($1.isPlanned ? $1.seconds : 0) },
        period: ReportPeriod.month(containing: Instant(seconds: first.start), in: zone).label)
    }
  }

  private func maintenanceRecords(
    _ rows: ObligationRows, of chain: ObligationChain, _ service: [ClockInterval],
    _ downtime: Downtime, _ shown: Range<Int64>
  ) -> [MaintenanceRecord] {
    let ordered = rows.rows.sorted { ($0.start, $0.number) < ($1.start, $1.number) }
    return ordered.compactMap { row in
      let end = min(row.end ?? plan.horizon, plan.horizon)
      let own = service.openings(in: row.start..<max(row.start, end))
      let seconds = own.reduce(0) { $0 + $1.seconds }
      guard seconds > 0, end > shown.lowerBound else { return nil }
      return MaintenanceRecord(
        name: Self.name(row, rows, chain.availability(row.part)?.labelField), start: row.start,
        end: row.end.flatMap { $0 > plan.horizon ? nil : $0 }, seconds: seconds,
        downSeconds: downtime.seconds(in: own))
    }
  }
}

extension ObligationChain {
  func availability(_ part: Int) -> Obligation.Availability? {
    if case .availability(let terms) = parts[part].obligation.terms { terms } else { nil }
  }
}

extension [ClockInterval] {
  /// What of ascending, disjoint intervals is in a stretch.
  func openings(in stretch: Range<Int64>) -> [ClockInterval] {
    guard
      let interval = ClockInterval(
        from: Instant(seconds: stretch.lowerBound), to: Instant(seconds: stretch.upperBound))
    else { return [] }
    return compactMap { $0.intersection(interval) }
  }

  func seconds(in stretch: Range<Int64>) -> Int64 {
    openings(in: stretch).reduce(0) { $0 + $1.seconds }
  }

  /// What is in these intervals and in none of the others; both ascend and are disjoint.
  func subtracting(_ others: [ClockInterval]) -> [ClockInterval] {
    var left: [ClockInterval] = []
    var next = 0
    for interval in self {
      var start = interval.start
      while next < others.count, others[next].end <= start { next += 1 }
      for other in others[next...].prefix(while: { $0.start < interval.end }) {
        if let before = ClockInterval(from: start, to: other.start) { left.append(before) }
        start = Swift.max(start, other.end)
      }
      if let rest = ClockInterval(from: start, to: interval.end) { left.append(rest) }
    }
    return left
  }
}
