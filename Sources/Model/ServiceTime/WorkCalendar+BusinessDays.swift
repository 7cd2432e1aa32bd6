extension WorkCalendar {
  /// The same local time of day on the `count`-th business day after the local date of `start`.
  ///
  /// A time in a gap moves forward by the gap; in a fold it is the first occurrence.
  ///
  /// - Returns: `start` itself for zero days; `nil` if the answer is not within `covering`.
  package func due(businessDays count: Int, sameTimeAs start: Instant) -> Instant? {
    guard count > 0 else { return start }
    guard let zone = version(at: start)?.zone else { return nil }
    let local = zone.localSeconds(of: start)
    let secondOfDay = Int(local - Int64(CivilDate.day(ofLocal: local)) * 86_400)
    return due(businessDays: count, at: secondOfDay, after: start)
  }

  /// A local time of day on the `count`-th business day after the local date of `start`.
  ///
  /// Local is the zone of the version in force on the day in question. Zero days are the date of
  /// `start` itself, whether or not it is a business day.
  ///
  /// - Parameter secondOfDay: `0..<86_400`.
  /// - Returns: `nil` if `start` or the answer is not within `covering`.
  package func due(
    businessDays count: Int, at secondOfDay: Int, after start: Instant
  ) -> Instant? {
    guard let startZone = version(at: start)?.zone else { return nil }
    let first = startZone.day(of: start)
    guard count > 0 else {
      return instant(ofDay: first, secondOfDay: secondOfDay, in: startZone)
    }
    guard let found = index.businessDays.day(count, after: first) else { return nil }
    let zone = definition.allVersions[Int(found.version)].zone
    return instant(ofDay: Int(found.day), secondOfDay: secondOfDay, in: zone)
  }

  private func instant(ofDay day: Int, secondOfDay: Int, in zone: ZoneRules) -> Instant? {
    let instant = zone.instants(ofLocal: Int64(day) * 86_400 + Int64(secondOfDay)).first
    return instant < covering.end ? instant : nil
  }
}
