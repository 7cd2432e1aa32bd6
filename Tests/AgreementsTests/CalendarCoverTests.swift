import Agreements
import Messages
import Testing

@Suite("Days that the calendar of an agreement does not have")
struct CalendarCoverTests {
  private func findings(_ agreement: String, _ calendar: String) -> [String] {
    let text = """
      agreement: desk
      provider: IT
      customer: Finance
      zone: Europe/London
      calendar: office
      calendars:
        office: {week: {mon-fri: "09:00-17:00"}\(calendar)}
      \(agreement)
      tiers: {P1: {}}
      clocks: {resolution: {start: opened, stop: resolved}}
      targets: [{clock: resolution, objective: 95%, within: 4h}]
      """
    return RuleFiles().agreement(text).findings.lines
  }

  @Test("are an error: its clocks would stand still there, and nothing could be missed")
  func holes() {
    let place = "a.yml:8:1: error: the agreement is valid"
    #expect(
      findings("valid: {from: 2025-12-31}", ", valid: {from: 2026-01-01}") == [
        """
        \(place) from 2025-12-31, but its calendar "office" only from 2026-01-01, so that no time \
        would count before; let the calendar begin earlier, or the agreement on 2026-01-01
        """
      ])
    #expect(
      findings("valid: {from: 2026-01-01}", ", valid: {until: 2027-01-01}") == [
        """
        \(place) without an end, but its calendar "office" only until 2027-01-01, so that no time \
        would count after; give the calendar another version from 2027-01-01 on
        """
      ])
    #expect(findings("valid: {until: 2027-01-02}", ", valid: {until: 2027-01-01}").count == 1)
    #expect(findings("title: Desk", ", valid: {from: 2026-01-01, until: 2027-01-01}").count == 2)
  }

  @Test("are none where both begin and end together, or the calendar goes further")
  func covered() {
    #expect(findings("valid: {from: 2026-01-01}", ", valid: {from: 2026-01-01}") == [])
    #expect(
      findings(
        "valid: {from: 2026-01-01, until: 2027-01-01}",
        ", valid: {from: 2025-12-31, until: 2027-01-01}") == [])
    #expect(findings("title: Desk", "") == [])
  }
}
