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
  private let source: ReplayTable
  private let turns: TurnIndex
  private var replay: Replay
  private var groups: GroupTable
  private var events = TicketEvents()

  init(_ rules: AlteredRules) {
    self.rules = rules
    source = ReplayTable(rules.table)
    turns = TurnIndex(rules.table, source: source)
    replay = Replay(
      table: source, version: rules.versions[rules.versions.count - 1], sight: rules.sight)
    groups = GroupTable(fields: rules.table.fields)
  }

  /// - Parameter cycle: Which of the ticket's cycles, from 1; `nil` where a clock has only one.
  func answer(ticket: Int, clock name: String, cycle: Int?) -> Answer? {
    guard
      let place = rules.versions.place(of: ticket, in: rules.table, clock: name)
    else { return nil }
    let (version, clock) = (place.version, place.clock)
    events.load(
      ticket, of: source, version: version, suspensions: rules.suspensions, turns: turns,
      by: rules.sight)
    replay.use(version)
    replay.run(
      clock, on: ticket, events: events, finalTier: place.tier, groups: &groups,
      cycle: clock.startsCycles ? (cycle ?? 1) - 1 : 0)
    return answer(replay.timeline, clock: clock, version: version, finalTier: place.tier)
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

extension [PreparedVersion] {
  /// The version, tier and clock under which a ticket comes, as last exported.
  func place(
    of ticket: Int, in table: TicketTable, clock name: String
  ) -> (version: PreparedVersion, tier: Int, clock: PreparedClock)? {
    let codes = table.fields.map { $0.codes[ticket] }
    let opened = table.momentIndex("opened").flatMap { table.moments[$0][ticket]?.seconds }
    let valid = opened.flatMap { opened in first { $0.isValid(at: opened) } }
    guard let version = opened == nil ? last : valid, let tier = version.tier(of: codes),
      let clock = version.clocks.first(where: { $0.name == name })
    else { return nil }
    return (version, tier, clock)
  }
}
