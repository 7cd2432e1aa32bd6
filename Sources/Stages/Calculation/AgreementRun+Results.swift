import Agreements
import Dispatch
import Results
import ServiceTime
import Synchronization
import Tickets

extension AgreementRun {
  /// Appends the figures, ledgers, promises and traces of this agreement.
  mutating func add(to results: inout CalculationResults) {
    let name = versions[0].name
    addPlainToLedger()
    results.agreements.append(summary())
    results.figures += rows(agreement: name)
    results.reported += reportedRows(agreement: name)
    results.ledgers += ledger.records(agreement: name, groups: groups)
    guard request.collectsPromises else { return }
    let order = promiseOrder()
    addStatistics(to: &results, groups: sortedGroups)
    results.traces += traces(order: order)
    results.promises += order.map { promises[$0] }
    addReconciliation(order: order, to: &results)
  }

  /// Tells the ledger of the plain promises, which is done once.
  private mutating func addPlainToLedger() {
    guard let plain = AllPlainPromises(self) else { return }
    for group in groups.indices {
      for segment in plain.segments.months.indices {
        let promises = plain.promises(group: group, segment: segment, withElapsed: false)
        let isHere = plain.segments.isReported[segment]
        let (met, missed) = (promises.met, promises.missed)
        if isHere {
          ledger.add(.met, group: group, count: met)
          ledger.add(.breached, group: group, count: missed)
          ledger.add(.noTarget, group: group, count: promises.unjudged)
        } else {
          ledger.add(.decidedBefore, group: group, count: met + missed)
          ledger.add(.noTargetBefore, group: group, count: promises.unjudged)
        }
      }
    }
  }

  /// Groups in the order of the results: customer, clock, tier, `by`.
  private var sortedGroups: [Int] {
    groups.indices.sorted { left, right in
      let (a, b) = (groups[left], groups[right])
      if a.customer != b.customer { return a.customer < b.customer }
      if a.clock != b.clock { return a.clock < b.clock }
      if a.tier != b.tier { return a.tier < b.tier }
      return a.by.lexicographicallyPrecedes(b.by)
    }
  }

  private func rows(agreement: String) -> [FigureRow] {
    let groups = sortedGroups
    let plain = AllPlainPromises(self)
    let rows = Mutex<[[FigureRow]]>(Array(repeating: [], count: groups.count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(request.workers, groups.count))) { _ in
      while true {
        let place = next.withLock { next in
          next += 1
          return next - 1
        }
        guard place < groups.count else { return }
        let own = self.rows(of: groups[place], plain: plain, agreement: agreement)
        rows.withLock { $0[place] = own }
      }
    }
    return rows.withLock { $0.flatMap(\.self) }
  }

  private func rows(
    of group: Int, plain: AllPlainPromises?, agreement: String
  ) -> [FigureRow] {
    let segments = plain.map { plain in
      plain.segments.months.indices.map {
        plain.promises(group: group, segment: $0, withElapsed: true)
      }
    }
    func within(_ isInside: (Segments, Int) -> Bool) -> [PlainPromises] {
      guard let plain, let segments else { return [] }
      return segments.indices.filter { isInside(plain.segments, $0) }.map { segments[$0] }
    }
    var rows = rows(of: group, in: months, agreement: agreement) { period in
      within { $0.months[$1] == period }
    }
    if let range {
      rows += self.rows(of: group, in: range, agreement: agreement) { _ in
        within { $0.isReported[$1] }
      }
    }
    return rows
  }

  /// One row for each shown period of a series in which the group has anything to show.
  private func rows(
    of group: Int, in figures: SeriesFigures, agreement: String,
    plain: (_ period: Int) -> [PlainPromises]
  ) -> [FigureRow] {
    let series = figures.series
    let name = groups[group]
    return (series.firstShown..<series.count).compactMap { period in
      let cell = figures.figures(group: group, period: period)
      let durations = PeriodDurations(cell, plain(period))
      guard durations.counts != PromiseCounts() || durations.stoppedCount > 0 else { return nil }
      let objective = objective(of: name, at: series.edges[period])?.millionthsOfPercent
      var row = FigureRow(
        agreement: agreement, customer: name.customer, clock: names.clocks[name.clock],
        tier: names.tiers[name.tier], by: name.by, period: series.labels[period],
        objective: objective)
      row.counts = durations.counts
      (row.stopped, row.againstWithin) = durations.statistics(objective: objective)
      if series.edges[period + 1] > plan.horizon {
        row.bounds = Bounds(canBeLost: cell.canBeLost, others: cell.cannotBeLost)
      }
      return row
    }
  }

  /// The objective of the version in force at the start of a period, else of the first later one.
  func objective(of group: GroupName, at edge: Int64) -> Objective? {
    let date = zone.local(of: Instant(seconds: edge)).date
    let version = versions.last { $0.validFrom.map { $0 <= date } ?? true } ?? versions[0]
    guard let clock = version.clocks.firstIndex(where: { $0.name == names.clocks[group.clock] }),
      let tier = version.tiers.firstIndex(where: { $0.name == names.tiers[group.tier] })
    else { return nil }
    return version.targets[clock].tiers[tier].objective
  }

  private func reportedRows(agreement: String) -> [ReportedRow] {
    var sums: [GroupName: ReportedRow] = [:]
    for (group, counts) in reported.enumerated() where counts != (0, 0, 0) {
      let own = groups[group]
      let name = GroupName(customer: own.customer, clock: own.clock, tier: own.tier, by: [])
      var row =
        sums[name]
        ?? ReportedRow(
          agreement: agreement, customer: name.customer, clock: names.clocks[name.clock],
          tier: names.tiers[name.tier], met: 0, breached: 0, unknown: 0)
      row.met += counts.met
      row.breached += counts.breached
      row.unknown += counts.unknown
      sums[name] = row
    }
    return sums.sorted { left, right in
      let (a, b) = (left.key, right.key)
      return (a.customer, a.clock, a.tier) < (b.customer, b.clock, b.tier)
    }.map(\.value)
  }

  /// Customer, clock, tier, period of the stop, elapsed, source, ticket.
  private func promiseOrder() -> [Int] {
    var clockOf: [String: Int] = [:]
    for (index, name) in names.clocks.enumerated() { clockOf[name] = index }
    var tierOf: [String: Int] = [:]
    for (index, name) in names.tiers.enumerated() { tierOf[name] = index }
    let keys = promises.map { (clockOf[$0.clock] ?? 0) << 16 | (tierOf[$0.tier] ?? 0) }
    return promises.indices.sorted { left, right in
      let (a, b) = (promises[left], promises[right])
      if a.customer != b.customer { return a.customer < b.customer }
      if keys[left] != keys[right] { return keys[left] < keys[right] }
      if a.stoppedPeriod != b.stoppedPeriod { return a.stoppedPeriod < b.stoppedPeriod }
      if a.elapsedSeconds != b.elapsedSeconds {
        return (a.elapsedSeconds ?? -1) < (b.elapsedSeconds ?? -1)
      }
      if a.source != b.source { return a.source < b.source }
      if a.ticket != b.ticket { return a.ticket < b.ticket }
      // The cycles of one ticket are in the order in which they were.
      return left < right
    }
  }
}
