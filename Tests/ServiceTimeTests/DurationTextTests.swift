import ServiceTime
import Testing

@Suite("Durations as text")
struct DurationTextTests {
  @Test(
    "Durations of an agreement are read to the second",
    arguments: [
      ("90s", 90), ("30m", 1_800), ("4h", 14_400), ("1h30m", 5_400), ("1h30m15s", 5_415),
      ("1h 30m", 5_400), ("0m", 0), ("100h", 360_000),
    ])
  func clock(text: String, seconds: Int64) throws {
    #expect(try DurationText.allowance(text) == .work(seconds: seconds))
    #expect(try DurationText.seconds(text) == seconds)
  }

  @Test("Business days and calendar days are different things")
  func days() throws {
    #expect(try DurationText.allowance("3 business days") == .businessDays(3))
    #expect(try DurationText.allowance("1 business day") == .businessDays(1))
    #expect(try DurationText.allowance("2 calendar days") == .calendarDays(2))
    #expect(throws: DurationTextError.notATime("3 business days")) {
      try DurationText.seconds("3 business days")
    }
  }

  @Test(
    "A bare day is an error that says why", arguments: ["3d", "3 d", "3 days", "1 day", "1d2h"])
  func bareDay(text: String) throws {
    let error = try #require(throws: DurationTextError.self) {
      try DurationText.allowance(text)
    }
    let count = String(text.prefix(1))
    #expect(error == .bareDays(text: text, count: count))
    #expect(error.description.contains("24 hours, the opening hours of one day, or a date"))
    #expect(error.description.contains("\(count) business days"))
  }

  @Test(
    "What is no duration is refused",
    arguments: [
      "", "4", "h", "-4h", "4x", "30m1h", "1h1h", "4.5h", "3 working days", "x business days",
      "-1 business days", "3 business", "2 h 3",
    ])
  func notADuration(text: String) {
    #expect(throws: DurationTextError.notADuration(text)) { try DurationText.allowance(text) }
  }

  @Test("A number too long for any agreement is refused, and nothing overflows")
  func tooLong() {
    for text in ["9999999999h", "36601 calendar days"] {
      #expect(throws: DurationTextError.tooLong(text)) { try DurationText.allowance(text) }
    }
    #expect(throws: DurationTextError.notADuration("99999999999h")) {
      try DurationText.allowance("99999999999h")
    }
  }

  @Test(
    "Seconds are written for traces and for prose",
    arguments: [
      (118_380, "32:53:00", "32\u{a0}h 53\u{a0}m"), (3_120, "0:52:00", "52\u{a0}m"),
      (15, "0:00:15", "15\u{a0}s"), (0, "0:00:00", "0\u{a0}s"), (3_600, "1:00:00", "1\u{a0}h"),
      (3_659, "1:00:59", "1\u{a0}h"), (-90, "-0:01:30", "\u{2212}1\u{a0}m"),
      (360_000, "100:00:00", "100\u{a0}h"),
    ])
  func written(seconds: Int64, clock: String, prose: String) {
    #expect(DurationText.clock(seconds) == clock)
    #expect(DurationText.prose(seconds) == prose)
  }
}
