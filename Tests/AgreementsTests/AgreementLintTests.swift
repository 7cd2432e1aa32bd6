import Agreements
import Messages
import ServiceTime
import Testing

@Suite("Successive versions of an agreement")
struct AgreementLintTests {
  private func version(
    _ file: String, _ valid: String, objective: String = "95%", zone: String = "Europe/London",
    name: String = "desk"
  ) throws -> Agreement {
    let text = soundAgreement.replacing("{from: 2026-01-01, until: 2027-01-01}", with: valid)
      .replacing("95%", with: objective).replacing("Europe/London", with: zone)
      .replacing("agreement: desk", with: "agreement: \(name)")
    var agreement = try #require(RuleFiles().agreement(text).agreement)
    agreement.origin.file = file
    agreement.origin.place = Place(
      file: file, line: agreement.origin.place.line, column: agreement.origin.place.column)
    return agreement
  }

  @Test("may follow each other without a word")
  func sound() throws {
    let agreements = [
      try version("b.yml", "{from: 2026-07-01}", objective: "90%"),
      try version("a.yml", "{until: 2026-07-01}"),
      try version("c.yml", "{from: 2020-01-01}", name: "other"),
    ]
    #expect(AgreementLint.findings(for: agreements).isEmpty)
    #expect(agreements.inOrderOfValidity.map(\.origin.file) == ["a.yml", "c.yml", "b.yml"])
  }

  @Test("must leave no hole, no overlap, and change objectives between months")
  func findings() throws {
    let pairs: [(first: String, second: String)] = [
      ("{until: 2026-06-01}", "{from: 2026-07-01}"),
      ("{until: 2026-08-01}", "{from: 2026-07-01}"),
      ("{from: 2026-01-01}", "{from: 2026-07-01}"),
      ("{from: 2026-07-01}", "{from: 2026-07-01}"),
    ]
    let findings = try pairs.flatMap { first, second in
      AgreementLint.findings(for: [try version("b.yml", second), try version("a.yml", first)])
    }
    #expect(
      findings.lines == [
        """
        b.yml:6:1: error: agreement "desk" is valid from 2026-07-01, but its version in a.yml until \
        2026-06-01, which leaves a hole; let one end where the next starts
        """,
        """
        b.yml:6:1: error: agreement "desk" is valid from 2026-07-01, but its version in a.yml until \
        2026-08-01, which leaves an overlap; let one end where the next starts
        """,
        """
        b.yml:6:1: error: agreement "desk" is valid from 2026-07-01, but its version in a.yml has no \
        end; add "until: 2026-07-01" there
        """,
        """
        b.yml:6:1: error: agreement "desk" starts on the same day as its version in a.yml; give this \
        one a later "valid: {from: ...}"
        """,
      ])
    let changed = [
      try version("a.yml", "{until: 2026-07-15}"),
      try version("b.yml", "{from: 2026-07-15}", objective: "90%", zone: "UTC"),
    ]
    #expect(
      AgreementLint.findings(for: changed).lines == [
        """
        b.yml:6:1: error: agreement "desk" changes an objective on 2026-07-15, within a month; an \
        objective belongs to a whole period, so let it start on the first of a month
        """,
        """
        b.yml:6:1: warning: agreement "desk" reports months of UTC, but its version in a.yml months \
        of Europe/London
        """,
      ])
  }
}
