import ServiceTime

extension [Agreement] {
  /// The newest version alone, as if it and its calendars had always been valid.
  package var restated: [Agreement] {
    guard var newest = inOrderOfValidity.last else { return [] }
    (newest.validFrom, newest.validUntil) = (nil, nil)
    newest.targets = newest.targets.map { target in
      let entries = target.tiers.map { entry in
        var entry = entry
        entry.calendar = entry.calendar.restated
        return entry
      }
      return Target(clock: target.clock, tiers: entries, totalObjective: target.totalObjective)
    }
    return [newest]
  }
}

extension CalendarDefinition {
  /// The newest version alone, without a beginning and an end.
  fileprivate var restated: CalendarDefinition {
    guard let newest = versions.last, versions.count > 1 || newest.isDated else { return self }
    let version = CalendarVersion(
      zone: newest.zone, week: newest.week, exceptions: newest.exceptions,
      businessWeekdays: newest.businessWeekdays, isAlways: newest.isAlways)
    return CalendarDefinition(name: name, versions: [version])
  }
}

extension CalendarVersion {
  fileprivate var isDated: Bool { validFrom != nil || validUntil != nil }
}
