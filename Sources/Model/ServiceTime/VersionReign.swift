/// A version of a calendar and the stretch of time in which it is in force.
struct VersionReign: Hashable, Sendable {
  let version: CalendarVersion
  let interval: ClockInterval

  private static let beginning = Instant(seconds: -1 << 40)
  private static let end = Instant(seconds: 1 << 40)

  /// The reigns of a calendar's versions, ascending and disjoint.
  ///
  /// A version ends where the next begins, at the latest; where the two are in different zones
  /// the new version's midnight is the border, so that no time counts twice or is left out.
  static func all(of definition: CalendarDefinition) -> [VersionReign] {
    guard !definition.successors.isEmpty else { return own(of: definition) }
    var borders = definition.successors.map(\.from)
    let calendars = [definition] + definition.successors.map(\.calendar)
    borders = [beginning] + borders + [end]
    return calendars.enumerated().flatMap { index, calendar -> [VersionReign] in
      guard let reign = ClockInterval(from: borders[index], to: borders[index + 1]) else {
        return []
      }
      return own(of: calendar).compactMap { own in
        own.interval.intersection(reign).map { VersionReign(version: own.version, interval: $0) }
      }
    }
  }

  private static func own(of definition: CalendarDefinition) -> [VersionReign] {
    let versions = definition.versions
    return versions.indices.compactMap { index in
      let version = versions[index]
      let next = index + 1 < versions.count ? versions[index + 1] : nil
      let start = version.validFrom.map(version.zone.midnight(of:)) ?? beginning
      var end = version.validUntil.map(version.zone.midnight(of:)) ?? end
      if let next, let from = next.validFrom {
        let border = next.zone.midnight(of: from)
        end = version.validUntil == from ? border : min(end, border)
      }
      return ClockInterval(from: start, to: end).map {
        VersionReign(version: version, interval: $0)
      }
    }
  }
}

extension CalendarVersion {
  /// The openings within a stretch of time in which this version is in force.
  ///
  /// Windows may overlap or touch; each is cut at the stretch's ends, an overnight window of the
  /// day before too.
  func openings(in stretch: ClockInterval) -> [ClockInterval] {
    let first = zone.day(of: stretch.start) - 1
    let last = zone.day(of: stretch.end)
    var openings: [ClockInterval] = []
    openings.reserveCapacity((last - first + 1) * 2)
    let exceptionsByDay = Dictionary(
      exceptions.map { ($0.key.daysSince1970, $0.value) }, uniquingKeysWith: { first, _ in first })
    for day in first...last {
      let windows = exceptionsByDay[day] ?? week[CivilDate.weekday(ofDay: day)]
      for window in windows {
        let midnight = Int64(day) * 86_400
        let start = zone.nextValidInstant(
          ofLocal: midnight + Int64(window.startSecond), edge: .start)
        let end = zone.nextValidInstant(ofLocal: midnight + Int64(window.endSecond), edge: .end)
        if let opening = ClockInterval(from: start, to: end)?.intersection(stretch) {
          openings.append(opening)
        }
      }
    }
    return openings
  }
}
