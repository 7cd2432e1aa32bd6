extension WorkCalendar {
  /// The same local time of day on the `count`-th business day after the local date of `start`.
  ///
  /// A time in a gap moves forward by the gap; in a fold it is the first occurrence.
  ///
  /// - Returns: `start` itself for zero days; `nil` if the answer is not within `covering`.
  package func due(businessDays count: Int, sameTimeAs start: Instant) -> Instant? {
    guard count > 0 else { return start }
    guard let zone = version(at: start)?.zone else { return nil }
    return due(businessDays: count, at: zone.local(of: start).secondOfDay, after: start)
  }

  /// A local time of day on the `count`-th business day after the local date of `start`.
  ///
  /// Local is the zone of the version in force on the day in question. Zero days are the date of
  /// `start` itself, whether or not it is a business day.
  ///
  /// - Parameter secondOfDay: `0..<86_400`.
  /// - Returns: `nil` if the answer is not within `covering`.
  package func due(
    businessDays count: Int, at secondOfDay: Int, after start: Instant
  ) -> Instant? {
    guard let startVersion = version(at: start) else { return nil }
    let first = startVersion.zone.local(of: start).date.daysSince1970
    // Two days more than the last covered one, as local dates may be ahead of UTC.
    let last = CivilDate.day(ofLocal: covering.end.seconds) + 2
    var remaining = count
    var day = first
    var zone = startVersion.zone
    while remaining > 0 {
      day += 1
      guard day <= last else { return nil }
      let date = CivilDate(daysSince1970: day)
      guard let version = definition.versions.last(where: { $0.isValid(on: date) }),
        version.isBusinessDay(date)
      else { continue }
      zone = version.zone
      remaining -= 1
    }
    let due = zone.instants(ofLocal: Int64(day) * 86_400 + Int64(secondOfDay)).first
    return due < covering.end ? due : nil
  }
}
