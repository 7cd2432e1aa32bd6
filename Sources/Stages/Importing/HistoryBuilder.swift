import Messages
import Tickets

/// Where the rows of a history say what decides how they are taken.
struct HistoryPlan: Sendable {
  let isVersioned: Bool
  /// Indices of moments, and of a field.
  let updated: Int?
  let opened: Int?
  let status: Int?
  /// Bits of the moments that may happen again and again.
  var repeated: UInt64 = 0

  func isRepeated(_ moment: Int) -> Bool { moment < 64 && repeated >> UInt64(moment) & 1 == 1 }
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
  /// The ids of all tickets, those included that are not in the table.
  let ids: TextArena
  /// Where versions went back in time: file, line and ticket.
  private(set) var backward: [(file: Int, line: Int, ticket: Int)] = []

  /// - Parameter table: Of no tickets yet, but with their ids, and with its columns named.
  init(_ history: HistoryRows, plan: HistoryPlan, table: TicketTable) {
    self.history = history
    self.plan = plan
    self.table = table
    self.table.history = ChangeTable()
    for field in table.fields.indices { self.table.fields[field].initialCodes = [] }
    ids = table.ids
  }

  /// - Parameter sink: Consumed, so that its rows are held once.
  init(_ sink: consuming HistorySink, source: String) {
    let isVersioned = sink.plan.mapping.rows == .snapshots
    if !isVersioned { sink.ensureOpened() }
    let rows = sink.rows
    let plan = HistoryPlan(
      isVersioned: isVersioned,
      updated: rows.moments.firstIndex { $0.name == "updated" },
      opened: rows.moments.firstIndex { $0.name == "opened" },
      status: rows.fields.firstIndex { $0.name == "status" },
      repeated: rows.moments.prefix(64).enumerated().reduce(0) { bits, moment in
        RepeatedMoments.names.contains(moment.element.name) ? bits | 1 << moment.offset : bits
      })
    var table = TicketTable(source: source)
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
    self.init(sink.history, plan: plan, table: table)
  }

  /// Makes the table; it is the same for every number of workers.
  ///
  /// - Parameters:
  ///   - taker: Judges tickets, of which the table then holds only what it did not take; the
  ///     table's ledger counts all.
  ///   - partSize: How many tickets are walked at a time. Their changes should stay in a
  ///     processor's cache until they are judged.
  mutating func build(
    workers: Int = 1, taker: (any TicketTaker)? = nil, partSize: Int = 1_024
  ) -> TicketTable {
    if !plan.isVersioned, !history.seconds2.isEmpty { settleRepeatedHours() }
    let walk = HistoryWalks(history: history, plan: plan, workers: workers, partSize: partSize)
    history = HistoryRows()
    guard let taker else {
      join(walk.parts(of: 0..<ids.count), counts: true)
      return table
    }
    table.ids = TextArena()
    let (held, tallies) = walk.judge(0..<ids.count, as: table, by: taker)
    for tally in tallies { add(tally) }
    join(walk.parts(of: held), counts: false)
    for ticket in held { table.ids.append(ids.slice(ticket)) }
    return table
  }

  private mutating func add(_ tally: HistoryTally) {
    backward += tally.backward
    table.ledger.unchanged += tally.unchanged
    table.ledger.history += tally.rows - tally.unchanged - tally.tickets
    table.ledger.tickets += tally.tickets
  }

  /// Adds the tickets of all parts to the table, and gives the memory of each part back.
  private mutating func join(_ parts: consuming [HistoryPart], counts: Bool) {
    for number in parts.indices {
      let part = parts[number]
      parts[number] = HistoryPart()
      if counts { add(part.tally) }
      table.append(part)
    }
  }

  /// Moves events whose local time occurred twice to the second occurrence, where the first would
  /// precede the ticket's previous event in the export's order.
  private mutating func settleRepeatedHours() {
    for var rows in history.chains.rows(ofTicketsWith: { history.seconds2[$0] != nil }) {
      rows.sort { (history.orders[Int($0)], $0) < (history.orders[Int($1)], $1) }
      var previous = Int64.min
      for row in rows.map({ Int($0) }) {
        if history.instants[row] < previous, let second = history.seconds2[row],
          second >= previous
        {
          for moment in history.seconds.indices where plan.isRepeated(moment) {
            if history.seconds[moment][row] == history.instants[row] {
              history.seconds[moment][row] = second
            }
          }
          history.instants[row] = second
        }
        previous = history.instants[row]
      }
    }
  }
}
