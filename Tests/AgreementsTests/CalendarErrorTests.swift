import Agreements
import Messages
import Testing

@Suite("What is wrong in a calendar file")
struct CalendarErrorTests {
  typealias Case = RuleFileCase

  private static let sound = """
    calendar: office
    zone: Europe/London
    week: {mon-fri: ["08:00-12:00", "13:00-18:00"]}
    holidays: [2026-12-25, {2026-12-24: "08:00-12:00"}]

    """

  private static let files = RuleFiles(holidays: ["rules/calendars/empty.ics": []])

  @Test("A sound file has no findings")
  func sound() {
    #expect(Self.files.calendar(Self.sound).findings.lines == [])
  }

  @Test("is said with its place", arguments: cases)
  func places(expected: Case) throws {
    let (calendar, findings) = Self.files.calendar(try expected.applied(to: Self.sound))
    #expect(
      findings.lines.map { $0.dropFirst("c.yml:".count) }.joined(separator: "\n")
        == expected.findings)
    #expect(calendar == nil)
  }
}
