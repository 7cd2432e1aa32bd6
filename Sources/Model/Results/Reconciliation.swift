/// Our verdicts held against those of the source system, for one customer, clock and tier.
///
/// Of promises that the reported period counts. `ours` stands before `theirs` in the names.
package struct ReconciliationRow: Hashable, Sendable, Codable {
  package struct Reason: Hashable, Sendable, Codable {
    package var cause: DisagreementCause
    package var count: Int

    package init(cause: DisagreementCause, count: Int) {
      self.cause = cause
      self.count = count
    }
  }

  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  package var metMet = 0
  package var metBreached = 0
  /// Missed here are breached and overdue promises.
  package var missedMet = 0
  package var missedBreached = 0
  /// The source says met or breached, and we neither: cancelled, without a target, unmeasurable.
  package var notJudged = 0
  /// We say met or missed, and the source neither.
  package var notReported = 0
  /// What explains the disagreements, in the order of the tests; only what there is.
  package var reasons: [Reason] = []

  package init(agreement: String, customer: String, clock: String, tier: String) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
  }

  package var agreed: Int { metMet + missedBreached }
  package var disagreed: Int { metBreached + missedMet }

  package func count(_ cause: DisagreementCause) -> Int {
    reasons.first { $0.cause == cause }?.count ?? 0
  }
}

/// What explains a disagreement: the first in this order of which the source's verdict follows.
package enum DisagreementCause: String, Hashable, Sendable, Codable, CaseIterable {
  case rounding, calendar, pause, reopened
  case noHistory = "no-history"
  case targetChanged = "target-changed"
  case unexplained
}

/// A promise of which the source system says another verdict.
package struct Disagreement: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var ticket: String
  package var source: String
  package var clock: String
  package var tier: String
  package var cycle: Int?
  package var ours: Verdict
  package var theirs: Verdict
  package var cause: DisagreementCause
  /// The reading of the rules from which the source's verdict follows, in words; empty if none.
  package var reading: String
  package var elapsedSeconds: Int64?
  package var withinSeconds: Int64?
  /// What the clock comes to in that reading.
  package var elapsedThere: Int64?
  package var withinThere: Int64?

  package init(_ promise: PromiseRow, theirs: Verdict) {
    agreement = promise.agreement
    customer = promise.customer
    ticket = promise.ticket
    source = promise.source
    clock = promise.clock
    tier = promise.tier
    cycle = promise.cycle
    ours = promise.verdict
    self.theirs = theirs
    cause = .unexplained
    reading = ""
    elapsedSeconds = promise.elapsedSeconds
    withinSeconds = promise.withinSeconds
  }
}
