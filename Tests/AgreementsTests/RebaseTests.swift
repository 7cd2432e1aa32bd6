import Agreements
import Testing

/// `rebase`, of an agreement and of a target.
@Suite("Rebases")
struct RebaseTests {
  private static let start = """
    agreement: a
    provider: IT
    customer: Sales
    zone: UTC
    calendar: always
    tiers: {All: {}}
    clocks: {fix: {start: opened, stop: resolved}}
    targets: [{clock: fix, objective: 95%, within: 4h, rebase: [{from: 2026-05, reason: team}]}]

    """

  @Test("are read with their month and reason")
  func read() throws {
    let (agreement, findings) = RuleFiles().agreement(
      Self.start + "rebase: [{from: 2026-04, reason: new tool}, {from: 2027-01, reason: hours}]")
    #expect(findings.isEmpty)
    #expect(
      agreement?.rebases
        == [Rebase(from: "2026-04", reason: "new tool"), Rebase(from: "2027-01", reason: "hours")])
    #expect(agreement?.targets.first?.rebases == [Rebase(from: "2026-05", reason: "team")])
  }

  @Test(
    "are refused with their place",
    arguments: [
      (
        "{from: 2026-4, reason: x}",
        "9:17: error: \"from\" of a rebase is \"2026-4\", but must be a month like 2026-04"
      ),
      (
        "{from: 2026-04-01, reason: x}",
        "9:17: error: \"from\" of a rebase is \"2026-04-01\", but must be a month like 2026-04"
      ),
      (
        "{from: 2026-13, reason: x}",
        "9:17: error: \"from\" of a rebase is \"2026-13\", but must be a month like 2026-04"
      ),
      (
        "{from: 2026-04, reason: x}, {from: 2026-04, reason: y}",
        "9:45: error: 2026-04 has two rebases; keep one of them"
      ),
      ("{from: 2026-04}", "9:10: error: a rebase has no \"reason\"; add it"),
    ])
  func refused(written: String, expected: String) {
    let (agreement, findings) = RuleFiles().agreement(Self.start + "rebase: [\(written)]")
    #expect(agreement == nil)
    #expect(findings.lines == ["a.yml:" + expected])
  }
}
