/// The business days of a calendar, numbered, so that the *n*-th after a day is a look-up.
struct BusinessDays: Sendable {
  /// A business day and the version of the calendar that makes it one.
  struct Entry: Sendable {
    /// Days since 1970-01-01.
    let day: Int32
    /// The index among the definition's versions.
    let version: Int32
  }

  /// ``CalendarVersion/isBusinessDay(_:)`` for days by their numbers.
  private struct Rule {
    /// Days on which the version is valid.
    let valid: Range<Int>
    /// From Monday to Sunday.
    private let weekdays: [Bool]
    private let closed: Set<Int>

    /// - Parameter reign: When its calendar is in force.
    init(_ version: CalendarVersion, of reign: (from: Instant?, until: Instant?)) {
      let from = max(
        version.validFrom?.daysSince1970 ?? .min, reign.from.map(version.zone.day(of:)) ?? .min)
      let until = min(
        version.validUntil?.daysSince1970 ?? .max, reign.until.map(version.zone.day(of:)) ?? .max)
      valid = from..<max(from, until)
      weekdays = Weekday.allCases.map(version.businessDays.contains)
      closed = Set(version.exceptions.filter(\.value.isEmpty).map(\.key.daysSince1970))
    }

    func isBusinessDay(_ day: Int) -> Bool {
      weekdays[CivilDate.weekday(ofDay: day).rawValue] && !closed.contains(day)
    }
  }

  private let entries: [Entry]
  private let firstDay: Int
  /// For each day from `firstDay`, the number of business days up to it and with it.
  private let countThrough: [Int32]

  /// Local dates may be this far from UTC's at both ends of what is covered.
  private static let margin = 2

  init(of definition: CalendarDefinition, covering: ClockInterval) {
    firstDay = CivilDate.day(ofLocal: covering.start.seconds) - BusinessDays.margin
    let lastDay = CivilDate.day(ofLocal: covering.end.seconds) + BusinessDays.margin
    let rules = Self.rules(of: definition)
    var entries: [Entry] = []
    countThrough = (firstDay...lastDay).map { day in
      if let version = rules.lastIndex(where: { $0.valid.contains(day) }),
        rules[version].isBusinessDay(day)
      {
        entries.append(Entry(day: Int32(day), version: Int32(version)))
      }
      return Int32(entries.count)
    }
    self.entries = entries
  }

  /// In the order of all versions.
  private static func rules(of definition: CalendarDefinition) -> [Rule] {
    let starts = definition.successors.map { Optional($0.from) }
    let calendars = [definition] + definition.successors.map(\.calendar)
    return zip(calendars, zip([nil] + starts, starts + [nil])).flatMap { calendar, reign in
      calendar.versions.map { Rule($0, of: (reign.0, reign.1)) }
    }
  }

  /// The `count`-th business day after a day, counting from 1; `nil` if it is not covered.
  func day(_ count: Int, after day: Int) -> Entry? {
    guard countThrough.indices.contains(day - firstDay) else { return nil }
    let index = Int(countThrough[day - firstDay]) + count - 1
    return entries.indices.contains(index) ? entries[index] : nil
  }
}
