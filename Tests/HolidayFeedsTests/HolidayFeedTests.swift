import HolidayFeeds
import TestSupport
import Testing

@Suite("Holiday feeds")
struct HolidayFeedTests {
  /// A calendar of the given events, each with the given lines.
  private func feed(_ events: [String]..., lineEnd: String = "\r\n") -> [UInt8] {
    let lines =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
      + events.flatMap { ["BEGIN:VEVENT"] + $0 + ["END:VEVENT"] } + ["END:VCALENDAR"]
    return Array((lines.joined(separator: lineEnd) + lineEnd).utf8)
  }

  private func days(_ bytes: [UInt8], _ years: ClosedRange<Int> = 2026...2026) throws -> [String] {
    try HolidayFeed.dates(inICS: bytes, years: years).map { holiday in
      "\(holiday.year)-\(holiday.month)-\(holiday.day) \(holiday.name)"
    }
  }

  @Test(
    "All-day events give their days in order, whatever the line ends", arguments: ["\r\n", "\n"])
  func single(lineEnd: String) throws {
    let bytes = feed(
      ["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261226", "SUMMARY:Christmas Day"],
      ["DTSTART;VALUE=DATE:20260403", "SUMMARY:Good", "  Friday\\, closed"], lineEnd: lineEnd)
    #expect(try days(bytes) == ["2026-4-3 Good Friday, closed", "2026-12-25 Christmas Day"])
    #expect(try days([0xef, 0xbb, 0xbf] + bytes).count == 2)
    #expect(try days(bytes, 2027...2030) == [])
  }

  @Test("An event of several days gives each, without the day in DTEND")
  func severalDays() throws {
    let bytes = feed(
      ["DTSTART;VALUE=DATE:20251230", "DTEND;VALUE=DATE:20260103", "SUMMARY:Shutdown"],
      ["DTSTART;VALUE=DATE:20260504", "DURATION:P2D", "SUMMARY:Works outing"],
      ["DTSTART;VALUE=DATE:20260601", "DTEND;VALUE=DATE:20260601", "SUMMARY:Same day"])
    #expect(
      try days(bytes) == [
        "2026-1-1 Shutdown", "2026-1-2 Shutdown", "2026-5-4 Works outing", "2026-5-5 Works outing",
        "2026-6-1 Same day",
      ])
  }

  @Test("A yearly rule is followed through the years, by date and by weekday")
  func yearly() throws {
    let bytes = feed(
      ["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY", "SUMMARY:New Year"],
      [
        "DTSTART;VALUE=DATE:20200525", "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
        "SUMMARY:Memorial Day",
      ],
      ["DTSTART;VALUE=DATE:20250704", "RRULE:FREQ=YEARLY;UNTIL=20260704", "SUMMARY:Fourth"],
      ["DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY", "SUMMARY:Leap"])
    #expect(
      try days(bytes, 2026...2028) == [
        "2026-1-1 New Year", "2026-5-25 Memorial Day", "2026-7-4 Fourth", "2027-1-1 New Year",
        "2027-5-31 Memorial Day", "2028-1-1 New Year", "2028-2-29 Leap", "2028-5-29 Memorial Day",
      ])
    #expect(try days(bytes, 2099...2099).contains("2099-5-25 Memorial Day"))
  }

  @Test("Excepted days are left out, added days are taken in, each day and name once")
  func exceptions() throws {
    let bytes = feed(
      [
        "DTSTART;VALUE=DATE:20240601", "RRULE:FREQ=YEARLY;COUNT=4",
        "EXDATE;VALUE=DATE:20250601,20270601", "RDATE;VALUE=DATE:20260801,20260601",
        "SUMMARY:Founder",
      ],
      ["DTSTART;VALUE=DATE:20260601", "SUMMARY:Founder"],
      ["DTSTART;VALUE=DATE:20260601", "SUMMARY:Another"])
    #expect(
      try days(bytes, 2024...2030) == [
        "2024-6-1 Founder", "2026-6-1 Another", "2026-6-1 Founder", "2026-8-1 Founder",
      ])
  }

  @Test("Cancelled events, events with a time of day and to-dos are not holidays")
  func ignored() throws {
    let bytes = feed(
      ["DTSTART;VALUE=DATE:20260601", "STATUS:CANCELLED", "SUMMARY:No"],
      ["DTSTART:20260602T090000Z", "DTEND:20260602T170000Z", "SUMMARY:Meeting"],
      ["DTSTART;VALUE=DATE:20260603", "STATUS:CONFIRMED", "DESCRIPTION:", "SUMMARY:Yes"])
    #expect(try days(bytes) == ["2026-6-3 Yes"])
  }

  @Test("An event that stands in for a day of a series takes its place")
  func replaced() throws {
    let bytes = feed(
      ["UID:a", "DTSTART;VALUE=DATE:20250501", "RRULE:FREQ=YEARLY", "SUMMARY:May Day"],
      [
        "UID:a", "RECURRENCE-ID;VALUE=DATE:20260501", "DTSTART;VALUE=DATE:20260504",
        "SUMMARY:Moved",
      ])
    #expect(
      try days(bytes, 2025...2027) == ["2025-5-1 May Day", "2026-5-4 Moved", "2027-5-1 May Day"])
  }

  @Test(
    "What decides on the days and cannot be read is an error with its line",
    arguments: [
      (["SUMMARY:x", "DTSTART;VALUE=DATE:20261301"], 6, "DTSTART"),
      (["SUMMARY:x", "DTSTART;VALUE=DATE:20260229"], 6, "DTSTART"),
      (["DTSTART;VALUE=DATE:tomorrow"], 5, "DTSTART"),
      (["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=NEVERLY"], 6, "RRULE"),
      (["DTSTART;VALUE=DATE:20260101", "SUMMARY:x", "EXDATE;VALUE=DATE:2026"], 7, "EXDATE"),
      (["DTSTART;VALUE=DATE:20260101", "RRULE FREQ=YEARLY"], 6, "not a property"),
      (["SUMMARY:x"], 4, "no DTSTART"),
    ])
  func broken(lines: [String], line: Int, reason: String) throws {
    let error = try #require(throws: HolidayFeedError.self) { try days(feed(lines)) }
    #expect(error.line == line)
    #expect(error.reason.contains(reason))
    #expect(error.description.hasPrefix("line \(line): "))
  }

  @Test(
    "A file that is none, or half of one, is an error with its line where there is one",
    arguments: [
      ("", nil), ("<html>\n</html>\n", 1), ("\n\nopened,closed\n", 3),
      ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\n", 2),
      ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", 3),
      ("BEGIN:VCALENDAR\nVERSION:2.0\nX:\0\nEND:VCALENDAR\n", 3),
      ("BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n", 3),
    ] as [(String, Int?)])
  func notACalendar(text: String, line: Int?) throws {
    let error = try #require(throws: HolidayFeedError.self) { try days(Array(text.utf8)) }
    #expect(error.line == line)
  }

  @Test("A rule that repeats by the second ends in an error, not in a hang")
  func tooOften() throws {
    let bytes = feed(["DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=SECONDLY", "SUMMARY:x"])
    let error = try #require(throws: HolidayFeedError.self) { try days(bytes) }
    #expect(error.line == 6)
  }

  @Test(
    "However many days a feed names, it ends soon",
    arguments: [
      ["DTSTART;VALUE=DATE:10120613", "RRULE:FREQ=DAILY", "SUMMARY:x"],
      [
        "DTSTART;VALUE=DATE:20200101", "DTEND;VALUE=DATE:20991231", "RRULE:FREQ=DAILY", "SUMMARY:x",
      ],
    ])
  func manyDays(_ lines: [String]) throws {
    let bytes = feed(lines)
    let start = ContinuousClock.now
    let found = try? HolidayFeed.dates(inICS: bytes, years: 1970...2100)
    #expect(ContinuousClock.now - start < .seconds(60))
    if lines.count == 4 {
      #expect(found?.count == 29_585)
      #expect(found?.first.map { [$0.year, $0.month, $0.day] } == [2020, 1, 1])
    } else {
      #expect(found == nil)
    }
  }

  @Test("Bytes changed at random never trap", arguments: 0..<20)
  func fuzz(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let whole = feed(
      [
        "UID:a", "DTSTART;VALUE=DATE:20240601", "DTEND;VALUE=DATE:20240603",
        "RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "EXDATE;VALUE=DATE:20250601,20270601",
        "SUMMARY:Founder",
      ], ["DTSTART;VALUE=DATE:20260601", "DURATION:P2D", "STATUS:CANCELLED"])
    for _ in 0..<40 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      _ = try? HolidayFeed.dates(inICS: bytes, years: 2020...2030)
    }
  }
}
