import Dispatch
import Synchronization
import Tickets

/// Walks over the tickets of a history in parts, on several processors.
struct HistoryWalks: Sendable {
  let history: HistoryRows
  let plan: HistoryPlan
  let workers: Int
  /// The most tickets of a part.
  let partSize: Int

  /// What came of some tickets, in their order.
  func parts<Tickets: TicketNumbers>(of tickets: Tickets) -> [HistoryPart] {
    let done = Mutex<[HistoryPart?]>(Array(repeating: nil, count: partCount(tickets.count)))
    walk(tickets) { part, range, _ in
      done.withLock { $0[range.lowerBound / partSize] = part }
    }
    return done.withLock { $0 }.compactMap { $0 }
  }

  /// Gives tickets to a taker, part by part.
  ///
  /// - Parameter table: Names the columns; it holds no ticket.
  /// - Returns: The tickets that must be held, ascending, and where the rows of all went.
  func judge(
    _ tickets: Range<Int>, as table: TicketTable, by taker: any TicketTaker
  ) -> (held: [Int], tallies: [HistoryTally]) {
    let empty = [(held: [Int], tally: HistoryTally)](
      repeating: ([], HistoryTally()), count: partCount(tickets.count))
    let done = Mutex(empty)
    walk(tickets) { part, range, worker in
      var batch = table
      batch.unnamed = range.count
      batch.append(part)
      let held = taker.take(batch, worker: worker).map {
        tickets.lowerBound + range.lowerBound + $0
      }
      done.withLock { $0[range.lowerBound / partSize] = (held, part.tally) }
    }
    let parts = done.withLock { $0 }
    return (parts.flatMap(\.held), parts.map(\.tally))
  }

  private func partCount(_ tickets: Int) -> Int { (tickets + partSize - 1) / partSize }

  /// Calls `body` with each part, its places among `tickets`, and the number of the worker, which
  /// takes the next part that nobody has taken.
  private func walk<Tickets: TicketNumbers>(
    _ tickets: Tickets, _ body: @Sendable (HistoryPart, Range<Int>, _ worker: Int) -> Void
  ) {
    let next = Mutex(0)
    let count = partCount(tickets.count)
    DispatchQueue.concurrentPerform(iterations: max(1, min(workers, count))) { worker in
      HistoryColumns.with(history, plan) { columns in
        var walk = HistoryWalk(columns, plan: plan, size: partSize)
        while true {
          let part = next.withLock { next in
            defer { next += 1 }
            return next
          }
          guard part < count else { return }
          let range = part * partSize..<min(tickets.count, (part + 1) * partSize)
          let first = tickets.index(tickets.startIndex, offsetBy: range.lowerBound)
          let end = tickets.index(first, offsetBy: range.count)
          body(walk.part(of: tickets[first..<end]), range, worker)
        }
      }
    }
  }
}

/// Numbers of tickets, ascending.
protocol TicketNumbers: RandomAccessCollection, Sendable where Element == Int {}

extension Range<Int>: TicketNumbers {}
extension [Int]: TicketNumbers {}

extension TicketTable {
  /// Adds tickets to the end; their ids are the caller's.
  mutating func append(_ part: HistoryPart) {
    let first = lineOfTicket.count
    for field in fields.indices {
      fields[field].codes.add(part.codes[field])
      fields[field].initialCodes?.add(part.initialCodes[field])
    }
    for moment in moments.indices { moments[moment].seconds.add(part.seconds[moment]) }
    history?.append(part.changes)
    fileOfTicket.add(part.files)
    lineOfTicket.add(part.lines)
    pausedTotals?.seconds.add(part.pausedSeconds)
    reported?.values.add(part.verdicts)
    for place in part.stretches.keys.sorted() {
      suspensions += part.stretches[place, default: []].map { $0.suspension(of: first + place) }
    }
  }
}

extension Array {
  /// Appends, without a copy where there is nothing yet.
  fileprivate mutating func add(_ other: [Element]) {
    if isEmpty { self = other } else { self += other }
  }
}
