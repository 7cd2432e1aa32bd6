import Agreements
import Results
import ServiceTime
import Tickets

/// The rows of one obligation that are one customer's.
struct ObligationRows {
  struct Row {
    let number: Int
    /// Of the table.
    let start: Int64
    /// `nil` while it lasts.
    let end: Int64?
    let amount: Int64
    /// Index into the parts of the chain.
    let part: Int
  }

  let table: ObligationTable
  /// In reading order.
  private(set) var rows: [Row] = []
  /// From when on rows are kept; `nil` if there are none.
  let began: Int64?

  /// - Returns: `nil` if its source did not come in.
  init?(
    _ chain: ObligationChain, of customer: String, in run: ObligationRun,
    rowsOf choose: (Obligation) -> Obligation.Rows? = { $0.rows }
  ) {
    guard let rows = choose(chain.newest), let table = ObligationTable(rows, in: run.request) else {
      return nil
    }
    self.table = table
    began = Self.began(chain.newest, table, zone: run.zone)
    let conditions = chain.parts.map { part in
      table.compiled(choose(part.obligation)?.condition ?? rows.condition)
    }
    let field: String?
    if case .field(let name) = run.versions[run.versions.count - 1].customer,
      !chain.newest.isShared
    {
      field = name
    } else {
      field = nil
    }
    for number in table.starts.indices {
      let start = table.starts[number]
      guard start > MomentColumn.unreadable, run.plan.sight.sees(start) else { continue }
      let index = chain.parts.firstIndex { start < $0.valid.upperBound } ?? chain.parts.count - 1
      guard conditions[index].holds(table.codes(number)) else { continue }
      if let field, ObligationRun.customer(table.value(field, number)) != customer { continue }
      self.rows.append(
        Row(
          number: number, start: start, end: table.end(number), amount: table.amount(number),
          part: index))
    }
  }

  /// What the agreement says, else the month of the first row.
  private static func began(
    _ obligation: Obligation, _ table: ObligationTable, zone: ZoneRules
  ) -> Int64? {
    guard let earliest = table.earliest else { return nil }
    if let since = obligation.since { return zone.midnight(of: since).seconds }
    let month = ReportPeriod.month(containing: Instant(seconds: earliest), in: zone)
    return month.interval(in: zone).start.seconds
  }

  /// Rows that start in a stretch, in which their version is in force.
  func started(in stretch: Range<Int64>, of chain: ObligationChain) -> [Row] {
    rows.filter { stretch.contains($0.start) && chain.parts[$0.part].valid.contains($0.start) }
  }
}
