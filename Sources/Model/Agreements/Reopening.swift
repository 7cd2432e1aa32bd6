package import ServiceTime

/// What a reopening does to a clock that was stopped.
package struct Reopening: Hashable, Sendable {
  package enum Rule: String, CaseIterable, Sendable {
    /// The clock goes on from where it stood.
    case resume
    /// The first stop stays.
    case ignore
    /// The clock starts again, as a promise of its own.
    case newCycle = "new-cycle"
  }

  /// Which of a ticket's cycles are promises.
  package enum CountedCycles: String, CaseIterable, Sendable {
    case all, first
    /// The last that is known: a reopening takes the cycle before it out of its period.
    case last
  }

  package var rule: Rule
  /// Of `new-cycle`: a reopening no later than this after the stop goes on as `resume` does.
  package var grace: Allowance?
  package var counted: CountedCycles

  package init(
    _ rule: Rule, grace: Allowance? = nil, counted: CountedCycles = .all
  ) {
    self.rule = rule
    self.grace = grace
    self.counted = counted
  }

  package static let resume = Reopening(.resume)
  package static let ignore = Reopening(.ignore)
  package static let newCycle = Reopening(.newCycle)

  /// Whether a clock may be started more than once.
  package var startsCycles: Bool { rule == .newCycle }
}

/// What a change of tier does to a clock that goes.
package struct TierChange: Hashable, Sendable {
  package enum Rule: String, CaseIterable, Sendable { case carry, restart, first }

  /// To a tier that is listed earlier.
  package var upgrade: Rule
  /// To one that is listed later.
  package var downgrade: Rule

  package init(upgrade: Rule, downgrade: Rule) {
    self.upgrade = upgrade
    self.downgrade = downgrade
  }

  package static let carry = TierChange(upgrade: .carry, downgrade: .carry)
  package static let restart = TierChange(upgrade: .restart, downgrade: .restart)
  package static let first = TierChange(upgrade: .first, downgrade: .first)

  /// - Parameters: Places in the list of tiers.
  package func rule(from old: Int, to new: Int) -> Rule { new < old ? upgrade : downgrade }
}
