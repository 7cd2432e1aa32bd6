import ServiceTime
import Tickets

/// Takes what the workers of an import have read, batch by batch in the order of the files.
protocol RowStore: SendableMetatype {
  var ledger: RowLedger { get set }

  mutating func begin(file: Int)

  /// Takes all rows of a batch, whose columns mean nothing afterwards.
  ///
  /// - Parameters:
  ///   - worker: Whose codes the rows hold.
  ///   - dictionaries: The worker's, by field; they only ever grow.
  mutating func append(_ rows: inout RowColumns, from worker: Int, dictionaries: [TextDictionary])
}

/// Rows of shape `tickets`: each is one ticket, and of two for one ticket the newer stands.
struct TicketStore: RowStore {
  var ledger = RowLedger()
  private var index = TicketIndex()
  private var seconds: [[Int64]]
  private var codes: [[UInt32]]
  private var texts: SharedTexts
  private var pausedSeconds: [Int64] = []
  private var verdicts: [ReportedVerdicts.Value] = []
  private var stretches: [Int: [RowReader.Stretch]] = [:]
  private var orders: [Int64] = []
  private var files: [UInt16] = []
  private var lines: [UInt32] = []
  private var file: UInt16 = 0
  private let rows: RowReader

  /// - Parameter rows: Names the columns; nothing is read with it.
  init(_ rows: RowReader) {
    self.rows = rows
    seconds = Array(repeating: [], count: rows.moments.count)
    codes = Array(repeating: [], count: rows.fields.count)
    texts = SharedTexts(rows.fields.map(\.dictionary))
  }

  mutating func begin(file: Int) {
    self.file = UInt16(clamping: file)
  }

  mutating func append(
    _ rows: inout RowColumns, from worker: Int, dictionaries: [TextDictionary]
  ) {
    for field in codes.indices {
      texts.translate(&rows.codes[field], field: field, worker: worker, dictionaries[field])
    }
    var run = 0
    var known: [(row: Int, ticket: Int)] = []
    index.tickets(of: rows) { row, found in
      if !found.isNew { known.append((row, found.ticket)) }
    }
    for (row, ticket) in known {
      append(rows, run..<row)
      run = row + 1
      replace(ticket, with: row, of: rows)
    }
    append(rows, run..<rows.count)
  }

  private mutating func append(_ rows: RowColumns, _ run: Range<Int>) {
    guard !run.isEmpty else { return }
    for (row, found) in rows.stretches where run.contains(row) {
      stretches[files.count + row - run.lowerBound] = found
    }
    for moment in seconds.indices { seconds[moment] += rows.moments[moment][run] }
    for field in codes.indices { codes[field] += rows.codes[field][run] }
    if !rows.pausedSeconds.isEmpty { pausedSeconds += rows.pausedSeconds[run] }
    if !rows.verdicts.isEmpty { verdicts += rows.verdicts[run] }
    if !rows.orders.isEmpty { orders += rows.orders[run] }
    files.append(contentsOf: repeatElement(file, count: run.count))
    lines += rows.lines[run]
    ledger.tickets += run.count
  }

  /// Lets the newer `updated` stand, then the higher order, then the later row.
  private mutating func replace(_ ticket: Int, with row: Int, of rows: RowColumns) {
    if isUnchanged(ticket, row, rows) {
      ledger.unchanged += 1
      return
    }
    ledger.superseded += 1
    if isOlder(row, rows, than: ticket) { return }
    for moment in seconds.indices { seconds[moment][ticket] = rows.moments[moment][row] }
    for field in codes.indices { codes[field][ticket] = rows.codes[field][row] }
    if !rows.pausedSeconds.isEmpty { pausedSeconds[ticket] = rows.pausedSeconds[row] }
    if !rows.verdicts.isEmpty { verdicts[ticket] = rows.verdicts[row] }
    stretches[ticket] = rows.stretches[row]
    if !rows.orders.isEmpty { orders[ticket] = rows.orders[row] }
    files[ticket] = file
    lines[ticket] = rows.lines[row]
  }

  private func isOlder(_ row: Int, _ rows: RowColumns, than ticket: Int) -> Bool {
    if let updated = self.rows.updated {
      let mine = rows.moments[updated][row]
      let theirs = seconds[updated][ticket]
      if mine > MomentColumn.unreadable, theirs > MomentColumn.unreadable, mine != theirs {
        return mine < theirs
      }
    }
    return !rows.orders.isEmpty && rows.orders[row] < orders[ticket]
  }

  private func isUnchanged(_ ticket: Int, _ row: Int, _ rows: RowColumns) -> Bool {
    seconds.indices.allSatisfy { seconds[$0][ticket] == rows.moments[$0][row] }
      && codes.indices.allSatisfy { codes[$0][ticket] == rows.codes[$0][row] }
      && (rows.pausedSeconds.isEmpty || pausedSeconds[ticket] == rows.pausedSeconds[row])
      && (rows.verdicts.isEmpty || verdicts[ticket] == rows.verdicts[row])
      && stretches[ticket, default: []] == rows.stretches[row, default: []]
      && (rows.orders.isEmpty || orders[ticket] == rows.orders[row])
  }

  /// The table of all rows taken.
  consuming func table(source: String) -> TicketTable {
    var table = rows.emptyTable(source: source)
    table.ids = index.ids.arena
    for index in seconds.indices { table.moments[index].seconds = seconds[index] }
    for index in codes.indices {
      table.fields[index].dictionary = texts.dictionaries[index]
      table.fields[index].codes = codes[index]
    }
    table.pausedTotals?.seconds = pausedSeconds
    table.reported?.values = verdicts
    table.suspensions = suspensions(of: stretches)
    table.ledger = ledger
    table.fileOfTicket = files
    table.lineOfTicket = lines
    return table
  }
}

extension RowReader {
  /// A table with the columns that this reader fills, and no tickets.
  func emptyTable(source: String) -> TicketTable {
    var table = TicketTable(source: source)
    table.moments = moments.map { MomentColumn(name: $0.name) }
    table.fields = fields.map { FieldColumn(name: $0.name) }
    table.pausedTotals = paused.map { PausedTotals(counts: $0.counts) }
    table.reported = reported.map { ReportedVerdicts(clock: $0.clock) }
    return table
  }
}

/// Stretches by ticket as a list, in the order of the tickets.
func suspensions(of stretches: [Int: [RowReader.Stretch]]) -> [Suspension] {
  stretches.keys.sorted().flatMap { ticket in
    stretches[ticket, default: []].map { $0.suspension(of: ticket) }
  }
}

extension RowReader.Stretch {
  func suspension(of ticket: Int) -> Suspension {
    Suspension(
      ticket: ticket, start: Instant(seconds: start),
      end: end == MomentColumn.missing ? nil : Instant(seconds: end), party: party)
  }
}
