/// The days that a report is about.
///
/// Local days of the agreement's zone, from the midnight of `start` to the midnight of `end`.
package struct ReportPeriod: Comparable, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case month, quarter, year, range
  }

  package let kind: Kind
  /// `2026-10`, `2026-Q3`, `2026` or `2026-10-01..2026-10-15`, where the last day is inside.
  package let label: String
  package let start: CivilDate
  /// The day after the last.
  package let end: CivilDate

  private init(_ kind: Kind, label: String, from start: CivilDate, to end: CivilDate) {
    self.kind = kind
    self.label = label
    self.start = start
    self.end = end
  }

  /// - Parameter month: 1 to 12.
  package static func month(_ year: Int, _ month: Int) -> ReportPeriod? {
    months(.month, label: padded(year, 4) + "-" + padded(month, 2), year, month, count: 1)
  }

  /// - Parameter quarter: 1 to 4.
  package static func quarter(_ year: Int, _ quarter: Int) -> ReportPeriod? {
    guard (1...4).contains(quarter) else { return nil }
    let label = padded(year, 4) + "-Q" + String(quarter)
    return months(.quarter, label: label, year, quarter * 3 - 2, count: 3)
  }

  package static func year(_ year: Int) -> ReportPeriod? {
    months(.year, label: padded(year, 4), year, 1, count: 12)
  }

  /// The days from `first` to `last`, both inside; `nil` if `last` is before `first`.
  package static func range(from first: CivilDate, through last: CivilDate) -> ReportPeriod? {
    guard first <= last else { return nil }
    return ReportPeriod(
      .range, label: first.iso + ".." + last.iso, from: first, to: last.adding(days: 1))
  }

  private static func months(
    _ kind: Kind, label: String, _ year: Int, _ month: Int, count: Int
  ) -> ReportPeriod? {
    let endsLater = month + count > 12
    guard let start = CivilDate(year: year, month: month, day: 1),
      let end = CivilDate(
        year: endsLater ? year + 1 : year, month: endsLater ? month + count - 12 : month + count,
        day: 1)
    else { return nil }
    return ReportPeriod(kind, label: label, from: start, to: end)
  }

  /// The month of a local day.
  package static func month(containing date: CivilDate) -> ReportPeriod {
    let first = date.adding(days: 1 - date.day)
    let end = first.adding(days: CivilDate.length(ofMonth: date.month, in: date.year))
    let label = padded(date.year, 4) + "-" + padded(date.month, 2)
    return ReportPeriod(.month, label: label, from: first, to: end)
  }

  /// The month in which an instant lies.
  package static func month(containing instant: Instant, in zone: ZoneRules) -> ReportPeriod {
    month(containing: CivilDate(daysSince1970: zone.day(of: instant)))
  }

  /// The month before the period's first day.
  package var previousMonth: ReportPeriod { .month(containing: start.adding(days: -1)) }

  /// The month of the day after the period's last.
  package var followingMonth: ReportPeriod { .month(containing: end) }

  /// The months that lie wholly inside, ascending.
  package var months: [ReportPeriod] {
    monthsTouched.filter { $0.start >= start && $0.end <= end }
  }

  /// The months that share a day with the period, ascending.
  package var monthsTouched: [ReportPeriod] {
    var months: [ReportPeriod] = []
    var month = ReportPeriod.month(containing: start)
    while month.start < end {
      months.append(month)
      month = month.followingMonth
    }
    return months
  }

  /// The months that share time with an interval, ascending.
  package static func months(touching interval: ClockInterval, in zone: ZoneRules) -> [ReportPeriod]
  {
    let last = CivilDate(daysSince1970: zone.day(of: interval.end.advanced(by: -1)))
    var months = [month(containing: interval.start, in: zone)]
    while let latest = months.last, latest.end <= last {
      months.append(latest.followingMonth)
    }
    return months
  }

  /// From the midnight of the first day to the midnight after the last.
  ///
  /// A zone may have left out a day, as Samoa left out 30 December 2011; a period of that day
  /// alone is the second after it would have been.
  package func interval(in zone: ZoneRules) -> ClockInterval {
    let from = zone.midnight(of: start)
    return ClockInterval(from: from, lasting: max(1, zone.midnight(of: end) - from))
  }

  package static func < (left: ReportPeriod, right: ReportPeriod) -> Bool {
    (left.start, left.end, left.label) < (right.start, right.end, right.label)
  }
}
