import Agreements
import ServiceTime
import Tickets

/// How time counts while a clock is replayed: targets, elapsed, loss, and what is left at the end.
extension Replay {
  mutating func begin(at instant: Int64, clock: PreparedClock) {
    timeline.started = instant
    timeline.countedFrom = instant
    last = instant
    workTier = -1
    adoptTarget(clock)
    if timeline.within == 0, timeline.reportedPause == nil { timeline.due = instant }
  }

  private mutating func adoptTarget(_ clock: PreparedClock) {
    guard timeline.started != nil else { return }
    let start = timeline.countedFrom
    targetTier = tier
    if let fixed = clock.lookUp.fixedTargets[tier] {
      timeline.isJudged = fixed.isJudged
      timeline.within = fixed.within
      timeline.dueDate = nil
      return
    }
    let target = clock.tiers[tier]
    timeline.isJudged = target.isJudged
    timeline.within = target.within(startedAt: start)
    timeline.dueDate = target.dueDate(startedAt: start)
    if let moment = target.dueMoment {
      let due = table.moments[moment][currentTicket]
      timeline.dueDate = due > MomentColumn.unreadable ? due : nil
      timeline.isJudged = timeline.dueDate != nil
    }
  }

  /// The target becomes that of the new tier.
  ///
  /// `carry` keeps the elapsed so far; `restart` forgets it, but not of a clock that stops in this
  /// very instant.
  mutating func changeTier(at instant: Int64, into state: Timeline.State, clock: PreparedClock) {
    guard timeline.lost == nil else { return }
    if state != .stopped, clock.tierChange.rule(from: targetTier, to: tier) == .restart {
      timeline.restart(at: instant)
      workTier = -1
    }
    adoptTarget(clock)
    if let within = timeline.within, timeline.elapsed >= within {
      timeline.due = timeline.due ?? instant
      if timeline.elapsed > within { lose(at: instant) }
    } else {
      timeline.due = nil
    }
    if let date = timeline.dueDate, instant > date {
      timeline.due = date
      lose(at: instant)
    }
  }

  /// Counts the time since the last instant in the state that held.
  mutating func advance(to instant: Int64, clock: PreparedClock) {
    let open = timeline.stretches.count - 1
    guard open >= 0, instant > last else { return }
    let (state, tier) = (timeline.stretches[open].state, timeline.stretches[open].tier)
    switch state {
    case .running:
      let work = work(to: instant, clock: clock, tier: tier)
      findLoss(work: work, clock: clock, tier: tier)
      timeline.elapsed += work
    case .paused:
      let work = work(to: instant, clock: clock, tier: tier)
      timeline.addPause(work, by: timeline.stretches[open].party)
    case .stopped, .cancelled, .ended:
      workTier = -1
    }
    if let date = timeline.dueDate, state == .running || state == .paused, timeline.lost == nil,
      instant > date
    {
      timeline.due = date
      lose(at: max(date, last))
    }
    last = instant
  }

  /// The time that counts from ``last`` to an instant.
  @inline(__always)
  private mutating func work(to instant: Int64, clock: PreparedClock, tier: Int) -> Int64 {
    if tier != workTier {
      workTier = tier
      workBefore = clock.lookUp.work(before: last, tier: tier)
    }
    let before = workBefore
    workBefore = clock.lookUp.work(before: instant, tier: tier)
    return workBefore - before
  }

  @inline(__always)
  private mutating func findLoss(work: Int64, clock: PreparedClock, tier: Int) {
    guard let within = timeline.within, timeline.lost == nil else { return }
    let left = within - timeline.elapsed
    guard work >= left else { return }
    let calendar = clock.tiers[tier].calendar
    let from = Instant(seconds: last)
    let due =
      timeline.due.map { Instant(seconds: $0) }
      ?? calendar.due(after: WorkTime(seconds: left), from: from)
    guard let due else { return }
    timeline.due = due.seconds
    guard work > left, let lost = calendar.nextOpen(at: max(due, from)) else { return }
    lose(at: lost.seconds)
  }

  private mutating func lose(at instant: Int64) {
    timeline.lost = instant
    timeline.lostGroup = group
    timeline.lostHolder = holder
  }

  mutating func finish(_ clock: PreparedClock) {
    guard let last = timeline.stretches.last else {
      if clock.part == nil, clock.startsWithTicket || stoppedEarly { timeline.fault = .noStart }
      return
    }
    if last.isOpen { advance(to: sight.horizon, clock: clock) }
    if last.state == .ended, timeline.lost == nil {
      timeline.fault = endFault ?? .endedWithoutStop
      timeline.faultKnown = last.start
    }
    if timeline.reportedPause != nil {
      settleReportedPause(last)
    } else if hasUnplacedPause {
      timeline.isAsReported = true
      if last.isOpen, let lost = timeline.lost {
        timeline.fault = .pauseNotPlaced
        timeline.faultKnown = lost
      }
    }
  }

  /// Judges a clock whose pause is only known as a total.
  ///
  /// A wall total covered at least what closed hours cannot hold of it; see docs/DECISIONS.md,
  /// "A total pause in one column".
  private mutating func settleReportedPause(_ last: Timeline.Stretch) {
    timeline.isAsReported = true
    guard let start = timeline.started, let total = timeline.reportedPause else { return }
    let wall = (last.isOpen ? sight.horizon : last.start) - start
    let open = timeline.elapsed + total
    let least = timeline.pauseIsWall ? max(0, total - (wall - open)) : total
    let longest = open - least
    if last.state == .stopped {
      if longest < 0 {
        timeline.fault = .pauseTooLong
      } else if timeline.lost == nil, let within = timeline.within, longest > within {
        timeline.fault = .pauseNotPlaced
      }
      timeline.faultKnown = last.start
    }
    timeline.elapsed = max(0, longest)
    let lowest = max(0, open - total)
    if timeline.pauseIsWall, lowest < timeline.elapsed { timeline.lowestElapsed = lowest }
    timeline.reportedPause = open - timeline.elapsed
    if !last.isOpen {
      timeline.stretches[timeline.stretches.count - 1].elapsedBefore = timeline.elapsed
    }
  }
}
