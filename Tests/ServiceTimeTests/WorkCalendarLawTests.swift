import ServiceTime
import TestSupport
import Testing

@Suite("Laws of work calendars")
struct WorkCalendarLawTests {
  @Test("Counting the open seconds one by one gives the same work", arguments: 0..<8)
  func countedSecondBySecond(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try compare(try RandomCalendar(days: 3, unit: 1, using: &random), step: 1, using: &random)
  }

  // Seed 215 holds an end at midnight in Havana, where midnight itself occurs twice.
  @Test(
    "Counting the open minutes of two weeks gives the same work",
    arguments: Array(100..<160) + [215])
  func countedMinuteByMinute(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    try compare(try RandomCalendar(days: 14, unit: 60, using: &random), step: 60, using: &random)
  }

  private func compare(
    _ sample: RandomCalendar, step: Int64, using random: inout SeededGenerator
  ) throws {
    let calendar = sample.calendar
    let oracle = CalendarOracle(sample.versions, over: sample.covering, step: step)
    for _ in 0..<25 {
      let start = sample.instant(unit: step, using: &random)
      let end = sample.instant(unit: step, using: &random)
      #expect(calendar.work(from: start, to: end) == oracle.work(from: start, to: end))
      #expect(calendar.nextOpen(at: start) == oracle.nextOpen(at: start))
      #expect(calendar.isOpen(at: start) == (oracle.nextOpen(at: start) == start))
      let wanted = WorkTime(seconds: Int64.random(in: 0...4_000, using: &random) * step)
      #expect(calendar.due(after: wanted, from: start) == oracle.due(after: wanted, from: start))
    }
  }

  @Test("Splitting a stretch anywhere keeps its work", arguments: 0..<100)
  func additivity(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sample = try RandomCalendar(days: 60, unit: 300, using: &random)
    let calendar = sample.calendar
    for _ in 0..<50 {
      let moments = (0..<3).map { _ in sample.instant(unit: 1, using: &random) }.sorted()
      let (first, middle, last) = (moments[0], moments[1], moments[2])
      let split = calendar.work(from: first, to: middle) + calendar.work(from: middle, to: last)
      #expect(split == calendar.work(from: first, to: last))
      #expect(calendar.work(from: last, to: first) == .zero)
      let listed = ClockInterval(from: first, to: last).map(calendar.openings(in:)) ?? []
      #expect(listed.reduce(0) { $0 + $1.seconds } == split.seconds)
    }
  }

  @Test("Due is the first instant at which the work is reached", arguments: 0..<100)
  func dueIsFirst(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sample = try RandomCalendar(days: 60, unit: 300, using: &random)
    let calendar = sample.calendar
    for _ in 0..<50 {
      let start = sample.instant(unit: 1, using: &random)
      let wanted = WorkTime(seconds: Int64.random(in: 1...500_000, using: &random))
      guard let due = calendar.due(after: wanted, from: start) else {
        #expect(calendar.work(from: start, to: sample.covering.end) < wanted)
        continue
      }
      #expect(calendar.work(from: start, to: due) == wanted)
      #expect(calendar.work(from: start, to: due.advanced(by: -1)) < wanted)
    }
  }

  @Test("Open intervals ascend, do not touch, and lie within what is covered", arguments: 0..<100)
  func intervals(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sample = try RandomCalendar(days: 30, unit: 60, using: &random)
    let open = sample.calendar.openIntervals
    for (earlier, later) in zip(open, open.dropFirst()) { #expect(earlier.end < later.start) }
    for interval in open { #expect(interval.intersection(sample.covering) == interval) }
  }

  @Test("A week later, away from clock changes and holidays, work is the same", arguments: 0..<50)
  func weekShift(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var week: [Weekday: [DayWindow]] = [:]
    for weekday in Weekday.allCases {
      let start = Int.random(in: 0..<86_400, using: &random)
      week[weekday] = [
        try #require(DayWindow(startSecond: start, endSecond: start + 30_000))
      ]
    }
    let version = CalendarVersion(
      zone: try Zones.system("Europe/London"), week: WeeklyHours(week))
    let calendar = WorkCalendar(
      CalendarDefinition(name: "weekly", versions: [version]),
      covering: try interval("2026-05-01T00:00:00Z", "2026-10-01T00:00:00Z"))
    let shift: Int64 = 7 * 86_400
    for _ in 0..<50 {
      let start = try at("2026-06-01T00:00:00Z").advanced(
        by: Int64.random(in: 0..<30 * 86_400, using: &random))
      let end = start.advanced(by: Int64.random(in: 0..<30 * 86_400, using: &random))
      #expect(
        calendar.work(from: start, to: end)
          == calendar.work(from: start.advanced(by: shift), to: end.advanced(by: shift)))
    }
  }

  @Test("Business days counted one by one give the same due date", arguments: 0..<50)
  func businessDays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let sample = try RandomCalendar(days: 40, unit: 300, using: &random)
    let calendar = sample.calendar
    for _ in 0..<20 {
      let start = sample.instant(unit: 1, using: &random)
      let count = Int.random(in: 1...12, using: &random)
      let zone = sample.versions[0].zone
      let local = zone.local(of: start)
      var date = local.date
      var left = count
      let last = zone.local(of: sample.covering.end).date
      while left > 0, date <= last {
        date = date.adding(days: 1)
        let version = sample.versions.first { $0.isValid(on: date) }
        if let version, version.isBusinessDay(date) { left -= 1 }
      }
      let seconds = Int64(date.daysSince1970) * 86_400 + Int64(local.secondOfDay)
      let expected = zone.instants(ofLocal: seconds).first
      #expect(
        calendar.due(businessDays: count, sameTimeAs: start)
          == (expected < sample.covering.end ? expected : nil))
    }
  }

  @Test("On a calendar that is always open, work is wall time", arguments: 0..<20)
  func always(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let covering = try interval("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z")
    let zone = try Zones.system("Europe/London")
    let calendar = WorkCalendar(.always(zone: zone), covering: covering)
    #expect(calendar.openIntervals == [covering])
    let start = covering.start.advanced(by: Int64.random(in: 0..<100_000_000, using: &random))
    let wall = Int64.random(in: 0..<100_000_000, using: &random)
    #expect(calendar.work(from: start, to: start.advanced(by: wall)).seconds == wall)
    #expect(calendar.due(after: WorkTime(seconds: wall), from: start) == start.advanced(by: wall))
  }
}
