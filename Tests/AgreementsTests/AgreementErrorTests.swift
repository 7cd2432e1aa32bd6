import Agreements
import Messages
import Testing

/// A change to a file that is right, and all the findings it leads to.
struct RuleFileCase: CustomTestStringConvertible {
  let changes: [(String, String)]
  /// Without the file's name.
  let findings: String

  init(_ old: String, _ new: String, _ findings: String) {
    self.init([(old, new)], findings)
  }

  init(_ changes: [(String, String)], _ findings: String) {
    self.changes = changes
    self.findings = findings
  }

  var testDescription: String { changes.map(\.1).joined(separator: " and ") }

  func applied(to text: String) throws -> String {
    var text = text
    for (old, new) in changes {
      let range = try #require(text.firstRange(of: old))
      text.replaceSubrange(range, with: new)
    }
    return text
  }
}

/// An agreement with nothing wrong in it.
let soundAgreement = """
  agreement: desk
  provider: IT
  customer: {field: department}
  zone: Europe/London
  calendar: always
  valid: {from: 2026-01-01, until: 2027-01-01}
  scope: {kind: incident}
  tiers:
    P1: {priority: 1}
    P2: {priority: 2}
  clocks:
    fix:
      start: opened
      stop: resolved
      pause: [{status: Waiting, party: customer}]
      cancel: {status: Cancelled}
      reopen: resume
      on-tier-change: carry
      at-end: stop
  targets:
    - clock: fix
      objective: 95%
      within: {P1: 4h, P2: 8h}

  """

@Suite("What is wrong in an agreement file")
struct AgreementErrorTests {
  typealias Case = RuleFileCase

  private func check(_ expected: Case) throws {
    let (agreement, findings) = RuleFiles().agreement(try expected.applied(to: soundAgreement))
    #expect(
      findings.lines.map { $0.dropFirst("a.yml:".count) }.joined(separator: "\n")
        == expected.findings)
    #expect((agreement == nil) == findings.contains { $0.severity == .error })
  }

  @Test("A sound file has no findings")
  func sound() {
    let (agreement, findings) = RuleFiles().agreement(soundAgreement)
    #expect(findings.lines == [])
    #expect(agreement?.name == "desk")
  }

  @Test(
    "is said with its place: keys, names, zones, dates, calendars, conditions, tiers",
    arguments: shapeCases)
  func shape(expected: Case) throws {
    try check(expected)
  }

  @Test("is said with its place: clocks", arguments: clockCases)
  func clocks(expected: Case) throws {
    try check(expected)
  }

  @Test("is said with its place: targets", arguments: targetCases)
  func targets(expected: Case) throws {
    try check(expected)
  }
}
