import Agreements
import Testing

@Suite("Texts of an agreement")
struct RuleTextTests {
  private func target(_ old: String, _ new: String) throws -> Target {
    let text = soundAgreement.replacing(old, with: new)
    let (agreement, findings) = RuleFiles().agreement(text)
    #expect(findings.lines == [])
    return try #require(agreement?.targets.first)
  }

  @Test(
    "An objective is an exact decimal",
    arguments: [
      ("95%", "95"), ("95", "95"), ("99.95 %", "99.95"), ("0.5%", "0.5"), ("100%", "100"),
      ("99.999999%", "99.999999"), ("1", "1"),
    ])
  func objectives(written: String, exact: String) throws {
    #expect(try target("95%", written).tiers.map { $0.objective?.text } == [exact, exact])
  }

  @Test(
    "A due date is a business day, at the same or at a given time",
    arguments: [
      ("3rd business day same time", DueRule.businessDaySameTime(3)),
      ("next business day 16:00", .businessDay(1, at: 57_600)),
      ("1st business day 9:30", .businessDay(1, at: 34_200)),
      ("22nd business day 00:00", .businessDay(22, at: 0)),
    ])
  func dueRules(written: String, rule: DueRule) throws {
    let tiers = try target("within: {P1: 4h, P2: 8h}", "due: {P1: \(written)}").tiers
    #expect(tiers.map(\.dueRule) == [rule, nil])
  }

  @Test(
    "Anything else is no due date",
    arguments: [
      "0th business day same time", "business day 16:00", "3rd day same time",
      "3rd business day", "3rd business day 24:00", "3rd business day 16:60",
      "3rd business day 16.00", "third business day same time", "3 business day same time",
      "3rd business day same time please", "-1st business day 16:00",
    ])
  func notDueRules(written: String) {
    let text = soundAgreement.replacing("within: {P1: 4h, P2: 8h}", with: "due: \(written)")
    #expect(
      RuleFiles().agreement(text).findings.lines == [
        """
        a.yml:23:10: error: "due" of target "fix" is "\(written)", but must be {field: due}, \
        "3rd business day same time" or "next business day 16:00"
        """
      ])
  }
}
