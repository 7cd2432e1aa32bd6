import Results
import ServiceTime
import Tickets

/// Replays single promises of one table once more, keeping every change of status and group.
struct PromiseReplays: ~Copyable {
  let table: TicketTable
  private let versions: [PreparedVersion]
  private let suspensions: SuspensionIndex
  private let source: ReplayTable
  private let turns: TurnIndex
  private let opened: Int?
  private var events = TicketEvents()
  private var groups: GroupTable
  /// Its timeline is that of the promise replayed last.
  private(set) var replay: Replay
  /// What the promise replayed last was judged by.
  private(set) var version: PreparedVersion
  private(set) var clock: PreparedClock?

  init(_ table: TicketTable, versions: [PreparedVersion], run: inout AgreementRun) {
    self.table = table
    self.versions = versions
    suspensions = SuspensionIndex(table, parties: &run.parties)
    source = ReplayTable(table)
    turns = TurnIndex(table, source: source)
    opened = table.momentIndex("opened")
    groups = GroupTable(fields: table.fields)
    version = versions[versions.count - 1]
    replay = Replay(
      table: source, version: version, sight: run.plan.sight, splitsAtEveryChange: true)
  }

  /// Returns whether the promise has a timeline.
  mutating func load(_ promise: PromiseRow, ticket: Int) -> Bool {
    let codes = table.fields.map { $0.codes[ticket] }
    let opening = opened.flatMap { table.moments[$0][ticket]?.seconds }
    let valid = opening.map { opening in versions.first { $0.isValid(at: opening) } } ?? version
    guard let valid, let tier = valid.tier(of: codes),
      let clock = valid.clocks.first(where: { $0.name == promise.clock })
    else { return false }
    version = valid
    self.clock = clock
    replay.use(valid)
    events.load(
      ticket, of: source, version: valid, suspensions: suspensions, turns: turns,
      by: replay.sight)
    replay.run(
      clock, on: ticket, events: events, finalTier: tier, groups: &groups,
      cycle: (promise.cycle ?? 1) - 1)
    return replay.timeline.fault == nil && !replay.timeline.stretches.isEmpty
  }

  /// The group that holds the ticket in a stretch; empty if the source does not tell.
  func holder(_ stretch: Timeline.Stretch) -> String {
    version.holderField.map { table.fields[$0].dictionary[stretch.holder] } ?? ""
  }
}
