/// The hours in which a service clock runs, laid out on the UTC time line.
///
/// Local hours, holidays and clock changes are resolved when the calendar is made; after that all
/// arithmetic is on integers, and no look-up allocates. Outside `covering` no time counts, so a
/// calendar has to cover everything it is asked about.
package struct WorkCalendar: Hashable, Sendable {
  let index: WorkIndex

  /// Lays out a calendar over a stretch of time.
  ///
  /// - Complexity: O(days + openings); five years of office hours take well under a millisecond.
  package init(_ definition: CalendarDefinition, covering: ClockInterval) {
    let reigns = VersionReign.all(of: definition)
    let openings = reigns.flatMap { reign -> [ClockInterval] in
      guard let stretch = reign.interval.intersection(covering) else { return [] }
      return reign.version.openings(in: stretch)
    }
    index = WorkIndex(
      ClockInterval.merged(openings), covering: covering, definition: definition, reigns: reigns)
  }

  package var definition: CalendarDefinition { index.definition }
  package var covering: ClockInterval { index.covering }

  /// Ascending, disjoint, and not touching each other.
  package var openIntervals: [ClockInterval] { index.intervals }

  /// The time that counts between two instants; zero if `end` is not after `start`.
  package func work(from start: Instant, to end: Instant) -> WorkTime {
    guard start < end else { return .zero }
    return WorkTime(seconds: index.workSeconds(before: end) - index.workSeconds(before: start))
  }

  /// The first instant, not before `start`, at which `work(from: start, to:)` reaches `work`.
  ///
  /// - Returns: `start` itself if `work` is zero; `nil` if `covering` ends before that.
  package func due(after work: WorkTime, from start: Instant) -> Instant? {
    guard work > .zero else { return start }
    let (wanted, isTooLong) = work.seconds.addingReportingOverflow(
      index.workSeconds(before: start))
    return isTooLong ? nil : index.instant(reaching: wanted)
  }

  /// The first instant, not before `instant`, at which the clock counts.
  package func nextOpen(at instant: Instant) -> Instant? {
    let interval = index.interval(endingAfter: instant)
    guard interval < openIntervals.count else { return nil }
    return max(instant, openIntervals[interval].start)
  }

  /// Whether the second that begins at `instant` counts.
  package func isOpen(at instant: Instant) -> Bool {
    nextOpen(at: instant) == instant
  }

  /// The parts of `interval` that count, ascending.
  package func openings(in interval: ClockInterval) -> [ClockInterval] {
    openIntervals[index.interval(endingAfter: interval.start)...]
      .prefix { $0.start < interval.end }
      .compactMap { $0.intersection(interval) }
  }

  package static func == (left: WorkCalendar, right: WorkCalendar) -> Bool {
    left.definition == right.definition && left.covering == right.covering
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(definition)
    hasher.combine(covering)
  }
}

extension WorkCalendar {
  /// The version in force at an instant; in a hole, the next one, and after the last, the last.
  package func version(at instant: Instant) -> CalendarVersion? {
    index.reigns.first { instant < $0.interval.end }?.version ?? index.reigns.last?.version
  }

  /// The longest opening of a day in the week of the version in force; see ``version(at:)``.
  package func longestOpening(at instant: Instant) -> WorkTime {
    version(at: instant)?.longestOpening ?? .zero
  }
}
