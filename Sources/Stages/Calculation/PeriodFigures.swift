import Agreements
import Results
import ServiceTime

/// What is gathered for one group and one period.
struct PeriodFigures: Sendable {
  var counts = PromiseCounts()
  /// Elapsed of the clocks stopped in the period.
  var stopped: [Int64] = []
  var decidedEarlier = 0
  var notStopped = 0
  /// Elapsed of the promises decided in the period that had stopped by its horizon.
  var decidedStopped: [Int64] = []
  /// Elapsed so far of those that had not.
  var decidedOpen: [Int64] = []
  var canBeLost = 0
  var cannotBeLost = 0
}

/// The figures of one series of periods, by group.
struct SeriesFigures: Sendable {
  let series: PeriodSeries
  private let shown: Int
  private(set) var cells: [PeriodFigures] = []

  init(_ series: PeriodSeries) {
    self.series = series
    shown = series.count - series.firstShown
  }

  func figures(group: Int, period: Int) -> PeriodFigures {
    let index = group * shown + period - series.firstShown
    return index < cells.count ? cells[index] : PeriodFigures()
  }

  /// Changes the figures of a shown period; those of earlier ones are not kept.
  mutating func update(
    group: Int, period: Int, _ change: (inout PeriodFigures) -> Void
  ) {
    guard period >= series.firstShown else { return }
    let index = group * shown + period - series.firstShown
    while cells.count <= index { cells.append(PeriodFigures()) }
    change(&cells[index])
  }
}

/// Counts promises in the periods to which they belong.
struct Placement {
  let plan: PeriodPlan
  let countBy: Agreement.CountBy

  /// Where a promise ended up.
  struct Outcome {
    /// The period that counted it as met; index into the series.
    var met: Int?
    var missed: Int?
    /// Set if it was counted as met before it was lost.
    var reversedFrom: Int?
  }

  /// Counts one promise in every period of a series in which it shows.
  func place(
    _ timeline: Timeline, clock: PreparedClock, in figures: inout SeriesFigures
  ) -> Outcome {
    var outcome = Outcome()
    guard let started = timeline.started, let last = timeline.stretches.last else {
      return outcome
    }
    let series = figures.series
    let isOpen = last.state == .running || last.state == .paused
    let lastInstant = isOpen ? plan.horizon : max(last.start, timeline.lost ?? last.start)
    for period in series.index(of: started)...series.index(of: lastInstant) {
      let edges = (start: series.edges[period], end: series.edges[period + 1])
      guard let index = timeline.stretch(before: edges.end) else { continue }
      let view = View(
        stretch: timeline.stretches[index], period: period, start: edges.start, end: edges.end,
        lost: timeline.lost.flatMap { $0 < edges.end ? $0 : nil })
      if countBy == .due, timeline.isJudged {
        placeByDue(timeline, view, clock: clock, in: &figures, outcome: &outcome)
      } else if let lost = view.lost {
        placeMissed(timeline, view, lost: lost, clock: clock, in: &figures, outcome: &outcome)
      } else {
        placeOther(timeline, view, clock: clock, in: &figures, outcome: &outcome)
      }
    }
    return outcome
  }

  /// A promise as it stands at the horizon of one period.
  private struct View {
    let stretch: Timeline.Stretch
    let period: Int
    let start: Int64
    let end: Int64
    let lost: Int64?

    func holds(_ instant: Int64) -> Bool { instant >= start && instant < end }

    var isOpen: Bool { stretch.state == .running || stretch.state == .paused }
  }

  private func placeMissed(
    _ timeline: Timeline, _ view: View, lost: Int64, clock: PreparedClock,
    in figures: inout SeriesFigures, outcome: inout Outcome
  ) {
    let stopsHere = view.stretch.state == .stopped && view.holds(view.stretch.start)
    let countsHere = countBy == .stopped ? stopsHere && outcome.missed == nil : view.holds(lost)
    let elapsed = timeline.elapsed(at: min(view.end, plan.horizon), clock: clock)
    let stopElapsed = max(0, view.stretch.elapsedBefore)
    let wasMet = outcome.met
    figures.update(group: timeline.lostGroup, period: view.period) { cell in
      if countsHere {
        if view.isOpen { cell.counts.overdue += 1 } else { cell.counts.breached += 1 }
        if wasMet != nil { cell.counts.reversed += 1 }
        if view.isOpen {
          cell.notStopped += 1
          cell.decidedOpen.append(elapsed)
        } else {
          cell.decidedStopped.append(stopElapsed)
        }
      } else if countBy == .stopped, view.isOpen {
        cell.counts.running += 1
      }
      if stopsHere {
        cell.stopped.append(stopElapsed)
        if !countsHere { cell.decidedEarlier += 1 }
      }
    }
    if countsHere {
      outcome.missed = view.period
      outcome.reversedFrom = wasMet
    }
  }

  private func placeOther(
    _ timeline: Timeline, _ view: View, clock: PreparedClock, in figures: inout SeriesFigures,
    outcome: inout Outcome
  ) {
    let isHere = view.holds(view.stretch.start)
    let isFirst = outcome.met == nil
    let elapsed = max(0, view.stretch.elapsedBefore)
    let canBeLost =
      view.isOpen && view.end > plan.horizon
      ? breaksBefore(view.end, timeline, clock: clock) : nil
    figures.update(group: view.stretch.group, period: view.period) { cell in
      switch view.stretch.state {
      case .stopped where isHere:
        cell.stopped.append(elapsed)
        if !timeline.isJudged {
          cell.counts.noTarget += isFirst ? 1 : 0
        } else if isFirst {
          cell.counts.met += 1
          cell.decidedStopped.append(elapsed)
        } else {
          cell.decidedEarlier += 1
        }
      case .cancelled where isHere:
        cell.counts.cancelled += 1
      case .running, .paused:
        cell.counts.running += 1
        if let canBeLost {
          if canBeLost { cell.canBeLost += 1 } else { cell.cannotBeLost += 1 }
        }
      default: break
      }
    }
    if view.stretch.state == .stopped, isHere, isFirst { outcome.met = view.period }
  }

  /// `count-by: due`: in the period of the due date, as it stands at that period's horizon.
  private func placeByDue(
    _ timeline: Timeline, _ view: View, clock: PreparedClock, in figures: inout SeriesFigures,
    outcome: inout Outcome
  ) {
    let due = timeline.projectedDue(clock: clock)
    let isDue = due.map(view.holds) ?? false
    let isMissed = view.lost != nil
    let isStopped = view.stretch.state == .stopped
    let elapsed = timeline.elapsed(at: min(view.end, plan.horizon), clock: clock)
    figures.update(group: view.stretch.group, period: view.period) { cell in
      if isStopped, view.holds(view.stretch.start) { cell.stopped.append(elapsed) }
      if isDue, isMissed {
        if view.isOpen { cell.counts.overdue += 1 } else { cell.counts.breached += 1 }
      } else if isDue, isStopped {
        cell.counts.met += 1
      } else if view.isOpen {
        cell.counts.running += 1
      } else if view.stretch.state == .cancelled, view.holds(view.stretch.start) {
        cell.counts.cancelled += 1
      }
      guard isDue, isMissed || isStopped else { return }
      if view.isOpen {
        cell.decidedOpen.append(elapsed)
      } else {
        cell.decidedStopped.append(elapsed)
      }
    }
    if isDue, isMissed {
      outcome.missed = view.period
    } else if isDue, isStopped {
      outcome.met = view.period
    }
  }

  /// Whether a running promise could be lost before `end` if nothing paused it any more.
  private func breaksBefore(_ end: Int64, _ timeline: Timeline, clock: PreparedClock) -> Bool {
    guard timeline.isJudged, let due = timeline.projectedDue(clock: clock),
      let tier = timeline.stretches.last?.tier
    else { return false }
    if timeline.dueDate != nil { return due < end }
    guard let lost = clock.tiers[tier].calendar.nextOpen(at: .init(seconds: due)) else {
      return false
    }
    return lost.seconds < end
  }
}
