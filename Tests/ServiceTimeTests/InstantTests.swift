import ServiceTime
import Testing

@Suite("Instants and dates")
struct InstantTests {
  @Test(
    "An instant is read with its offset and written in UTC",
    arguments: [
      ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
      ("2026-03-31T07:15:00Z", 1_774_941_300, "2026-03-31T07:15:00Z"),
      ("2026-03-31T09:15:00+02:00", 1_774_941_300, "2026-03-31T07:15:00Z"),
      ("2026-03-31T03:45:00-0330", 1_774_941_300, "2026-03-31T07:15:00Z"),
      ("1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"),
      ("2100-12-31T23:59:59Z", 4_133_980_799, "2100-12-31T23:59:59Z"),
    ])
  func iso(text: String, seconds: Int64, written: String) {
    #expect(Instant(iso: text)?.seconds == seconds)
    #expect(Instant(seconds: seconds).iso == written)
  }

  @Test(
    "What is not an instant with an offset is refused",
    arguments: [
      "", "2026-03-31", "2026-03-31T07:15:00", "2026-03-31 07:15:00Z", "2026-03-31T07:15Z",
      "2026-02-29T07:15:00Z", "2026-03-31T24:00:00Z", "2026-03-31T07:60:00Z",
      "2026-03-31T07:15:60Z", "2026-03-31T07:15:00.5Z", "2026-03-31T07:15:00Zx",
      "2026-03-31T07:15:00+2", "2026-03-31T07:15:00+24:00", "+026-03-31T07:15:00Z",
    ])
  func notAnInstant(text: String) {
    #expect(Instant(iso: text) == nil)
  }

  @Test("The bounds are the first and the last second of 1970 and 2100")
  func bounds() throws {
    #expect(Instant.earliest == (try at("1970-01-01T00:00:00Z")))
    #expect(Instant.latestAllowed == (try at("2100-12-31T23:59:59Z")))
  }

  @Test("Every day from 1896 to 2104 follows the day before it, in date and weekday")
  func everyDay() throws {
    var expected = (year: 1_896, month: 1, day: 1)
    var weekday = Weekday.wednesday
    let first = CivilDate.daysSince1970(year: 1_896, month: 1, day: 1)
    let last = CivilDate.daysSince1970(year: 2_104, month: 1, day: 1)
    for day in first..<last {
      let date = CivilDate(daysSince1970: day)
      try #require((date.year, date.month, date.day) == expected)
      try #require(date.daysSince1970 == day)
      try #require(date.weekday == weekday)
      weekday = weekday.following
      expected.day += 1
      if CivilDate(year: expected.year, month: expected.month, day: expected.day) == nil {
        expected.day = 1
        expected.month += 1
      }
      if expected.month == 13 { expected = (expected.year + 1, 1, 1) }
    }
  }

  @Test(
    "A day that no month has is refused, not rolled over",
    arguments: ["2024-02-30", "2023-02-29", "2100-02-29", "2024-13-01", "2024-04-31", "2024-1-01"])
  func impossibleDay(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test(
    "A local time keeps its date and second, also before 1970", arguments: [-86_401, -1, 0, 99])
  func civilDateTime(seconds: Int64) {
    let local = CivilDateTime(localSeconds: seconds)
    #expect(local.localSeconds == seconds)
    #expect(CivilDate.day(ofLocal: seconds) == local.date.daysSince1970)
  }

  @Test("Intervals that overlap or touch are merged, whatever their order")
  func merged() throws {
    func span(_ start: Int64, _ end: Int64) throws -> ClockInterval {
      try #require(ClockInterval(from: Instant(seconds: start), to: Instant(seconds: end)))
    }
    let unsorted = [try span(50, 60), try span(0, 10), try span(2, 5), try span(10, 20)]
    #expect(ClockInterval.merged(unsorted) == [try span(0, 20), try span(50, 60)])
    #expect(ClockInterval.merged([]) == [])
    #expect(try span(0, 10).intersection(try span(10, 20)) == nil)
    #expect(try span(0, 10).intersection(try span(9, 20)) == (try span(9, 10)))
    #expect(ClockInterval(from: Instant(seconds: 5), to: Instant(seconds: 5)) == nil)
  }
}
