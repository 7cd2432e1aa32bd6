import Agreements
import Results
import ServiceTime
import Tickets

/// A promise with who held its ticket, before the groups' own promises are known.
struct LedgeredPromise {
  let row: PromiseRow
  var ledger: GroupLedger
}

extension AgreementRun {
  /// Clocks of which a chain is told: those that others support, or all if routes are asked for.
  func chainClocks(among all: [[Agreement]]) -> [String] {
    let newest = versions[versions.count - 1]
    guard newest.chain.supports == nil else { return [] }
    return newest.clocks.filter { clock in
      guard !clock.startsWithMessages else { return false }
      return newest.chain.routes != nil
        || all.contains { versions in
          versions.last?.chain.supports
            == ChainRules.Supported(agreement: newest.name, clock: clock.name)
        }
    }.map(\.name)
  }

  /// The promises of one clock with the groups that held their tickets.
  ///
  /// - Parameter isWanted: Which promises to look at; those without counted time are passed over.
  mutating func ledgers(
    of clock: String, among all: [[Agreement]], where isWanted: (PromiseRow) -> Bool
  ) -> [LedgeredPromise] {
    let stages = ChainStages(of: versions[0].name, clock: clock, among: all)
    let rules = versions[versions.count - 1]
    var ledgers: [LedgeredPromise] = []
    for (tableIndex, table) in request.tables.enumerated() {
      let prepared = preparedVersions(for: table)
      let reader = HolderReader(stages, table: table, person: rules.chain.person)
      guard reader.isKnown else { continue }
      let tiers = ownTiers(of: stages, table)
      var replays = PromiseReplays(
        table, versions: prepared, suspensions: SuspensionIndex(table, parties: &parties),
        sight: plan.sight, splitsAtEveryChange: true)
      for index in promises.indices
      where places[index].table == tableIndex && promises[index].clock == clock {
        let (promise, ticket) = (promises[index], places[index].ticket)
        guard promise.elapsedSeconds != nil, isWanted(promise),
          replays.run(promise.clock, cycle: promise.cycle, ticket: ticket), replays.hasTimeline,
          let clock = replays.clock
        else { continue }
        var shelf = self.shelf
        let started = promise.started ?? 0
        var ledger = GroupLedger(
          stages: stages, asksForPersons: reader.knowsPersons
        ) { stage in
          guard let tier = tiers[stage](ticket, started),
            let target = stages.stages[stage].target(tier: tier, at: started)
          else { return nil }
          return shelf.calendar(target.calendar)
        }
        ledger.add(replays.replay.timeline, clock: clock, spells: reader.spells(replays.events))
        self.shelf = shelf
        ledgers.append(LedgeredPromise(row: promise, ledger: ledger))
      }
    }
    return ledgers
  }

  /// For each stage, the tier of a ticket in the group's own agreement.
  private func ownTiers(
    of stages: ChainStages, _ table: TicketTable
  ) -> [(_ ticket: Int, _ started: Int64) -> String?] {
    stages.stages.map { stage in
      let versions = stage.versions.map { version in
        (
          version.from, version.agreement.tiers.map(\.name),
          version.agreement.tiers.map { CompiledCondition($0.condition, for: table) },
          CompiledCondition(version.agreement.scope, for: table)
        )
      }
      return { ticket, started in
        guard let (_, names, conditions, scope) = versions.last(where: { $0.0 <= started }) else {
          return nil
        }
        let codes = table.fields.map { $0.codes[ticket] }
        guard scope.holds(codes) else { return nil }
        return conditions.firstIndex { $0.holds(codes) }.map { names[$0] }
      }
    }
  }
}

extension GroupLedger {
  /// Takes all that counts of a promise: from its start, or the change of tier that restarted it.
  mutating func add(
    _ timeline: borrowing Timeline, clock: PreparedClock, spells: [HolderReader.Spell]
  ) {
    for index in timeline.stretches.indices {
      let stretch = timeline.stretches[index]
      guard stretch.isOpen, stretch.start >= timeline.countedFrom else { continue }
      let isLast = index == timeline.stretches.count - 1
      add(
        stretch, until: isLast ? timeline.horizon : timeline.stretches[index + 1].start,
        spells: spells, calendar: clock.tiers[stretch.tier].calendar, lost: timeline.lost)
    }
    if let total = timeline.reportedPause, total > 0 { takeOff(total) }
  }
}

extension Clock {
  /// Whether it is about messages, which no group's part of a ticket's life holds.
  fileprivate var startsWithMessages: Bool { repeats != nil }
}
