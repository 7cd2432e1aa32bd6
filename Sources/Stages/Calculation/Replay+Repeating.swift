import Agreements
import ServiceTime

/// Clocks that start again and again, each time as a promise of its own.
///
/// See docs/DECISIONS.md, "Next reply" and "Periodic update".
extension Replay {
  /// What is known of a ticket between the cycles of a clock.
  struct Repeating {
    /// Whether something asks for a start: a message that nobody has answered.
    var isOwed = false
    /// Whether a stop held at the instant before that lasts, such as `resolved`.
    var hasLastingStop = false
    /// Where the next cycle starts, the line of the row that tells so, and whether it stops there.
    var next: (instant: Int64, line: UInt32, stops: Bool)?
  }

  /// Looks at the conditions once, after all changes of an instant.
  mutating func lookAgain(
    at instant: Int64, clock: PreparedClock, line: UInt32, touchesFields: Bool, finalTier: Int,
    groups: inout GroupTable
  ) {
    let isLasting = happened & clock.lastingStops != 0 || reading.stops
    let isAnswered = momentsNow & clock.repeatedStops != 0
    let wasLasting = repeating.hasLastingStop
    repeating.hasLastingStop = isLasting
    noteStart(clock, isLasting: isLasting)
    if timeline.started != nil, timeline.state != .stopped {
      stay(
        at: instant, clock: clock, line: line, touchesFields: touchesFields,
        stops: isLasting || isAnswered)
      guard timeline.state == .stopped else { return }
      repeating.isOwed = clock.repeats == .eachStop
      if clock.repeats == .eachStop, !isLasting, !isBlocked {
        repeating.next = (instant, line, false)
      }
    } else if clock.repeats == .eachStop {
      let isFirst = timeline.started == nil
      if repeating.isOwed, isFirst || !isLasting && !isBlocked {
        repeating.next = (instant, line, isFirst && (isLasting || isAnswered))
      }
    } else {
      let isNow = momentsNow & clock.start.momentBits != 0
      // What was written before is answered, and so is what is written as the ticket is resolved.
      if repeating.isOwed, !isBlocked, isNow ? !isLasting || !wasLasting : !isLasting && !isAnswered
      {
        repeating.next = (instant, line, isLasting || isAnswered)
      }
      if isAnswered || isLasting && !wasLasting { repeating.isOwed = false }
    }
    // From a merge on, what happens is answered for by the master's own promises.
    if hasFollowed, clock.repeats == .eachStart || timeline.started != nil { repeating.next = nil }
    if repeating.next != nil {
      startNext(clock, finalTier: finalTier, groups: &groups)
    }
  }

  /// Whether the ticket is in a state in which no promise starts; one that is owed waits for its end.
  private var isBlocked: Bool { reading.cancels || endedAt != nil }

  private mutating func noteStart(_ clock: PreparedClock, isLasting: Bool) {
    if clock.repeats == .eachStart {
      if momentsNow & clock.start.momentBits != 0 { repeating.isOwed = true }
    } else if timeline.started == nil {
      repeating.isOwed = holds(
        momentBits: clock.start.momentBits, chosen: startMoment, condition: reading.starts)
      if !repeating.isOwed, isLasting, stopsByMomentOnly(clock) { stoppedEarly = true }
    }
  }

  /// Takes a clock that goes, or was cancelled, through an instant.
  private mutating func stay(
    at instant: Int64, clock: PreparedClock, line: UInt32, touchesFields: Bool, stops: Bool
  ) {
    let (state, party) = state(clock: clock, stops: stops)
    if tier != targetTier, adoptsTier(in: state) {
      changeTier(at: instant, into: state, clock: clock)
    }
    enter(
      state, party: party, at: instant, clock: clock, line: line,
      isChange: touchesFields && splitsAtEveryChange)
  }

  /// Starts the cycle that is due, or leaves it to ``runNextCycle(of:events:finalTier:groups:)``.
  private mutating func startNext(
    _ clock: PreparedClock, finalTier: Int, groups: inout GroupTable
  ) {
    if timeline.started != nil {
      guard cyclesAhead > 0 else {
        hasNextCycle = true
        return
      }
      cyclesAhead -= 1
    }
    takeNext(clock, finalTier: finalTier, groups: &groups)
  }

  private mutating func takeNext(
    _ clock: PreparedClock, finalTier: Int, groups: inout GroupTable
  ) {
    guard let (instant, line, stops) = repeating.next else { return }
    repeating.next = nil
    let isFirst = timeline.started == nil
    if clock.repeats == .eachStart { repeating.isOwed = false }
    tier = version.tier(of: codes) ?? finalTier
    group = groups.group(codes: codes, version: version, clock: clock.index, tier: tier)
    if isFirst {
      if clock.repeats == .eachStop, let fault = faultAtStart(instant, clock: clock) {
        timeline.fault = fault
        timeline.started = instant
        return
      }
      begin(at: instant, clock: clock)
    } else {
      beginAgain(at: instant, clock: clock)
    }
    let (state, party) = state(clock: clock, stops: stops)
    enter(state, party: party, at: instant, clock: clock, line: line, isChange: false)
    // Its start is answered already, and so waits for the next.
    if stops, clock.repeats == .eachStop, !repeating.hasLastingStop, !isBlocked {
      repeating.next = (instant, line, false)
      startNext(clock, finalTier: finalTier, groups: &groups)
    }
  }

  private func faultAtStart(_ instant: Int64, clock: PreparedClock) -> Timeline.Fault? {
    if stoppedEarly, stopsByMomentOnly(clock) { return .stopBeforeStart }
    if let endedAt, endedAt < instant { return .endBeforeStart }
    return nil
  }

  /// Leaves the cycle that was asked for, and runs the one after it.
  mutating func runNextCycle(
    of clock: PreparedClock, events: borrowing TicketEvents, finalTier: Int,
    groups: inout GroupTable
  ) {
    hasNextCycle = false
    isLaterCycle = true
    takeNext(clock, finalTier: finalTier, groups: &groups)
    goOn(clock, events: events, finalTier: finalTier, groups: &groups)
  }
}
