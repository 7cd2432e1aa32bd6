import Agreements
import ServiceTime

extension Agreement {
  /// The same promises, of which the time counts on the calendars then in force: from the first day
  /// of a later version on, on that of its clock and tier of the same name.
  ///
  /// The amounts stay those of this version; see docs/DECISIONS.md, "Several calendars".
  ///
  /// - Parameter later: The versions after this one, ascending.
  func followed(by later: ArraySlice<Agreement>) -> Agreement {
    guard !later.isEmpty else { return self }
    var followed = self
    followed.targets = zip(clocks, targets).map { clock, target in
      Target(
        clock: target.clock,
        tiers: zip(tiers, target.tiers).map { tier, own in
          var own = own
          own.calendar = own.calendar.followed(
            by: later.compactMap { $0.successor(clock: clock.name, tier: tier.name) })
          return own
        }, totalObjective: target.totalObjective)
    }
    return followed
  }

  private func successor(clock: String, tier: String) -> CalendarDefinition.Successor? {
    guard let clock = clocks.firstIndex(where: { $0.name == clock }),
      let tier = tiers.firstIndex(where: { $0.name == tier }), let validFrom
    else { return nil }
    return CalendarDefinition.Successor(
      from: zone.midnight(of: validFrom), calendar: targets[clock].tiers[tier].calendar)
  }
}
