import Messages
import Tickets

/// Turns the rows of `events` and `snapshots` into tickets with their changes.
///
/// A version states every value: what differs from the version before has changed, and an instant
/// that is empty again was taken back. What the first version states holds from the opening, but
/// for a status, which holds from the version's own instant: a ticket whose first version is
/// `Resolved` or waits, minutes after it was opened, did not begin so. An event states only what
/// its cells hold: a blank says nothing.
struct HistoryBuilder {
  private let rows: RowReader
  private var history: HistoryRows
  private let ids: TextArena
  private let isVersioned: Bool
  private let updated: Int?
  private let opened: Int?
  private let status: Int?
  private var ledger: RowLedger
  private var timeline: TicketTimeline
  private var table: TicketTable
  private var changes = ChangeTable()
  private var initial: [[UInt32]]
  private var stretches: [Int: [RowReader.Stretch]] = [:]
  /// Where versions went back in time: file, line and ticket.
  private(set) var backward: [(file: Int, line: Int, ticket: Int)] = []

  init(_ sink: HistorySink, source: String) {
    var sink = sink
    isVersioned = sink.plan.mapping.rows == .snapshots
    if !isVersioned { sink.ensureOpened() }
    rows = sink.rows
    history = sink.history
    ids = sink.ids
    updated = rows.moments.firstIndex { $0.name == "updated" }
    opened = rows.moments.firstIndex { $0.name == "opened" }
    status = rows.fields.firstIndex { $0.name == "status" }
    ledger = sink.ledger
    timeline = TicketTimeline(fields: rows.fields.count, moments: rows.moments.count)
    initial = Array(repeating: [], count: rows.fields.count)
    table = TicketTable(source: source)
    table.ids = ids
    table.moments = rows.moments.map { MomentColumn(name: $0.name) }
    table.fields = rows.fields.map { field in
      var column = FieldColumn(name: field.name)
      column.dictionary = field.dictionary
      return column
    }
    table.pausedTotals = rows.paused.map { PausedTotals(counts: $0.counts) }
    table.reported = rows.reported.map { ReportedVerdicts(clock: $0.clock) }
  }

  mutating func build() -> TicketTable {
    for (ticket, group) in groups().enumerated() {
      if !isVersioned, !history.seconds2.isEmpty { settleRepeatedHour(group) }
      add(ticket, sorted(group))
    }
    for field in table.fields.indices { table.fields[field].initialCodes = initial[field] }
    table.history = changes
    table.suspensions = suspensions(of: stretches)
    table.ledger = ledger
    return table
  }

  /// The rows of each ticket, in reading order.
  private func groups() -> [[Int]] {
    var groups = [[Int]](repeating: [], count: ids.count)
    for row in 0..<history.count { groups[Int(history.tickets[row])].append(row) }
    return groups
  }

  /// Moves events whose local time occurred twice to the second occurrence, where the first would
  /// precede the ticket's previous event in the export's order.
  private mutating func settleRepeatedHour(_ group: [Int]) {
    var previous = Int64.min
    for row in group.sorted(by: { (history.orders[$0], $0) < (history.orders[$1], $1) }) {
      if history.instants[row] < previous, let second = history.seconds2[row], second >= previous {
        history.instants[row] = second
      }
      previous = history.instants[row]
    }
  }

  /// Versions by their order, events by their instant; then by the other, then as read.
  private func sorted(_ group: [Int]) -> [Int] {
    let orders = history.orders
    let instants = history.instants
    let isVersioned = isVersioned
    return group.sorted { a, b in
      let first = (orders[a], instants[a])
      let second = (orders[b], instants[b])
      if first == second { return a < b }
      return isVersioned ? first < second : (first.1, first.0) < (second.1, second.0)
    }
  }

  private mutating func add(_ ticket: Int, _ group: [Int]) {
    timeline.begin()
    var kept: [Int] = []
    var instant = Int64.min
    for row in group {
      if isRepeated(row, after: kept) {
        ledger.unchanged += 1
        continue
      }
      instant = self.instant(of: row, after: instant, ticket: ticket)
      apply(row, at: instant, version: kept.count)
      kept.append(row)
    }
    ledger.tickets += 1
    ledger.history += kept.count - 1
    finish(ticket, kept)
  }

  /// Whether a row says what one before it said.
  ///
  /// That is the same version again, or the same event from another file. Two equal events in one
  /// file are two events.
  private func isRepeated(_ row: Int, after kept: [Int]) -> Bool {
    if isVersioned { return kept.last.map { isEqual($0, row) } ?? false }
    for earlier in kept.reversed() {
      guard history.instants[earlier] == history.instants[row] else { return false }
      if history.files[earlier] != history.files[row], isEqual(earlier, row) { return true }
    }
    return false
  }

  private func isEqual(_ a: Int, _ b: Int) -> Bool {
    let left = history.changes[a]
    let right = history.changes[b]
    return history.instants[a] == history.instants[b] && history.orders[a] == history.orders[b]
      && history.codes.allSatisfy { $0[a] == $0[b] }
      && history.seconds.allSatisfy { $0[a] == $0[b] }
      && (history.pausedSeconds.isEmpty || history.pausedSeconds[a] == history.pausedSeconds[b])
      && (history.verdicts.isEmpty || history.verdicts[a] == history.verdicts[b])
      && left?.subject == right?.subject && left?.from == right?.from && left?.to == right?.to
      && history.stretches[a] == history.stretches[b]
  }

  /// The instant of a row, not before that of the row that precedes it.
  private mutating func instant(of row: Int, after previous: Int64, ticket: Int) -> Int64 {
    let instant = history.instants[row]
    guard instant < previous else { return instant }
    if let second = history.seconds2[row], second >= previous { return second }
    backward.append((Int(history.files[row]), Int(history.lines[row]), ticket))
    return previous
  }

  private mutating func apply(_ row: Int, at instant: Int64, version: Int) {
    let line = history.lines[row]
    for (field, column) in history.codes.enumerated() {
      if isVersioned {
        let holdsFromOpening = version == 0 && !(field == status && isLate(row, at: instant))
        timeline.state(
          field: field, column[row], at: instant, line: line, isFirst: holdsFromOpening)
      } else if column[row] != 0 {
        timeline.state(field: field, column[row], at: instant, line: line, isFirst: false)
      }
    }
    if let status { timeline.noteStatus(history.codes[status][row], at: instant) }
    for (moment, column) in history.seconds.enumerated() {
      if moment == updated {
        if column[row] != MomentColumn.missing { timeline.latest[moment] = column[row] }
      } else if isVersioned || column[row] != MomentColumn.missing {
        timeline.state(moment: moment, column[row], at: instant, line: line)
      }
    }
    guard let change = history.changes[row] else { return }
    if change.subject >= 0 {
      timeline.change(
        field: change.subject, from: change.from, to: change.to, at: instant, line: line)
    } else if -1 - change.subject == updated {
      timeline.latest[-1 - change.subject] = instant
    } else {
      timeline.change(moment: -1 - change.subject, isSet: change.to == 1, at: instant, line: line)
    }
  }

  /// Whether a version was made after the ticket was opened: the status before it is not known.
  private func isLate(_ row: Int, at instant: Int64) -> Bool {
    guard let opened else { return false }
    let start = history.seconds[opened][row]
    return start > MomentColumn.unreadable && start < instant
  }

  private mutating func finish(_ ticket: Int, _ kept: [Int]) {
    guard let last = kept.last, let first = kept.first else { return }
    if !isVersioned, let opened, timeline.latest[opened] == MomentColumn.missing {
      timeline.open(opened, at: history.instants[first], line: history.lines[first])
    }
    for field in table.fields.indices {
      table.fields[field].codes.append(timeline.current[field] ?? 0)
      initial[field].append(timeline.initial[field])
    }
    for moment in table.moments.indices {
      table.moments[moment].seconds.append(timeline.latest[moment])
    }
    timeline.write(into: &changes)
    table.fileOfTicket.append(history.files[last])
    table.lineOfTicket.append(history.lines[last])
    let stating = isVersioned ? [last] : kept.reversed()
    let history = history
    if table.pausedTotals != nil {
      let totals = stating.lazy.map { history.pausedSeconds[$0] }
      table.pausedTotals?.seconds.append(
        totals.first { $0 != MomentColumn.missing } ?? MomentColumn.missing)
    }
    if table.reported != nil {
      let verdicts = stating.lazy.map { history.verdicts[$0] }
      table.reported?.values.append(verdicts.first { $0 != .unknown } ?? .unknown)
    }
    if let row = stating.first(where: { history.stretches[$0] != nil }) {
      stretches[ticket] = history.stretches[row]
    }
  }
}
