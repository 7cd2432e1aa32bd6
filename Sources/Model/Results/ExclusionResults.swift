/// What registers of exclusions ask for, what was granted, and what that changes.
package struct ExclusionResults: Hashable, Sendable, Codable {
  /// Sorted by agreement and customer, then in the order of the registers.
  package var entries: [ExclusionEntry]
  /// Of the reported period, sorted as figures are.
  package var targets: [ExclusionTarget]

  package init(entries: [ExclusionEntry] = [], targets: [ExclusionTarget] = []) {
    self.entries = entries
    self.targets = targets
  }

  /// What one client may see; `nil` if nothing is about its tickets.
  func limited(to agreement: String, customer: String) -> ExclusionResults? {
    let own = ExclusionResults(
      entries: entries.filter { $0.agreement == agreement && $0.customer == customer },
      targets: targets.filter { $0.agreement == agreement && $0.customer == customer })
    return own.entries.isEmpty ? nil : own
  }
}

/// One entry of a register, as far as it is about one customer's tickets.
package struct ExclusionEntry: Hashable, Sendable, Codable {
  package var agreement: String
  /// Empty for the agreement as a whole, which no client's pack shows.
  package var customer: String
  /// Its place among the agreement's entries, from 1; only of the agreement as a whole.
  package var number: Int?
  /// Those of the customer that it takes out; of the agreement as a whole, all that it names.
  package var tickets: [String]
  /// Of those that it names, the ones of which the agreement has no ticket.
  package var unmatched: [String]?
  /// Empty for every source.
  package var source: String
  /// Of an interval; seconds since 1970.
  package var from: Int64?
  /// Exclusive.
  package var to: Int64?
  /// What limits the interval, in words; empty if nothing does.
  package var condition: String
  /// Empty for all.
  package var clocks: [String]
  package var reason: String
  package var approver: String
  /// Seconds since 1970; `nil` if it is not approved, and so not applied.
  package var approved: Int64?
  /// Promises of the reported period that it takes out, or takes time out of; of one that is not
  /// approved, those it would be about.
  package var promises: Int
  /// How many of the promises taken out would be missed.
  package var missed: Int
  /// Counted seconds taken out of clocks.
  package var seconds: Int64

  package init(
    agreement: String, customer: String, number: Int?, tickets: [String], source: String,
    from: Int64?, to: Int64?, condition: String, clocks: [String], reason: String,
    approver: String, approved: Int64?, promises: Int, missed: Int, seconds: Int64
  ) {
    self.agreement = agreement
    self.customer = customer
    self.number = number
    self.tickets = tickets
    self.source = source
    self.from = from
    self.to = to
    self.condition = condition
    self.clocks = clocks
    self.reason = reason
    self.approver = approver
    self.approved = approved
    self.promises = promises
    self.missed = missed
    self.seconds = seconds
  }

  package var isApplied: Bool { approved != nil }
  package var isInterval: Bool { from != nil }
}

/// One target of the reported period without and with the exclusions: two replays.
package struct ExclusionTarget: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  /// Millionths of a per cent; `nil` if the target has no objective.
  package var objective: Int64?
  package var without: PromiseCounts
  package var with: PromiseCounts

  package init(
    agreement: String, customer: String, clock: String, tier: String, objective: Int64?,
    without: PromiseCounts = PromiseCounts(), with: PromiseCounts = PromiseCounts()
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.objective = objective
    self.without = without
    self.with = with
  }
}
