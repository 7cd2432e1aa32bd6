/// How long clocks take, with those that have not stopped taken into account (Kaplan-Meier), over
/// all clocks of a group that were at risk in the reported period.
///
/// See docs/DECISIONS.md, "Kaplan-Meier".
package struct SurvivalRecord: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  /// Values of the `--by` fields; empty over all of them.
  package var by: [String]
  package var period: String
  package var atRisk: Int
  /// Clocks that stopped; the others are censored.
  package var events: Int
  package var censored: Int
  /// p50, p75, p90, p95, p99; one that is not reached is over the longest elapsed seen.
  package var percentiles: [AgainstWithin.Value]

  package init(
    agreement: String, customer: String, clock: String, tier: String, by: [String],
    period: String, atRisk: Int, events: Int, percentiles: [AgainstWithin.Value]
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.by = by
    self.period = period
    self.atRisk = atRisk
    self.events = events
    censored = atRisk - events
    self.percentiles = percentiles
  }

  /// Whether so many are censored that the other percentiles do not tell enough: over 5 %.
  package static func isDue(censored: Int, atRisk: Int) -> Bool { censored * 20 > atRisk }
}

/// A total that moved although no tier moved with it: the mix of tiers moved it.
///
/// See docs/DECISIONS.md, "Mix guard".
package struct MixRecord: Hashable, Sendable, Codable {
  package struct Total: Hashable, Sendable, Codable {
    package var met: Int
    package var decided: Int

    package init(met: Int, decided: Int) {
      self.met = met
      self.decided = decided
    }
  }

  package var agreement: String
  package var customer: String
  /// Empty over all targets with an objective.
  package var clock: String
  package var period: String
  package var before: String
  package var was: Total
  package var now: Total
  /// This period's shares of the tiers at the last period's mix, in millionths of a per cent,
  /// rounded half up.
  package var atLastMix: Int64

  package init(
    agreement: String, customer: String, clock: String, period: String, before: String,
    was: Total, now: Total, atLastMix: Int64
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.period = period
    self.before = before
    self.was = was
    self.now = now
    self.atLastMix = atLastMix
  }

  package var fell: Bool {
    Int128(now.met) * Int128(was.decided) < Int128(was.met) * Int128(now.decided)
  }
}
