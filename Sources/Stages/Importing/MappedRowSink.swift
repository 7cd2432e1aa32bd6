import Messages
import ServiceTime
import Tickets

/// What a row says beside its fields and instants, by shape.
struct ReadRow {
  var at: Int64
  /// The second occurrence of ``at``, where its local time occurred twice; else the same.
  var second: Int64
  var end = MomentColumn.missing
  var amount: Int64 = 0
  var change: HistoryRows.Change?
}

/// What the rows of a batch say beside their fields and instants, where the shape has it.
struct RowExtras {
  /// By row: of an event, an interval, something delivered.
  var instants: [Int64] = []
  /// By row: the second occurrence of the instant, where its local time occurred twice; else the
  /// same.
  var seconds: [Int64] = []
  /// By row, or ``MomentColumn/missing``.
  var ends: [Int64] = []
  var amounts: [Int64] = []
  /// By row, as texts; empty where a row tells of no change.
  var changes: [(changed: String, from: String, to: String)] = []

  mutating func removeAll() {
    instants.removeAll(keepingCapacity: true)
    seconds.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    amounts.removeAll(keepingCapacity: true)
    changes.removeAll(keepingCapacity: true)
  }
}

/// A sink whose rows can be read without being kept.
protocol RowReadingSink: RowSink {
  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow
}

extension HistorySink: RowReadingSink {
  mutating func readRow(_ cells: RowCells) throws(Rejection) -> ReadRow {
    try rows.read(cells)
    let instant = try readInstant(cells)
    let second = rows.clock.second
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

/// Hands the good rows of shapes that are read one by one on, some at a time.
struct MappedRowSink<Base: RowReadingSink>: RowSink {
  var base: Base
  private let taker: any MappedRowTaker
  private let hasIDs: Bool
  private var text: MappedRowText
  private var index = TicketIndex()
  private(set) var failure: (any Error)?

  // The rows that were not handed over yet.
  private var columns: RowColumns
  private var extras = RowExtras()
  private var numbers: [Int] = []
  private var areNew: [Bool] = []

  private static var piece: Int { 2_048 }

  init(_ base: Base, layout: MappedLayout, text: MappedRowText, taker: any MappedRowTaker) {
    self.base = base
    self.taker = taker
    self.text = text
    hasIDs = layout.hasIDs
    columns = RowColumns(moments: base.rows.moments.count, fields: base.rows.fields.count)
  }

  var rows: RowReader {
    _read { yield base.rows }
    _modify { yield &base.rows }
  }

  var ledger: RowLedger {
    _read { yield base.ledger }
    _modify { yield &base.ledger }
  }

  var sawUnreadable: Bool { text.sawUnreadable }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    handOver()
    trying { taker throws in try taker.begin(file: file) }
    try base.bind(header, file: file, name: name, findings: &findings)
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    let read = try base.readRow(cells)
    if hasIDs {
      let rule = base.rows.id
      let missing = base.rows.missing
      let (number, isNew) = try rule.withID(cells, missing: missing) { id throws(Rejection) in
        columns.ids.append(id)
        return index.ticket(id)
      }
      numbers.append(number)
      areNew.append(isNew)
    } else {
      columns.ids.appendRepeated()
      numbers.append(ledger.history)
      areNew.append(true)
    }
    ledger.history += 1
    columns.append(rowOf: base.rows, line: cells.line)
    append(read)
    if columns.count == Self.piece { handOver() }
  }

  private mutating func append(_ read: ReadRow) {
    extras.instants.append(read.at)
    extras.seconds.append(read.second)
    extras.ends.append(read.end)
    extras.amounts.append(read.amount)
    extras.changes.append(words(of: read.change))
  }

  private func words(
    of change: HistoryRows.Change?
  ) -> (changed: String, from: String, to: String) {
    guard let change else { return ("", "", "") }
    guard change.subject >= 0 else {
      let name = base.rows.moments[-1 - change.subject].name
      return (HistorySink.momentPrefix + name, "", change.to == 1 ? "set" : "")
    }
    let field = base.rows.fields[change.subject]
    let isMarked = field.name.hasPrefix(HistorySink.momentPrefix)
    return (
      isMarked ? HistorySink.momentPrefix + field.name : field.name,
      change.from.map { field.dictionary[$0] } ?? "", field.dictionary[change.to]
    )
  }

  /// Hands over the rows that are waiting.
  mutating func handOver() {
    guard columns.count > 0 else { return }
    let texts = text.write(columns, extras, base.rows)
    let batch = MappedBatch(
      count: columns.count, lines: columns.lines, numbers: numbers, areNew: areNew,
      instants: extras.instants, orders: columns.orders, ids: columns.ids, texts: texts)
    trying { taker throws in try taker.take(batch) }
    columns = RowColumns(moments: columns.moments.count, fields: columns.codes.count)
    extras.removeAll()
    numbers.removeAll(keepingCapacity: true)
    areNew.removeAll(keepingCapacity: true)
  }

  private mutating func trying(_ body: (any MappedRowTaker) throws -> Void) {
    guard failure == nil else { return }
    do {
      try body(taker)
    } catch {
      failure = error
    }
  }
}

extension RowColumns {
  /// Appends the row that was read last; its id is appended by the caller.
  fileprivate mutating func append(rowOf reader: RowReader, line: Int) {
    for index in moments.indices { moments[index].append(reader.seconds[index]) }
    for index in codes.indices { codes[index].append(reader.codes[index]) }
    lines.append(UInt32(clamping: line))
    if reader.hasOrder { orders.append(reader.order) }
    if reader.hasPaused { pausedSeconds.append(reader.pausedSeconds) }
    if reader.hasReported { verdicts.append(reader.verdict) }
    if !reader.stretches.isEmpty { stretches[count] = reader.stretches }
    count += 1
  }
}
