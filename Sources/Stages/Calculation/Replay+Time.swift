import Agreements
import ServiceTime
import Tickets

/// How time counts while a clock is replayed: targets, elapsed, loss, and what is left at the end.
extension Replay {
  mutating func begin(at instant: Int64, clock: PreparedClock) {
    timeline.started = instant
    last = instant
    adoptTarget(clock)
    if timeline.within == 0, timeline.reportedPause == nil { timeline.due = instant }
  }

  private mutating func adoptTarget(_ clock: PreparedClock) {
    guard let start = timeline.started else { return }
    targetTier = tier
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

  /// `carry`: elapsed so far is kept, and the deadline is the new tier's.
  mutating func changeTier(at instant: Int64, clock: PreparedClock) {
    guard timeline.lost == nil else { return }
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
    guard let stretch = timeline.stretches.last, instant > last else { return }
    let calendar = clock.tiers[stretch.tier].calendar
    let from = Instant(seconds: last)
    let work = calendar.work(from: from, to: Instant(seconds: instant)).seconds
    switch stretch.state {
    case .running:
      findLoss(from: from, work: work, calendar: calendar)
      timeline.elapsed += work
    case .paused:
      timeline.pausedByParty[stretch.party] += work
    case .stopped, .cancelled, .ended:
      timeline.stoppedSeconds += work
    }
    if stretch.state == .running || stretch.state == .paused,
      let date = timeline.dueDate, timeline.lost == nil, instant > date
    {
      timeline.due = date
      lose(at: max(date, from.seconds))
    }
    last = instant
  }

  private mutating func findLoss(from: Instant, work: Int64, calendar: WorkCalendar) {
    guard let within = timeline.within, timeline.lost == nil else { return }
    let left = within - timeline.elapsed
    guard work >= left else { return }
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
    timeline.lostTier = tier
    timeline.lostGroup = group
    timeline.lostHolder = holder
  }

  mutating func finish(_ clock: PreparedClock) {
    guard let last = timeline.stretches.last else {
      if clock.startsWithTicket || stoppedEarly { timeline.fault = .noStart }
      return
    }
    if last.isOpen { advance(to: sight.horizon, clock: clock) }
    if last.state == .ended, timeline.lost == nil {
      timeline.fault = .endedWithoutStop
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
