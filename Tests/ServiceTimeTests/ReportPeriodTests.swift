import ServiceTime
import Testing

@Suite("Periods")
struct ReportPeriodTests {
  @Test(
    "A period is read to its first day, the day after its last, and its label",
    arguments: [
      ("2026-10", "2026-10-01", "2026-11-01", 1), ("2026-12", "2026-12-01", "2027-01-01", 1),
      ("2026-Q3", "2026-07-01", "2026-10-01", 3), ("2026-Q4", "2026-10-01", "2027-01-01", 3),
      ("2026", "2026-01-01", "2027-01-01", 12),
      ("2026-10-01..2026-10-15", "2026-10-01", "2026-10-16", 0),
      ("2026-01-15..2026-03-31", "2026-01-15", "2026-04-01", 2),
    ])
  func absolute(text: String, start: String, end: String, months: Int) throws {
    let period = try ReportPeriod(text)
    #expect(period.label == text)
    #expect(period.start.iso == start)
    #expect(period.end.iso == end)
    #expect(period.months.count == months)
    let asOf = try at("2026-05-05T00:00:00Z")
    #expect(try Period.parse(text, asOf: asOf, zone: .utc) == .period(period))
  }

  @Test(
    "What is no period is refused with what is wrong",
    arguments: [
      ("", PeriodError.notAPeriod("")), ("26-10", .notAPeriod("26-10")),
      ("2026-13", .noSuchDate("2026-13")), ("2026-Q5", .noSuchDate("2026-Q5")),
      ("2026-02-01..2026-02-29", .noSuchDate("2026-02-01..2026-02-29")),
      ("2026-10-15..2026-10-01", .backwards("2026-10-15..2026-10-01")),
      ("2026-10-15", .notAPeriod("2026-10-15")), ("next-month", .notAPeriod("next-month")),
      ("2026-1", .notAPeriod("2026-1")),
    ])
  func refused(text: String, error: PeriodError) {
    #expect(throws: error) { try Period.parse(text, asOf: .earliest, zone: .utc) }
  }

  @Test("Relative periods follow the local day of as-of, not UTC's")
  func relative() throws {
    let zone = try Zones.system("America/New_York")
    // 31 October 22:00 in New York.
    let asOf = try at("2026-11-01T02:00:00Z")
    func label(_ text: String, _ zone: ZoneRules) throws -> String? {
      guard case .period(let period) = try Period.parse(text, asOf: asOf, zone: zone) else {
        return nil
      }
      return period.label
    }
    #expect(try label("last-month", zone) == "2026-09")
    #expect(try label("last-month", .utc) == "2026-10")
    #expect(try label("month-to-date", zone) == "2026-10")
    #expect(try label("month-to-date", .utc) == "2026-11")
    #expect(try Period.parse("all", asOf: asOf, zone: zone) == .all)
  }

  @Test("A month with a clock change is an hour shorter or longer, from local midnights")
  func interval() throws {
    let zone = try Zones.system("Europe/London")
    let march = try #require(ReportPeriod.month(2_026, 3)).interval(in: zone)
    #expect(march.start.iso == "2026-03-01T00:00:00Z")
    #expect(march.end.iso == "2026-03-31T23:00:00Z")
    #expect(march.seconds == (31 * 24 - 1) * 3_600)
    let october = try #require(ReportPeriod.month(2_026, 10)).interval(in: zone)
    #expect(october.seconds == (31 * 24 + 1) * 3_600)
  }

  @Test("A day that a zone left out still is a period, of a second")
  func skippedDay() throws {
    let zone = try Zones.system("Pacific/Apia")
    let period = try ReportPeriod("2011-12-30..2011-12-30").interval(in: zone)
    #expect(period.start.iso == "2011-12-30T10:00:00Z")
    #expect(period.seconds == 1)
    #expect(try ReportPeriod("2011-12").interval(in: zone).seconds == 30 * 86_400)
  }

  @Test("Months follow each other, and those that touch an interval are listed in order")
  func months() throws {
    let january = try #require(ReportPeriod.month(2_026, 1))
    #expect(january.previousMonth.label == "2025-12")
    #expect(january.followingMonth.label == "2026-02")
    #expect(january.followingMonth.previousMonth == january)
    let span = try ServiceTimeTests.interval("2025-11-30T23:30:00Z", "2026-02-01T00:00:00Z")
    let utc = ReportPeriod.months(touching: span, in: .utc)
    #expect(utc.map(\.label) == ["2025-11", "2025-12", "2026-01"])
    let east = ReportPeriod.months(touching: span, in: try Zones.ruled("AAA-1"))
    #expect(east.map(\.label) == ["2025-12", "2026-01", "2026-02"])
    #expect(try ReportPeriod("2026-Q1").months.map(\.label) == ["2026-01", "2026-02", "2026-03"])
    #expect(
      try ReportPeriod("2026-01-15..2026-02-01").monthsTouched.map(\.label) == [
        "2026-01", "2026-02",
      ])
  }
}
