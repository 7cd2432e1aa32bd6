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
    timeline.reset(horizon: plan.horizon, parties: version.partyCount)
    currentTicket = ticket
    stoppedEarly = false
    (self.tier, self.group) = (tier, group)
    readMoments(clock, ticket: ticket)
    guard timeline.fault == nil else { return true }
    let stop = instant(of: stopMoment, ticket: ticket)
    let end = instant(of: clock.endMoment, ticket: ticket)
    guard let start = instant(of: startMoment, ticket: ticket) else {
      stoppedEarly = stop != nil
      finish(clock)
      return true
    }
    guard stop.map({ $0 >= start }) ?? true, end.map({ $0 >= stop ?? .max }) ?? true else {
      return false
    }
    self.codes.removeAll(keepingCapacity: true)
    self.codes.append(contentsOf: codes)
    begin(at: start, clock: clock)
    let begun: Timeline.State = stop == start ? .stopped : .running
    enter(begun, party: 0, at: start, clock: clock, line: line(of: ticket), isChange: false)
    if let stop, stop > start {
      advance(to: stop, clock: clock)
      enter(.stopped, party: 0, at: stop, clock: clock, line: line(of: ticket), isChange: false)
    }
    finish(clock)
    return true
  }

  /// The instant of a moment, if the ticket has it and it is known at the horizon.
  private func instant(of moment: Int?, ticket: Int) -> Int64? {
    guard let moment else { return nil }
    let at = table.moments[moment].seconds[ticket]
    return at > MomentColumn.unreadable && plan.sees(at) ? at : nil
  }

  private func line(of ticket: Int) -> UInt32 {
    table.lineOfTicket.isEmpty ? 0 : table.lineOfTicket[ticket]
  }
}
