/// A day of the week; the raw value counts from Monday = 0.
package enum Weekday: Int, CaseIterable, Comparable, Hashable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  package static func < (left: Weekday, right: Weekday) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The day after; Monday follows Sunday.
  package var following: Weekday {
    Weekday(rawValue: (rawValue + 1) % 7) ?? .monday
  }
}

/// A day of the Gregorian calendar, in no zone.
package struct CivilDate: Comparable, Hashable, Sendable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  /// 1 to 31.
  package let day: Int

  /// Creates a date, or returns `nil` if there is no such day: 30 February is not rolled over.
  package init?(year: Int, month: Int, day: Int) {
    guard (0...9_999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.length(ofMonth: month, in: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date that is so many days after 1970-01-01.
  ///
  /// The arithmetic is that of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"
  /// (2013): eras of 400 years, years that begin in March.
  package init(daysSince1970 days: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days from 1970-01-01 to this date; negative before it.
  package var daysSince1970: Int {
    CivilDate.daysSince1970(year: year, month: month, day: day)
  }

  /// The days from 1970-01-01 to a date that is known to exist.
  ///
  /// For readers of dates in a hot loop, who check the fields themselves.
  @inlinable
  package static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The number of days of a month; `month` is 1 to 12.
  @inlinable
  package static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  @inlinable
  package static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  package var weekday: Weekday { CivilDate.weekday(ofDay: daysSince1970) }

  /// The weekday of the day that is `days` after 1970-01-01, which was a Thursday.
  package static func weekday(ofDay days: Int) -> Weekday {
    let remainder = (days + Weekday.thursday.rawValue) % 7
    return Weekday(rawValue: remainder < 0 ? remainder + 7 : remainder) ?? .monday
  }

  package func adding(days: Int) -> CivilDate {
    CivilDate(daysSince1970: daysSince1970 + days)
  }

  package static func < (left: CivilDate, right: CivilDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CivilDate {
  /// Reads `2026-03-31`, and nothing else.
  package init?(iso text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.isAtEnd else { return nil }
    self = date
  }

  /// The date as `2026-03-31`.
  package var iso: String {
    padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }
}

/// A date and a time of day as a wall clock shows them, in no zone.
package struct CivilDateTime: Comparable, Hashable, Sendable {
  package let date: CivilDate
  /// 0 to 86,399.
  package let secondOfDay: Int

  /// Creates a local time, or returns `nil` if `secondOfDay` is not in `0..<86_400`.
  package init?(date: CivilDate, secondOfDay: Int) {
    guard (0..<86_400).contains(secondOfDay) else { return nil }
    self.date = date
    self.secondOfDay = secondOfDay
  }

  package init(localSeconds: Int64) {
    let seconds = Int(localSeconds)
    let remainder = seconds % 86_400
    secondOfDay = remainder < 0 ? remainder + 86_400 : remainder
    date = CivilDate(daysSince1970: (seconds - secondOfDay) / 86_400)
  }

  /// The seconds from 1970-01-01 00:00 to this time on the same wall clock.
  package var localSeconds: Int64 { Int64(date.daysSince1970 * 86_400 + secondOfDay) }

  package static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
    (left.date, left.secondOfDay) < (right.date, right.secondOfDay)
  }
}

extension CivilDate {
  /// The day of a local time, as days since 1970-01-01; exact before 1970 too.
  @inlinable
  package static func day(ofLocal localSeconds: Int64) -> Int {
    Int(localSeconds >= 0 ? localSeconds / 86_400 : (localSeconds - 86_399) / 86_400)
  }
}
