import Agreements
import Results
import ServiceTime
import Tickets

/// The calculation of one agreement, all its versions, over all tables.
struct AgreementRun: Sendable {
  let versions: [Agreement]
  let request: CalculationRequest
  let names: AgreementNames
  let plan: PeriodPlan
  let countBy: Agreement.CountBy
  /// What the sources with tickets in scope hold, where that is not everything.
  let gaps: [Holds]
  private let placement: Placement
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
  var ledger = LedgerCount()
  /// What the source says, by group.
  var reported: [(met: Int, breached: Int, unknown: Int)] = []
  var promises: [PromiseRow] = []
  /// Made when a trace is first asked for; by table.
  var tracers: [Int: Tracer] = [:]
  /// For each promise row, where its ticket is: table, ticket.
  var places: [(table: Int, ticket: Int)] = []

  /// Years beyond the horizon for which calendars are laid out, so that due dates are found.
  private static let yearsAhead: Int64 = 3

  init(_ versions: [Agreement], request: CalculationRequest) throws(CalculationError) {
    let seconds =
      request.tables.compactMap { Self.earliest(of: $0) } + request.folded.compactMap(\.earliest)
    try self.init(
      versions, request: request,
      earliest: seconds.min().map { Instant(seconds: $0) } ?? request.asOf)
  }

  /// - Parameter earliest: The earliest instant of the tickets, or one before it.
  init(
    _ versions: [Agreement], request: CalculationRequest, earliest: Instant
  ) throws(CalculationError) {
    self.versions = versions
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

  /// Moments that are no happening of a ticket's life, and may lie anywhere.
  static let undatedMoments: Set<String> = ["due", "updated"]

  /// The earliest instant of the tickets of a table.
  static func earliest(of table: TicketTable) -> Int64? {
    var earliest: Int64?
    for moment in table.moments where !undatedMoments.contains(moment.name) {
      for at in moment.seconds where at > MomentColumn.unreadable {
        earliest = min(earliest ?? at, at)
      }
    }
    return earliest
  }

  mutating func replayAll() {
    for index in request.tables.indices { replayInParts(tableIndex: index) }
  }

  /// The versions of the agreement made ready for one table.
  mutating func prepared(for table: TicketTable) -> [PreparedVersion] {
    for suspension in table.suspensions { _ = parties.index(of: suspension.party) }
    return versions.enumerated().map { number, agreement in
      PreparedVersion(
        agreement, number: number, table: table, names: names, by: request.by, parties: &parties,
        calendars: &shelf)
    }
  }

  /// - Parameters:
  ///   - tickets: Those to replay; `nil` for all.
  ///   - collects: Whether promise rows are kept, whatever the request says.
  mutating func replay(tableIndex: Int, tickets: Range<Int>? = nil, collects: Bool = false) {
    let table = request.tables[tableIndex]
    var groupTable = GroupTable(continuing: groups, fields: table.fields)
    replay(
      table, tickets: tickets ?? 0..<table.count, prepared: prepared(for: table),
      groups: &groupTable, rowsOf: collects || request.collectsPromises ? tableIndex : nil)
    groups = groupTable.names
  }

  /// - Parameter rowsOf: The number of the table, if promise rows are kept.
  mutating func replay(
    _ table: TicketTable, tickets: Range<Int>, prepared: [PreparedVersion],
    groups groupTable: inout GroupTable, rowsOf tableIndex: Int? = nil
  ) {
    let (source, sight) = (ReplayTable(table), plan.sight)
    var replays = prepared.map { Replay(table: source, version: $0, sight: sight) }
    let fields = table.fields.map(\.codes)
    let hasHistory = source.hasHistory
    var events = TicketEvents()
    let suspensions = SuspensionIndex(table, parties: &parties)
    let opened = table.momentIndex("opened").map { table.moments[$0].seconds }
    var codes = [UInt32](repeating: 0, count: table.fields.count)
    for ticket in tickets {
      for field in codes.indices { codes[field] = fields[field][ticket] }
      let opening = opened.flatMap { $0[ticket] > MomentColumn.unreadable ? $0[ticket] : nil }
      guard
        let chosen = sort(codes: codes, opened: opening, prepared: prepared, groups: groupTable)
      else { continue }
      let version = prepared[chosen.version]
      let isPlain = !hasHistory && !suspensions.has(ticket)
      var isLoaded = false
      for (index, clock) in version.clocks.enumerated() {
        let finalGroup = groupTable.group(
          codes: codes, version: version, clock: clock.index, tier: chosen.tier)
        if index == 0 { ledger.addJudged(group: finalGroup) }
        if !isPlain
          || !replays[chosen.version].runPlain(
            clock, on: ticket, codes: codes, tier: chosen.tier, group: finalGroup)
        {
          if !isLoaded {
            events.load(
              ticket, of: table, moments: version.moments, suspensions: suspensions[ticket],
              by: sight)
            isLoaded = true
          }
          replays[chosen.version].run(
            clock, on: ticket, events: events, finalTier: chosen.tier, groups: &groupTable)
        }
        let state = count(
          replays[chosen.version].timeline, clock: clock, opened: opening, finalGroup: finalGroup)
        if let values = table.reported, values.clock == clock.name {
          countReported(values.values[ticket], group: finalGroup)
        }
        guard let tableIndex else { continue }
        promises.append(
          state.row(
            replays[chosen.version].timeline, table: table, ticket: ticket,
            group: groupTable.names[state.group],
            agreement: versions[0].name, names: names, clock: clock, months: plan.months,
            zone: zone))
        places.append((tableIndex, ticket))
      }
    }
  }

  /// Finds the version and the tier of a ticket, or counts why it is not judged.
  private mutating func sort(
    codes: [UInt32], opened: Int64?, prepared: [PreparedVersion], groups: GroupTable
  ) -> (version: Int, tier: Int)? {
    let newest = prepared.count - 1
    let valid = opened.map { opened in prepared.firstIndex { $0.isValid(at: opened) } } ?? newest
    let version = prepared[valid ?? newest]
    guard version.scope.holds(codes) else {
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
    _ timeline: borrowing Timeline, clock: PreparedClock, opened: Int64?, finalGroup: Int
  ) -> PromiseState {
    let monthly = placement.place(
      timeline, clock: clock, opened: opened, group: finalGroup, in: &months)
    var outcome = monthly
    if range != nil {
      outcome = placeInRange(timeline, clock: clock, opened: opened, finalGroup)
    }
    let state = PromiseState(
      timeline, outcome: outcome, monthly: monthly, opened: opened, finalGroup: finalGroup)
    ledger.add(state.bucket(plan: plan), group: state.group)
    return state
  }

  private mutating func placeInRange(
    _ timeline: borrowing Timeline, clock: PreparedClock, opened: Int64?,
    _ finalGroup: Int
  ) -> Placement.Outcome {
    guard var figures = range else { return Placement.Outcome() }
    range = nil
    let outcome = placement.place(
      timeline, clock: clock, opened: opened, group: finalGroup, in: &figures)
    range = figures
    return outcome
  }

  private mutating func countReported(_ value: ReportedVerdicts.Value, group: Int) {
    while reported.count <= group { reported.append((0, 0, 0)) }
    switch value {
    case .met: reported[group].met += 1
    case .breached: reported[group].breached += 1
    case .unknown: reported[group].unknown += 1
    }
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

  func has(_ ticket: Int) -> Bool { !byTicket.isEmpty && byTicket[ticket] != nil }

  subscript(ticket: Int) -> [PreparedSuspension] {
    byTicket.isEmpty ? [] : byTicket[ticket] ?? []
  }
}
