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
/// Which of them stand is the business of ``StandingRows``.
struct CountSink: RowSink {
  var rows: RowReader
  var ledger = RowLedger()
  private var standing: StandingRows
  private let at: TimeLoader
  private var amount: RowReader.Column?
  private let hasID: Bool

  init(_ rows: RowReader, plan: ImportPlan) {
    self.rows = rows
    standing = StandingRows(fields: rows.fields.count, hasID: plan.mapping.id != nil)
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
    let (instant, amount) = try readDelivery(cells)
    try standing.take((instant, amount), of: rows, cells, &ledger)
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

  consuming func table(source: String) -> CountTable {
    var table = CountTable(source: source)
    table.ids = standing.index.ids.arena
    table.instants = standing.first
    table.amounts = standing.second
    table.fields = standing.columns(rows.fields)
    table.ledger = ledger
    return table
  }
}
