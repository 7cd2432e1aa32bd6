import Agreements
import Results
import ServiceTime

/// What is said of the process behind the figures: control charts, Kaplan-Meier, the mix guard.
///
/// They need every month of the data and every clock that was open, so they are worked out where
/// promises are asked for, and only there. See docs/DECISIONS.md, "Where statistics appear".
extension AgreementRun {
  mutating func addStatistics(to results: inout CalculationResults, groups order: [Int]) {
    let agreement = versions[0].name
    let parts = statisticsParts(order)
    let months = chartMonths
    results.charts.add(parts.flatMap { charts(of: $0, months, agreement: agreement) })
    results.survival.add(parts.compactMap { survival(of: $0, agreement: agreement) })
    results.mixes.add(mixes(parts, months, agreement: agreement))
  }

  /// Groups that statistics are made of: each one, and all `--by` values of a tier together.
  private struct Part {
    let name: GroupName
    let groups: [Int]
    /// Whether it holds all values of the tier.
    let isWhole: Bool
  }

  /// - Parameter order: All groups; those of one customer, clock and tier stand together.
  private func statisticsParts(_ order: [Int]) -> [Part] {
    guard !request.by.isEmpty else {
      return order.map { Part(name: groups[$0], groups: [$0], isWhole: true) }
    }
    var parts: [Part] = []
    var first = 0
    while first < order.count {
      let name = groups[order[first]]
      let own = order[first...].prefix {
        groups[$0].customer == name.customer && groups[$0].clock == name.clock
          && groups[$0].tier == name.tier
      }
      parts.append(
        Part(
          name: GroupName(customer: name.customer, clock: name.clock, tier: name.tier, by: []),
          groups: Array(own), isWhole: true))
      parts += own.map { Part(name: groups[$0], groups: [$0], isWhole: false) }
      first = own.endIndex
    }
    return parts
  }

  private struct ChartMonth {
    let index: Int
    let completeness: Completeness
    /// Over, and complete.
    let isJudged: Bool
  }

  /// All months from the beginning of the data on, whatever history is shown.
  private var chartMonths: [ChartMonth] {
    plan.months.labels.indices.map { index in
      let end = plan.months.edges[index + 1]
      let completeness = completeness(end: end).0
      return ChartMonth(
        index: index, completeness: completeness,
        isJudged: completeness == .complete && end <= plan.horizon)
    }
  }

  private func cell(of part: Part, period: Int) -> PeriodFigures {
    part.groups.dropFirst().reduce(
      into: months.figures(group: part.groups[0], period: period)
    ) { sum, group in
      sum.add(months.figures(group: group, period: period))
    }
  }

  private func charts(
    of part: Part, _ calendar: [ChartMonth], agreement: String
  ) -> [ControlChart] {
    let cells = calendar.map { cell(of: part, period: $0.index) }
    guard let first = cells.firstIndex(where: { $0.counts.decided > 0 }) else { return [] }
    let volumes = points(calendar[first...]) { index in
      let decided = cells[index].counts.decided
      return (Int64(decided) * 1_000, 1, decided)
    }
    let stopped = cells.map { PeriodDurations($0, []).statistics(objective: nil).stopped }
    let others: [(ControlChart.Measure, [ChartBuilder.Point])] =
      [(.volume, volumes)]
      + [(ControlChart.Measure.p50, 0), (.p95, 3)].map { measure, place in
        (
          measure,
          points(calendar[...]) { index in
            stopped[index].map { ($0.percentiles[place], 1, $0.n) }
          }
        )
      }
    let rebases = rebases(of: part.name)
    let charts = others.map { measure, points in
      var chart = ControlChart(part.name, measure, names: names, agreement: agreement)
      ChartBuilder(points: points, rebases: rebases, isShare: false).fill(&chart)
      return chart
    }
    // Without limits, volumes and percentiles are what the figures say already.
    return [attainment(of: part, calendar, cells, rebases, agreement: agreement)]
      + charts.filter { $0.months.contains { $0.limits != nil } }
  }

  private func attainment(
    of part: Part, _ calendar: [ChartMonth], _ cells: [PeriodFigures],
    _ rebases: [ChartBuilder.Rebase], agreement: String
  ) -> ControlChart {
    let shares = points(calendar[...]) { index in
      let counts = cells[index].counts
      guard counts.decided > 0 else { return nil }
      return (Int64(counts.met), Int64(counts.decided), counts.decided)
    }
    let builder = ChartBuilder(points: shares, rebases: rebases, isShare: true)
    var chart = ControlChart(part.name, .attainment, names: names, agreement: agreement)
    builder.fill(&chart)
    chart.variation = chart.foundVariation
    let latest = chart.latest.flatMap { plan.months.labels.firstIndex(of: $0) }
    let judged = latest ?? plan.months.count - 1
    if let objective = objective(of: part.name, at: plan.months.edges[judged]) {
      chart.assurance = AssuranceRecord(
        objective: objective.millionthsOfPercent, limits: builder.latestShareLimits,
        n: builder.medianN)
    }
    return chart
  }

  private func points(
    _ calendar: ArraySlice<ChartMonth>,
    _ value: (_ month: Int) -> (part: Int64, whole: Int64, n: Int)?
  ) -> [ChartBuilder.Point] {
    calendar.compactMap { month in
      value(month.index).map { found in
        ChartBuilder.Point(
          period: plan.months.labels[month.index], part: found.part, whole: found.whole,
          n: found.n, completeness: month.completeness, isJudged: month.isJudged)
      }
    }
  }

  /// Of the agreement and of the clock's target, in any version; the first one of a month counts.
  private func rebases(of group: GroupName) -> [ChartBuilder.Rebase] {
    var rebases: [String: String] = [:]
    for version in versions {
      let target = version.targets.first { $0.clock == names.clocks[group.clock] }
      for rebase in (target?.rebases ?? []) + version.rebases where rebases[rebase.from] == nil {
        rebases[rebase.from] = rebase.reason
      }
    }
    return rebases.sorted { $0.key < $1.key }.map { .init(from: $0.key, reason: $0.value) }
  }
}

extension AgreementRun {
  /// Keeps what one clock was at risk for in the reported period, if it was.
  ///
  /// It is put in the group that counts it: that of its loss, else of its stop, else of the horizon.
  mutating func keepRisk(_ timeline: borrowing Timeline, clock: PreparedClock) {
    guard request.collectsPromises, let started = timeline.started, started < plan.reportedEnd,
      let last = timeline.stretches.last,
      timeline.fault == nil || timeline.faultKnown >= plan.reportedEnd,
      last.state != .ended || timeline.lost != nil,
      last.isOpen || last.start >= plan.reportedStart
    else { return }
    let hasEntered = max(started, last.countedFrom) < plan.reportedStart
    let span = RiskSpan(
      entry: hasEntered ? timeline.elapsed(at: plan.reportedStart, clock: clock) : nil,
      exit: last.isOpen
        ? timeline.elapsed(at: plan.horizon, clock: clock) : max(0, last.elapsedBefore),
      isEvent: last.state == .stopped)
    guard let span else { return }
    let group = timeline.lost == nil ? last.group : timeline.lostGroup
    while risks.count <= group { risks.append([]) }
    risks[group].append(span)
  }

  mutating func addRisks(_ others: [[RiskSpan]], groups mapped: [Int]) {
    for (group, spans) in others.enumerated() where !spans.isEmpty {
      while risks.count <= mapped[group] { risks.append([]) }
      risks[mapped[group]] += spans
    }
  }

  /// Kaplan-Meier of some groups, where so many are censored that it is due.
  private func survival(of part: Part, agreement: String) -> SurvivalRecord? {
    let spans = part.groups.flatMap { risks.indices.contains($0) ? risks[$0] : [] }
    let events = spans.count(where: \.isEvent)
    guard SurvivalRecord.isDue(censored: spans.count - events, atRisk: spans.count) else {
      return nil
    }
    let curve = KaplanMeier(spans)
    return SurvivalRecord(
      agreement: agreement, customer: part.name.customer, clock: names.clocks[part.name.clock],
      tier: names.tiers[part.name.tier], by: part.name.by, period: plan.reported,
      atRisk: curve.count, events: curve.events,
      percentiles: Percentile.shown.map { curve.percentile($0) })
  }
}

extension AgreementRun {
  /// Totals of the reported month that moved although no tier moved with them.
  private func mixes(
    _ parts: [Part], _ calendar: [ChartMonth], agreement: String
  ) -> [MixRecord] {
    guard let now = plan.months.labels.firstIndex(of: plan.reported), now > 0,
      calendar[now].isJudged, calendar[now - 1].isJudged
    else { return [] }
    let whole = parts.filter(\.isWhole).map { part in
      (
        name: part.name,
        tier: MixGuard.Tier(was: total(of: part, now - 1), now: total(of: part, now)),
        hasObjective: objective(of: part.name, at: plan.months.edges[now]) != nil
      )
    }
    var mixes: [MixRecord] = []
    var first = 0
    while first < whole.count {
      let customer = whole[first].name.customer
      let own = whole[first...].prefix { $0.name.customer == customer }
      first = own.endIndex
      let clocks = names.clocks.indices.map { clock in
        (names.clocks[clock], own.filter { $0.name.clock == clock }.map(\.tier))
      }
      for (clock, tiers) in clocks + [("", own.filter(\.hasObjective).map(\.tier))] {
        guard let share = MixGuard.atLastMix(tiers) else { continue }
        mixes.append(
          MixRecord(
            agreement: agreement, customer: customer, clock: clock,
            period: plan.months.labels[now], before: plan.months.labels[now - 1],
            was: MixGuard.total(tiers.map(\.was)), now: MixGuard.total(tiers.map(\.now)),
            atLastMix: share))
      }
    }
    return mixes
  }

  private func total(of part: Part, _ period: Int) -> MixRecord.Total {
    let counts = cell(of: part, period: period).counts
    return .init(met: counts.met, decided: counts.decided)
  }
}

extension ControlChart {
  fileprivate init(
    _ group: GroupName, _ measure: Measure, names: AgreementNames, agreement: String
  ) {
    self.init(
      agreement: agreement, customer: group.customer, clock: names.clocks[group.clock],
      tier: names.tiers[group.tier], by: group.by, measure: measure)
  }
}

extension Optional {
  /// Adds what there is; without anything, the key stays away.
  fileprivate mutating func add<Record>(_ records: [Record]) where Wrapped == [Record] {
    if !records.isEmpty { self = (self ?? []) + records }
  }
}
