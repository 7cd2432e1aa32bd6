import Agreements
import Results
import ServiceTime
import Tickets

/// The rules, or the rows, read otherwise: one way in which a source may come to its verdict.
struct AlteredRules: Sendable {
  let cause: DisagreementCause
  /// Such as `counted 24 x 7`.
  let words: String
  let versions: [PreparedVersion]
  let table: TicketTable
  let suspensions: SuspensionIndex
  let sight: Sight
  /// The tier whose target is taken, if it is asked of tickets alone that were in that tier.
  var tier: String?
}

/// Makes the readings of one table, in the order in which they are tried.
struct AlteredRulesMaker {
  private var run: AgreementRun
  private let table: TicketTable
  private(set) var all: [AlteredRules] = []
  let own: AlteredRules

  init(_ run: AgreementRun, table: TicketTable) {
    self.run = run
    self.table = table
    own = Self.rules(
      .unexplained, "", run.versions, table, &self.run, sight: run.plan.sight)
    addCalendars()
    addPauses()
    addReopenings()
    addLastRow()
    addTargets()
  }

  private static func rules(
    _ cause: DisagreementCause, _ words: String, _ versions: [Agreement], _ table: TicketTable,
    _ run: inout AgreementRun, sight: Sight
  ) -> AlteredRules {
    for suspension in table.suspensions { _ = run.parties.index(of: suspension.party) }
    let prepared = versions.enumerated().map { number, agreement in
      PreparedVersion(
        agreement, number: number, table: table, names: AgreementNames(versions), by: [],
        parties: &run.parties, calendars: &run.shelf)
    }
    return AlteredRules(
      cause: cause, words: words, versions: prepared, table: table,
      suspensions: SuspensionIndex(table, parties: &run.parties), sight: sight)
  }

  private mutating func add(
    _ cause: DisagreementCause, _ words: String, _ versions: [Agreement],
    table other: TicketTable? = nil, tier: String? = nil, sight: Sight? = nil
  ) {
    var rules = Self.rules(
      cause, words, versions, other ?? table, &run, sight: sight ?? run.plan.sight)
    rules.tier = tier
    all.append(rules)
  }

  // Each calendar of the agreement and 24 x 7 in place of the target's own.
  private mutating func addCalendars() {
    var calendars: [CalendarDefinition] = []
    for version in run.versions {
      calendars.append(.always(zone: version.zone))
      calendars += version.targets.flatMap { $0.tiers.map(\.calendar) }
    }
    var seen: Set<String> = []
    for calendar in calendars where seen.insert(calendar.name).inserted {
      let words = calendar.isAlways ? "counted 24 x 7" : "counted on \(calendar.name)"
      let versions = run.versions.map { $0.counted(on: calendar) }
      add(.calendar, words, versions)
      guard versions.contains(where: \.usesBusinessDays) else { continue }
      add(
        .calendar, words + ", business days as long as on the target's own calendar",
        run.versions.map { $0.withFixedDays.counted(on: calendar) })
    }
  }

  private mutating func addPauses() {
    let hasRules = run.versions.contains { $0.clocks.contains { !$0.pauses.isEmpty } }
    if hasRules || !table.suspensions.isEmpty || table.pausedTotals != nil {
      var bare = table
      bare.suspensions = []
      bare.pausedTotals = nil
      add(
        .pause, "without pauses", run.versions.map { $0.changingClocks { $0.pauses = [] } },
        table: bare)
    }
    let everyPause = run.versions.map { version in
      let pauses = version.clocks.flatMap(\.pauses)
      return version.changingClocks { clock in
        clock.pauses += pauses.filter { !clock.pauses.contains($0) }
      }
    }
    if everyPause != run.versions { add(.pause, "with the pauses of every clock", everyPause) }
  }

  private mutating func addReopenings() {
    add(
      .reopened, "up to the first stop",
      run.versions.map { $0.changingClocks { $0.reopen = .ignore } })
    let resumed = run.versions.map { $0.changingClocks { $0.reopen = .resume } }
    if resumed != run.versions { add(.reopened, "up to the last stop", resumed) }
    let asOf = run.plan.asOf
    guard run.plan.horizon < asOf else { return }
    add(
      .reopened, "with what happened after the period", run.versions,
      sight: Sight(end: .max, asOf: asOf, horizon: asOf))
  }

  private mutating func addLastRow() {
    guard table.history != nil else { return }
    var last = table
    last.history = nil
    for field in last.fields.indices { last.fields[field].initialCodes = nil }
    add(.noHistory, "from the row as last exported", run.versions, table: last)
  }

  private mutating func addTargets() {
    if table.history != nil {
      add(
        .targetChanged, "by the first tier's target",
        run.versions.map { $0.changingClocks { $0.onTierChange = .first } })
      for tier in run.names.tiers {
        add(
          .targetChanged, "by the target of \(tier)", run.versions.map { $0.judged(as: tier) },
          tier: tier)
      }
    }
    guard run.versions.count > 1 else { return }
    for version in run.versions {
      var alone = version
      (alone.validFrom, alone.validUntil) = (nil, nil)
      let from = version.validFrom.map { "valid from \($0.iso)" } ?? "valid first"
      add(.targetChanged, "by the rules \(from)", [alone])
    }
  }
}

extension Agreement {
  fileprivate func changingClocks(_ change: (inout Clock) -> Void) -> Agreement {
    var changed = self
    for index in changed.clocks.indices { change(&changed.clocks[index]) }
    return changed
  }

  fileprivate func changingTargets(
    _ change: (inout Target.TierTarget, [Target.TierTarget]) -> Void
  ) -> Agreement {
    var changed = self
    changed.targets = targets.map { target in
      var tiers = target.tiers
      for index in tiers.indices { change(&tiers[index], target.tiers) }
      return Target(clock: target.clock, tiers: tiers, totalObjective: target.totalObjective)
    }
    return changed
  }

  fileprivate func counted(on calendar: CalendarDefinition) -> Agreement {
    changingTargets { tier, _ in tier.calendar = calendar }
  }

  fileprivate var usesBusinessDays: Bool {
    targets.contains { $0.tiers.contains { $0.businessDays != nil } }
  }

  /// Business days as seconds of the target's own calendar, as its newest version has them.
  fileprivate var withFixedDays: Agreement {
    changingTargets { tier, _ in
      guard let days = tier.businessDays, let version = tier.calendar.versions.last else { return }
      tier.within = .work(seconds: Int64(days) * version.longestOpening.seconds)
    }
  }

  /// Every tier judged by the target of one of them, where this version has it.
  fileprivate func judged(as name: String) -> Agreement {
    guard let place = tiers.firstIndex(where: { $0.name == name }) else { return self }
    return changingTargets { tier, all in tier = all[place] }
  }
}

extension Target.TierTarget {
  fileprivate var businessDays: Int? {
    if case .businessDays(let days) = within { days } else { nil }
  }
}
