import Agreements
import Results
import ServiceTime
import Tickets

extension AgreementRun {
  /// Traces of the worst missed promises of the reported period, for each customer.
  mutating func traces(order: [Int]) -> [TraceRecord] {
    guard request.tracesPerCustomer > 0 else { return [] }
    var byCustomer: [String: [Int]] = [:]
    for index in order {
      let promise = promises[index]
      guard promise.verdict == .breached || promise.verdict == .overdue,
        let decided = promise.decided, decided >= plan.reportedStart, decided < plan.reportedEnd
      else { continue }
      byCustomer[promise.customer, default: []].append(index)
    }
    var traces: [TraceRecord] = []
    for customer in byCustomer.keys.sorted() {
      let worst = (byCustomer[customer] ?? []).sorted { left, right in
        let (a, b) = (promises[left].over, promises[right].over)
        return a == b ? left < right : a > b
      }
      for index in worst.prefix(request.tracesPerCustomer) {
        if let trace = trace(
          of: promises[index], ticket: places[index].ticket, table: places[index].table)
        {
          traces.append(trace)
        }
      }
    }
    return traces
  }

  /// The promises of one ticket with their traces.
  mutating func explain(ticket: String, source: String?) -> [(PromiseRow, TraceRecord?)] {
    var explained: [(PromiseRow, TraceRecord?)] = []
    let bytes = Array(ticket.utf8)
    for (tableIndex, table) in request.tables.enumerated() {
      guard source == nil || source == table.source else { continue }
      guard let row = (0..<table.count).first(where: { table.ids.slice($0).elementsEqual(bytes) })
      else { continue }
      explained += explain(row: row, tableIndex: tableIndex)
    }
    return explained
  }

  private mutating func explain(row: Int, tableIndex: Int) -> [(PromiseRow, TraceRecord?)] {
    var alone = self
    alone.promises = []
    alone.places = []
    alone.replay(tableIndex: tableIndex, tickets: row..<row + 1, collects: true)
    return alone.promises.map { promise in
      (promise, alone.trace(of: promise, ticket: row, table: tableIndex))
    }
  }

  /// Replays one promise once more, keeping every change.
  private mutating func trace(of promise: PromiseRow, ticket: Int, table tableIndex: Int)
    -> TraceRecord?
  {
    let table = request.tables[tableIndex]
    let key = tableIndex
    if tracers[key] == nil {
      tracers[key] = Tracer(
        table: table, versions: preparedVersions(for: table), plan: plan,
        suspensions: SuspensionIndex(table, parties: &parties), parties: parties,
        exclusions: exclusions, turns: TurnIndex(table, source: ReplayTable(table)))
    }
    return tracers[key]?.trace(
      promise.clock, cycle: promise.cycle, ticket: ticket, agreement: versions[0].name)
  }
}

extension PromiseRow {
  /// Seconds beyond `within`; how long it is late where the limit is a date.
  fileprivate var over: Int64 {
    if let withinSeconds { return (elapsedSeconds ?? 0) - withinSeconds }
    return (stopped ?? lost ?? 0) - (lost ?? 0)
  }
}

/// Replays single promises of one table, keeping every change.
struct Tracer {
  let table: TicketTable
  let versions: [PreparedVersion]
  let plan: PeriodPlan
  let suspensions: SuspensionIndex
  let parties: PartyNames
  let exclusions: ExclusionPlan
  let turns: TurnIndex

  /// - Parameter cycle: Which of the ticket's cycles, from 1; `nil` where a clock has only one.
  func trace(
    _ clockName: String, cycle: Int?, ticket: Int, agreement: String
  ) -> TraceRecord? {
    var replays = PromiseReplays(
      table, versions: versions, suspensions: suspensions, turns: turns, sight: plan.sight,
      splitsAtEveryChange: true)
    guard replays.run(clockName, cycle: cycle, ticket: ticket), let clock = replays.clock,
      replays.replay.timeline.started != nil, !replays.replay.timeline.stretches.isEmpty
    else { return nil }
    let version = replays.version
    var trace = TraceRecord(
      ticket: table.ids[ticket], source: table.source, agreement: agreement, clock: clockName,
      cycle: cycle,
      stretches: stretches(
        of: replays.replay.timeline, clock: clock, version: version,
        words: StretchWords(clock: clock, version: version, events: replays.events)),
      reportedPause: replays.replay.timeline.reportedPause)
    trace.onLastCalendar = elapsedOnLastCalendar(
      of: trace, clock: clock, version: version)
    return trace
  }

  /// What the last of several calendars would have made of the time that counts.
  private func elapsedOnLastCalendar(
    of trace: TraceRecord, clock: PreparedClock, version: PreparedVersion
  ) -> Int64? {
    let counted = trace.stretches.filter { $0.isCounting || !$0.party.isEmpty }
    guard let last = counted.last, trace.reportedPause == nil,
      counted.contains(where: { $0.calendar != last.calendar })
    else { return nil }
    let tier = version.agreement.tiers.firstIndex { $0.name == last.tier } ?? 0
    let own = clock.tiers[tier].calendar
    let calendar = WorkCalendar(
      own.definition.calendar(at: Instant(seconds: last.from)), covering: own.covering)
    return counted.filter(\.isCounting).reduce(0) { sum, stretch in
      sum
        + calendar.work(from: Instant(seconds: stretch.from), to: Instant(seconds: stretch.to))
        .seconds
    }
  }

  private func stretches(
    of timeline: borrowing Timeline, clock: PreparedClock, version: PreparedVersion,
    words: StretchWords
  ) -> [TraceRecord.Stretch] {
    var stretches: [TraceRecord.Stretch] = []
    for (index, stretch) in timeline.stretches.enumerated()
    where stretch.start >= timeline.countedFrom {
      let isLast = index == timeline.stretches.count - 1
      if isLast, !stretch.isOpen { break }
      let end = isLast ? plan.horizon : timeline.stretches[index + 1].start
      let borders = clock.tiers[stretch.tier].calendar.definition.successors.map(\.from.seconds)
      let cuts = Set(borders + (timeline.lost.map { [$0] } ?? [])).sorted().filter {
        stretch.start < $0 && $0 < end
      }
      for (from, to) in zip([stretch.start] + cuts, cuts + [end]) {
        var record = record(stretch, from: from, to: to, clock: clock, version: version)
        record.rule = words.rule(of: stretch, record)
        record.entry = words.entry(at: stretch, of: exclusions)
        stretches.append(record)
      }
    }
    return stretches
  }

  private func record(
    _ stretch: Timeline.Stretch, from: Int64, to: Int64, clock: PreparedClock,
    version: PreparedVersion
  ) -> TraceRecord.Stretch {
    let calendar = clock.tiers[stretch.tier].calendar
    let open = calendar.work(from: Instant(seconds: from), to: Instant(seconds: to)).seconds
    let kind: TraceRecord.Kind =
      switch stretch.state {
      case .running: open == 0 ? .closed : .counted
      case .paused: open == 0 ? .closed : .paused
      case .stopped, .cancelled, .ended: .stopped
      }
    var record = TraceRecord.Stretch(
      from: from, to: to, kind: kind,
      state: version.statusField.map { table.fields[$0].dictionary[stretch.status] } ?? "",
      party: stretch.state == .paused ? parties.name(of: stretch.party) : "",
      counted: stretch.state == .running ? open : 0,
      paused: stretch.state == .paused ? open : 0,
      stopped: kind == .stopped ? open : 0, closed: to - from - open, line: Int(stretch.line),
      calendar: calendar.definition.calendar(at: Instant(seconds: from)).name,
      tier: version.agreement.tiers[stretch.tier].name)
    if stretch.state == .paused { record.reason = exclusions.reason(parties, stretch.party) }
    return record
  }
}
