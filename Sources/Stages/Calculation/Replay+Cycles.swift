import Agreements
import ServiceTime

/// Clocks that a reopening starts anew, each time as a promise of its own.
extension Replay {
  /// Whether a reopening comes so late that it is not the same promise any more.
  ///
  /// The grace is counted on the calendar of the tier in which the clock stopped, calendar days by
  /// the wall clock; a reopening just at its end goes on.
  func startsCycle(at instant: Int64, clock: PreparedClock) -> Bool {
    guard clock.reopening.startsCycles, let stop = timeline.stretches.last else { return false }
    guard let grace = clock.reopening.grace else { return true }
    let target = clock.tiers[stop.tier]
    let allowed = target.seconds(of: grace, from: stop.start)
    if case .calendarDays = grace { return instant - stop.start > allowed }
    let open =
      clock.lookUp.work(before: instant, tier: stop.tier)
      - clock.lookUp.work(before: stop.start, tier: stop.tier)
    return open > allowed
  }

  /// Leaves the cycle behind that has stopped, and starts the clock at its reopening.
  mutating func beginAgain(at instant: Int64, clock: PreparedClock) {
    let total = timeline.reportedPause
    timeline.reset(horizon: sight.horizon, parties: version.partyCount)
    // It cannot be placed in any of the cycles; see ``run(_:on:events:finalTier:groups:cycle:)``.
    timeline.reportedPause = total
    begin(at: instant, clock: clock)
  }
}
