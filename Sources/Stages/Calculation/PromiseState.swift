import Agreements
import Results
import ServiceTime
import Tickets

/// How one promise stands at the horizon of the reported period.
struct PromiseState {
  let timeline: Timeline
  let clock: PreparedClock
  let verdict: Verdict
  /// When the verdict became final: the first counted stop, the loss, the cancellation.
  let decided: Int64?
  /// The instant by which the promise is put in a period.
  let dated: Int64?
  let group: Int
  private let outcome: Placement.Outcome
  private let months: PeriodSeries

  init(
    _ timeline: Timeline, clock: PreparedClock, outcome: Placement.Outcome,
    months: PeriodSeries, opened: Int64?, finalGroup: Int, countBy: Agreement.CountBy
  ) {
    self.timeline = timeline
    self.clock = clock
    self.outcome = outcome
    self.months = months
    let last = timeline.stretches.last
    let isOpen = last?.state == .running || last?.state == .paused
    if timeline.fault != nil {
      (verdict, decided, dated, group) = (
        .unmeasurable, nil, opened ?? timeline.started, finalGroup
      )
    } else if timeline.started == nil {
      (verdict, decided, dated, group) = (.notStarted, nil, nil, finalGroup)
    } else if let lost = timeline.lost {
      let date = countBy == .stopped ? timeline.stopped : lost
      (verdict, decided, dated, group) = (
        isOpen ? .overdue : .breached, lost, date, timeline.lostGroup
      )
    } else if let last, last.state == .stopped {
      let counted = Self.firstCountedStop(timeline, outcome: outcome, months: months)
      let stretch = counted ?? last
      let verdict: Verdict = timeline.isJudged ? .met : .noTarget
      (self.verdict, decided, dated, group) = (verdict, stretch.start, stretch.start, stretch.group)
    } else if let last, last.state == .cancelled {
      (verdict, decided, dated, group) = (.cancelled, last.start, last.start, last.group)
    } else {
      (verdict, decided, dated, group) = (.running, nil, nil, last?.group ?? finalGroup)
    }
  }

  /// The stop that its month counted, which is not the last if the ticket was reopened later.
  private static func firstCountedStop(
    _ timeline: Timeline, outcome: Placement.Outcome, months: PeriodSeries
  ) -> Timeline.Stretch? {
    guard let period = outcome.met else { return nil }
    return timeline.stretches.last {
      $0.state == .stopped && $0.start < months.edges[period + 1]
    }
  }

  func bucket(plan: PeriodPlan) -> LedgerCount.PromiseBucket {
    let isHere = dated.map { $0 >= plan.reportedStart && $0 < plan.reportedEnd } ?? false
    switch verdict {
    case .met: return isHere ? .met : .decidedBefore
    case .breached: return isHere ? .breached : .decidedBefore
    case .overdue:
      if dated == nil { return .running }
      return isHere ? .overdue : .decidedBefore
    case .running: return .running
    case .cancelled: return isHere ? .cancelled : .cancelledBefore
    case .noTarget: return isHere ? .noTarget : .noTargetBefore
    case .excluded: return .excluded
    case .notStarted: return .notStarted
    case .unmeasurable:
      if dated == nil { return .noDate }
      return isHere ? .unmeasurable : .unmeasurableBefore
    }
  }

  func row(
    table: TicketTable, ticket: Int, group: GroupName, agreement: String,
    names: AgreementNames, clock: PreparedClock, zone: ZoneRules
  ) -> PromiseRow {
    var row = PromiseRow(
      ticket: table.ids[ticket], source: table.source, agreement: agreement,
      customer: group.customer, clock: clock.name, tier: names.tiers[group.tier], by: group.by,
      verdict: verdict, file: table.fileOfTicket.isEmpty ? 0 : Int(table.fileOfTicket[ticket]),
      line: table.lineOfTicket.isEmpty ? 0 : Int(table.lineOfTicket[ticket]))
    row.started = timeline.started
    row.reason = timeline.fault?.rawValue ?? (timeline.isAsReported ? "as reported" : "")
    if let dated { row.period = Self.label(of: dated, months: months, zone: zone) }
    guard timeline.fault == nil, timeline.started != nil else { return row }
    row.stopped = timeline.stopped
    row.due = timeline.projectedDue(clock: clock)
    row.lost = timeline.lost
    row.decided = decided
    row.elapsedSeconds = max(0, timeline.elapsed)
    row.pausedSeconds = timeline.pausedByParty.reduce(timeline.reportedPause ?? 0, +)
    row.withinSeconds = timeline.within
    if let stopped = timeline.stopped {
      row.stoppedPeriod = Self.label(of: stopped, months: months, zone: zone)
    }
    if timeline.lost != nil {
      row.reversedFrom = outcome.reversedFrom.map { months.labels[$0] }
      if let holder = table.fieldIndex("group") {
        row.holder = table.fields[holder].dictionary[timeline.lostHolder]
      }
    }
    return row
  }

  private static func label(of instant: Int64, months: PeriodSeries, zone: ZoneRules) -> String {
    if months.contains(instant) { return months.labels[months.index(of: instant)] }
    return ReportPeriod.month(containing: Instant(seconds: instant), in: zone).label
  }
}
