import Agreements
import ServiceTime
import Tickets

extension Replay {
  /// Runs one clock on a ticket that has no history: a start, and perhaps a stop.
  ///
  /// Most tickets of most exports are of this kind, and it costs a fraction of a replay.
  ///
  /// - Returns: Whether the ticket was plain enough; if not, ``timeline`` means nothing.
  mutating func runPlain(
    _ clock: PreparedClock, on ticket: Int, codes: [UInt32], tier: Int, group: Int
  ) -> Bool {
    guard clock.isPlain, !clock.isInterrupted(codes) else { return false }
    if clock.takesPausedTotal, let totals = table.pausedTotals, totals.seconds[ticket] > 0 {
      return false
    }
    timeline.reset(horizon: sight.horizon, parties: version.partyCount)
    currentTicket = ticket
    (stoppedEarly, hasUnplacedPause, hasNextCycle) = (false, false, false)
    (isTurning, turn, hasFollowed, endFault) = (false, nil, false, nil)
    (self.tier, self.group) = (tier, group)
    readMoments(clock, ticket: ticket)
    guard timeline.fault == nil else { return true }
    let stop = table.instant(of: stopMoment, ticket, by: sight)
    let end = table.instant(of: clock.endMoment, ticket, by: sight)
    guard let start = table.instant(of: startMoment, ticket, by: sight) else {
      stoppedEarly = stop != nil
      finish(clock)
      return true
    }
    guard stop.map({ $0 >= start }) ?? true, end.map({ $0 >= stop ?? .max }) ?? true else {
      return false
    }
    status = version.statusField.map { codes[$0] } ?? 0
    holder = version.holderField.map { codes[$0] } ?? 0
    begin(at: start, clock: clock)
    let line = table.lines.isEmpty ? 0 : table.lines[ticket]
    let begun: Timeline.State = stop == start ? .stopped : .running
    enter(begun, party: 0, at: start, clock: clock, line: line, isChange: false)
    if let stop, stop > start {
      advance(to: stop, clock: clock)
      enter(.stopped, party: 0, at: stop, clock: clock, line: line, isChange: false)
    }
    finish(clock)
    return true
  }
}

/// What replays look up of a table.
///
/// A class of constants, because a copy of a whole table for each look-up would be felt.
final class ReplayTable: Sendable {
  /// By moment, then by ticket.
  let moments: [[Int64]]
  let pausedTotals: PausedTotals?
  let lines: [UInt32]
  /// By field, then by ticket: the codes before the first change.
  let initialCodes: [[UInt32]]
  let hasHistory: Bool
  /// Empty without history.
  let changes: ChangeTable
  /// Those that may come again and again.
  let repeatedMoments: [Int]

  init(_ table: TicketTable) {
    moments = table.moments.map(\.seconds)
    pausedTotals = table.pausedTotals
    lines = table.lineOfTicket
    initialCodes = table.fields.map { $0.initialCodes ?? $0.codes }
    hasHistory = table.history != nil
    changes = table.history ?? ChangeTable()
    repeatedMoments = RepeatedMoments.names.compactMap { table.momentIndex($0) }
  }

  /// The instant of a moment, if the ticket has it and it is known.
  func instant(of moment: Int?, _ ticket: Int, by sight: Sight) -> Int64? {
    guard let moment else { return nil }
    let at = moments[moment][ticket]
    return at > MomentColumn.unreadable && sight.sees(at) ? at : nil
  }

  /// Whether the ticket has a moment, known yet or not.
  func has(_ moment: Int?, _ ticket: Int) -> Bool {
    guard let moment else { return false }
    return moments[moment][ticket] > MomentColumn.unreadable
  }

  /// The first moment of a list that the ticket has.
  func present(_ list: [Int], _ ticket: Int, by sight: Sight) -> Int? {
    guard list.count > 1 else { return list.first }
    return list.first { instant(of: $0, ticket, by: sight) != nil }
  }

  func isUnreadable(_ list: [Int], _ ticket: Int) -> Bool {
    for moment in list where moments[moment][ticket] == MomentColumn.unreadable { return true }
    return false
  }
}
