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

/// What plain promises left behind, by group and by segment of the stop.
///
/// Each was met, missed or measured in the segment of its stop, and in no other one.
struct SegmentFigures: Sendable {
  struct Cell: Sendable {
    var met = 0
    var missed = 0
    var unjudged = 0
    /// Elapsed of those met and missed, and of those without a target.
    var judgedElapsed: [UInt32] = []
    var unjudgedElapsed: [UInt32] = []

    mutating func add(_ other: Cell) {
      met += other.met
      missed += other.missed
      unjudged += other.unjudged
      judgedElapsed.add(other.judgedElapsed)
      unjudgedElapsed.add(other.unjudgedElapsed)
    }
  }

  let segments: Segments
  /// By group, then by segment.
  var cells: [Cell] = []

  init(_ segments: Segments) {
    self.segments = segments
  }

  func cell(group: Int, segment: Int) -> Cell {
    let index = group * segments.count + segment
    return index < cells.count ? cells[index] : Cell()
  }

  /// Makes room for so many groups.
  mutating func reserve(groups: Int) {
    while cells.count < groups * segments.count { cells.append(Cell()) }
  }

  /// Adds the figures of segments that may begin earlier or later.
  ///
  /// - Parameter groups: For each group of `other`, its number here.
  mutating func add(_ other: SegmentFigures, groups: [Int]) {
    let places = other.segments.starts.map { segments.starts.firstIndex(of: $0) }
    for (index, cell) in other.cells.enumerated() where cell.met + cell.missed + cell.unjudged > 0 {
      let (group, segment) = index.quotientAndRemainder(dividingBy: other.segments.count)
      guard let place = places[segment] else {
        preconditionFailure("a ticket is in no period that another's instants make earlier")
      }
      reserve(groups: groups[group] + 1)
      cells[groups[group] * segments.count + place].add(cell)
    }
  }
}

extension [UInt32] {
  /// Appends without a copy where there is nothing yet.
  mutating func add(_ other: [UInt32]) {
    if isEmpty { self = other } else { self += other }
  }

  /// Appends one value; the room grows by a quarter, because most of what is kept is in here.
  @inline(__always)
  mutating func keep(_ value: UInt32) {
    if count == capacity { grow() }
    append(value)
  }

  @inline(never)
  private mutating func grow() { reserveCapacity(count + Swift.max(12, count / 4)) }
}
