import Dispatch
import Results
import Synchronization
import Tickets

/// Replaying a table in parts on several processors.
///
/// Every figure is a count or a set of durations that is sorted later, so the results are the
/// same, byte for byte, for every number of parts.
extension AgreementRun {
  /// A part of fewer tickets is not worth a processor of its own.
  private static let leastPart = 20_000

  mutating func replayInParts(tableIndex: Int) {
    let table = request.tables[tableIndex]
    let parts = min(request.workers, table.count / Self.leastPart)
    guard parts > 1 else {
      replay(tableIndex: tableIndex)
      return
    }
    // Lays the calendars out once, for all parts.
    _ = preparedVersions(for: table)
    let start = emptied
    let done = Mutex<[AgreementRun?]>(Array(repeating: nil, count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      var run = start
      run.replay(
        tableIndex: tableIndex,
        tickets: table.count * part / parts..<table.count * (part + 1) / parts)
      let finished = run
      done.withLock { $0[part] = finished }
    }
    for run in done.withLock({ $0 }) {
      if let run { add(run) }
    }
  }

  /// The same run with nothing counted yet.
  private var emptied: AgreementRun {
    var run = self
    run.groups = []
    run.months = SeriesFigures(plan.months, keepsAll: request.collectsPromises)
    run.risks = []
    run.range = plan.range.map { SeriesFigures($0) }
    run.plain = plain.map { SegmentFigures($0.segments) }
    run.plainParts = []
    run.ledger = LedgerCount()
    run.reported = []
    run.promises = []
    run.places = []
    run.tracers = [:]
    run.excluded = ExclusionCount()
    return run
  }

  /// Adds what was counted over other tickets.
  mutating func add(_ part: AgreementRun) {
    var numbers: [GroupName: Int] = [:]
    for (number, name) in groups.enumerated() { numbers[name] = number }
    let mapped = part.groups.map { name -> Int in
      if let number = numbers[name] { return number }
      groups.append(name)
      numbers[name] = groups.count - 1
      return groups.count - 1
    }
    if let theirs = part.began { began = min(began ?? theirs, theirs) }
    months.add(part.months, groups: mapped)
    if let figures = part.range { range?.add(figures, groups: mapped) }
    addPlain(part, groups: mapped)
    ledger.add(part.ledger, groups: mapped)
    for (group, counts) in part.reported.enumerated() {
      let number = mapped[group]
      while reported.count <= number { reported.append((0, 0, 0)) }
      reported[number].met += counts.met
      reported[number].breached += counts.breached
      reported[number].unknown += counts.unknown
    }
    excluded.add(part.excluded, groups: mapped)
    addRisks(part.risks, groups: mapped)
    promises += part.promises
    places += part.places
  }
}

extension AgreementRun {
  /// Takes over what plain promises left in another run, without a copy.
  private mutating func addPlain(_ part: AgreementRun, groups: [Int]) {
    guard let figures = part.plain else { return }
    guard let plain else { preconditionFailure("plans of one request are cut alike") }
    let segments = figures.segments.starts.dropLast().map {
      plain.segments.starts.firstIndex(of: $0)
    }
    plainParts.append(PlainPart(figures: figures, groups: groups, segments: segments))
    for other in part.plainParts {
      plainParts.append(
        PlainPart(
          figures: other.figures, groups: other.groups.map { groups[$0] },
          segments: other.segments.map { $0.flatMap { segments[$0] } }))
    }
  }
}

extension SeriesFigures {
  /// Adds the figures of a series that may begin earlier or later, as that of tickets whose
  /// earliest instant is another.
  ///
  /// - Parameter groups: For each group of `other`, its number here.
  fileprivate mutating func add(_ other: SeriesFigures, groups: [Int]) {
    let periods = other.series.labels.map { series.labels.firstIndex(of: $0) }
    for (group, period, cell) in other.all where !cell.isEmpty {
      guard let period = periods[period] else {
        preconditionFailure("a ticket is in no period that another's instants make earlier")
      }
      update(group: groups[group], period: period) { $0.add(cell) }
    }
  }
}

extension PeriodFigures {
  mutating func add(_ other: PeriodFigures) {
    counts += other.counts
    decidedAndStopped.add(other.decidedAndStopped)
    stopped.add(other.stopped)
    decidedEarlier += other.decidedEarlier
    notStopped += other.notStopped
    decided.add(other.decided)
    decidedOpen.add(other.decidedOpen)
    canBeLost += other.canBeLost
    cannotBeLost += other.cannotBeLost
  }
}

extension [UInt32] {
  /// Appends, without a copy where there is nothing yet.
  fileprivate mutating func add(_ other: [UInt32]) {
    if isEmpty { self = other } else { self += other }
  }
}
