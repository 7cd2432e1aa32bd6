/// Pauses of the reported period by target: how long by whom, what they change, and which of them
/// deserve a look.
package struct PauseAudit: Hashable, Sendable, Codable {
  /// Sorted as figures are.
  package var targets: [PauseTarget]
  /// By agreement, customer, clock, tier, kind and instant.
  package var moments: [PauseMoment]
  /// Whether a source tells when customers wrote; `nil` if none does.
  package var knowsMessages: Bool?

  package init(targets: [PauseTarget] = [], moments: [PauseMoment] = []) {
    self.targets = targets
    self.moments = moments
  }

  package var isEmpty: Bool { targets.isEmpty && moments.isEmpty }

  /// What one client may see; `nil` if there is nothing.
  func limited(to agreement: String, customer: String) -> PauseAudit? {
    var own = PauseAudit(
      targets: targets.filter { $0.agreement == agreement && $0.customer == customer },
      moments: moments.filter { $0.agreement == agreement && $0.customer == customer })
    own.knowsMessages = knowsMessages
    return own.isEmpty ? nil : own
  }
}

/// The pauses of one target's promises that were decided in the reported period.
package struct PauseTarget: Hashable, Sendable, Codable {
  /// Somebody's part of the paused time.
  package struct Part: Hashable, Sendable, Codable {
    /// Of a party, as the agreement or the source names it; of a group, as the source does.
    package var name: String
    package var seconds: Int64

    package init(name: String, seconds: Int64) {
      self.name = name
      self.seconds = seconds
    }
  }

  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  /// Millionths of a per cent; `nil` if the target has no objective.
  package var objective: Int64?
  /// Promises decided in the period, and how many of them were paused.
  package var promises: Int
  package var paused: Int
  /// Counted seconds of them all.
  package var elapsed: Int64
  /// By who caused it, most first; the seconds add up to those of `groups`.
  package var parties: [Part]
  /// By the group that held the ticket meanwhile, most first; empty name where nobody is known.
  package var groups: [Part]
  package var with: PromiseCounts
  /// As if no pause had stopped a clock; approved exclusions stay.
  package var without: PromiseCounts

  package init(
    agreement: String, customer: String, clock: String, tier: String, objective: Int64?,
    promises: Int = 0, paused: Int = 0, elapsed: Int64 = 0, parties: [Part] = [],
    groups: [Part] = [], with: PromiseCounts = PromiseCounts(),
    without: PromiseCounts = PromiseCounts()
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.objective = objective
    self.promises = promises
    self.paused = paused
    self.elapsed = elapsed
    self.parties = parties
    self.groups = groups
    self.with = with
    self.without = without
  }

  package var pausedSeconds: Int64 { parties.reduce(0) { $0 + $1.seconds } }
}

/// A pause that began, or a change of tier, at a moment of the reported period that deserves a look.
package struct PauseMoment: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The promise was lost already.
    case afterLost = "after-lost"
    /// Under 5 % of the time allowed was left.
    case littleLeft = "little-left"
    /// The customer had written less than ten minutes before.
    case afterMessage = "after-message"
    /// To a tier listed later, with under 10 % of the time allowed left.
    case downgrade
  }

  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  package var kind: Kind
  package var ticket: String
  package var source: String
  package var cycle: Int?
  /// Seconds since 1970.
  package var at: Int64
  /// Who caused the pause, or the new tier.
  package var what: String
  /// The group that held the ticket then; empty if the source does not tell.
  package var holder: String
  /// Of the time allowed then; `nil` of a promise that was lost.
  package var left: Int64?
  package var within: Int64?
  /// How much counted time the pause took; `nil` for a change of tier.
  package var seconds: Int64?

  package init(
    agreement: String, customer: String, clock: String, tier: String, kind: Kind, ticket: String,
    source: String, cycle: Int?, at: Int64, what: String, holder: String, left: Int64?,
    within: Int64?, seconds: Int64?
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.kind = kind
    self.ticket = ticket
    self.source = source
    self.cycle = cycle
    self.at = at
    self.what = what
    self.holder = holder
    self.left = left
    self.within = within
    self.seconds = seconds
  }
}
