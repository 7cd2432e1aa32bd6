import CSVRecords
import Messages
import Tickets

extension Finding.Message {
  fileprivate static func blankAt(_ column: String) -> Finding.Message {
    "column \"\(column)\", the instant, is blank; correct the row"
  }

  fileprivate static func noAmount(_ cell: String, _ column: String) -> Finding.Message {
    """
    column "\(column)" holds \(cell), which is no amount such as 12 or 12.5, with at most six \
    decimals; correct the row
    """
  }

  fileprivate static func ambiguousAmount(_ cell: String, _ column: String) -> Finding.Message {
    """
    column "\(column)" holds \(cell), in which the comma may stand before thousands or before \
    decimals; write it without one, or with a point
    """
  }
}

/// Rows of shape `counts`.
///
/// With an id, of two rows for one delivery the later stands; without, every row counts.
struct CountSink: RowSink {
  var rows: RowReader
  var ledger = RowLedger()
  private var index = TicketIndex()
  private var instants: [Int64] = []
  private var amounts: [Int64] = []
  private var codes: [[UInt32]]
  private let at: TimeLoader
  private var amount: RowReader.Column?
  private let hasID: Bool

  init(_ rows: RowReader, plan: ImportPlan) {
    self.rows = rows
    codes = Array(repeating: [], count: rows.fields.count)
    at = TimeLoader(source: plan.mapping.at ?? .init(), patterns: plan.patterns(of: "at"))
    amount = plan.mapping.amount.map { RowReader.Column(source: $0) }
    hasID = plan.mapping.id != nil
  }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    if !hasID { rows.id = IDRule(source: .init(constant: "")) }
    try rows.bind(header, file: name, findings: &findings)
    at.bind(header)
    try rows.require(at.source, "at", in: header, file: name)
    amount?.bind(header)
    if let amount { try rows.require(amount.source, "amount", in: header, file: name) }
  }

  /// Reads the row, and how much was delivered when.
  mutating func readDelivery(
    _ cells: RowCells
  ) throws(Rejection) -> (instant: Int64, amount: Int64) {
    try rows.read(cells)
    let instant = try at.instant(cells, missing: rows.missing, clock: &rows.clock)
    guard instant != MomentColumn.missing else { throw Rejection(message: .blankAt(at.label)) }
    if instant == MomentColumn.unreadable, let last = rows.clock.remarks.last {
      throw Rejection(message: last.message)
    }
    return (instant, try readAmount(cells))
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    let (instant, delivered) = try readDelivery(cells)
    guard hasID else {
      index.appendUnnamed()
      append(instant, delivered)
      return
    }
    let rule = rows.id
    let (row, isNew) = try rule.withID(cells, missing: rows.missing) { id throws(Rejection) in
      index.ticket(id)
    }
    if isNew {
      append(instant, delivered)
    } else if instants[row] == instant, amounts[row] == delivered,
      codes.indices.allSatisfy({ codes[$0][row] == rows.codes[$0] })
    {
      ledger.unchanged += 1
    } else {
      ledger.superseded += 1
      instants[row] = instant
      amounts[row] = delivered
      for field in codes.indices { codes[field][row] = rows.codes[field] }
    }
  }

  /// A blank amount is none: a row that says nothing of it delivers nothing.
  private func readAmount(_ cells: RowCells) throws(Rejection) -> Int64 {
    guard let amount else { return CountTable.unit }
    return try rows.withCell(amount.places, amount.source, cells) { cell throws(Rejection) in
      switch AmountText.millionths(of: cell) {
      case .amount(let millionths): return millionths
      case .ambiguous:
        throw Rejection(message: .ambiguousAmount(quoted(cell), amount.label))
      case .none: throw Rejection(message: .noAmount(quoted(cell), amount.label))
      }
    } ?? 0
  }

  private mutating func append(_ instant: Int64, _ amount: Int64) {
    instants.append(instant)
    amounts.append(amount)
    for field in codes.indices { codes[field].append(rows.codes[field]) }
    ledger.history += 1
  }

  consuming func table(source: String) -> CountTable {
    var table = CountTable(source: source)
    table.ids = index.ids.arena
    table.instants = instants
    table.amounts = amounts
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
