import Agreements
import Results
import ServiceTime
import Tickets

/// Replays single tickets under altered rules; its buffers are reused from ticket to ticket.
final class AlteredReplay {
  struct Answer {
    /// Met or breached; `nil` if neither is decided.
    var verdict: Verdict?
    var elapsed: Int64
    var within: Int64?
    var dueDate: Int64?
    /// When the clock stopped, or the horizon.
    var end: Int64
    /// Open seconds between a stop and a reopening.
    var standing: Int64
    /// The tiers the ticket was in, by name.
    var tiers: Set<String>
  }

  let rules: AlteredRules
  private var replays: PromiseReplays

  init(_ rules: AlteredRules) {
    self.rules = rules
    replays = PromiseReplays(
      rules.table, versions: rules.versions, suspensions: rules.suspensions, sight: rules.sight,
      splitsAtEveryChange: false)
  }

  /// - Parameter cycle: Which of the ticket's cycles, from 1; `nil` where a clock has only one.
  func answer(ticket: Int, clock name: String, cycle: Int?) -> Answer? {
    guard replays.run(name, cycle: cycle, ticket: ticket), let clock = replays.clock
    else { return nil }
    return answer(
      replays.replay.timeline, clock: clock, version: replays.version,
      finalTier: replays.finalTier)
  }

  private func answer(
    _ timeline: borrowing Timeline, clock: PreparedClock, version: PreparedVersion, finalTier: Int
  ) -> Answer? {
    guard let last = timeline.stretches.last, timeline.fault == nil else { return nil }
    var (standing, tiers) = (Int64(0), [finalTier])
    for (index, stretch) in timeline.stretches.enumerated() {
      tiers.append(stretch.tier)
      guard stretch.state == .stopped, index + 1 < timeline.stretches.count else { continue }
      standing +=
        clock.tiers[stretch.tier].calendar.work(
          from: Instant(seconds: stretch.start),
          to: Instant(seconds: timeline.stretches[index + 1].start)
        ).seconds
    }
    let hasStopped = timeline.stretches.contains { $0.state == .stopped }
    let names = tiers.map { version.agreement.tiers[$0].name }
    var verdict: Verdict?
    if timeline.lost != nil {
      verdict = .breached
    } else if timeline.isJudged, hasStopped, !last.isOpen {
      verdict = .met
    }
    return Answer(
      verdict: verdict, elapsed: max(0, timeline.elapsed), within: timeline.within,
      dueDate: timeline.dueDate, end: timeline.stopped ?? timeline.horizon, standing: standing,
      tiers: Set(names))
  }
}
