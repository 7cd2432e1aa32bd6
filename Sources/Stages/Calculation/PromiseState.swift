import Agreements
import Results
import ServiceTime
import Tickets

/// How one promise stands at the horizon of the reported period.
struct PromiseState {
  let verdict: Verdict
  /// When the verdict became final: the first counted stop, the loss, the cancellation.
  let decided: Int64?
  /// The instant by which the promise is put in a period.
  let dated: Int64?
  let group: Int
  /// The month that had counted it as met, if it was lost after a reopening.
  private let reversedFrom: Int?

  /// - Parameters:
  ///   - outcome: Where the reported period's series counted the promise.
  ///   - openGroup: Whose it is as long as nothing is decided.
  ///   - month: Where the months had counted it as met, if it was lost afterwards.
  init(
    _ timeline: borrowing Timeline, outcome: borrowing Placement.Outcome,
    reversedFrom month: Int?, opened: Int64?, openGroup: Int
  ) {
    reversedFrom = timeline.lost == nil ? nil : month
    let last = timeline.stretches.last
    let isOpen = last?.isOpen ?? false
    if timeline.lost == nil, outcome.met != nil, !isOpen {
      // What was decided stays, whatever became of the ticket afterwards.
      verdict = outcome.wasJudged ? .met : .noTarget
      (decided, dated, group) = (outcome.decided, outcome.dated, outcome.metGroup)
    } else if timeline.fault != nil {
      (verdict, decided, dated, group) = (
        .unmeasurable, nil, opened ?? timeline.started, openGroup
      )
    } else if timeline.started == nil {
      (verdict, decided, dated, group) = (.notStarted, nil, nil, openGroup)
    } else if let lost = timeline.lost {
      (verdict, decided, dated, group) = (
        isOpen ? .overdue : .breached, lost, outcome.missed == nil ? nil : outcome.dated,
        timeline.lostGroup
      )
    } else if let last, last.state == .stopped {
      (verdict, decided, dated, group) = (.met, last.start, nil, last.group)
    } else if let last, last.state == .cancelled {
      (verdict, decided, dated, group) = (.cancelled, last.start, last.start, last.group)
    } else {
      (verdict, decided, dated, group) = (.running, nil, nil, last?.group ?? openGroup)
    }
  }

  /// Whether a period counts it.
  func isDated(in period: Range<Int64>) -> Bool { dated.map { period.contains($0) } ?? false }

  func bucket(in reported: Range<Int64>) -> LedgerCount.PromiseBucket {
    let isHere = isDated(in: reported)
    switch verdict {
    case .met:
      if dated == nil { return .dueLater }
      return isHere ? .met : .decidedBefore
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
    _ timeline: borrowing Timeline, table: TicketTable, ticket: Int, group: GroupName,
    agreement: String,
    names: AgreementNames, clock: PreparedClock, months: PeriodSeries, zone: ZoneRules
  ) -> PromiseRow {
    var row = PromiseRow(
      ticket: table.ids[ticket], source: table.source, agreement: agreement,
      customer: group.customer, clock: clock.name, tier: names.tiers[group.tier], by: group.by,
      verdict: verdict, file: table.fileOfTicket.isEmpty ? 0 : Int(table.fileOfTicket[ticket]),
      line: table.lineOfTicket.isEmpty ? 0 : Int(table.lineOfTicket[ticket]))
    row.started = timeline.started.map { max($0, timeline.countedFrom) }
    let isFaulty = verdict == .unmeasurable
    // A total pause leaves a range of elapsed; the row shows its upper end.
    var known = timeline.isAsReported ? "as reported" : ""
    if let lowest = timeline.lowestElapsed {
      known += ", elapsed \(DurationText.clock(lowest)) to \(DurationText.clock(timeline.elapsed))"
    }
    if timeline.isRestarted {
      known = "started again at a change of tier"
    }
    if timeline.isMerged, timeline.started != nil {
      known += (known.isEmpty ? "" : ", ") + "merged, follows its master"
    }
    row.reason = isFaulty ? timeline.fault?.rawValue ?? "" : known
    if let dated { row.period = Self.label(of: dated, months: months, zone: zone) }
    guard !isFaulty, timeline.started != nil else { return row }
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
      row.reversedFrom = reversedFrom.map { months.labels[$0] }
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
