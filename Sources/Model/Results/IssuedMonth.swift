/// What one pack says of its own period: what is kept when it is issued, and compared later.
package struct IssuedMonth: Hashable, Sendable {
  /// One clock and tier, over all values of `--by`.
  package struct Figure: Hashable, Sendable {
    package var clock: String
    package var tier: String
    /// Millionths of a per cent; `nil` if the target has no objective.
    package var objective: Int64?
    package var counts: PromiseCounts

    package init(clock: String, tier: String, objective: Int64?, counts: PromiseCounts) {
      self.clock = clock
      self.tier = tier
      self.objective = objective
      self.counts = counts
    }
  }

  /// A promise that is counted in the period, or open at its end.
  package struct Promise: Hashable, Sendable {
    package var key: PromiseKey
    package var tier: String
    package var verdict: Verdict
    /// Whether it is in the counts; else it is carried over.
    package var isCounted: Bool
    /// Seconds since 1970, as all instants here.
    package var started: Int64?
    package var stopped: Int64?
    package var due: Int64?
    package var lost: Int64?
    package var decided: Int64?
    package var elapsedSeconds: Int64?
    package var pausedSeconds: Int64?
    package var withinSeconds: Int64?

    package init(key: PromiseKey, tier: String, verdict: Verdict, isCounted: Bool) {
      self.key = key
      self.tier = tier
      self.verdict = verdict
      self.isCounted = isCounted
    }

    package var isMissed: Bool { verdict == .breached || verdict == .overdue }
  }

  /// What it grants of the credit of a month: its own, or an adjustment of an earlier one.
  package struct Credit: Hashable, Sendable {
    package var period: String
    /// The name of the unit.
    package var unit: String
    /// In the smallest units; below 0 if an earlier credit was too much.
    package var amount: Int64

    package init(period: String, unit: String, amount: Int64) {
      self.period = period
      self.unit = unit
      self.amount = amount
    }
  }

  /// Sorted by clock and tier.
  package var figures: [Figure]
  /// Sorted by source, ticket, clock and cycle.
  package var promises: [Promise]
  /// Ascending by period.
  package var credits: [Credit]

  package init(
    figures: [Figure] = [], promises: [Promise] = [], credits: [Credit] = []
  ) {
    self.credits = credits.sorted { ($0.period, $0.amount) < ($1.period, $1.amount) }
    self.figures = figures.sorted { ($0.clock, $0.tier) < ($1.clock, $1.tier) }
    self.promises = promises.sorted { $0.key < $1.key }
  }

  /// What the results say of their reported period to one client.
  ///
  /// - Parameter limited: The results of one agreement and customer.
  package init(_ limited: CalculationResults) {
    guard let agreement = limited.agreements.first else {
      self.init()
      return
    }
    let months = agreement.monthsOfReport
    self.init(
      figures: Self.figures(limited.figures, period: agreement.period),
      promises: limited.promises.compactMap { row in
        let isCounted = months.contains(row.period)
        return isCounted || row.verdict == .running ? Promise(row, isCounted: isCounted) : nil
      }, credits: limited.credits?.first?.grants(reported: agreement.period) ?? [])
  }

  /// The figures of one period, with the values of `--by` put together.
  package static func figures(_ rows: [FigureRow], period: String) -> [Figure] {
    var sums: [[String]: Figure] = [:]
    for row in rows where row.period == period {
      sums[
        [row.clock, row.tier],
        default: Figure(
          clock: row.clock, tier: row.tier, objective: row.objective, counts: PromiseCounts())
      ].counts += row.counts
    }
    return sums.values.filter { $0.counts != PromiseCounts() }.sorted {
      ($0.clock, $0.tier) < ($1.clock, $1.tier)
    }
  }
}

extension IssuedMonth.Promise {
  init(_ row: PromiseRow, isCounted: Bool) {
    self.init(
      key: PromiseKey(row), tier: row.tier, verdict: row.verdict, isCounted: isCounted)
    started = row.started
    stopped = row.stopped
    due = row.due
    lost = row.lost
    decided = row.decided
    elapsedSeconds = row.elapsedSeconds
    pausedSeconds = row.pausedSeconds
    withinSeconds = row.withinSeconds
  }
}

extension PromiseKey: Comparable {
  package init(source: String, ticket: String, clock: String, cycle: Int?) {
    (self.source, self.ticket, self.clock, self.cycle) = (source, ticket, clock, cycle)
  }

  package static func < (left: PromiseKey, right: PromiseKey) -> Bool {
    (left.source, left.ticket, left.clock, left.cycle ?? 0)
      < (right.source, right.ticket, right.clock, right.cycle ?? 0)
  }
}

extension AgreementSummary {
  /// The labels by which promises are counted in the reported period: its own, or its months'.
  fileprivate var monthsOfReport: Set<String> {
    guard let reported = periods.first(where: { $0.label == period }) else { return [period] }
    let inside = periods.filter { $0.start >= reported.start && $0.end <= reported.end }
    return Set(inside.map(\.label))
  }
}
