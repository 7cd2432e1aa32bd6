import ServiceTime
import Tickets

/// The replays of a table's tickets, one ticket after the other, with their buffers.
struct TableReplays: ~Copyable {
  let table: TicketTable
  let versions: [PreparedVersion]
  let suspensions: SuspensionIndex
  /// Tickets that registers of exclusions name.
  let excluded: ExcludedTickets
  private(set) var replay: Replay
  private var versionInUse: Int
  private(set) var events = TicketEvents()
  private let source: ReplayTable
  let turns: TurnIndex
  private let fields: [[UInt32]]
  private let opened: [Int64]?
  /// Codes and opening of the ticket that is loaded.
  private(set) var codes: [UInt32]
  private(set) var opening: Int64?
  private var hasEvents = false
  private var settled: SettledReplay
  private var hasSteps = false
  private let verdicts: [ReportedVerdicts.Value]
  private let reportedClock: String

  /// - Parameters:
  ///   - tickets: Those that are replayed.
  ///   - changes: Those of the table, good as long as the replays are used.
  init(
    _ table: TicketTable, tickets: Range<Int>, changes: ChangeReader,
    versions: [PreparedVersion], run: inout AgreementRun
  ) {
    self.table = table
    self.versions = versions
    suspensions = SuspensionIndex(table, parties: &run.parties)
    excluded = ExcludedTickets(run.exclusions, table: table, tickets: tickets)
    source = ReplayTable(table)
    turns = TurnIndex(table, source: source)
    versionInUse = versions.count - 1
    replay = Replay(table: source, version: versions[versionInUse], sight: run.plan.sight)
    settled = SettledReplay(
      table, tickets: tickets, changes: changes, sight: run.plan.sight)
    fields = table.fields.map(\.codes)
    opened = table.momentIndex("opened").map { table.moments[$0].seconds }
    codes = [UInt32](repeating: 0, count: table.fields.count)
    verdicts = table.reported?.values ?? []
    reportedClock = table.reported?.clock ?? ""
  }

  mutating func load(_ ticket: Int) {
    for field in codes.indices { codes[field] = fields[field][ticket] }
    opening = opened.flatMap { $0[ticket] > MomentColumn.unreadable ? $0[ticket] : nil }
    hasEvents = false
    hasSteps = false
  }

  /// What the source says of a clock's promise, if it says anything of that clock.
  func reported(of ticket: Int, by clock: PreparedClock) -> ReportedVerdicts.Value? {
    guard !verdicts.isEmpty, clock.name == reportedClock else { return nil }
    return verdicts[ticket]
  }

  /// The promise of one clock of the loaded ticket, if it is settled and of the usual kind.
  mutating func settledPromise(
    _ clock: PreparedClock, _ rule: SettledRules.ClockRule, of rules: SettledRules,
    version: PreparedVersion, on ticket: Int, finalTier: Int, groups: inout GroupTable
  ) -> SettledPromise? {
    guard !suspensions.has(ticket), !turns.has(ticket) else { return nil }
    if !hasSteps {
      settled.load(ticket, version: version, rules: rules, finalTier: finalTier)
      hasSteps = true
    }
    return settled.promise(clock, rule: rule, version: version, groups: &groups)
  }

  /// Runs one clock of the loaded ticket; the answer is the timeline of ``replay``.
  mutating func run(
    _ clock: PreparedClock, on ticket: Int, _ chosen: (version: Int, tier: Int), group: Int,
    groups: inout GroupTable, by sight: Sight, cycle: Int = 0
  ) {
    if chosen.version != versionInUse {
      replay.use(versions[chosen.version])
      versionInUse = chosen.version
    }
    if !source.hasHistory, !suspensions.has(ticket), !turns.has(ticket),
      versions[chosen.version].excluded.applied.isEmpty,
      replay.runPlain(
        clock, on: ticket, codes: codes, tier: chosen.tier, group: group)
    {
      return
    }
    if !hasEvents {
      // The changes of a history tell its moments.
      events.load(
        ticket, of: source, version: versions[chosen.version], suspensions: suspensions,
        turns: turns, by: sight)
      hasEvents = true
    }
    replay.run(
      clock, on: ticket, events: events, finalTier: chosen.tier, groups: &groups, cycle: cycle,
      isTurning: turns.follows(ticket))
  }
}

extension TableReplays {
  /// Runs the next cycle of a clock that repeats, of the ticket and clock that ran last.
  mutating func runNextCycle(of clock: PreparedClock, finalTier: Int, groups: inout GroupTable) {
    replay.runNextCycle(of: clock, events: events, finalTier: finalTier, groups: &groups)
  }
}

/// The suspensions of a table by ticket.
struct SuspensionIndex {
  private var byTicket: [Int: [PreparedSuspension]] = [:]

  init(_ table: TicketTable, parties: inout PartyNames) {
    let lines = table.lineOfTicket
    for suspension in table.suspensions {
      byTicket[suspension.ticket, default: []].append(
        PreparedSuspension(
          start: suspension.start.seconds, end: suspension.end?.seconds,
          party: parties.index(of: suspension.party),
          line: suspension.ticket < lines.count ? lines[suspension.ticket] : 0))
    }
  }

  func has(_ ticket: Int) -> Bool { !byTicket.isEmpty && byTicket[ticket] != nil }

  subscript(ticket: Int) -> [PreparedSuspension] {
    byTicket.isEmpty ? [] : byTicket[ticket] ?? []
  }
}
