import Agreements
import Tickets

/// The part of a clock, made ready for one table.
struct PreparedPart: Sendable {
  let condition: CompiledCondition
  /// The party of the pauses that are measured; `nil` of a group's part.
  let party: Int?
  /// The party that stands for time in which the ticket is with others.
  let elsewhere: Int

  /// What a trace names as the cause of time that is others'.
  static let elsewhereName = "elsewhere"

  init(_ part: ClockPart, table: TicketTable, parties: inout PartyNames) {
    condition = CompiledCondition(part.condition, for: table)
    if case .pauses(let name, _) = part { party = parties.index(of: name) } else { party = nil }
    elsewhere = parties.index(of: Self.elsewhereName)
  }
}

/// A clock that counts one group's or supplier's part of another clock.
///
/// It starts when the other clock has started and goes or pauses, and the ticket is first with the
/// group; it stops, is cancelled and ends as the other does, and stands still while the ticket is
/// with others. See docs/DECISIONS.md, "The part of a group".
extension Replay {
  mutating func lookAtPart(
    _ part: PreparedPart, at instant: Int64, clock: PreparedClock, line: UInt32,
    touchesFields: Bool
  ) {
    let stops = holds(
      momentBits: clock.stop.momentBits, chosen: stopMoment, condition: reading.stops)
    if !wholeHasStarted {
      wholeHasStarted = holds(
        momentBits: clock.start.momentBits, chosen: startMoment, condition: reading.starts)
      guard wholeHasStarted else { return }
    }
    let (whole, party) = state(clock: clock, stops: stops)
    let own = share(part, of: whole, party: party)
    if timeline.started == nil {
      guard own.isPart, !(clock.ignoresReopening && stoppedEarly) else {
        if stops { stoppedEarly = true }
        return
      }
      begin(at: instant, clock: clock)
    }
    if tier != targetTier, adoptsTier(in: own.state) {
      changeTier(at: instant, into: own.state, clock: clock)
    }
    enter(
      own.state, party: own.party, at: instant, clock: clock, line: line,
      isChange: touchesFields && splitsAtEveryChange)
  }

  /// The state of the part while the whole is in some state.
  private func share(
    _ part: PreparedPart, of whole: Timeline.State, party: Int
  ) -> (state: Timeline.State, party: Int, isPart: Bool) {
    guard whole == .running || whole == .paused else { return (whole, party, false) }
    guard part.condition.holds(codes) else { return (.paused, part.elsewhere, false) }
    guard let measured = part.party else { return (whole, party, true) }
    return whole == .paused && party == measured
      ? (.running, 0, true) : (.paused, part.elsewhere, false)
  }
}
