/// One version of a calendar: when its clock counts, and the days for which it is the one.
package struct CalendarVersion: Hashable, Sendable {
  package let zone: ZoneRules
  package let week: WeeklyHours
  /// The openings of single days, in place of their weekday's; none means closed all day.
  package let exceptions: [CivilDate: [DayWindow]]
  /// The weekdays that count as business days, if the calendar names them.
  package let businessWeekdays: Set<Weekday>?
  /// The first local day of this version; `nil` if it has always been valid.
  package let validFrom: CivilDate?
  /// The first local day after this version; `nil` if it has no end.
  package let validUntil: CivilDate?
  /// Whether this is the built-in 24 x 7 calendar, on which a calendar day is 24 hours.
  package let isAlways: Bool

  package init(
    zone: ZoneRules, week: WeeklyHours, exceptions: [CivilDate: [DayWindow]] = [:],
    businessWeekdays: Set<Weekday>? = nil, validFrom: CivilDate? = nil,
    validUntil: CivilDate? = nil, isAlways: Bool = false
  ) {
    self.zone = zone
    self.week = week
    self.exceptions = exceptions
    self.businessWeekdays = businessWeekdays
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.isAlways = isAlways
  }

  /// 24 hours a day, seven days a week.
  package static func always(zone: ZoneRules) -> CalendarVersion {
    CalendarVersion(zone: zone, week: .always, isAlways: true)
  }

  /// The longest opening of a day in the week; holidays and special openings do not matter.
  package var longestOpening: WorkTime { week.longestOpening }

  /// The weekdays with the longest opening, unless the calendar names others.
  package var businessDays: Set<Weekday> {
    if let businessWeekdays { return businessWeekdays }
    let longest = longestOpening
    guard longest > .zero else { return [] }
    return Set(Weekday.allCases.filter { week.opening(on: $0) == longest })
  }

  /// The openings that start on a day.
  package func windows(on date: CivilDate) -> [DayWindow] {
    exceptions[date] ?? week[date.weekday]
  }

  /// Whether a day is a business day and not a holiday.
  ///
  /// A day with shorter hours still is one; a day without any hours is not.
  package func isBusinessDay(_ date: CivilDate) -> Bool {
    businessDays.contains(date.weekday) && exceptions[date]?.isEmpty != true
  }

  /// Whether this version is valid on a local day.
  package func isValid(on date: CivilDate) -> Bool {
    if let validFrom, date < validFrom { return false }
    if let validUntil, date >= validUntil { return false }
    return true
  }
}

/// A calendar by name, with its versions in the order in which they become valid.
package struct CalendarDefinition: Hashable, Sendable {
  /// A calendar that takes another's place.
  package struct Successor: Hashable, Sendable {
    package let from: Instant
    package let calendar: CalendarDefinition

    package init(from: Instant, calendar: CalendarDefinition) {
      self.from = from
      self.calendar = calendar
    }
  }

  package let name: String
  package let versions: [CalendarVersion]
  /// Calendars that take this one's place, ascending; they have no successors of their own.
  package private(set) var successors: [Successor] = []

  /// - Parameter versions: In any order; kept by `validFrom`, the one without a start first.
  package init(name: String, versions: [CalendarVersion]) {
    self.name = name
    self.versions = versions.enumerated().sorted { left, right in
      switch (left.element.validFrom, right.element.validFrom) {
      case (let left?, let right?) where left != right: left < right
      case (nil, _?): true
      case (_?, nil): false
      default: left.offset < right.offset
      }
    }.map(\.element)
  }

  /// By the name alone, which tells nearly all calendars apart; the holidays of decades are only
  /// compared.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
  }

  /// The same calendar until others take its place; what changes nothing is left out.
  ///
  /// - Parameter successors: Ascending.
  package func followed(by successors: [Successor]) -> CalendarDefinition {
    var followed = self
    followed.successors = []
    var last = followed
    for successor in successors where successor.calendar != last {
      last = successor.calendar
      followed.successors.append(successor)
    }
    return followed
  }

  /// Its own versions, then those of its successors.
  package var allVersions: [CalendarVersion] {
    versions + successors.flatMap(\.calendar.versions)
  }

  /// The calendar in force at an instant, itself or a successor.
  package func calendar(at instant: Instant) -> CalendarDefinition {
    successors.last { $0.from <= instant }?.calendar ?? followed(by: [])
  }

  /// The built-in calendar `always`.
  package static func always(zone: ZoneRules) -> CalendarDefinition {
    CalendarDefinition(name: "always", versions: [.always(zone: zone)])
  }

  /// Whether every version counts 24 hours on every day.
  package var isAlways: Bool { allVersions.allSatisfy(\.isAlways) }
}
