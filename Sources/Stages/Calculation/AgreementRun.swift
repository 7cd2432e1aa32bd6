import Agreements
import Results
import ServiceTime
import Tickets

/// The calculation of one agreement, all its versions, over all tables.
struct AgreementRun: Sendable {
  let versions: [Agreement]
  /// The same, with calendars that those of later versions follow.
  private let livedVersions: [Agreement]
  let request: CalculationRequest
  let names: AgreementNames
  let plan: PeriodPlan
  let countBy: Agreement.CountBy
  /// What the sources with tickets in scope hold, where that is not everything.
  let gaps: [Holds]
  let placement: Placement
  /// What registers of exclusions say.
  let exclusions: ExclusionPlan
  /// What their entries took out.
  var excluded = ExclusionCount()
  /// The earliest instant of the tickets, where the data begin.
  let earliest: Instant
  /// The earliest opening of a ticket in scope, as far as tickets were replayed.
  var began: Int64?
  let zone: ZoneRules
  var shelf: CalendarShelf
  var parties = PartyNames()
  var groups: [GroupName] = []
  var months: SeriesFigures
  var range: SeriesFigures?
  /// What plain promises left; `nil` if every one has to be replayed.
  var plain: SegmentFigures?
  /// What they left in the runs that were added to this one.
  var plainParts: [PlainPart] = []
  /// The segment that was asked for last: tickets near each other start at about the same time.
  var lastSegment = 0
  var ledger = LedgerCount()
  /// What the source says, by group.
  var reported: [(met: Int, breached: Int, unknown: Int)] = []
  /// The clocks at risk in the reported period, by group; kept with the promises alone.
  var risks: [[RiskSpan]] = []
  var promises: [PromiseRow] = []
  /// Made when a trace is first asked for; by table.
  var tracers: [Int: Tracer] = [:]
  /// For each promise row, where its ticket is, and whether the reported period counts it.
  var places: [(table: Int, ticket: Int, isReported: Bool)] = []

  /// Years beyond the horizon for which calendars are laid out, so that due dates are found.
  private static let yearsAhead: Int64 = 3

  init(_ versions: [Agreement], request: CalculationRequest) throws(CalculationError) {
    let seconds =
      request.tables.compactMap { Self.earliest(of: $0) } + request.folded.compactMap(\.earliest)
      + ObligationTable.earliest(of: versions, in: request)
    try self.init(
      versions, request: request,
      earliest: seconds.min().map { Instant(seconds: $0) } ?? request.asOf)
  }

  /// - Parameter earliest: The earliest instant of the tickets, or one before it.
  init(
    _ versions: [Agreement], request: CalculationRequest, earliest: Instant
  ) throws(CalculationError) {
    self.versions = versions
    livedVersions = versions.indices.map { versions[$0].followed(by: versions[($0 + 1)...]) }
    self.request = request
    self.earliest = earliest
    names = AgreementNames(versions)
    let newest = versions[versions.count - 1]
    zone = newest.zone
    do {
      plan = try PeriodPlan(
        request: request.period, history: request.history, asOf: request.asOf, zone: zone,
        earliest: earliest)
    } catch {
      throw .period(error)
    }
    gaps = Self.gaps(of: request.tables, in: versions)
    countBy = gaps.contains(.finished) ? .stopped : newest.countBy
    placement = Placement(horizon: plan.horizon, countBy: countBy)
    exclusions = ExclusionPlan(versions, request: request)
    let day: Int64 = 86_400
    let start = Instant(seconds: min(earliest.seconds, plan.months.edges[0]) - 8 * day)
    let end = Instant(seconds: max(plan.horizon, plan.reportedEnd) + Self.yearsAhead * 366 * day)
    guard let covering = ClockInterval(from: start, to: max(end, start.advanced(by: day))) else {
      preconditionFailure("an interval of at least a day holds time")
    }
    shelf = CalendarShelf(covering: covering)
    months = SeriesFigures(plan.months, keepsAll: request.collectsPromises)
    range = plan.range.map { SeriesFigures($0) }
    plain = Segments(of: plan, covering: covering).map { SegmentFigures($0) }
  }

  /// A source of which no ticket is in scope says nothing about this agreement.
  private static func gaps(of tables: [TicketTable], in versions: [Agreement]) -> [Holds] {
    tables.filter { table in
      guard table.holds != .all else { return false }
      let scopes = versions.map { CompiledCondition($0.scope, for: table) }
      return (0..<table.count).contains { ticket in
        let codes = table.fields.map { $0.codes[ticket] }
        return scopes.contains { $0.holds(codes) }
      }
    }.map(\.holds)
  }

  mutating func replayAll() {
    for index in request.tables.indices { replayInParts(tableIndex: index) }
  }

  /// The versions of the agreement made ready for one table.
  mutating func preparedVersions(for table: TicketTable) -> [PreparedVersion] {
    for suspension in table.suspensions { _ = parties.index(of: suspension.party) }
    return livedVersions.enumerated().map { number, agreement in
      PreparedVersion(
        agreement, number: number, table: table, names: names, by: request.by, parties: &parties,
        calendars: &shelf, exclusions: exclusions)
    }
  }

  /// - Parameters:
  ///   - tickets: Those to replay; `nil` for all.
  ///   - collects: Whether promise rows are kept, whatever the request says.
  mutating func replay(tableIndex: Int, tickets: Range<Int>? = nil, collects: Bool = false) {
    let table = request.tables[tableIndex]
    var prepared = prepared(for: table)
    replay(
      table, tickets: tickets ?? 0..<table.count, prepared: &prepared,
      rowsOf: collects || request.collectsPromises ? tableIndex : nil)
    groups = prepared.groups.names
  }

  /// - Parameter rowsOf: The number of the table, if promise rows are kept.
  mutating func replay(
    _ table: TicketTable, tickets: Range<Int>, prepared: inout PreparedTable,
    rowsOf tableIndex: Int? = nil
  ) {
    (table.history ?? ChangeTable()).withReader { changes in
      var replays = TableReplays(
        table, tickets: tickets, changes: changes, versions: prepared.versions, run: &self)
      replay(table, tickets: tickets, &replays, prepared: &prepared, rowsOf: tableIndex)
    }
  }

  private mutating func replay(
    _ table: TicketTable, tickets: Range<Int>, _ replays: inout TableReplays,
    prepared: inout PreparedTable, rowsOf tableIndex: Int?
  ) {
    guard tableIndex == nil, prepared.plain != nil else {
      for ticket in tickets {
        guard let chosen = sort(ticket, &replays, groups: prepared.groups) else { continue }
        replay(ticket, chosen, &replays, groups: &prepared.groups, rowsOf: tableIndex)
      }
      return
    }
    let left = judgePlain(
      table, tickets: tickets, suspensions: replays.suspensions, turns: replays.turns,
      prepared: &prepared)
    for replayed in left {
      guard let kind = replayed.kind.flatMap({ prepared.plain?.kinds.kinds[$0] }) else {
        if let chosen = sort(replayed.ticket, &replays, groups: prepared.groups) {
          replay(replayed.ticket, chosen, &replays, groups: &prepared.groups)
        }
        continue
      }
      guard kind.isInScope, let tier = kind.tier else { continue }
      replays.load(replayed.ticket)
      replay(
        replayed.ticket, (kind.version, tier), &replays, groups: &prepared.groups,
        clocks: replayed.clocks)
    }
  }

  /// Replays the clocks of a ticket of which the codes are loaded.
  ///
  /// - Parameter clocks: Those to replay of a ticket that has been counted, as bits; `nil` for all
  ///   of one that has not.
  private mutating func replay(
    _ ticket: Int, _ chosen: (version: Int, tier: Int), _ replays: inout TableReplays,
    groups: inout GroupTable, clocks: UInt32? = nil, rowsOf tableIndex: Int? = nil
  ) {
    let version = replays.versions[chosen.version]
    let settles = tableIndex == nil && countsSettled && exclusions.isEmpty
    let rules = settles ? version.settled : nil
    for index in version.clocks.indices {
      let clock = version.clocks[index]
      if let clocks, clocks >> UInt32(index) & 1 == 0 { continue }
      let finalGroup = groups.group(
        codes: replays.codes, version: version, clock: clock.index, tier: chosen.tier)
      if index == 0, clocks == nil { ledger.addJudged(group: finalGroup) }
      if let value = replays.reported(of: ticket, by: clock) {
        countReported(value, group: finalGroup)
      }
      if let rules, let rule = rules.clocks[index],
        let promise = replays.settledPromise(
          clock, rule, of: rules, version: version, on: ticket, finalTier: chosen.tier,
          groups: &groups),
        countSettled(promise)
      {
        continue
      }
      replayCycles(
        of: clock, on: ticket, chosen, &replays, finalGroup: finalGroup, groups: &groups,
        settles: settles, rowsOf: tableIndex)
    }
  }

  /// Replays a clock as often as it was started, and counts the promises.
  private mutating func replayCycles(
    of clock: PreparedClock, on ticket: Int, _ chosen: (version: Int, tier: Int),
    _ replays: inout TableReplays, finalGroup: Int, groups: inout GroupTable, settles: Bool,
    rowsOf tableIndex: Int?
  ) {
    let counted = clock.reopening.counted
    var (cycle, hasNext) = (0, false)
    repeat {
      if clock.repeats != nil, cycle > 0 {
        replays.runNextCycle(of: clock, finalTier: chosen.tier, groups: &groups)
      } else {
        replays.run(
          clock, on: ticket, chosen, group: finalGroup, groups: &groups, by: plan.sight,
          cycle: cycle)
      }
      hasNext = replays.replay.hasNextCycle
      cycle += 1
      if counted == .last, hasNext { continue }
      if counted == .all, cycle > 1 { ledger.addExtraCycle(group: finalGroup) }
      if settles, let promise = SettledPromise(replays.replay.timeline), countSettled(promise) {
        continue
      }
      let opened = cycle == 1 ? replays.opening : replays.replay.timeline.started
      let excluding = replays.exclusion(of: ticket, clock: clock)
      let open = replays.openGroups(
        clock, of: replays.versions[chosen.version], plan, opened: opened, finalTier: chosen.tier,
        final: finalGroup, groups: &groups)
      let state = count(
        replays.replay.timeline, clock: clock, opened: opened, open, excluding: excluding)
      if !exclusions.isEmpty { noteExclusions(state, of: ticket, clock: clock, replays) }
      if let tableIndex {
        keepRisk(replays.replay.timeline, clock: clock)
        keepRow(
          state, of: ticket, clock: clock, cycle: cycle, replays, groups: groups,
          tableIndex: tableIndex)
        if let excluding { exclude(&promises[promises.count - 1], by: excluding) }
      }
    } while hasNext && counted != .first
  }

  private mutating func keepRow(
    _ state: PromiseState, of ticket: Int, clock: PreparedClock, cycle: Int,
    _ replays: borrowing TableReplays, groups: GroupTable, tableIndex: Int
  ) {
    var row = state.row(
      replays.replay.timeline, table: replays.table, ticket: ticket,
      group: groups.names[state.group], agreement: versions[0].name, names: names, clock: clock,
      months: plan.months, zone: zone)
    if clock.startsCycles { row.cycle = cycle }
    promises.append(row)
    places.append((tableIndex, ticket, state.isDated(in: plan.reportedStart..<plan.reportedEnd)))
  }

  private mutating func sort(
    _ ticket: Int, _ replays: inout TableReplays, groups: GroupTable
  ) -> (version: Int, tier: Int)? {
    replays.load(ticket)
    return sort(
      codes: replays.codes, opened: replays.opening, prepared: replays.versions, groups: groups)
  }

  /// Finds the version and the tier of a ticket, or counts why it is not judged.
  private mutating func sort(
    codes: [UInt32], opened: Int64?, prepared: [PreparedVersion], groups: GroupTable
  ) -> (version: Int, tier: Int)? {
    let newest = prepared.count - 1
    var valid: Int? = newest
    if let opened { valid = prepared.indices.first { prepared[$0].isValid(at: opened) } }
    let version = prepared[valid ?? newest]
    guard version.isInScope(codes) else {
      ledger.addOutOfScope()
      return nil
    }
    if let opened { began = min(began ?? opened, opened) }
    if let opened, !plan.sight.sees(opened) {
      ledger.add(.openedLater, customer: groups.customer(codes: codes, version: version))
      return nil
    }
    guard let valid else {
      ledger.add(.noAgreement, customer: groups.customer(codes: codes, version: version))
      return nil
    }
    guard let tier = version.tier(of: codes) else {
      ledger.add(.noTier, customer: groups.customer(codes: codes, version: version))
      return nil
    }
    return (valid, tier)
  }

  /// Puts one promise in its periods and in the ledger.
  private mutating func count(
    _ timeline: borrowing Timeline, clock: PreparedClock, opened: Int64?, _ open: OpenGroups,
    excluding: Int? = nil
  ) -> PromiseState {
    if excluding != nil {
      return countExcluded(timeline, clock: clock, opened: opened, open)
    }
    var outcome = Placement.Outcome()
    placement.place(
      timeline, clock: clock, opened: opened, group: open.inMonth, in: &months, outcome: &outcome)
    let reversedFrom = outcome.reversedFrom
    if var figures = range.take() {
      outcome = Placement.Outcome()
      placement.place(
        timeline, clock: clock, opened: opened, group: open.inRange, in: &figures,
        outcome: &outcome)
      range = figures
    }
    let state = PromiseState(
      timeline, outcome: outcome, reversedFrom: reversedFrom, opened: opened,
      openGroup: open.atHorizon)
    ledger.add(state.bucket(in: plan.reportedStart..<plan.reportedEnd), group: state.group)
    return state
  }

  mutating func countReported(_ value: ReportedVerdicts.Value, group: Int) {
    while reported.count <= group { reported.append((0, 0, 0)) }
    switch value {
    case .met: reported[group].met += 1
    case .breached: reported[group].breached += 1
    case .unknown: reported[group].unknown += 1
    }
  }
}
