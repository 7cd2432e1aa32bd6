import Agreements
import Results
import ServiceTime
import Tickets

/// The obligations of one agreement, in all its periods and for all its customers.
struct ObligationRun {
  let versions: [Agreement]
  let request: CalculationRequest
  let plan: PeriodPlan
  let zone: ZoneRules
  var shelf: CalendarShelf

  /// A period of the report.
  struct Span {
    let label: String
    let range: Range<Int64>
    /// The end or as-of, whichever is earlier.
    let horizon: Int64

    var isToDate: Bool { horizon < range.upperBound }
    /// What of it has passed.
    var passed: Range<Int64> { range.lowerBound..<max(range.lowerBound, horizon) }
  }

  init(_ run: AgreementRun) {
    versions = run.versions
    request = run.request
    plan = run.plan
    zone = run.zone
    shelf = run.shelf
  }

  /// The shown months, then the reported period if it is no month.
  var spans: [Span] {
    ([plan.months] + (plan.range.map { [$0] } ?? [])).flatMap { series in
      (series.firstShown..<series.count).map { index in
        let range = series.edges[index]..<series.edges[index + 1]
        return Span(
          label: series.labels[index], range: range,
          horizon: min(range.upperBound, plan.horizon))
      }
    }
  }

  /// - Parameter known: The customers of the agreement's tickets.
  mutating func records(customers known: Set<String>) -> [ObligationRecord] {
    let chains = ObligationChain.all(of: versions, zone: zone)
    let customers = self.customers(of: chains, and: known)
    var records: [ObligationRecord] = []
    for customer in customers.sorted() {
      for chain in chains { records.append(record(of: chain, customer)) }
    }
    return records
  }

  private mutating func record(of chain: ObligationChain, _ customer: String) -> ObligationRecord {
    let newest = chain.newest
    var record = ObligationRecord(
      agreement: versions[0].name, customer: customer, name: newest.name, title: newest.title,
      kind: newest.kind.rawValue, by: newest.by, to: newest.to, promise: newest.words,
      calendar: newest.calendar?.name)
    let spans = self.spans.filter { chain.covers(anyOf: $0.range) }
    guard let rows = ObligationRows(chain, of: customer, in: self) else {
      record.periods = spans.map {
        ObligationPeriod(
          period: $0.label, state: .noData,
          reason: "no rows of source \(newest.rows.source) came in")
      }
      return record
    }
    switch newest.terms {
    case .availability: addAvailability(of: chain, rows, spans, to: &record)
    case .volume: addVolume(of: chain, rows, spans, to: &record)
    case .ratio: addRatio(of: chain, rows, spans, to: &record)
    case .deliverable: addDeliverable(of: chain, rows, spans, to: &record)
    case .responseTo: addResponses(of: chain, rows, spans, to: &record)
    }
    return record
  }

  /// A fixed customer, or all values of the field in the rows and in the tickets.
  private func customers(of chains: [ObligationChain], and known: Set<String>) -> Set<String> {
    guard case .field(let field) = versions[versions.count - 1].customer else {
      if case .fixed(let name) = versions[versions.count - 1].customer { return [name] }
      return known
    }
    var customers = known
    for chain in chains where !chain.newest.isShared {
      guard let table = ObligationTable(chain.newest.rows, in: request) else { continue }
      let condition = table.compiled(chain.newest.rows.condition)
      for row in table.starts.indices
      where plan.sight.sees(table.starts[row]) && condition.holds(table.codes(row)) {
        customers.insert(Self.customer(table.value(field, row)))
      }
    }
    return customers
  }

  static func customer(_ value: String) -> String {
    value.isEmpty ? GroupTable.noCustomer : value
  }

  /// A period with its objective, judged as far as its rows and its time allow.
  func period(
    _ span: Span, of chain: ObligationChain, _ rows: ObligationRows,
    _ fill: (inout ObligationPeriod) -> Void
  ) -> ObligationPeriod {
    var period = ObligationPeriod(period: span.label, state: .noData)
    let part = chain.part(nearest: span.range.lowerBound)
    period.objective = part.obligation.objective?.millionthsOfPercent
    if case .ratio(let terms) = part.obligation.terms, terms.isAtMost { period.isAtMost = true }
    let first = max(span.range.lowerBound, chain.parts[0].valid.lowerBound)
    guard let began = rows.began, began < span.horizon else {
      period.reason = "its rows begin later"
      return period
    }
    guard first < span.horizon else {
      period.reason = "it begins later"
      return period
    }
    fill(&period)
    if first < began, period.state != .noData {
      period.state = .partial
      period.reason = "rows are kept from \(zone.local(of: Instant(seconds: began)).date.iso) on"
    }
    return period
  }

  /// How a share stands: judged where the period has ended.
  func setState(of period: inout ObligationPeriod, in span: Span) {
    guard period.possible > 0 else {
      period.state = span.isToDate ? .running : .noData
      period.reason = "nothing was measured"
      return
    }
    if span.isToDate {
      period.state = .running
    } else if !period.isOnSide {
      period.state = .missed
    } else {
      period.state = period.isPressed ? .pressed : .met
    }
  }
}

extension Calculator {
  /// Adds the obligations of an agreement, if it has any.
  func addObligations(of run: AgreementRun, to results: inout CalculationResults) {
    guard run.versions.contains(where: { !$0.obligations.isEmpty }) else { return }
    var obligations = ObligationRun(run)
    let known = results.customers(of: run.versions[0].name)
    results.obligations =
      (results.obligations ?? []) + obligations.records(customers: Set(known))
  }
}
