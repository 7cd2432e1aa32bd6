import Agreements
import Results
import ServiceTime
import Tickets

/// Who held the ticket of one promise, and for how much of its counted time.
///
/// Every running stretch of the promise is cut where the ticket changes hands, so that the parts
/// add up to what elapsed; pauses, stopped and closed time are nobody's. See docs/DECISIONS.md,
/// "The ledger of groups".
struct GroupLedger {
  struct PersonKey: Hashable {
    let group: String
    let person: String
  }

  private(set) var shares: [ChainShare] = []
  private(set) var persons: [PersonKey: Int64] = [:]
  /// The groups in turn, without time that is nobody's.
  private(set) var visits: [String] = []
  private(set) var heldAtLoss: String?
  private let stages: ChainStages
  private let asksForPersons: Bool
  /// The calendar of a group's own promise.
  private let ownCalendar: (_ stage: Int) -> WorkCalendar?
  private var calendars: [Int: WorkCalendar?] = [:]

  init(
    stages: ChainStages, asksForPersons: Bool,
    ownCalendar: @escaping (_ stage: Int) -> WorkCalendar?
  ) {
    self.stages = stages
    self.asksForPersons = asksForPersons
    self.ownCalendar = ownCalendar
  }

  var handOffs: Int { max(0, visits.count - 1) }
  var returns: Int { visits.count - Set(visits).count }

  /// Takes a stretch of a promise that runs or is paused, `[start, end)`.
  mutating func add(
    _ stretch: Timeline.Stretch, until end: Int64, spells: [HolderReader.Spell],
    calendar: WorkCalendar, lost: Int64?
  ) {
    for (index, spell) in spells.enumerated() {
      let from = max(stretch.start, spell.from)
      let to = index + 1 < spells.count ? min(end, spells[index + 1].from) : end
      guard from < to else { continue }
      if let lost, from <= lost, lost < to { heldAtLoss = spell.group }
      let share = visit(spell)
      guard stretch.state == .running else { continue }
      let (start, end) = (Instant(seconds: from), Instant(seconds: to))
      let work = calendar.work(from: start, to: end).seconds
      shares[share].elapsed += work
      if let stage = spell.stage, let own = ownCalendar(of: stage) {
        shares[share].own = (shares[share].own ?? 0) + own.work(from: start, to: end).seconds
      }
      if asksForPersons, !spell.group.isEmpty {
        shares[share].queue = (shares[share].queue ?? 0) + (spell.person.isEmpty ? work : 0)
        if !spell.person.isEmpty {
          persons[PersonKey(group: spell.group, person: spell.person), default: 0] += work
        }
      }
    }
  }

  /// What groups held of a promise of which a pause is known only as a total, if several did.
  static let notPlaced = "not placed"

  /// Takes off a pause of which only the total is known: of the one group that held the ticket, or
  /// else nobody can tell of whom, and nothing is divided.
  mutating func takeOff(_ total: Int64) {
    var share = shares.count == 1 ? shares[0] : ChainShare(group: Self.notPlaced)
    share.elapsed = shares.reduce(-total) { $0 + $1.elapsed }
    share.own = nil
    share.queue = nil
    shares = [share]
    persons = [:]
  }

  private var lastGroup: String?

  private mutating func visit(_ spell: HolderReader.Spell) -> Int {
    let index: Int
    if let known = shares.firstIndex(where: { $0.group == spell.group }) {
      index = known
    } else {
      var share = ChainShare(group: spell.group)
      share.ola = spell.stage.map { stages.stages[$0].ola }
      shares.append(share)
      index = shares.count - 1
    }
    if lastGroup != spell.group { shares[index].visits += 1 }
    lastGroup = spell.group
    if !spell.group.isEmpty, visits.last != spell.group { visits.append(spell.group) }
    return index
  }

  private mutating func ownCalendar(of stage: Int) -> WorkCalendar? {
    if let known = calendars[stage] { return known }
    let calendar = ownCalendar(stage)
    calendars[stage] = calendar
    return calendar
  }
}
