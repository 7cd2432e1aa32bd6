/// Look-ups in ascending, disjoint open intervals, at a cost that does not grow with their number.
///
/// A class, so that passing a calendar on costs one reference count and not one per table.
final class WorkIndex: Sendable {
  let intervals: [ClockInterval]
  let covering: ClockInterval
  let definition: CalendarDefinition
  /// The stretches in which one version is in force, ascending and disjoint.
  let reigns: [VersionReign]
  let businessDays: BusinessDays
  /// The open seconds before each interval, and, last, all of them.
  private let workBefore: [Int64]
  let firstDay: Int
  let dayCount: Int

  /// One row per UTC day from `firstDay`, of equal length: the open seconds before the day, then
  /// each opening of the day as a packed part.
  ///
  /// Rows are filled up with empty parts, so that a look-up has no branch to guess wrong.
  let rows: [Int64]
  let partsPerDay: Int
  /// For each day, the first interval that ends after its start.
  private let intervalOfDay: [Int32]

  /// For each stretch of 2^`workShift` open seconds, the interval in which it begins.
  private let intervalOfWork: [Int32]
  private let workShift: Int

  init(
    _ intervals: [ClockInterval], covering: ClockInterval, definition: CalendarDefinition,
    reigns: [VersionReign]
  ) {
    self.intervals = intervals
    self.covering = covering
    self.definition = definition
    self.reigns = reigns
    businessDays = BusinessDays(of: definition, covering: covering)
    var total: Int64 = 0
    var workBefore: [Int64] = []
    workBefore.reserveCapacity(intervals.count + 1)
    for interval in intervals {
      workBefore.append(total)
      total += interval.seconds
    }
    workBefore.append(total)
    self.workBefore = workBefore
    let firstDay = CivilDate.day(ofLocal: covering.start.seconds)
    let lastDay = CivilDate.day(ofLocal: covering.end.seconds)
    self.firstDay = firstDay
    dayCount = lastDay - firstDay + 1
    intervalOfDay = WorkIndex.firstIntervals(of: intervals, days: firstDay...lastDay)
    (rows, partsPerDay) = WorkIndex.rows(
      of: intervals, workBefore: workBefore, firstIntervals: intervalOfDay, firstDay: firstDay)
    let average = max(1, total / Int64(max(1, intervals.count)))
    workShift = 63 - average.leadingZeroBitCount
    intervalOfWork = WorkIndex.inverse(of: workBefore, shift: workShift)
  }

  /// The open seconds before `instant`.
  @inline(__always)
  func workSeconds(before instant: Instant) -> Int64 {
    let start = Int64(firstDay) * 86_400
    guard instant.seconds >= start else { return 0 }
    let sinceStart = UInt64(bitPattern: instant.seconds &- start)
    let day = Int(sinceStart / 86_400)
    guard day < dayCount else { return workBefore[intervals.count] }
    let second = Int64(bitPattern: sinceStart &- UInt64(day) &* 86_400)
    let row = day &* (partsPerDay &+ 1)
    var work = rows[row]
    var index = row &+ 1
    let end = index &+ partsPerDay
    while index < end {
      let part = rows[index]
      index &+= 1
      work &+= min(max(second &- part >> WorkDays.lengthBits, 0), part & WorkDays.lengthMask)
    }
    return work
  }

  /// The index of the first interval that ends after `instant`; their number if there is none.
  @inline(__always)
  func interval(endingAfter instant: Instant) -> Int {
    let day = CivilDate.day(ofLocal: instant.seconds) - firstDay
    guard day >= 0 else { return 0 }
    guard day < dayCount else { return intervals.count }
    var index = Int(intervalOfDay[day])
    while index < intervals.count, intervals[index].end <= instant { index += 1 }
    return index
  }

  /// The first instant at which the open seconds reach `wanted`, which is greater than zero.
  func instant(reaching wanted: Int64) -> Instant? {
    guard wanted <= workBefore[intervals.count] else { return nil }
    var index = Int(intervalOfWork[Int((wanted - 1) >> Int64(workShift))])
    while workBefore[index + 1] < wanted { index += 1 }
    return intervals[index].start.advanced(by: wanted - workBefore[index])
  }
}

extension WorkIndex {
  private static func firstIntervals(
    of intervals: [ClockInterval], days: ClosedRange<Int>
  ) -> [Int32] {
    var interval = 0
    return days.map { day in
      let start = Int64(day) * 86_400
      while interval < intervals.count, intervals[interval].end.seconds <= start { interval += 1 }
      return Int32(interval)
    }
  }

  private static func rows(
    of intervals: [ClockInterval], workBefore: [Int64], firstIntervals: [Int32], firstDay: Int
  ) -> (rows: [Int64], partsPerDay: Int) {
    var partsOfDay = [Int](repeating: 0, count: firstIntervals.count)
    for interval in intervals {
      let first = CivilDate.day(ofLocal: interval.start.seconds) - firstDay
      let last = CivilDate.day(ofLocal: interval.end.seconds - 1) - firstDay
      for day in first...last { partsOfDay[day] += 1 }
    }
    let partsPerDay = partsOfDay.max() ?? 0
    var rows = [Int64](repeating: 0, count: firstIntervals.count * (partsPerDay + 1))
    for (day, first) in firstIntervals.enumerated() {
      let midnight = Int64(firstDay + day) * 86_400
      let row = day * (partsPerDay + 1)
      let index = Int(first)
      rows[row] = workBefore[index]
      if index < intervals.count {
        rows[row] += max(0, midnight - intervals[index].start.seconds)
      }
      for part in 0..<partsOfDay[day] {
        let start = max(0, intervals[index + part].start.seconds - midnight)
        let end = min(86_400, intervals[index + part].end.seconds - midnight)
        rows[row + 1 + part] = start << WorkDays.lengthBits | (end - start)
      }
    }
    return (rows, partsPerDay)
  }

  private static func inverse(of workBefore: [Int64], shift: Int) -> [Int32] {
    let total = workBefore[workBefore.count - 1]
    var interval = 0
    return stride(from: Int64(0), to: total, by: 1 << shift).map { work in
      while workBefore[interval + 1] <= work { interval += 1 }
      return Int32(interval)
    }
  }
}
