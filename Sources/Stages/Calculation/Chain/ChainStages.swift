import Agreements
import Results
import ServiceTime
import Tickets

/// The groups that have a part in one clock of an agreement, by their agreements.
struct ChainStages {
  struct Stage {
    let ola: String
    let name: String
    /// Ascending by validity, with calendars that those of later versions follow.
    let versions: [(from: Int64, agreement: Agreement)]
    let condition: Condition

    /// The target of a tier, as promised when a clock starts.
    func target(tier: String, at instant: Int64) -> Target.TierTarget? {
      guard let version = versions.last(where: { $0.from <= instant })?.agreement,
        let clock = version.clocks.firstIndex(where: { $0.name == name }),
        let tier = version.tiers.firstIndex(where: { $0.name == tier })
      else { return nil }
      return version.targets[clock].tiers[tier]
    }
  }

  let stages: [Stage]

  /// - Parameter all: The versions of every agreement.
  init(of agreement: String, clock: String, among all: [[Agreement]]) {
    let supported = ChainRules.Supported(agreement: agreement, clock: clock)
    stages = all.flatMap { versions -> [Stage] in
      guard let newest = versions.last, newest.chain.supports == supported else { return [] }
      let lived = versions.indices.map { index in
        let own = versions[index]
        let from = own.validFrom.map { own.zone.midnight(of: $0).seconds } ?? .min
        return (from, own.followed(by: versions[(index + 1)...]))
      }
      return newest.clocks.compactMap { clock in
        guard case .group(let condition)? = clock.part else { return nil }
        return Stage(ola: newest.name, name: clock.name, versions: lived, condition: condition)
      }
    }
  }
}

/// Who holds the tickets of one table.
struct HolderReader {
  private let conditions: [CompiledCondition]
  private let names: [String]
  private let table: TicketTable
  private let holderField: Int?
  private let personField: Int?

  init(_ stages: ChainStages, table: TicketTable, person: String?) {
    conditions = stages.stages.map { CompiledCondition($0.condition, for: table) }
    names = stages.stages.map(\.name)
    self.table = table
    holderField = table.fieldIndex("group")
    personField = person.flatMap { table.fieldIndex($0) }
  }

  /// Whether the table can tell at all.
  var isKnown: Bool { holderField != nil || conditions.contains { !$0.fields.isEmpty } }

  var knowsPersons: Bool { personField != nil }

  /// From an instant to that of the next: the group by its name, and the person.
  struct Spell: Hashable {
    var from: Int64
    var group: String
    /// The first of the groups with an agreement that tells of the ticket.
    var stage: Int?
    var person: String
  }

  /// Ascending; the first is from the beginning of time.
  func spells(_ events: TicketEvents) -> [Spell] {
    var codes = events.initialCodes
    var spells = [spell(codes, from: .min)]
    var index = 0
    while index < events.events.count {
      let at = events.events[index].at
      var changes = false
      while index < events.events.count, events.events[index].at == at {
        let event = events.events[index]
        if event.subject == .field, codes[event.index] != event.value {
          codes[event.index] = event.value
          changes = true
        }
        index += 1
      }
      guard changes else { continue }
      var next = spell(codes, from: at)
      next.from = spells[spells.count - 1].from
      guard next != spells[spells.count - 1] else { continue }
      next.from = at
      spells.append(next)
    }
    return spells
  }

  private func spell(_ codes: [UInt32], from: Int64) -> Spell {
    let stage = conditions.firstIndex { $0.holds(codes) }
    let holder = holderField.map { table.fields[$0].dictionary[codes[$0]] } ?? ""
    return Spell(
      from: from, group: stage.map { names[$0] } ?? holder, stage: stage,
      person: personField.map { table.fields[$0].dictionary[codes[$0]] } ?? "")
  }
}
