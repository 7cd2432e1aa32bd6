import Messages
import ServiceTime
import Tickets

/// What a row says beside its fields and instants, by shape.
struct ReadRow {
  var at: Int64?
  /// The second occurrence of ``at``, where its local time occurred twice; else the same.
  var second: Int64?
  var end = MomentColumn.missing
  var amount: Int64 = 0
  var change: HistoryRows.Change?
}

/// A sink whose rows can be read without being kept.
protocol RowReadingSink: RowSink {
  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow
}

extension HistorySink: RowReadingSink {
  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow {
    try rows.read(cells)
    let instant = try readInstant(cells)
    let second = at == nil ? rows.secondUpdated : rows.clock.second
    return ReadRow(at: instant, second: second, change: try readChange(cells))
  }
}

extension IntervalSink: RowReadingSink {
  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow {
    let (from, to) = try readStretch(cells)
    return ReadRow(at: from, second: from, end: to)
  }
}

extension CountSink: RowReadingSink {
  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow {
    let (instant, amount) = try readDelivery(cells)
    return ReadRow(at: instant, second: instant, amount: amount)
  }
}

/// Rows of shape `tickets`, one by one.
struct TicketSink: RowReadingSink {
  var rows: RowReader
  var ledger = RowLedger()

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    try rows.bind(header, file: name, findings: &findings)
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    _ = try readRow(cells)
  }

  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow {
    try rows.read(cells)
    guard let updated = rows.updated, rows.seconds[updated] > MomentColumn.unreadable else {
      return ReadRow()
    }
    return ReadRow(at: rows.seconds[updated], second: rows.seconds[updated])
  }
}

/// Hands every good row on as a ``MappedRow``.
struct MappedRowSink<Base: RowReadingSink>: RowSink {
  var base: Base
  private let taker: any MappedRowTaker
  private let layout: MappedLayout
  private let row = MappedRow()
  /// Those of the row at hand; they change places with the last row's when they are written.
  private var cells = MappedCells()
  private var index = TicketIndex()
  /// How many fields and moments have columns of their own.
  private let fields: Int
  private let moments: Int
  /// Whether a cell held no instant, so that the file may be written otherwise than others.
  private(set) var sawUnreadable = false
  private(set) var failure: (any Error)?

  init(_ base: Base, layout: MappedLayout, taker: any MappedRowTaker) {
    self.base = base
    self.layout = layout
    self.taker = taker
    fields = base.rows.fields.count
    moments = base.rows.moments.count
  }

  var rows: RowReader {
    _read { yield base.rows }
    _modify { yield &base.rows }
  }

  var ledger: RowLedger {
    _read { yield base.ledger }
    _modify { yield &base.ledger }
  }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    row.file = file
    try base.bind(header, file: file, name: name, findings: &findings)
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    let read = try base.readRow(cells)
    if layout.hasIDs {
      let rule = base.rows.id
      let missing = base.rows.missing
      (row.number, row.isNew) = try rule.withID(cells, missing: missing) { id throws(Rejection) in
        row.id.removeAll(keepingCapacity: true)
        row.id.append(contentsOf: id)
        return index.ticket(id)
      }
    } else {
      (row.number, row.isNew) = (ledger.history, true)
    }
    ledger.history += 1
    row.line = cells.line
    row.at = read.at
    row.order = base.rows.hasOrder && base.rows.order != Int64.min ? base.rows.order : nil
    write(read)
    swap(&row.cells, &self.cells)
    guard failure == nil else { return }
    do {
      try taker.take(row)
    } catch {
      failure = error
    }
  }

  // MARK: cells, in the order of ``MappedLayout/columns(of:_:)``

  private mutating func write(_ read: ReadRow) {
    cells.begin()
    for moment in 0..<moments { write(moment, read) }
    for field in 0..<fields {
      cells.append(base.rows.fields[field].dictionary[base.rows.codes[field]])
    }
    if base.rows.hasOrder { cells.append(row.order.map { String($0) } ?? "") }
    if base.rows.hasPaused { append(number: base.rows.pausedSeconds) }
    if base.rows.hasReported { cells.append(base.rows.verdict.text) }
    if base.rows.hasStretches {
      cells.append(
        base.rows.stretches.isEmpty ? "" : SuspensionText.text(of: base.rows.stretches))
    }
    switch layout.shape {
    case .tickets, .snapshots: break
    case .events:
      append(read.at, second: read.second)
      writeChange(read.change)
    case .intervals:
      append(read.at, second: nil)
      append(read.end == MomentColumn.missing ? nil : read.end, second: nil)
    case .counts:
      append(read.at, second: nil)
      cells.append(AmountText.text(read.amount))
    }
  }

  private mutating func write(_ moment: Int, _ read: ReadRow) {
    let seconds = base.rows.seconds[moment]
    if seconds == MomentColumn.missing {
      cells.append("")
    } else if seconds == MomentColumn.unreadable {
      sawUnreadable = true
      // A row whose opening is no instant would be rejected when it is read back.
      cells.append(moment == base.rows.opened ? "" : "unreadable")
    } else if layout.shape == .snapshots, moment == base.rows.updated {
      append(seconds, second: read.second)
    } else {
      cells.append(instant: seconds)
    }
  }

  /// An instant whose local time occurred twice is kept as that local time, because which of the
  /// two it was depends on the ticket's other rows.
  private mutating func append(_ seconds: Int64?, second: Int64?) {
    guard let seconds else { return cells.append("") }
    guard let second, second != seconds else { return cells.append(instant: seconds) }
    let local = base.rows.clock.zone.localSeconds(of: Instant(seconds: seconds))
    let found = base.rows.clock.zone.instants(ofLocal: local)
    if found.first.seconds == seconds, found.second.seconds == second {
      cells.append(local: local)
    } else {
      cells.append(instant: seconds)
    }
  }

  private mutating func append(number: Int64) {
    cells.append(number == MomentColumn.missing ? "" : String(number))
  }

  private mutating func writeChange(_ change: HistoryRows.Change?) {
    guard layout.columns.contains(where: { $0.role == .changed }) else { return }
    let hasFrom = layout.columns.contains { $0.role == .from }
    guard let change else {
      for _ in 0..<(hasFrom ? 3 : 2) { cells.append("") }
      return
    }
    guard change.subject >= 0 else {
      cells.append(HistorySink.momentPrefix + base.rows.moments[-1 - change.subject].name)
      if hasFrom { cells.append("") }
      cells.append(change.to == 1 ? "set" : "")
      return
    }
    let field = base.rows.fields[change.subject]
    let isMarked = field.name.hasPrefix(HistorySink.momentPrefix)
    cells.append(isMarked ? HistorySink.momentPrefix + field.name : field.name)
    if hasFrom { cells.append(change.from.map { field.dictionary[$0] } ?? "") }
    cells.append(field.dictionary[change.to])
  }
}

extension ReportedVerdicts.Value {
  fileprivate var text: String {
    switch self {
    case .unknown: ""
    case .met: "met"
    case .breached: "breached"
    }
  }
}
