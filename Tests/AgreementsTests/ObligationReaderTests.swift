import Agreements
import ServiceTime
import Testing
import Tickets

/// Obligations as they are written, and what is wrong with them.
struct ObligationReaderTests {
  private func read(_ obligations: String) -> (agreement: Agreement?, lines: [String]) {
    let (agreement, findings) = RuleFiles().agreement(
      """
      agreement: revenue
      provider: Marketing
      customer: Sales
      zone: UTC
      obligations:
      \(obligations)
      """)
    return (agreement, findings.lines)
  }

  @Test("With obligations alone an agreement needs no tier and no clock, and judges no ticket")
  func alone() throws {
    let text = """
        - name: leads
          kind: volume
          by: Marketing
          to: Sales
          rows: {source: leads, when: {unit: North}}
          when: {quality: accepted}
          at-least: {2026-01: 80, 2026-04: 120.5}
      """
    let (read, lines) = read(text)
    let agreement = try #require(read)
    #expect(lines.isEmpty)
    #expect(agreement.clocks.isEmpty && agreement.tiers.isEmpty)
    #expect(!agreement.scope.isAnything)
    let obligation = agreement.obligations[0]
    #expect(obligation.title == "leads" && obligation.rows.source == "leads")
    #expect(obligation.namesUsed == ["unit", "opened", "quality"])
    guard case .volume(let terms) = obligation.terms else { throw Other() }
    #expect(terms.steps.map(\.millionths) == [80_000_000, 120_500_000])
    #expect(terms.isProRata)
    #expect(terms.amount(inMonthFrom: try #require(CivilDate(iso: "2025-12-01"))) == nil)
    #expect(terms.amount(inMonthFrom: try #require(CivilDate(iso: "2026-03-01"))) == 80_000_000)
    #expect(terms.amount(inMonthFrom: try #require(CivilDate(iso: "2026-04-01"))) == 120_500_000)
  }

  private struct Other: Error {}

  @Test("A deliverable is due by a day, to its end or to a time, and owed in full")
  func deliverable() throws {
    for (due, second) in [("5th business day", 86_399), ("5th business day 12:00", 43_200)] {
      let (read, lines) = read(
        "  - {name: r, kind: deliverable, by: A, to: B, rows: r, calendar: always, due: \(due)}")
      #expect(lines.isEmpty)
      let obligation = try #require(read?.obligations.first)
      guard case .deliverable(let terms) = obligation.terms else { throw Other() }
      #expect(terms.businessDays == 5 && terms.secondOfDay == second)
      #expect(obligation.objective?.text == "100")
    }
  }

  @Test(
    "What is wrong is said",
    arguments: [
      ("{name: a, kind: volum, by: A, to: B, rows: r}", "did you mean \"volume\"?"),
      ("{name: a, kind: volume, by: A, to: B, rows: r}", "which needs \"at-least\""),
      (
        "{name: a, kind: volume, by: A, to: B, rows: r, at-least: 5, within: 4h}",
        "\"within\" says nothing about an obligation of kind volume"
      ),
      ("{name: a, kind: volume, by: A, to: B, rows: r, at-least: 0}", "an amount above 0"),
      (
        "{name: a, kind: volume, by: A, to: B, rows: r, at-least: {2026-04: 1, 2026-01: 2}}",
        "month 2026-01 is not after the one before it"
      ),
      (
        "{name: a, kind: ratio, by: A, to: B, rows: r, when: {a: b}}",
        "needs one of \"objective\" (at least) and \"at-most\""
      ),
      (
        "{name: a, kind: response-to, by: A, to: B, rows: r, within: 4h, objective: 90%}",
        "has no \"calendar\", and the agreement names none"
      ),
      (
        "{name: a, kind: deliverable, by: A, to: B, rows: r, calendar: always, due: on the 5th}",
        "but must be \"5th business day\""
      ),
    ])
  func wrong(obligation: String, words: String) {
    let (agreement, lines) = read("  - " + obligation)
    #expect(agreement == nil)
    #expect(lines.contains { $0.contains(words) }, "\(lines)")
  }

  @Test("Two obligations of one name are refused")
  func twice() {
    let one = "  - {name: a, kind: volume, by: A, to: B, rows: r, at-least: 5}\n"
    #expect(read(one + one).lines.contains { $0.contains("two obligations \"a\"") })
  }
}
