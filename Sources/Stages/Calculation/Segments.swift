import ServiceTime

/// The stretches of time within which it makes no difference to any count when something happened:
/// cut at the edges of the shown months and of the reported period.
struct Segments: Sendable {
  /// The segment of each UTC day's first second, and the second at which the next one begins.
  struct Day: Sendable {
    var segment: UInt32
    var changesAt: UInt32
  }

  /// Where each segment starts, ascending, and where the last one ends.
  ///
  /// Number 0 is all that is earlier than the others, of which no figures are shown.
  let starts: [Int64]
  /// For each segment, the month that holds it; -1 for number 0.
  let months: [Int]
  /// Whether the reported period holds it.
  let isReported: [Bool]
  /// From the first day of the calendars on.
  let days: [Day]

  var count: Int { months.count }

  /// The segment that holds an instant before the last one's end.
  func index(of instant: Int64) -> Int { (starts.lastIndex { $0 <= instant } ?? 0) }

  /// Returns `nil` if two segments begin on one UTC day, as those of a day of 23 hours may.
  ///
  /// - Parameter covering: What calendars cover; holds every instant that is asked for.
  init?(of plan: PeriodPlan, covering: ClockInterval) {
    let shown = plan.months.edges[plan.months.firstShown...]
    guard let first = shown.first, let last = shown.last else { return nil }
    let cuts = [plan.reportedStart, plan.reportedEnd].filter { $0 > first && $0 < last }
    let starts = Set(shown + cuts).sorted()
    self.starts = [.min] + starts
    months = [-1] + starts.dropLast().map { plan.months.index(of: $0) }
    isReported =
      [false] + starts.dropLast().map { $0 >= plan.reportedStart && $0 < plan.reportedEnd }
    var days: [Day] = []
    var next = 0
    let lastDay = CivilDate.day(ofLocal: covering.end.seconds)
    for day in CivilDate.day(ofLocal: covering.start.seconds)...lastDay {
      let midnight = Int64(day) * 86_400
      while next < starts.count, starts[next] <= midnight { next += 1 }
      let change = next < starts.count ? starts[next] - midnight : 86_400
      guard change >= 86_400 || next + 1 >= starts.count || starts[next + 1] >= midnight + 86_400
      else { return nil }
      days.append(Day(segment: UInt32(next), changesAt: UInt32(min(change, 86_400))))
    }
    self.days = days
  }
}
