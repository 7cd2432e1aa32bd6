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
/// With an id, of two rows for one interval the later stands.
struct IntervalSink: RowSink {
  var rows: RowReader
  var ledger = RowLedger()
  private var index = TicketIndex()
  private var starts: [Int64] = []
  private var ends: [Int64] = []
  private var codes: [[UInt32]]
  private let start: TimeLoader
  private let end: TimeLoader
  private let hasID: Bool

  init(_ rows: RowReader, plan: ImportPlan) {
    self.rows = rows
    codes = Array(repeating: [], count: rows.fields.count)
    start = TimeLoader(
      source: plan.mapping.start ?? .init(), patterns: plan.patterns(of: "start"))
    end = TimeLoader(source: plan.mapping.end ?? .init(), patterns: plan.patterns(of: "end"))
    hasID = plan.mapping.id != nil
  }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    if hasID {
      try rows.bind(header, file: name, findings: &findings)
    } else {
      rows.id = IDRule(source: .init(constant: ""))
      try rows.bind(header, file: name, findings: &findings)
    }
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
    guard hasID else {
      index.appendUnnamed()
      append(from, to)
      return
    }
    let rule = rows.id
    let (interval, isNew) = try rule.withID(cells, missing: rows.missing) { id throws(Rejection) in
      index.ticket(id)
    }
    if isNew {
      append(from, to)
    } else if starts[interval] == from, ends[interval] == to,
      codes.indices.allSatisfy({ codes[$0][interval] == rows.codes[$0] })
    {
      ledger.unchanged += 1
    } else {
      ledger.superseded += 1
      starts[interval] = from
      ends[interval] = to
      for field in codes.indices { codes[field][interval] = rows.codes[field] }
    }
  }

  private mutating func append(_ from: Int64, _ to: Int64) {
    starts.append(from)
    ends.append(to)
    for field in codes.indices { codes[field].append(rows.codes[field]) }
    ledger.history += 1
  }

  consuming func table(source: String) -> IntervalTable {
    var table = IntervalTable(source: source)
    table.ids = index.ids.arena
    table.starts = starts
    table.ends = ends
    for (field, column) in zip(rows.fields, codes) {
      var made = FieldColumn(name: field.name)
      made.dictionary = field.dictionary
      made.codes = column
      table.fields.append(made)
    }
    table.ledger = ledger
    return table
  }
}
