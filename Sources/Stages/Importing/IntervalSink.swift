import CSVRecords
import Messages
import Tickets

extension Finding.Message {
  fileprivate static func endsEarly(_ start: String, _ end: String) -> Finding.Message {
    "column \"\(end)\" is before column \"\(start)\"; correct the row"
  }

  fileprivate static func blankStart(_ column: String) -> Finding.Message {
    "column \"\(column)\", the start, is blank; correct the row"
  }
}

/// Rows of shape `intervals`.
///
/// Which of them stand is the business of ``StandingRows``.
struct IntervalSink: RowSink {
  var rows: RowReader
  var ledger = RowLedger()
  private var standing: StandingRows
  private let start: TimeLoader
  private let end: TimeLoader
  private let hasID: Bool

  init(_ rows: RowReader, plan: ImportPlan) {
    self.rows = rows
    standing = StandingRows(fields: rows.fields.count, hasID: plan.mapping.id != nil)
    start = TimeLoader(
      source: plan.mapping.start ?? .init(), patterns: plan.patterns(of: "start"))
    end = TimeLoader(source: plan.mapping.end ?? .init(), patterns: plan.patterns(of: "end"))
    hasID = plan.mapping.id != nil
  }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    if !hasID { rows.id = IDRule(source: .init(constant: "")) }
    try rows.bind(header, file: name, findings: &findings)
    start.bind(header)
    end.bind(header)
    try rows.require(start.source, "start", in: header, file: name)
    try rows.require(end.source, "end", in: header, file: name)
  }

  /// Reads the row, and its start and end.
  mutating func readStretch(
    _ cells: RowCells
  ) throws(Rejection) -> (from: Int64, to: Int64) {
    try rows.read(cells)
    let missing = rows.missing
    let from = try start.instant(cells, missing: missing, clock: &rows.clock)
    guard from != MomentColumn.missing else {
      throw Rejection(message: .blankStart(start.label))
    }
    let to = try end.instant(cells, missing: missing, clock: &rows.clock, after: from)
    if from == MomentColumn.unreadable || to == MomentColumn.unreadable,
      let last = rows.clock.remarks.last
    {
      throw Rejection(message: last.message)
    }
    guard to == MomentColumn.missing || to >= from else {
      throw Rejection(message: .endsEarly(start.label, end.label))
    }
    return (from, to)
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    let (from, to) = try readStretch(cells)
    try standing.take((from, to), of: rows, cells, &ledger)
  }

  consuming func table(source: String) -> IntervalTable {
    var table = IntervalTable(source: source)
    table.ids = standing.index.ids.arena
    table.starts = standing.first
    table.ends = standing.second
    table.fields = standing.columns(rows.fields)
    table.ledger = ledger
    return table
  }
}
