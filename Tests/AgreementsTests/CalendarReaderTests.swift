import Agreements
import Messages
import ServiceTime
import Testing

@Suite("A calendar file")
struct CalendarReaderTests {
  private func calendar(_ text: String, in files: RuleFiles = RuleFiles()) throws
    -> CalendarDefinition
  {
    let (calendar, findings) = files.calendar(text)
    #expect(findings.lines == [])
    return try #require(calendar)
  }

  private func week(_ text: String) throws -> WeeklyHours {
    try calendar("calendar: c\nzone: Europe/London\nweek: \(text)\n").versions[0].week
  }

  @Test(
    "may name days in any of these ways",
    arguments: [
      ("{mon-fri: 08:00-12:00}", "mon tue wed thu fri"),
      ("{\"mon, wed\": 08:00-12:00}", "mon wed"),
      ("{\"Sat - Mon\": 08:00-12:00}", "mon sat sun"),
      ("{monday: 08:00-12:00, \"thu-fri,sun\": 08:00-12:00}", "mon thu fri sun"),
      ("{mon-sun: 08:00-12:00}", "mon tue wed thu fri sat sun"),
    ])
  func days(text: String, open: String) throws {
    let week = try week(text)
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    let days = Weekday.allCases.filter { !week[$0].isEmpty }.map { names[$0.rawValue] }
    #expect(days.joined(separator: " ") == open)
  }

  @Test("keeps several windows a day, overnight windows and closed days")
  func windows() throws {
    let week = try week(
      "{mon: [\"22:00-06:00\", \"13:00-18:00\"], tue: closed, wed: [], thu: 00:00-24:00}")
    #expect(week[.monday].map(\.text) == ["13:00-18:00", "22:00-06:00"])
    #expect(week[.tuesday].isEmpty && week[.wednesday].isEmpty)
    #expect(week[.thursday] == [.allDay])
  }

  @Test("lets a day that is named go before the same day of an .ics file")
  func exceptions() throws {
    let files = RuleFiles(
      holidays: ["rules/calendars/h/uk.ics": ["2026-12-24", "2026-12-25", "2026-12-28"]])
    let text = """
      calendar: c
      zone: Europe/London
      week: {mon-fri: 08:00-18:00}
      holidays: [h/uk.ics, 2026-12-31, {2026-12-24: "08:00-12:00"}]
      exceptions: {2026-12-28: ["10:00-12:00", "13:00-14:00"], 2027-01-04: closed}
      business-days: [mon-wed, fri]
      """
    let version = try calendar(text, in: files).versions[0]
    let read = version.exceptions.sorted { $0.key < $1.key }.map { date, windows in
      date.iso + " " + windows.map(\.text).joined(separator: " ")
    }
    #expect(
      read == [
        "2026-12-24 08:00-12:00", "2026-12-25 ", "2026-12-28 10:00-12:00 13:00-14:00",
        "2026-12-31 ", "2027-01-04 ",
      ])
    #expect(version.businessDays == [.monday, .tuesday, .wednesday, .friday])
  }

  @Test("may hold successive versions, which share what stands beside them")
  func versions() throws {
    let text = """
      version: 1
      calendar: c
      title: Office
      zone: Europe/London
      holidays: [2026-12-25]
      versions:
        - {valid: {from: 2026-07-01}, week: {mon-fri: 09:00-17:00}, zone: Europe/Lisbon}
        - {valid: {until: 2026-07-01}, week: {mon-fri: 08:00-12:00}, holidays: []}
      """
    let versions = try calendar(text).versions
    #expect(versions.map { $0.validFrom?.iso } == [nil, "2026-07-01"])
    #expect(versions.map { $0.validUntil?.iso } == ["2026-07-01", nil])
    #expect(versions.map(\.zone.identifier) == ["Europe/London", "Europe/Lisbon"])
    #expect(versions.map(\.exceptions.count) == [0, 1])
  }

  private static let agreement = soundAgreement.replacing("calendar: always", with: "calendar: c")
  private static let inline = agreement.replacing(
    "tiers:", with: "calendars: {c: {week: {mon: 01:00-02:00}}}\ntiers:")

  private func file(_ hours: String) -> String {
    "calendar: c\nzone: UTC\nweek: {mon: \(hours)}\n"
  }

  @Test("is looked for in the agreement, then beside it, then in the folder above")
  func places() throws {
    let beside = "rules/agreements/calendars/c.yml"
    let above = "rules/calendars/c.yml"
    let both = RuleFiles(files: [beside: file("02:00-03:00"), above: file("03:00-04:00")])
    func hours(_ text: String, _ files: RuleFiles) -> String? {
      files.agreement(text).agreement?.targets[0].tiers[0].calendar.versions[0].week[.monday]
        .first?.text
    }
    #expect(hours(Self.inline, both) == "01:00-02:00")
    #expect(hours(Self.agreement, both) == "02:00-03:00")
    #expect(hours(Self.agreement, RuleFiles(files: [above: file("03:00-04:00")])) == "03:00-04:00")
  }

  @Test("that is wrong stops the agreement, and is named in the finding")
  func wrongFile() {
    let path = "rules/agreements/calendars/c.yml"
    let wrong = RuleFiles(files: [path: "calendar: d\nzone: UTC\nweek: {mon: 8}\n"])
    let (agreement, findings) = wrong.agreement(Self.agreement)
    #expect(agreement == nil)
    #expect(
      findings.lines == [
        """
        calendars/c.yml:1:11: error: this file holds calendar "d", but its name says "c"; make \
        them agree
        """,
        """
        calendars/c.yml:3:13: error: "mon": "8" is not an opening like 08:00-12:00 or, \
        overnight, 22:00-06:00
        """,
      ])
  }
}
