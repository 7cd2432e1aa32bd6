import ServiceTime

/// How long an amount of one calendar may last in another.
///
/// Over all seconds of a year as starts. Between the instants at which either calendar opens or
/// closes, at the start or at the due instant, the duration changes by one second a second or not
/// at all, so that these instants tell all of them. See docs/DECISIONS.md, "Does it add up".
struct HopSums {
  private let year: Range<Int64>
  private var shelf: CalendarShelf
  private var known: [Key: (longest: Int64?, median: Int64?)] = [:]

  private struct Key: Hashable {
    let seconds: Int64
    let own: CalendarDefinition
    let other: CalendarDefinition
  }

  /// - Parameter year: Of the starts, as the zone's calendar has it.
  init(year: Int, zone: ZoneRules) {
    func newYear(_ year: Int) -> Instant {
      CivilDate(year: year, month: 1, day: 1).map { zone.midnight(of: $0) } ?? Instant(seconds: 0)
    }
    self.year = newYear(year).seconds..<newYear(year + 1).seconds
    guard let covering = ClockInterval(from: newYear(year), to: newYear(year + 3)) else {
      preconditionFailure("three years hold time")
    }
    shelf = CalendarShelf(covering: covering)
  }

  /// The longest, and the median over all starts; `nil` where the amount does not end within two
  /// years.
  mutating func lasting(
    _ seconds: Int64, in own: CalendarDefinition, as other: CalendarDefinition
  ) -> (longest: Int64?, median: Int64?) {
    guard own != other else { return (seconds, seconds) }
    let key = Key(seconds: seconds, own: own, other: other)
    if let known = known[key] { return known }
    let spans = LastingSpans(
      seconds: seconds, own: shelf.calendar(own), other: shelf.calendar(other),
      year: year)
    let result = (spans?.longest, spans?.median)
    known[key] = result
    return result
  }
}

/// For every second of a year, how long an amount lasts that starts there.
struct LastingSpans {
  /// Starts `count` seconds long, of which the first lasts `first` and each next one `step` more.
  struct Span: Equatable {
    var first: Int64
    var step: Int64
    var count: Int64

    var last: Int64 { first + step * (count - 1) }

    /// How many of them last at most so long.
    func count(upTo limit: Int64) -> Int64 {
      switch step {
      case 0: first <= limit ? count : 0
      case 1: min(max(limit - first + 1, 0), count)
      default: min(max(limit - last + 1, 0), count)
      }
    }
  }

  let spans: [Span]

  /// Returns `nil` if an amount never ends.
  init?(seconds: Int64, own: WorkCalendar, other: WorkCalendar, year: Range<Int64>) {
    func lasting(_ start: Int64) -> Int64? {
      own.due(after: WorkTime(seconds: seconds), from: Instant(seconds: start)).map {
        other.work(from: Instant(seconds: start), to: $0).seconds
      }
    }
    let edges = Self.edges(seconds: seconds, own: own, other: other, year: year)
    var spans: [Span] = []
    for (from, to) in zip(edges, edges.dropFirst()) {
      guard let first = lasting(from) else { return nil }
      guard to - from > 1 else {
        spans.append(Span(first: first, step: 0, count: 1))
        continue
      }
      guard let second = lasting(from + 1) else { return nil }
      // The first second may stand apart from those after it.
      spans.append(Span(first: first, step: 0, count: 1))
      guard to - from > 2, let third = lasting(from + 2) else {
        spans.append(Span(first: second, step: 0, count: 1))
        continue
      }
      spans.append(Span(first: second, step: third - second, count: to - from - 1))
    }
    self.spans = spans
  }

  /// Where a calendar opens or closes, at the start or when the amount is used up; ascending, with
  /// both ends of the year.
  private static func edges(
    seconds: Int64, own: WorkCalendar, other: WorkCalendar, year: Range<Int64>
  ) -> [Int64] {
    let begin = Instant(seconds: year.lowerBound)
    var edges = Set([year.lowerBound, year.upperBound])
    for calendar in [own, other] {
      for edge in calendar.openIntervals.flatMap({ [$0.start, $0.end] }) {
        if year.contains(edge.seconds) { edges.insert(edge.seconds) }
        let left = own.work(from: begin, to: edge).seconds - seconds
        guard edge > begin, left >= 0,
          let start = own.due(after: WorkTime(seconds: left), from: begin)?.seconds
        else { continue }
        edges.formUnion([start, start + 1].filter { year.contains($0) })
      }
    }
    return edges.sorted()
  }

  var longest: Int64? { spans.map { max($0.first, $0.last) }.max() }

  /// The smallest duration that at least half of the starts do not exceed.
  var median: Int64? {
    let all = spans.reduce(0) { $0 + $1.count }
    guard all > 0, var high = longest else { return nil }
    var low: Int64 = 0
    while low < high {
      let middle = (low + high) / 2
      if spans.reduce(0, { $0 + $1.count(upTo: middle) }) * 2 >= all {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }
}
