import Dispatch
import Messages
import Synchronization
import Tickets

/// Where the rows of a history say what decides how they are taken.
struct HistoryPlan: Sendable {
  let isVersioned: Bool
  /// Indices of moments, and of a field.
  let updated: Int?
  let opened: Int?
  let status: Int?
}

/// Turns the rows of `events` and `snapshots` into tickets with their changes.
///
/// A version states every value: what differs from the version before has changed, and an instant
/// that is empty again was taken back. What the first version states holds from the opening, but
/// for a status, which holds from the version's own instant: a ticket whose first version is
/// `Resolved` or waits, minutes after it was opened, did not begin so. An event states only what
/// its cells hold: a blank says nothing.
struct HistoryBuilder {
  private let plan: HistoryPlan
  private var history: HistoryRows
  private var table: TicketTable
  /// Where versions went back in time: file, line and ticket.
  private(set) var backward: [(file: Int, line: Int, ticket: Int)] = []

  /// - Parameter table: Of no tickets yet, but with their ids, and with its columns named.
  init(_ history: HistoryRows, plan: HistoryPlan, table: TicketTable) {
    self.history = history
    self.plan = plan
    self.table = table
  }

  /// - Parameter sink: Consumed, so that its rows are held once.
  init(_ sink: consuming HistorySink, source: String) {
    let isVersioned = sink.plan.mapping.rows == .snapshots
    if !isVersioned { sink.ensureOpened() }
    let rows = sink.rows
    history = sink.history
    plan = HistoryPlan(
      isVersioned: isVersioned,
      updated: rows.moments.firstIndex { $0.name == "updated" },
      opened: rows.moments.firstIndex { $0.name == "opened" },
      status: rows.fields.firstIndex { $0.name == "status" })
    table = TicketTable(source: source)
    table.ids = sink.ids
    table.ledger = sink.ledger
    table.moments = rows.moments.map { MomentColumn(name: $0.name) }
    table.fields = rows.fields.map { field in
      var column = FieldColumn(name: field.name)
      column.dictionary = field.dictionary
      return column
    }
    table.pausedTotals = rows.paused.map { PausedTotals(counts: $0.counts) }
    table.reported = rows.reported.map { ReportedVerdicts(clock: $0.clock) }
  }

  /// Makes the table; it is the same for every number of workers.
  ///
  /// - Parameter leastPart: A part of fewer rows is not worth a processor of its own.
  mutating func build(workers: Int = 1, leastPart: Int = 50_000) -> TicketTable {
    let groups = RowGroups(history.tickets, count: table.ids.count)
    if !plan.isVersioned, !history.seconds2.isEmpty { settleRepeatedHours(groups) }
    let count = max(1, min(workers, history.count / leastPart))
    var parts = Self.parts(of: history, groups: groups, plan: plan, count: count)
    history = HistoryRows()
    var changes: [ChangeTable] = []
    for number in parts.indices { changes.append(parts[number].takeChanges()) }
    join(parts, changes)
    return table
  }

  private static func parts(
    of history: HistoryRows, groups: RowGroups, plan: HistoryPlan, count: Int
  ) -> [HistoryPart] {
    let ranges = groups.ranges(count)
    let done = Mutex<[HistoryPart?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let part = HistoryWalk.part(
        of: history, groups: groups, tickets: ranges[number], plan: plan)
      done.withLock { $0[number] = part }
    }
    return done.withLock { $0 }.compactMap { $0 }
  }

  private mutating func join(_ parts: [HistoryPart], _ changes: [ChangeTable]) {
    for field in table.fields.indices {
      table.fields[field].codes = joined(parts.map { $0.codes(of: field) })
      table.fields[field].initialCodes = joined(parts.map { $0.initialCodes(of: field) })
    }
    for moment in table.moments.indices {
      table.moments[moment].seconds = joined(parts.map { $0.seconds(of: moment) })
    }
    table.history = ChangeTable(joining: changes)
    table.fileOfTicket = joined(parts.map(\.files))
    table.lineOfTicket = joined(parts.map(\.lines))
    table.pausedTotals?.seconds = joined(parts.map(\.pausedSeconds))
    table.reported?.values = joined(parts.map(\.verdicts))
    var stretches: [Int: [RowReader.Stretch]] = [:]
    for part in parts {
      stretches.merge(part.stretches) { first, _ in first }
      backward += part.backward
      table.ledger.unchanged += part.unchanged
      table.ledger.history += part.rows - part.unchanged - part.tickets.count
      table.ledger.tickets += part.tickets.count
    }
    table.suspensions = suspensions(of: stretches)
  }

  /// Moves events whose local time occurred twice to the second occurrence, where the first would
  /// precede the ticket's previous event in the export's order.
  private mutating func settleRepeatedHours(_ groups: RowGroups) {
    var rows: [UInt32] = []
    for ticket in Set(history.seconds2.keys.map { history.tickets[$0] }) {
      groups.fill(&rows, ticket: Int(ticket))
      rows.sort { (history.orders[Int($0)], $0) < (history.orders[Int($1)], $1) }
      var previous = Int64.min
      for row in rows.map({ Int($0) }) {
        if history.instants[row] < previous, let second = history.seconds2[row],
          second >= previous
        {
          history.instants[row] = second
        }
        previous = history.instants[row]
      }
    }
  }
}

/// One list after the other.
private func joined<Value>(_ lists: [some RandomAccessCollection<Value>]) -> [Value] {
  var joined: [Value] = []
  joined.reserveCapacity(lists.reduce(0) { $0 + $1.count })
  for list in lists { joined.append(contentsOf: list) }
  return joined
}
