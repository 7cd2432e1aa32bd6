import Calculation
import Results
import ServiceTime
import Testing
import Tickets

@testable import Agreements

/// An agreement of obligations, its rows, and what comes out.
struct ObligationDesk {
  var zone = ZoneRules.utc
  var customer = Agreement.Customer.fixed("Retail")
  var validFrom: CivilDate?
  var validUntil: CivilDate?
  var obligations: [Obligation] = []
  var changes: ChangeTerms?
  var actions: [AgreedAction] = []
  /// Versions that follow this one.
  var later: [Agreement] = []
  var intervals: [IntervalTable] = []
  var counts: [CountTable] = []
  var tables: [TicketTable] = []

  var agreement: Agreement {
    var agreement = Agreement(
      name: "promises", title: "Promises", kind: .sla, provider: "IT", customer: customer,
      zone: zone, validFrom: validFrom, validUntil: validUntil,
      scope: Condition(none: [.anything]), tiers: [], clocks: [], targets: [])
    agreement.obligations = obligations
    agreement.changes = changes
    agreement.actions = actions
    return agreement
  }

  func results(_ period: String, asOf: String) throws -> CalculationResults {
    var request = CalculationRequest(
      tables: tables, agreements: [[agreement] + later],
      asOf: Instant(seconds: instant(asOf)), period: period)
    (request.intervals, request.counts) = (intervals, counts)
    return try Calculator(request).results()
  }

  /// The first obligation of the only customer.
  func record(_ period: String, asOf: String = "2027-06-01 00:00") throws -> ObligationRecord {
    try #require(try results(period, asOf: asOf).obligations?.first)
  }

  func reported(
    _ period: String, asOf: String = "2027-06-01 00:00"
  ) throws -> ObligationPeriod {
    try #require(try record(period, asOf: asOf).period(period))
  }

  static func obligation(
    _ terms: Obligation.Terms, rows: String = "rows", objective: String? = nil
  ) throws -> Obligation {
    var obligation = Obligation(
      name: "it", title: "It", by: "IT", to: "Retail", rows: .init(source: rows), terms: terms)
    obligation.objective = try objective.map { try Objective(text: $0) }
    return obligation
  }

  static func availability(
    _ calendar: CalendarDefinition, objective: String = "99.5%", maintenance: Bool = false
  ) throws -> Obligation {
    var terms = Obligation.Availability(calendar: calendar)
    if maintenance { terms.maintenance = .init(source: "maintenance") }
    terms.planned = when("planned", "yes")
    terms.weightField = "weight"
    var obligation = try obligation(.availability(terms), objective: objective)
    obligation.since = date("2025-01-01")
    return obligation
  }
}

/// `08:00 08:10`, each with fields; `nil` lasts on.
func intervals(
  _ rows: [(from: String, to: String?, fields: [String: String])], source: String = "rows"
) -> IntervalTable {
  intervals(
    rows.map { (instant($0.from), $0.to.map(instant), $0.fields) }, source: source)
}

func intervals(
  _ rows: [(from: Int64, to: Int64?, fields: [String: String])], source: String = "rows"
) -> IntervalTable {
  var table = IntervalTable(source: source)
  table.starts = rows.map(\.from)
  table.ends = rows.map { $0.to ?? MomentColumn.missing }
  for number in rows.indices { table.ids.append("R\(number + 1)".utf8) }
  table.fields = columns(rows.map(\.fields))
  return table
}

func counts(
  _ rows: [(at: String, amount: Int64, fields: [String: String])], source: String = "rows"
) -> CountTable {
  var table = CountTable(source: source)
  table.instants = rows.map { instant($0.at) }
  table.amounts = rows.map { $0.amount * CountTable.unit }
  for number in rows.indices { table.ids.append("R\(number + 1)".utf8) }
  table.fields = columns(rows.map(\.fields))
  return table
}

private func columns(_ rows: [[String: String]]) -> [FieldColumn] {
  Set(rows.flatMap(\.keys)).sorted().map { name in
    var column = FieldColumn(name: name)
    column.codes = rows.map { column.dictionary.code(for: $0[name] ?? "") }
    return column
  }
}
