/// Whose a promise is of which nothing was decided: the group of the ticket as it was when each
/// period ended.
///
/// What a ticket becomes after a period's end must not change the period's row.
struct OpenGroups {
  /// In the month that holds the opening.
  let inMonth: Int
  /// In the quarter or year that does.
  let inRange: Int
  /// At the horizon of the reported period.
  let atHorizon: Int

  /// The same at all times.
  init(always group: Int) { (inMonth, inRange, atHorizon) = (group, group, group) }

  init(inMonth: Int, inRange: Int, atHorizon: Int) {
    (self.inMonth, self.inRange, self.atHorizon) = (inMonth, inRange, atHorizon)
  }
}

extension TableReplays {
  /// The groups of the promise that was replayed last.
  ///
  /// - Parameter final: As last exported: what a row without history tells.
  func openGroups(
    _ clock: PreparedClock, of version: PreparedVersion, _ plan: PeriodPlan, opened: Int64?,
    finalTier: Int, final: Int, groups: inout GroupTable
  ) -> OpenGroups {
    let isOpen = replay.timeline.fault != nil || replay.timeline.started == nil
    guard isOpen, replay.table.hasHistory else { return OpenGroups(always: final) }
    func group(before end: Int64) -> Int {
      var codes = events.initialCodes
      for event in events.events where event.at < end && event.subject == .field {
        codes[event.index] = event.value
      }
      return groups.group(
        codes: codes, version: version, clock: clock.index,
        tier: version.tier(of: codes) ?? finalTier)
    }
    func group(in series: PeriodSeries?) -> Int {
      guard let series, let opening = opened ?? replay.timeline.started, series.contains(opening)
      else { return final }
      return group(before: series.edges[series.index(of: opening) + 1])
    }
    return OpenGroups(
      inMonth: group(in: plan.months), inRange: group(in: plan.range),
      atHorizon: group(before: .max))
  }
}
