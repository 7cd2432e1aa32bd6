import ServiceTime
import Testing

@Suite("Work calendars")
struct WorkCalendarTests {
  private let covering: ClockInterval
  private let london: ZoneRules

  init() throws {
    covering = try interval("2025-01-01T00:00:00Z", "2028-01-01T00:00:00Z")
    london = try Zones.system("Europe/London")
  }

  /// Monday to Friday, with the windows given, in London.
  private func office(
    _ windows: String..., exceptions: [CivilDate: [DayWindow]] = [:],
    businessWeekdays: Set<Weekday>? = nil, from: CivilDate? = nil, until: CivilDate? = nil
  ) throws -> CalendarVersion {
    let parsed = try windows.map { try DayWindow($0) }
    let weekdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    return CalendarVersion(
      zone: london,
      week: WeeklyHours(Dictionary(uniqueKeysWithValues: weekdays.map { ($0, parsed) })),
      exceptions: exceptions, businessWeekdays: businessWeekdays, validFrom: from,
      validUntil: until)
  }

  private func compiled(_ versions: CalendarVersion...) -> WorkCalendar {
    WorkCalendar(CalendarDefinition(name: "test", versions: versions), covering: covering)
  }

  @Test("Thursday 19:30 plus one business day of ten hours is due Friday 18:00, lost on Monday")
  func oneBusinessDay() throws {
    let calendar = compiled(try office("08:00-18:00"))
    let opened = try at("2026-01-15T19:30:00Z")
    let allowed = calendar.longestOpening(at: opened)
    #expect(allowed == WorkTime(seconds: 36_000))
    let due = try #require(calendar.due(after: allowed, from: opened))
    #expect(due == (try at("2026-01-16T18:00:00Z")))
    #expect(calendar.nextOpen(at: due) == (try at("2026-01-19T08:00:00Z")))
    // Resolved on Sunday, the elapsed time still is what was allowed.
    #expect(calendar.work(from: opened, to: try at("2026-01-18T12:00:00Z")) == allowed)
  }

  @Test(
    "A day without closing hours is 23 or 25 hours long when the clocks change",
    arguments: [
      ("Europe/London", "2026-03-29", 82_800), ("Europe/London", "2026-10-25", 90_000),
      ("America/New_York", "2026-03-08", 82_800),
      ("America/New_York", "2026-11-01", 90_000),
      ("Australia/Lord_Howe", "2026-10-04", 84_600),
      ("Australia/Lord_Howe", "2026-04-05", 88_200),
    ])
  func daysWithClockChanges(name: String, day: String, seconds: Int64) throws {
    let zone = try Zones.system(name)
    let date = try date(day)
    let version = CalendarVersion(zone: zone, week: WeeklyHours([date.weekday: [.allDay]]))
    let calendar = compiled(version)
    let start = zone.midnight(of: date)
    let end = zone.midnight(of: date.adding(days: 1))
    #expect(calendar.openIntervals.contains { $0.start == start && $0.end == end })
    #expect(calendar.work(from: start, to: end).seconds == seconds)
  }

  @Test(
    "A ticket over both clock changes of a year counts local office hours",
    arguments: ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
  func bothChanges(name: String) throws {
    let zone = try Zones.system(name)
    let hours = try DayWindow("09:00-17:00")
    let version = CalendarVersion(
      zone: zone,
      week: WeeklyHours(Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [hours]) })))
    let calendar = compiled(version)
    let year = try ReportPeriod("2026").interval(in: zone)
    #expect(calendar.work(from: year.start, to: year.end).seconds == 365 * 8 * 3_600)
    let due = calendar.due(after: WorkTime(seconds: 365 * 8 * 3_600), from: year.start)
    #expect(due == zone.midnight(of: try date("2026-12-31")).advanced(by: 17 * 3_600))
  }

  @Test("An opening whose edges lie in the gap or the fold is cut and stretched as documented")
  func edges() throws {
    func minutes(_ window: String, on day: String) throws -> Int64 {
      let date = try date(day)
      let calendar = compiled(
        CalendarVersion(zone: london, week: WeeklyHours([date.weekday: [try DayWindow(window)]])))
      let start = london.midnight(of: date)
      return calendar.work(from: start, to: start.advanced(by: 30 * 3_600)).seconds / 60
    }
    #expect(try minutes("01:30-05:00", on: "2026-03-29") == 180)
    #expect(try minutes("00:00-01:30", on: "2026-03-29") == 60)
    #expect(try minutes("01:15-01:45", on: "2026-03-29") == 0)
    #expect(try minutes("01:30-05:00", on: "2026-10-25") == 270)
    #expect(try minutes("00:00-01:30", on: "2026-10-25") == 150)
    #expect(try minutes("01:15-01:45", on: "2026-10-25") == 90)
    // 01:00 itself is shown twice, and an end takes the second.
    #expect(try minutes("00:00-01:00", on: "2026-10-25") == 120)
  }

  @Test("An overnight window belongs to the day it starts on, into a holiday too")
  func overnight() throws {
    let holiday = try date("2026-01-06")
    let calendar = compiled(try office("22:00-06:00", exceptions: [holiday: []]))
    // Monday night runs into Tuesday's holiday; Tuesday night does not begin.
    let monday = try interval("2026-01-05T12:00:00Z", "2026-01-07T12:00:00Z")
    #expect(
      calendar.openings(in: monday) == [
        try interval("2026-01-05T22:00:00Z", "2026-01-06T06:00:00Z")
      ]
    )
    // Friday's night ends on Saturday morning.
    #expect(calendar.isOpen(at: try at("2026-01-10T05:59:59Z")))
    #expect(!calendar.isOpen(at: try at("2026-01-10T06:00:00Z")))
  }

  @Test("Each stretch counts in the version then in force")
  func versions() throws {
    let border = try date("2026-01-14")
    let calendar = compiled(
      try office("09:00-17:00", from: border), try office("08:00-12:00", until: border))
    let week = try interval("2026-01-12T00:00:00Z", "2026-01-17T00:00:00Z")
    #expect(calendar.work(from: week.start, to: week.end).seconds == 32 * 3_600)
    #expect(calendar.longestOpening(at: try at("2026-01-13T23:59:59Z")).seconds == 4 * 3_600)
    #expect(calendar.longestOpening(at: try at("2026-01-14T00:00:00Z")).seconds == 8 * 3_600)
  }

  @Test("Where two versions meet in different zones, no time counts twice or is left out")
  func zonesMeet() throws {
    let border = try date("2026-01-14")
    let west = try Zones.system("America/New_York")
    let calendar = compiled(
      CalendarVersion(zone: london, week: .always, validUntil: border),
      CalendarVersion(zone: west, week: .always, validFrom: border))
    #expect(calendar.openIntervals == [covering])
    #expect(calendar.version(at: try at("2026-01-14T04:59:59Z"))?.zone == london)
    #expect(calendar.version(at: try at("2026-01-14T05:00:00Z"))?.zone == west)
  }

  @Test("In a hole between versions nothing counts")
  func hole() throws {
    let calendar = compiled(
      try office("09:00-17:00", until: try date("2026-01-13")),
      try office("09:00-17:00", from: try date("2026-01-15")))
    let hole = try interval("2026-01-13T00:00:00Z", "2026-01-15T00:00:00Z")
    #expect(calendar.openings(in: hole) == [])
    #expect(calendar.nextOpen(at: hole.start) == (try at("2026-01-15T09:00:00Z")))
  }

  @Test("Work that ends with an opening is due at its end, not when the next begins")
  func dueAtTheEnd() throws {
    // 16,384 seconds a day: a power of two, at which the look-up table has its borders.
    let hours = try DayWindow("08:00-12:33:04")
    let version = CalendarVersion(zone: .utc, week: WeeklyHours([.monday: [hours]]))
    let calendar = compiled(version)
    let openings = calendar.openIntervals
    for (index, opening) in openings.enumerated() {
      let work = WorkTime(seconds: Int64(index + 1) * 16_384)
      #expect(calendar.due(after: work, from: covering.start) == opening.end)
    }
    #expect(openings.count == 156)
  }

  @Test("Beyond what is covered there is no due instant")
  func beyond() throws {
    let calendar = compiled(try office("09:00-17:00"))
    let late = try at("2027-12-31T16:00:00Z")
    #expect(
      calendar.due(after: WorkTime(seconds: 3_600), from: late)?.iso == "2027-12-31T17:00:00Z")
    #expect(calendar.due(after: WorkTime(seconds: 3_601), from: late) == nil)
    #expect(calendar.due(after: WorkTime(seconds: .max), from: late) == nil)
    #expect(calendar.nextOpen(at: try at("2030-01-01T00:00:00Z")) == nil)
    #expect(calendar.work(from: try at("1990-01-01T00:00:00Z"), to: covering.start) == .zero)
    let closed = compiled(CalendarVersion(zone: london, week: WeeklyHours([:])))
    #expect(closed.due(after: WorkTime(seconds: 1), from: covering.start) == nil)
    #expect(closed.due(after: .zero, from: covering.start) == covering.start)
  }

  @Test("Business days skip weekends and holidays, and keep the local time of day")
  func businessDays() throws {
    let holidays = [
      try date("2026-04-03"): [], try date("2026-04-06"): [],
      try date("2026-04-07"): [try DayWindow("08:00-12:00")],
    ]
    let calendar = compiled(try office("08:00-18:00", exceptions: holidays))
    let start = try at("2026-03-27T10:15:00Z")
    // Friday before the clock change; Monday 10:15 is summer time.
    #expect(calendar.due(businessDays: 1, sameTimeAs: start)?.iso == "2026-03-30T09:15:00Z")
    #expect(calendar.due(businessDays: 4, sameTimeAs: start)?.iso == "2026-04-02T09:15:00Z")
    // Good Friday and Easter Monday are closed; a shortened Tuesday still is a business day.
    #expect(calendar.due(businessDays: 5, sameTimeAs: start)?.iso == "2026-04-07T09:15:00Z")
    #expect(
      calendar.due(businessDays: 1, at: 16 * 3_600, after: start)?.iso == "2026-03-30T15:00:00Z")
    #expect(calendar.due(businessDays: 0, sameTimeAs: start) == start)
    #expect(calendar.due(businessDays: 5_000, sameTimeAs: start) == nil)
  }

  @Test("Business days are those with the longest opening, unless the calendar names them")
  func namedBusinessDays() throws {
    var week: [Weekday: [DayWindow]] = [:]
    for weekday in Weekday.allCases { week[weekday] = [try DayWindow("08:00-18:00")] }
    week[.saturday] = [try DayWindow("09:00-12:00")]
    week[.sunday] = []
    let version = CalendarVersion(zone: london, week: WeeklyHours(week))
    #expect(version.businessDays.sorted() == [.monday, .tuesday, .wednesday, .thursday, .friday])
    let friday = try at("2026-01-16T10:00:00Z")
    #expect(
      compiled(version).due(businessDays: 1, sameTimeAs: friday)?.iso == "2026-01-19T10:00:00Z")
    let named = CalendarVersion(
      zone: london, week: WeeklyHours(week), businessWeekdays: [.saturday])
    #expect(
      compiled(named).due(businessDays: 2, sameTimeAs: friday)?.iso == "2026-01-24T10:00:00Z")
  }

  @Test(
    "Windows are read as an agreement writes them",
    arguments: [
      ("08:00-12:00", 28_800, 43_200), ("00:00-24:00", 0, 86_400), ("22:00-06:00", 79_200, 108_000),
      ("8:30 - 9:00", 30_600, 32_400), ("22:00-24:00", 79_200, 86_400),
      ("22:00-00:00", 79_200, 86_400),
    ])
  func windows(text: String, start: Int, end: Int) throws {
    let window = try DayWindow(text)
    #expect(window.startSecond == start)
    #expect(window.endSecond == end)
    #expect(try DayWindow(window.text) == window)
  }

  @Test(
    "What is no window is refused with what is wrong",
    arguments: [
      ("08:00", DayWindowError.notAWindow("08:00")), ("8-12", .notAWindow("8-12")),
      ("08:00-12:00-13:00", .notAWindow("08:00-12:00-13:00")), ("", .notAWindow("")),
      ("08:00-25:00", .noSuchTime("25:00")), ("08:60-09:00", .noSuchTime("08:60")),
      ("24:00-06:00", .noSuchTime("24:00")), ("08:00-08:00", .empty("08:00-08:00")),
    ])
  func badWindows(text: String, error: DayWindowError) {
    #expect(throws: error) { try DayWindow(text) }
  }

  @Test("Overlapping windows are found, overnight and from Sunday into Monday too")
  func overlaps() throws {
    func overlap(_ week: [Weekday: [String]]) throws -> [String]? {
      let hours = WeeklyHours(try week.mapValues { try $0.map { try DayWindow($0) } })
      return hours.firstOverlap.map { pair in
        [pair.earlier, pair.later].map { "\($0.weekday) \($0.window.text)" }
      }
    }
    #expect(try overlap([.monday: ["08:00-12:00", "12:00-18:00"]]) == nil)
    #expect(
      try overlap([.monday: ["11:00-18:00", "08:00-12:00"]]) == [
        "monday 08:00-12:00", "monday 11:00-18:00",
      ])
    #expect(
      try overlap([.monday: ["22:00-06:00"], .tuesday: ["05:00-12:00"]]) == [
        "monday 22:00-06:00", "tuesday 05:00-12:00",
      ])
    #expect(
      try overlap([.sunday: ["22:00-06:00"], .monday: ["05:00-12:00"]]) == [
        "sunday 22:00-06:00", "monday 05:00-12:00",
      ])
    #expect(try overlap([.sunday: ["22:00-06:00"], .monday: ["06:00-12:00"]]) == nil)
    #expect(try overlap([.sunday: ["22:00-06:00"]]) == nil)
    #expect(try overlap([:]) == nil)
    #expect(WeeklyHours.always.firstOverlap == nil)
    #expect(try overlap([.monday: ["08:00-12:00", "08:00-12:00"]]) != nil)
  }
}
