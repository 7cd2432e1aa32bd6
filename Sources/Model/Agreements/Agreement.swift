package import Messages
package import ServiceTime
package import Tickets

/// What a provider promised a customer, as one dated version.
package struct Agreement: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case sla
    case ola
    case underpinningContract = "underpinning-contract"
  }

  package enum Customer: Hashable, Sendable {
    /// One pack per value of the field.
    case field(String)
    case fixed(String)
  }

  package enum CountBy: String, CaseIterable, Sendable { case decided, stopped, due }

  package var name: String
  package var title: String
  package var kind: Kind
  package var provider: String
  package var customer: Customer
  /// The zone of the report's months and days.
  package var zone: ZoneRules
  package var validFrom: CivilDate?
  /// Exclusive.
  package var validUntil: CivilDate?
  package var scope: Condition
  /// The first that matches takes the ticket.
  package var tiers: [Tier]
  package var clocks: [Clock]
  /// One entry a clock, in the order of `clocks`.
  package var targets: [Target]
  package var countBy: CountBy
  package var perPerson: Bool
  /// What is asked to be left out of the figures, approved or not.
  package var exclusions: [Exclusion] = []
  /// Of all targets; in the order of the file.
  package var rebases: [Rebase] = []
  package var chain = ChainRules()
  /// Promises that are not about single tickets; in the order of the file.
  package var obligations: [Obligation] = []
  /// What is given back when promises are not kept; `nil` if nothing is.
  package var credits: CreditTerms?
  /// How its reports look; `nil` as usual.
  package var brand: Brand?
  /// What its parties agreed to do, as of its folder's actions.yml.
  package var actions: [AgreedAction] = []
  /// The changes of its services that are looked at; `nil` if none are.
  package var changes: ChangeTerms?
  /// Where the rules were read, and their SHA-256, as given by the reader of the file.
  package var origin: Origin

  package struct Origin: Hashable, Sendable {
    package var file: String
    package var sha256: String
    /// Where the file says from when on it is valid; its name if it does not.
    package var place: Place

    package init(file: String, sha256: String) {
      self.file = file
      self.sha256 = sha256
      place = Place(file: file)
    }
  }

  package init(
    name: String, title: String, kind: Kind, provider: String, customer: Customer, zone: ZoneRules,
    validFrom: CivilDate?, validUntil: CivilDate?, scope: Condition, tiers: [Tier],
    clocks: [Clock], targets: [Target], countBy: CountBy = .decided, perPerson: Bool = false,
    origin: Origin = Origin(file: "", sha256: "")
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.provider = provider
    self.customer = customer
    self.zone = zone
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.scope = scope
    self.tiers = tiers
    self.clocks = clocks
    self.targets = targets
    self.countBy = countBy
    self.perPerson = perPerson
    self.origin = origin
  }

  /// The fields and moments of tickets that the rules look at, sorted.
  package var namesUsed: [String] {
    var names = Set(scope.fields + tiers.flatMap(\.condition.fields))
    if case .field(let field) = customer { names.insert(field) }
    for clock in clocks { names.formUnion(clock.namesUsed) }
    for target in targets {
      names.formUnion(target.tiers.compactMap(\.dueField))
    }
    names.formUnion(exclusions.flatMap(\.fields))
    if let person = chain.person { names.insert(person) }
    return names.sorted()
  }
}

/// A class of tickets that shares its promises.
package struct Tier: Hashable, Sendable {
  package let name: String
  package let condition: Condition

  package init(name: String, condition: Condition) {
    self.name = name
    self.condition = condition
  }
}

/// What starts or stops a clock.
package enum Signal: Hashable, Sendable {
  /// A named instant of the ticket, such as `resolved`.
  case moment(String)
  case condition(Condition)
}

/// What is timed: where it starts, stops, pauses, and what a reopening does.
package struct Clock: Hashable, Sendable {
  package struct Pause: Hashable, Sendable {
    package let condition: Condition
    package let party: String

    package init(condition: Condition, party: String) {
      self.condition = condition
      self.party = party
    }
  }

  package var name: String
  /// The first present counts.
  package var start: [Signal]
  package var stop: [Signal]
  /// If several hold, the first names the party.
  package var pauses: [Pause]
  package var cancel: Condition?
  package var reopen: Reopening
  package var onTierChange: TierChange
  /// When it starts again; `nil` where only a reopening may do that.
  package var repeats: Repetition?
  /// Whether the end of a ticket stops the clock (`at-end: stop`).
  package var stopsAtEnd: Bool
  /// The part of another agreement's clock that it is, if it is one.
  package var part: ClockPart?

  package init(
    name: String, start: [Signal], stop: [Signal], pauses: [Pause] = [], cancel: Condition? = nil,
    reopen: Reopening = .resume, repeats: Repetition? = nil, onTierChange: TierChange = .carry,
    stopsAtEnd: Bool = false
  ) {
    self.name = name
    self.start = start
    self.stop = stop
    self.pauses = pauses
    self.cancel = cancel
    self.reopen = reopen
    self.repeats = repeats
    self.onTierChange = onTierChange
    self.stopsAtEnd = stopsAtEnd
  }

  /// Whether it may be started more than once, each time as a promise of its own.
  package var startsCycles: Bool { repeats != nil || reopen.startsCycles }

  package var namesUsed: [String] {
    let signals = (start + stop).flatMap { signal in
      switch signal {
      case .moment(let name): [name]
      case .condition(let condition): condition.fields
      }
    }
    return signals + pauses.flatMap(\.condition.fields) + (cancel?.fields ?? [])
      + (part?.condition.fields ?? [])
  }
}

/// The promises of one clock, one entry for each tier of the agreement.
package struct Target: Hashable, Sendable {
  package struct TierTarget: Hashable, Sendable {
    package var objective: Objective?
    /// `nil` measures without judging: the promises are `no-target`.
    package var within: Allowance?
    /// The field that holds each ticket's own due date, in place of `within`.
    package var dueField: String?
    package var dueRule: DueRule?
    package var calendar: CalendarDefinition

    package init(
      objective: Objective?, within: Allowance?, dueField: String? = nil, dueRule: DueRule? = nil,
      calendar: CalendarDefinition
    ) {
      self.objective = objective
      self.within = within
      self.dueField = dueField
      self.dueRule = dueRule
      self.calendar = calendar
    }
  }

  package let clock: String
  package let tiers: [TierTarget]
  /// The objective over all tiers, if the agreement sets one.
  package let totalObjective: Objective?
  /// Of this target alone.
  package var rebases: [Rebase] = []

  package init(clock: String, tiers: [TierTarget], totalObjective: Objective? = nil) {
    self.clock = clock
    self.tiers = tiers
    self.totalObjective = totalObjective
  }
}

/// A date in place of an amount.
package enum DueRule: Hashable, Sendable {
  /// `3rd business day same time`
  case businessDaySameTime(Int)
  /// `next business day 16:00` is number 1; seconds since local midnight.
  case businessDay(Int, at: Int)
}

/// A share that must be reached, as an exact decimal of per cent.
package struct Objective: Hashable, Sendable {
  /// 95 % is 95,000,000.
  package let millionthsOfPercent: Int64

  package init(millionthsOfPercent: Int64) {
    self.millionthsOfPercent = millionthsOfPercent
  }

  package static let decimals: Int64 = 1_000_000

  /// Whether `met` of `decided` reach the objective: 100 x met >= objective x decided.
  package func isReached(met: Int, decided: Int) -> Bool {
    Int64(met) * 100 * Self.decimals >= millionthsOfPercent * Int64(decided)
  }

  /// The most misses with which `decided` promises still reach the objective.
  package func missesAllowed(decided: Int) -> Int {
    Int((100 * Self.decimals - millionthsOfPercent) * Int64(decided) / (100 * Self.decimals))
  }

  /// The shortest decimal text, such as `95` or `99.95`, without a sign.
  package var text: String {
    let whole = millionthsOfPercent / Self.decimals
    var fraction = millionthsOfPercent % Self.decimals
    guard fraction > 0 else { return String(whole) }
    var digits = 6
    while fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    let text = String(fraction)
    return "\(whole)." + String(repeating: "0", count: digits - text.count) + text
  }
}
