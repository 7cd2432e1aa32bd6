/// The hours in which a service clock runs, laid out on the UTC time line.
///
/// Local hours, holidays and clock changes are resolved when the calendar is made; after that all
/// arithmetic is on integers, and no look-up allocates. Outside `covering` no time counts, so a
/// calendar has to cover everything it is asked about.
package struct WorkCalendar: Hashable, Sendable {
  package let definition: CalendarDefinition
  package let covering: ClockInterval
  /// Ascending, disjoint, and not touching each other.
  package let openIntervals: [ClockInterval]
  /// The stretches in which one version is in force, ascending and disjoint.
  let reigns: [VersionReign]
  /// The open seconds before each interval, and, last, all of them.
  private let workBefore: [Int64]
  /// For each UTC day from `firstDay`, the first interval that ends after the day's start.
  private let intervalOfDay: [Int32]
  private let firstDay: Int

  /// Lays out a calendar over a stretch of time.
  ///
  /// - Complexity: O(days + openings); five years of office hours take well under a millisecond.
  package init(_ definition: CalendarDefinition, covering: ClockInterval) {
    self.definition = definition
    self.covering = covering
    reigns = VersionReign.all(of: definition)
    openIntervals = ClockInterval.merged(
      reigns.flatMap { reign -> [ClockInterval] in
        guard let stretch = reign.interval.intersection(covering) else { return [] }
        return reign.version.openings(in: stretch)
      })
    var total: Int64 = 0
    var workBefore: [Int64] = []
    workBefore.reserveCapacity(openIntervals.count + 1)
    for interval in openIntervals {
      workBefore.append(total)
      total += interval.seconds
    }
    workBefore.append(total)
    self.workBefore = workBefore
    firstDay = CivilDate.day(ofLocal: covering.start.seconds)
    intervalOfDay = WorkCalendar.index(openIntervals, covering: covering, firstDay: firstDay)
  }

  private static func index(
    _ intervals: [ClockInterval], covering: ClockInterval, firstDay: Int
  ) -> [Int32] {
    let lastDay = CivilDate.day(ofLocal: covering.end.seconds)
    var interval = 0
    return (firstDay...lastDay).map { day in
      let start = Int64(day) * 86_400
      while interval < intervals.count, intervals[interval].end.seconds <= start { interval += 1 }
      return Int32(interval)
    }
  }

  /// The index of the first interval that ends after `instant`; their number if there is none.
  @inline(__always)
  private func interval(endingAfter instant: Instant) -> Int {
    guard instant >= covering.start else { return 0 }
    guard instant < covering.end else { return openIntervals.count }
    var index = Int(intervalOfDay[Int(instant.seconds / 86_400) - firstDay])
    while index < openIntervals.count, openIntervals[index].end <= instant { index += 1 }
    return index
  }

  /// The open seconds from the start of `covering` to `instant`.
  @inline(__always)
  private func workSeconds(before instant: Instant) -> Int64 {
    let index = interval(endingAfter: instant)
    guard index < openIntervals.count else { return workBefore[index] }
    return workBefore[index] + max(0, instant - openIntervals[index].start)
  }

  /// The time that counts between two instants; zero if `end` is not after `start`.
  package func work(from start: Instant, to end: Instant) -> WorkTime {
    guard start < end else { return .zero }
    return WorkTime(seconds: workSeconds(before: end) - workSeconds(before: start))
  }

  /// The first instant, not before `start`, at which `work(from: start, to:)` reaches `work`.
  ///
  /// - Returns: `start` itself if `work` is zero; `nil` if `covering` ends before that.
  /// - Complexity: O(log *n*) in the number of openings between `start` and the answer.
  package func due(after work: WorkTime, from start: Instant) -> Instant? {
    guard work > .zero else { return start }
    let first = interval(endingAfter: start)
    guard first < openIntervals.count else { return nil }
    let wanted =
      workBefore[first] + max(0, start - openIntervals[first].start) + work.seconds
    guard wanted <= workBefore[openIntervals.count] else { return nil }
    let index = interval(reaching: wanted, from: first)
    return openIntervals[index].start.advanced(by: wanted - workBefore[index])
  }

  /// The interval in which the open seconds reach `wanted`, which is known to come.
  private func interval(reaching wanted: Int64, from first: Int) -> Int {
    var step = 1
    var low = first
    while low + step < openIntervals.count, workBefore[low + step] < wanted {
      low += step
      step *= 2
    }
    var high = min(low + step, openIntervals.count)
    // workBefore[low] < wanted, and from workBefore[high] on it is reached.
    while high - low > 1 {
      let middle = (low + high) / 2
      if workBefore[middle] < wanted { low = middle } else { high = middle }
    }
    return low
  }

  /// The first instant, not before `instant`, at which the clock counts.
  package func nextOpen(at instant: Instant) -> Instant? {
    let index = interval(endingAfter: instant)
    guard index < openIntervals.count else { return nil }
    return max(instant, openIntervals[index].start)
  }

  /// Whether the second that begins at `instant` counts.
  package func isOpen(at instant: Instant) -> Bool {
    let index = interval(endingAfter: instant)
    return index < openIntervals.count && openIntervals[index].start <= instant
  }

  /// The parts of `interval` that count, ascending.
  package func openings(in interval: ClockInterval) -> [ClockInterval] {
    var index = self.interval(endingAfter: interval.start)
    var openings: [ClockInterval] = []
    while index < openIntervals.count, openIntervals[index].start < interval.end {
      if let part = openIntervals[index].intersection(interval) { openings.append(part) }
      index += 1
    }
    return openings
  }
}

extension WorkCalendar {
  /// The version in force at an instant; in a hole, the next one, and after the last, the last.
  package func version(at instant: Instant) -> CalendarVersion? {
    reigns.first { instant < $0.interval.end }?.version ?? reigns.last?.version
  }

  /// The longest opening of a day in the week of the version in force; see ``version(at:)``.
  package func longestOpening(at instant: Instant) -> WorkTime {
    version(at: instant)?.longestOpening ?? .zero
  }
}
