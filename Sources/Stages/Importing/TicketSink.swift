import CSVRecords
import Messages
import ServiceTime
import Tickets

/// Takes the rows of an export, whatever their shape.
protocol RowSink {
  var rows: RowReader { get set }
  var ledger: RowLedger { get set }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError)

  /// Takes the row; if it is rejected, nothing of it is kept.
  mutating func take(_ cells: RowCells) throws(Rejection)
}

/// Rows of shape `tickets`: each is one ticket, and of two for one ticket the newer stands.
struct TicketSink: RowSink {
  var rows: RowReader
  var ledger = RowLedger()
  private var ids = TextArena()
  private var index = TicketIndex()
  private var seconds: [[Int64]]
  private var codes: [[UInt32]]
  private var pausedSeconds: [Int64] = []
  private var verdicts: [ReportedVerdicts.Value] = []
  private var stretches: [Int: [RowReader.Stretch]] = [:]
  private var orders: [Int64] = []
  private var files: [UInt16] = []
  private var lines: [UInt32] = []
  private var file: UInt16 = 0
  private let updated: Int?
  private let hasOrder: Bool

  init(_ rows: RowReader, hasOrder: Bool) {
    self.rows = rows
    self.hasOrder = hasOrder
    seconds = Array(repeating: [], count: rows.moments.count)
    codes = Array(repeating: [], count: rows.fields.count)
    updated = rows.moments.firstIndex { $0.name == "updated" }
  }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    self.file = UInt16(clamping: file)
    try rows.bind(header, file: name, findings: &findings)
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    try rows.read(cells)
    let rule = rows.id
    let missing = rows.missing
    let (ticket, isNew) = try rule.withID(cells, missing: missing) { id throws(Rejection) in
      index.ticket(id, in: &ids)
    }
    if isNew {
      append(line: cells.line)
    } else {
      replace(ticket, line: cells.line)
    }
  }

  private mutating func append(line: Int) {
    for moment in seconds.indices { seconds[moment].append(rows.seconds[moment]) }
    for field in codes.indices { codes[field].append(rows.codes[field]) }
    if rows.hasPaused { pausedSeconds.append(rows.pausedSeconds) }
    if rows.hasReported { verdicts.append(rows.verdict) }
    if !rows.stretches.isEmpty { stretches[files.count] = rows.stretches }
    if hasOrder { orders.append(rows.order) }
    files.append(file)
    lines.append(UInt32(clamping: line))
    ledger.tickets += 1
  }

  /// Lets the newer `updated` stand, then the higher order, then the later row.
  private mutating func replace(_ ticket: Int, line: Int) {
    if isUnchanged(ticket) {
      ledger.unchanged += 1
      return
    }
    ledger.superseded += 1
    if isOlder(than: ticket) { return }
    for moment in seconds.indices { seconds[moment][ticket] = rows.seconds[moment] }
    for field in codes.indices { codes[field][ticket] = rows.codes[field] }
    if rows.hasPaused { pausedSeconds[ticket] = rows.pausedSeconds }
    if rows.hasReported { verdicts[ticket] = rows.verdict }
    stretches[ticket] = rows.stretches.isEmpty ? nil : rows.stretches
    if hasOrder { orders[ticket] = rows.order }
    files[ticket] = file
    lines[ticket] = UInt32(clamping: line)
  }

  private func isOlder(than ticket: Int) -> Bool {
    if let updated {
      let mine = rows.seconds[updated]
      let theirs = seconds[updated][ticket]
      if mine > MomentColumn.unreadable, theirs > MomentColumn.unreadable, mine != theirs {
        return mine < theirs
      }
    }
    return hasOrder && rows.order < orders[ticket]
  }

  private func isUnchanged(_ ticket: Int) -> Bool {
    seconds.indices.allSatisfy { seconds[$0][ticket] == rows.seconds[$0] }
      && codes.indices.allSatisfy { codes[$0][ticket] == rows.codes[$0] }
      && (!rows.hasPaused || pausedSeconds[ticket] == rows.pausedSeconds)
      && (!rows.hasReported || verdicts[ticket] == rows.verdict)
      && stretches[ticket, default: []] == rows.stretches
      && (!hasOrder || orders[ticket] == rows.order)
  }

  /// The table of all rows taken.
  consuming func table(source: String) -> TicketTable {
    var table = TicketTable(source: source)
    table.ids = ids
    for (moment, column) in zip(rows.moments, seconds) {
      table.moments.append(MomentColumn(name: moment.name, seconds: column))
    }
    for (field, column) in zip(rows.fields, codes) {
      var made = FieldColumn(name: field.name)
      made.dictionary = field.dictionary
      made.codes = column
      table.fields.append(made)
    }
    if let rule = rows.paused {
      var totals = PausedTotals(counts: rule.counts)
      totals.seconds = pausedSeconds
      table.pausedTotals = totals
    }
    if let rule = rows.reported {
      var reported = ReportedVerdicts(clock: rule.clock)
      reported.values = verdicts
      table.reported = reported
    }
    table.suspensions = suspensions(of: stretches)
    table.ledger = ledger
    table.fileOfTicket = files
    table.lineOfTicket = lines
    return table
  }
}

/// Stretches by ticket as a list, in the order of the tickets.
func suspensions(of stretches: [Int: [RowReader.Stretch]]) -> [Suspension] {
  stretches.keys.sorted().flatMap { ticket in
    stretches[ticket, default: []].map { stretch in
      Suspension(
        ticket: ticket, start: Instant(seconds: stretch.start),
        end: stretch.end == MomentColumn.missing ? nil : Instant(seconds: stretch.end),
        party: stretch.party)
    }
  }
}
