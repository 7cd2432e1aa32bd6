import Results
import ServiceTime
import Tickets

/// Replays single promises of one table once more; its buffers are reused from one to the next.
struct PromiseReplays: ~Copyable {
  let table: TicketTable
  private let versions: [PreparedVersion]
  private let suspensions: SuspensionIndex
  private let source: ReplayTable
  private let turns: TurnIndex
  private let opened: Int?
  private var groups: GroupTable
  /// Of the ticket replayed last.
  private(set) var events = TicketEvents()
  /// Its timeline is that of the promise replayed last.
  private(set) var replay: Replay
  /// What the promise replayed last was judged by.
  private(set) var version: PreparedVersion
  private(set) var clock: PreparedClock?
  /// The tier of the ticket replayed last, as last exported.
  private(set) var finalTier = 0

  /// - Parameter splitsAtEveryChange: See ``Replay/splitsAtEveryChange``.
  init(
    _ table: TicketTable, versions: [PreparedVersion], suspensions: SuspensionIndex,
    turns: TurnIndex? = nil, sight: Sight, splitsAtEveryChange: Bool
  ) {
    self.table = table
    self.versions = versions
    self.suspensions = suspensions
    source = ReplayTable(table)
    self.turns = turns ?? TurnIndex(table, source: source)
    opened = table.momentIndex("opened")
    groups = GroupTable(fields: table.fields)
    version = versions[versions.count - 1]
    replay = Replay(
      table: source, version: version, sight: sight, splitsAtEveryChange: splitsAtEveryChange)
  }

  /// Replays one clock of a ticket.
  ///
  /// - Parameter cycle: Which of the ticket's cycles, from 1; `nil` where a clock has only one.
  /// - Returns: Whether there are rules for it: a version that was valid, a tier and the clock.
  mutating func run(_ name: String, cycle: Int?, ticket: Int) -> Bool {
    let codes = table.fields.map { $0.codes[ticket] }
    let opening = opened.flatMap { table.moments[$0][ticket]?.seconds }
    let valid = opening.flatMap { opening in versions.first { $0.isValid(at: opening) } }
    guard let valid = opening == nil ? versions.last : valid, let tier = valid.tier(of: codes),
      let clock = valid.clocks.first(where: { $0.name == name })
    else { return false }
    (version, finalTier) = (valid, tier)
    self.clock = clock
    replay.use(valid)
    events.load(
      ticket, of: source, version: valid, suspensions: suspensions, turns: turns,
      by: replay.sight)
    replay.run(
      clock, on: ticket, events: events, finalTier: tier, groups: &groups,
      cycle: clock.startsCycles ? (cycle ?? 1) - 1 : 0, isTurning: turns.follows(ticket))
    return true
  }

  /// Whether the promise replayed last has a timeline.
  var hasTimeline: Bool { replay.timeline.fault == nil && !replay.timeline.stretches.isEmpty }

  /// The group that holds the ticket in a stretch; empty if the source does not tell.
  func holder(_ stretch: Timeline.Stretch) -> String {
    version.holderField.map { table.fields[$0].dictionary[stretch.holder] } ?? ""
  }
}
