/// The figures of one agreement x customer x clock x tier x period.
package struct FigureRow: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  /// Values of the `--by` fields, in their order.
  package var by: [String]
  package var period: String
  package var counts = PromiseCounts()
  /// Millionths of a per cent; `nil` if the target has no objective.
  package var objective: Int64?
  /// Of elapsed, over the clocks stopped in the period; `nil` if none stopped.
  package var stopped: StoppedStatistics?
  /// Nearest rank over the promises decided in the period; `nil` if none was decided.
  package var againstWithin: AgainstWithin?
  /// Only of a period that is not over yet.
  package var bounds: Bounds?

  package init(
    agreement: String, customer: String, clock: String, tier: String, by: [String],
    period: String, objective: Int64?
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.by = by
    self.period = period
    self.objective = objective
  }
}

/// Promises by their state at the horizon of a period.
package struct PromiseCounts: Hashable, Sendable, Codable {
  package var met = 0
  /// Lost in the period, and stopped before the horizon.
  package var breached = 0
  /// Lost in the period, and still open at the horizon.
  package var overdue = 0
  /// Open and not lost at the horizon: a stock, not part of the period's sum.
  package var running = 0
  package var cancelled = 0
  package var excluded = 0
  package var unmeasurable = 0
  package var noTarget = 0
  /// Of the missed ones: those that an earlier period had counted as met.
  package var reversed = 0

  package init() {}

  package var missed: Int { breached + overdue }
  package var decided: Int { met + missed }

  package static func += (sum: inout PromiseCounts, other: PromiseCounts) {
    sum.met += other.met
    sum.breached += other.breached
    sum.overdue += other.overdue
    sum.running += other.running
    sum.cancelled += other.cancelled
    sum.excluded += other.excluded
    sum.unmeasurable += other.unmeasurable
    sum.noTarget += other.noTarget
    sum.reversed += other.reversed
  }
}

/// Elapsed of the clocks stopped in a period: exact, by linear interpolation (type 7).
package struct StoppedStatistics: Hashable, Sendable, Codable {
  package var n: Int
  /// How many of them had been decided in an earlier period.
  package var decidedEarlier: Int
  /// How many misses of this period have not stopped by the horizon.
  package var notStopped: Int
  /// p50, p75, p90, p95, p99 in hundredths of a second, which are exact.
  package var percentiles: [Int64]

  package init(n: Int, decidedEarlier: Int, notStopped: Int, percentiles: [Int64]) {
    self.n = n
    self.decidedEarlier = decidedEarlier
    self.notStopped = notStopped
    self.percentiles = percentiles
  }
}

/// Percentiles that may be set against `within`: nearest rank (type 1) over the decided promises,
/// open misses counting as longest.
package struct AgainstWithin: Hashable, Sendable, Codable {
  package struct Value: Hashable, Sendable, Codable {
    package var seconds: Int64
    /// The promise at this rank has not stopped: the percentile is longer than `seconds`.
    package var isOver: Bool

    package init(seconds: Int64, isOver: Bool) {
      self.seconds = seconds
      self.isOver = isOver
    }
  }

  /// p50, p75, p90, p95, p99.
  package var percentiles: [Value]
  /// The percentile that equals the objective, if there is one.
  package var atObjective: Value?

  package init(percentiles: [Value], atObjective: Value?) {
    self.percentiles = percentiles
    self.atObjective = atObjective
  }
}

/// How far the attainment of an unfinished period can still go with the tickets already open.
package struct Bounds: Hashable, Sendable, Codable {
  /// Running promises that could be lost before the period's end.
  package var canBeLost: Int
  package var others: Int

  package init(canBeLost: Int, others: Int) {
    self.canBeLost = canBeLost
    self.others = others
  }

  /// Met and decided of the lowest attainment.
  package func lowest(_ counts: PromiseCounts) -> (met: Int, decided: Int) {
    (counts.met, counts.met + counts.missed + canBeLost)
  }

  /// Met and decided of the highest attainment.
  package func highest(_ counts: PromiseCounts) -> (met: Int, decided: Int) {
    let met = counts.met + canBeLost + others
    return (met, met + counts.missed)
  }
}

/// What the source system says of one clock and tier.
package struct ReportedRow: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  package var met: Int
  package var breached: Int
  package var unknown: Int

  package init(
    agreement: String, customer: String, clock: String, tier: String, met: Int, breached: Int,
    unknown: Int
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.met = met
    self.breached = breached
    self.unknown = unknown
  }
}
