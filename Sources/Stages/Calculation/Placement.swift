import Agreements
import Results
import ServiceTime

/// Counts promises in the periods to which they belong.
///
/// Every period sees a promise as it stood at its own horizon, so that what happens later changes
/// no earlier row.
struct Placement {
  private let horizon: Int64
  private let countsByDue: Bool
  private let countsByStop: Bool

  init(horizon: Int64, countBy: Agreement.CountBy) {
    self.horizon = horizon
    countsByDue = countBy == .due
    countsByStop = countBy == .stopped
  }

  /// Where a promise ended up in a series.
  struct Outcome {
    /// The period that counted it as met, or without a target; index into the series.
    var met: Int?
    var missed: Int?
    /// Set if it was counted as met before it was lost.
    var reversedFrom: Int?
    /// The instant by which it was put in its period.
    var dated: Int64?
    /// When the verdict that was counted became final.
    var decided: Int64?
    /// The group that counted it, if it stopped in time, and whether it had a target then.
    var metGroup = 0
    var wasJudged = true
  }

  /// One promise, seen from the horizon of one period.
  private struct View {
    let stretch: Timeline.Stretch
    let index: Int
    let period: Int
    let start: Int64
    let end: Int64
    let lost: Int64?
    /// Of a clock that stands; 0 of one that goes.
    let elapsed: Int64

    func holds(_ instant: Int64) -> Bool { instant >= start && instant < end }

    var isOpen: Bool { stretch.isOpen }
    var isStopped: Bool { stretch.state == .stopped }
    /// The clock came to stand in this period.
    var standsHere: Bool { !isOpen && holds(stretch.start) }
  }

  /// Counts one promise in every period of a series in which it shows.
  ///
  /// - Parameters:
  ///   - opened: The opening of the ticket, by which an unmeasurable promise is counted.
  ///   - group: Whose it is as long as nothing is decided.
  ///   - outcome: Of a promise that has not been counted yet.
  func place(
    _ timeline: borrowing Timeline, clock: PreparedClock, opened: Int64?, group: Int,
    in figures: inout SeriesFigures, outcome: inout Outcome
  ) {
    let opening = opened ?? timeline.started
    if timeline.fault != nil, timeline.faultKnown == .min {
      countUnmeasurable(at: opening, group: group, in: &figures)
      return
    }
    guard let started = timeline.started, let last = timeline.stretches.last else { return }
    var lastInstant = last.isOpen ? horizon : max(last.start, timeline.lost ?? last.start)
    if countsByDue, let due = timeline.projectedDue(clock: clock) {
      lastInstant = max(lastInstant, min(due, horizon))
    }
    for period in figures.period(of: started)...figures.period(of: lastInstant) {
      let end = figures.series.edges[period + 1]
      guard let index = timeline.stretch(before: end) else { continue }
      let view = view(of: timeline, at: index, period: period, in: figures)
      if (timeline.fault != nil && timeline.faultKnown < end)
        || (view.stretch.state == .ended && view.lost == nil)
      {
        if outcome.met == nil, let opening, view.holds(opening) {
          countUnmeasurable(at: opening, group: group, in: &figures)
        }
        continue
      }
      if countsByDue, view.stretch.isJudged {
        placeByDue(timeline, view, clock: clock, in: &figures, outcome: &outcome)
      } else if let lost = view.lost {
        placeMissed(
          timeline, view, lost: lost, clock: clock, in: &figures, outcome: &outcome)
      } else {
        placeOther(timeline, view, clock: clock, in: &figures, outcome: &outcome)
      }
    }
  }

  private func countUnmeasurable(
    at instant: Int64?, group: Int, in figures: inout SeriesFigures
  ) {
    guard let instant, figures.series.contains(instant) else { return }
    figures.update(group: group, period: figures.period(of: instant)) {
      $0.counts.unmeasurable += 1
    }
  }

  @inline(__always)
  private func view(
    of timeline: borrowing Timeline, at index: Int, period: Int,
    in figures: borrowing SeriesFigures
  ) -> View {
    let end = figures.series.edges[period + 1]
    let stretch = timeline.stretches[index]
    return View(
      stretch: stretch, index: index, period: period, start: figures.series.edges[period],
      end: end,
      lost: timeline.lost.flatMap { $0 < end ? $0 : nil },
      elapsed: stretch.isOpen ? 0 : max(0, stretch.elapsedBefore))
  }

  @inline(__always)
  private func placeMissed(
    _ timeline: borrowing Timeline, _ view: View, lost: Int64, clock: PreparedClock,
    in figures: inout SeriesFigures, outcome: inout Outcome
  ) {
    let countsHere =
      countsByStop ? view.standsHere && outcome.missed == nil : view.holds(lost)
    let wasMet = outcome.met != nil
    let elapsed = countsHere ? elapsedWhenMissed(timeline, view, clock: clock) : 0
    figures.update(group: timeline.lostGroup, period: view.period) { cell in
      if countsHere {
        count(miss: view, elapsed: elapsed, wasMet: wasMet, in: &cell)
      } else if countsByStop, view.isOpen, outcome.missed == nil {
        cell.counts.running += 1
        if view.end > horizon { cell.canBeLost += 1 }
      }
      addStop(view, isDecided: countsHere, isFirst: countsHere, to: &cell)
    }
    guard countsHere else { return }
    outcome.missed = view.period
    outcome.reversedFrom = outcome.met
    outcome.decided = lost
    outcome.dated = countsByStop ? view.stretch.start : lost
  }

  /// Elapsed at the horizon of the period that counts a miss.
  private func elapsedWhenMissed(
    _ timeline: borrowing Timeline, _ view: View, clock: PreparedClock
  ) -> Int64 {
    view.isOpen ? timeline.elapsed(at: min(view.end, horizon), clock: clock) : view.elapsed
  }

  @inline(__always)
  private func count(
    miss view: View, elapsed: Int64, wasMet: Bool, in cell: inout PeriodFigures
  ) {
    if wasMet { cell.counts.reversed += 1 }
    if view.isOpen {
      cell.counts.overdue += 1
      cell.notStopped += 1
      cell.decidedOpen.append(UInt32(clamping: elapsed))
    } else {
      cell.counts.breached += 1
      if !view.isStopped { cell.notStopped += 1 }
    }
  }

  /// Keeps the elapsed of a promise that was decided here, of a clock that stopped here, or both.
  @inline(__always)
  private func addStop(
    _ view: View, isDecided: Bool, isFirst: Bool, to cell: inout PeriodFigures
  ) {
    let stopsHere = view.isStopped && view.standsHere
    cell.keep(view.elapsed, isDecided: isDecided && !view.isOpen, isStopped: stopsHere)
    if stopsHere, !isFirst { cell.decidedEarlier += 1 }
  }

  @inline(__always)
  private func placeOther(
    _ timeline: borrowing Timeline, _ view: View, clock: PreparedClock,
    in figures: inout SeriesFigures,
    outcome: inout Outcome
  ) {
    let isFirst = outcome.met == nil
    let isJudged = view.stretch.isJudged
    let canBeLost =
      view.isOpen && isJudged && view.end > horizon
      ? breaksBefore(view.end, timeline, clock: clock) : nil
    figures.update(group: view.stretch.group, period: view.period) { cell in
      switch view.stretch.state {
      case .stopped where view.standsHere:
        if isFirst, isJudged {
          cell.counts.met += 1
        } else if isFirst {
          cell.counts.noTarget += 1
        }
        addStop(view, isDecided: isFirst && isJudged, isFirst: isFirst, to: &cell)
      case .cancelled where view.standsHere && isFirst:
        cell.counts.cancelled += 1
      case .running, .paused:
        cell.counts.running += 1
        if let canBeLost {
          if canBeLost { cell.canBeLost += 1 } else { cell.cannotBeLost += 1 }
        }
      default: break
      }
    }
    if view.isStopped, view.standsHere, isFirst { meet(view, at: view.stretch.start, &outcome) }
  }

  @inline(__always)
  private func meet(_ view: View, at dated: Int64, _ outcome: inout Outcome) {
    outcome.met = view.period
    outcome.dated = dated
    outcome.decided = view.stretch.start
    outcome.metGroup = view.stretch.group
    outcome.wasJudged = view.stretch.isJudged
  }

  /// `count-by: due`: in the period of the due instant, or in the first later one at whose horizon
  /// the promise is decided.
  @inline(__always)
  private func placeByDue(
    _ timeline: borrowing Timeline, _ view: View, clock: PreparedClock,
    in figures: inout SeriesFigures,
    outcome: inout Outcome
  ) {
    let due = timeline.due(
      seenFrom: view.index, at: min(view.end, horizon), clock: clock)
    let isDue = due.map { $0 < view.end } ?? true
    let missesHere = isDue && view.lost != nil && outcome.missed == nil
    let meetsHere =
      isDue && view.lost == nil && view.isStopped && outcome.met == nil && outcome.missed == nil
    let canBeLost =
      view.isOpen && view.lost == nil && isDue && view.end > horizon
      ? breaksBefore(view.end, timeline, clock: clock) : nil
    let wasMet = outcome.met != nil
    let elapsed = missesHere ? elapsedWhenMissed(timeline, view, clock: clock) : 0
    let group = view.lost == nil ? view.stretch.group : timeline.lostGroup
    figures.update(group: group, period: view.period) { cell in
      if missesHere {
        count(miss: view, elapsed: elapsed, wasMet: wasMet, in: &cell)
      } else if meetsHere {
        cell.counts.met += 1
      } else if view.isOpen, view.lost == nil {
        cell.counts.running += 1
        if let canBeLost {
          if canBeLost { cell.canBeLost += 1 } else { cell.cannotBeLost += 1 }
        }
      } else if view.stretch.state == .cancelled, view.standsHere, view.lost == nil, !wasMet {
        cell.counts.cancelled += 1
      }
      addStop(
        view, isDecided: missesHere || meetsHere, isFirst: missesHere || meetsHere || !isDue,
        to: &cell)
    }
    let dated = min(max(due ?? view.stretch.start, view.start), view.end - 1)
    if missesHere {
      outcome.missed = view.period
      outcome.reversedFrom = outcome.met
      outcome.decided = timeline.lost
      outcome.dated = dated
    } else if meetsHere {
      meet(view, at: dated, &outcome)
    }
  }

  /// Whether a running promise could be lost before `end` if nothing paused it any more.
  private func breaksBefore(_ end: Int64, _ timeline: borrowing Timeline, clock: PreparedClock)
    -> Bool
  {
    guard let due = timeline.projectedDue(clock: clock), let tier = timeline.stretches.last?.tier
    else { return false }
    if timeline.dueDate != nil { return due < end }
    guard let lost = clock.tiers[tier].calendar.nextOpen(at: Instant(seconds: due)) else {
      return false
    }
    return lost.seconds < end
  }
}
