/// A day that a feed names, such as a public holiday.
package struct Holiday: Comparable, Hashable, Sendable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int
  /// The feed's own name for it; may be empty.
  package let name: String

  package init(year: Int, month: Int, day: Int, name: String) {
    self.year = year
    self.month = month
    self.day = day
    self.name = name
  }

  package static func < (left: Holiday, right: Holiday) -> Bool {
    (left.year, left.month, left.day, left.name) < (right.year, right.month, right.day, right.name)
  }
}

/// Why an iCalendar file could not be used.
package struct HolidayFeedError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1, if it is known.
  package let line: Int?
  package let reason: String

  package init(line: Int?, reason: String) {
    self.line = line
    self.reason = reason
  }

  package var description: String {
    line.map { "line \($0): \(reason)" } ?? reason
  }
}
