import Agreements
import Results
import ServiceTime
import Tickets

/// The calculation of one agreement, all its versions, over all tables.
struct AgreementRun {
  let versions: [Agreement]
  let request: CalculationRequest
  let names: AgreementNames
  let plan: PeriodPlan
  let countBy: Agreement.CountBy
  /// The earliest instant of the tickets, where the data begin.
  let earliest: Instant
  let zone: ZoneRules
  var shelf: CalendarShelf
  var parties = PartyNames()
  var groups: [GroupName] = []
  var months: SeriesFigures
  var range: SeriesFigures?
  var ledger = LedgerCount()
  var reported: [GroupName: (met: Int, breached: Int, unknown: Int)] = [:]
  var promises: [PromiseRow] = []
  /// Made when a trace is first asked for; by table.
  var tracers: [Int: Tracer] = [:]
  /// For each promise row, where its ticket is: table, ticket.
  var places: [(table: Int, ticket: Int)] = []

  /// Years beyond the horizon for which calendars are laid out, so that due dates are found.
  private static let yearsAhead: Int64 = 3

  init(_ versions: [Agreement], request: CalculationRequest) throws(CalculationError) {
    self.versions = versions
    self.request = request
    names = AgreementNames(versions)
    let newest = versions[versions.count - 1]
    zone = newest.zone
    earliest = Self.earliest(of: request.tables) ?? request.asOf
    do {
      plan = try PeriodPlan(
        request: request.period, history: request.history, asOf: request.asOf, zone: zone,
        earliest: earliest)
    } catch {
      throw .period(error)
    }
    let seesOnlyFinished = request.tables.contains { $0.holds == .finished }
    countBy = seesOnlyFinished ? .stopped : newest.countBy
    let day: Int64 = 86_400
    let start = Instant(seconds: min(earliest.seconds, plan.months.edges[0]) - 8 * day)
    let end = Instant(seconds: max(plan.horizon, plan.reportedEnd) + Self.yearsAhead * 366 * day)
    guard let covering = ClockInterval(from: start, to: max(end, start.advanced(by: day))) else {
      preconditionFailure("an interval of at least a day holds time")
    }
    shelf = CalendarShelf(covering: covering)
    months = SeriesFigures(plan.months)
    range = plan.range.map { SeriesFigures($0) }
  }

  private static func earliest(of tables: [TicketTable]) -> Instant? {
    var earliest: Int64?
    for table in tables {
      for moment in table.moments where moment.name != "due" && moment.name != "updated" {
        for at in moment.seconds where at > MomentColumn.unreadable {
          earliest = min(earliest ?? at, at)
        }
      }
    }
    return earliest.map { Instant(seconds: $0) }
  }

  mutating func replayAll() {
    for index in request.tables.indices { replay(tableIndex: index) }
  }

  /// The versions of the agreement made ready for one table.
  mutating func prepared(for table: TicketTable) -> [PreparedVersion] {
    for suspension in table.suspensions { _ = parties.index(of: suspension.party) }
    return versions.map { agreement in
      PreparedVersion(
        agreement, table: table, names: names, by: request.by, parties: &parties,
        calendars: &shelf)
    }
  }

  /// - Parameters:
  ///   - only: The one ticket to replay; `nil` for all.
  ///   - collects: Whether promise rows are kept, whatever the request says.
  mutating func replay(tableIndex: Int, only: Int? = nil, collects: Bool = false) {
    let table = request.tables[tableIndex]
    let prepared = prepared(for: table)
    var groupTable = GroupTable(continuing: groups, table: table)
    var replays = prepared.map { Replay(table: table, version: $0, plan: plan) }
    var events = TicketEvents()
    let suspensions = SuspensionIndex(table, parties: &parties)
    for ticket in only.map({ $0..<$0 + 1 }) ?? 0..<table.count {
      let codes = table.fields.map { $0.codes[ticket] }
      guard
        let chosen = sort(
          ticket, codes: codes, table: table, prepared: prepared, groups: groupTable)
      else { continue }
      let version = prepared[chosen.version]
      events.load(
        ticket, of: table, moments: version.moments, suspensions: suspensions[ticket],
        sees: plan)
      for clock in version.clocks {
        replays[chosen.version].run(
          clock, on: ticket, events: events, finalTier: chosen.tier, groups: &groupTable)
        let finalGroup = groupTable.group(
          codes: codes, version: version, clock: clock.index, tier: chosen.tier)
        count(
          replays[chosen.version].timeline, clock: clock, ticket: ticket,
          tableIndex: tableIndex, finalGroup: finalGroup, groups: groupTable,
          collects: collects || request.collectsPromises)
      }
    }
    groups = groupTable.names
  }

  /// Finds the version and the tier of a ticket, or counts why it is not judged.
  private mutating func sort(
    _ ticket: Int, codes: [UInt32], table: TicketTable, prepared: [PreparedVersion],
    groups: GroupTable
  ) -> (version: Int, tier: Int)? {
    let newest = prepared[prepared.count - 1]
    guard newest.scope.holds(codes) else {
      ledger.add(.outOfScope, customer: nil)
      return nil
    }
    let customer = groups.customer(codes: codes, version: newest)
    let opened = table.momentIndex("opened").flatMap { table.moments[$0][ticket] }
    if let opened, !plan.sees(opened.seconds) {
      ledger.add(.openedLater, customer: customer)
      return nil
    }
    var index = prepared.count - 1
    if let opened {
      let date = zone.local(of: opened).date
      guard let valid = prepared.firstIndex(where: { $0.isValid(on: date) }) else {
        ledger.add(.noAgreement, customer: customer)
        return nil
      }
      index = valid
    }
    guard prepared[index].scope.holds(codes) else {
      ledger.add(.outOfScope, customer: nil)
      return nil
    }
    guard let tier = prepared[index].tier(of: codes) else {
      ledger.add(.noTier, customer: customer)
      return nil
    }
    ledger.add(.judged, customer: customer)
    return (index, tier)
  }

  private mutating func count(
    _ timeline: Timeline, clock: PreparedClock, ticket: Int, tableIndex: Int, finalGroup: Int,
    groups: GroupTable, collects: Bool
  ) {
    let table = request.tables[tableIndex]
    let placement = Placement(plan: plan, countBy: countBy)
    var outcome = Placement.Outcome()
    let opened = table.momentIndex("opened").flatMap { table.moments[$0][ticket]?.seconds }
    if timeline.fault != nil {
      countUnmeasurable(at: opened ?? timeline.started, group: finalGroup)
    } else {
      outcome = placement.place(timeline, clock: clock, in: &months)
      if var figures = range {
        range = nil
        _ = placement.place(timeline, clock: clock, in: &figures)
        range = figures
      }
    }
    let state = PromiseState(
      timeline, clock: clock, outcome: outcome, months: plan.months, opened: opened,
      finalGroup: finalGroup, countBy: countBy)
    let group = groups.names[state.group]
    ledger.add(state.bucket(plan: plan), customer: group.customer)
    if let values = table.reported, values.clock == clock.name {
      countReported(values.values[ticket], group: groups.names[finalGroup])
    }
    guard collects else { return }
    promises.append(
      state.row(
        table: table, ticket: ticket, group: group, agreement: versions[0].name, names: names,
        clock: clock, zone: zone))
    places.append((tableIndex, ticket))
  }

  private mutating func countUnmeasurable(at instant: Int64?, group: Int) {
    guard let instant else { return }
    if plan.months.contains(instant) {
      months.update(group: group, period: plan.months.index(of: instant)) {
        $0.counts.unmeasurable += 1
      }
    }
    if let series = plan.range, series.contains(instant) {
      range?.update(group: group, period: series.index(of: instant)) {
        $0.counts.unmeasurable += 1
      }
    }
  }

  private mutating func countReported(_ value: ReportedVerdicts.Value, group: GroupName) {
    let name = GroupName(customer: group.customer, clock: group.clock, tier: group.tier, by: [])
    var counts = reported[name] ?? (0, 0, 0)
    switch value {
    case .met: counts.met += 1
    case .breached: counts.breached += 1
    case .unknown: counts.unknown += 1
    }
    reported[name] = counts
  }
}

/// The suspensions of a table by ticket.
struct SuspensionIndex {
  private var byTicket: [Int: [PreparedSuspension]] = [:]

  init(_ table: TicketTable, parties: inout PartyNames) {
    for suspension in table.suspensions {
      byTicket[suspension.ticket, default: []].append(
        PreparedSuspension(
          start: suspension.start.seconds, end: suspension.end?.seconds,
          party: parties.index(of: suspension.party)))
    }
  }

  subscript(ticket: Int) -> [PreparedSuspension] {
    byTicket.isEmpty ? [] : byTicket[ticket] ?? []
  }
}
