import Agreements
import ServiceTime
import Tickets

/// The rows of one source, whatever their shape: each with a start, an end and an amount.
struct ObligationTable: Sendable {
  /// Has the fields alone, so that conditions can be compiled for it.
  private let shell: TicketTable
  private let ids: TextArena
  /// Seconds since 1970; ``MomentColumn/missing`` and ``MomentColumn/unreadable`` have no instant.
  let starts: [Int64]
  /// Empty if the rows have none.
  private let ends: [Int64]
  /// In millionths; empty if every row is one.
  private let amounts: [Int64]

  /// - Returns: `nil` if no source of that name came in.
  init?(_ rows: Obligation.Rows, in request: CalculationRequest) {
    if let table = request.intervals.first(where: { $0.source == rows.source }) {
      shell = Self.shell(table.source, table.fields)
      (ids, starts, ends, amounts) = (table.ids, table.starts, table.ends, [])
    } else if let table = request.counts.first(where: { $0.source == rows.source }) {
      shell = Self.shell(table.source, table.fields)
      (ids, starts, ends, amounts) = (table.ids, table.instants, [], table.amounts)
    } else if let table = request.tables.first(where: { $0.source == rows.source }) {
      shell = Self.shell(table.source, table.fields)
      let moment = table.momentIndex(rows.moment).map { table.moments[$0].seconds }
      (ids, ends, amounts) = (table.ids, [], [])
      starts = moment ?? Array(repeating: MomentColumn.missing, count: table.count)
    } else {
      return nil
    }
  }

  private static func shell(_ source: String, _ fields: [FieldColumn]) -> TicketTable {
    var shell = TicketTable(source: source)
    shell.fields = fields
    return shell
  }

  /// The first instant of any row.
  var earliest: Int64? { starts.lazy.filter { $0 > MomentColumn.unreadable }.min() }

  /// The first instants of the rows of an agreement's obligations.
  static func earliest(of versions: [Agreement], in request: CalculationRequest) -> [Int64] {
    versions.flatMap(\.obligations).compactMap { ObligationTable($0.rows, in: request)?.earliest }
  }

  func hasRow(in stretch: Range<Int64>) -> Bool { starts.contains { stretch.contains($0) } }

  /// Whether a row is a stretch of time, and not an instant.
  var hasEnds: Bool { !ends.isEmpty }

  func id(_ row: Int) -> String { row < ids.count ? ids[row] : "" }

  /// `nil` while it lasts.
  func end(_ row: Int) -> Int64? {
    guard row < ends.count, ends[row] > MomentColumn.unreadable else { return nil }
    return ends[row]
  }

  func amount(_ row: Int) -> Int64 { row < amounts.count ? amounts[row] : CountTable.unit }

  func codes(_ row: Int) -> [UInt32] { shell.fields.map { $0.codes[row] } }

  func compiled(_ condition: Condition) -> CompiledCondition {
    CompiledCondition(condition, for: shell)
  }

  /// The value of a field; empty if there is none.
  func value(_ field: String, _ row: Int) -> String {
    shell.fieldIndex(field).map { shell.fields[$0].dictionary[shell.fields[$0].codes[row]] } ?? ""
  }
}
