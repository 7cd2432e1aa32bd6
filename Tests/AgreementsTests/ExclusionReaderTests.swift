import Agreements
import Foundation
import Messages
import ServiceTime
import Testing
import Tickets

/// Registers of exclusions: YAML, CSV and entries within the agreement.
@Suite("Registers of exclusions")
struct ExclusionReaderTests {
  private static let yaml = """
    version: 1
    exclusions:
      - tickets: [T1, T2]
        source: desk
        clocks: fix
        reason: opened by a test
        approver: the owner
        approved: 2026-11-04T10:00:00Z
      - from: 2026-10-12T08:00:00+01:00
        to: 2026-10-12T14:00:00+01:00
        when: {group: [Network, Systems]}
        reason: a power cut
        approver: the owner

    """

  private static let csv = """
    tickets,source,from,to,when,clocks,reason,approver,approved
    T1 T2,desk,,,,fix,opened by a test,the owner,2026-11-04T10:00:00Z
    ,,2026-10-12T08:00:00+01:00,2026-10-12T14:00:00+01:00,"group: [Network, Systems]",,a power cut,the owner,

    """

  private func read(
    _ text: String, named name: String = "r.yml", agreement: String = "exclusions: ../r.yml\n"
  ) -> (exclusions: [Exclusion], lines: [String]) {
    var files = RuleFiles()
    files.files = ["rules/\(name)": text]
    let read = files.agreement(soundAgreement + agreement)
    let lines = read.findings.map {
      $0.line.replacingOccurrences(of: "rules/agreements/", with: "")
        .replacingOccurrences(of: "rules/", with: "")
    }
    return (read.agreement?.exclusions ?? [], lines)
  }

  @Test("A register says the same in YAML, in CSV and within the agreement")
  func threeForms() throws {
    let yaml = read(Self.yaml)
    #expect(yaml.lines == [])
    #expect(yaml.exclusions.map(\.place.text) == ["rules/r.yml:3:5", "rules/r.yml:9:5"])
    let csv = read(Self.csv, named: "r.csv", agreement: "exclusions: [../r.csv]\n")
    #expect(csv.lines == [])
    #expect(csv.exclusions.map(\.place.text) == ["rules/r.csv:2:1", "rules/r.csv:3:1"])
    let semicolons = Self.csv.split(separator: "\n").map { line in
      line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().map {
        $0.offset % 2 == 0
          ? $0.element.replacingOccurrences(of: ",", with: ";") : "\"\($0.element)\""
      }.joined()
    }.joined(separator: "\r\n")
    let other = read("\u{FEFF}" + semicolons, named: "r.csv", agreement: "exclusions: ../r.csv\n")
    #expect(other.lines == [])
    let inline = Self.yaml.split(separator: "\n").dropFirst(1).joined(separator: "\n") + "\n"
    let own = read("", agreement: inline)
    #expect(own.lines == [])
    for exclusions in [csv.exclusions, other.exclusions, own.exclusions] {
      #expect(exclusions.count == 2)
      for (one, two) in zip(exclusions, yaml.exclusions) {
        var moved = one
        moved.place = two.place
        #expect(moved == two)
      }
    }
    let (tickets, interval) = (yaml.exclusions[0], yaml.exclusions[1])
    #expect(tickets.subject == .tickets(["T1", "T2"], source: "desk"))
    #expect(tickets.approved == Instant(iso: "2026-11-04T10:00:00Z"))
    #expect((tickets.clocks, interval.clocks) == (["fix"], []))
    #expect(interval.approved == nil)
    guard case .interval(let from, let to, let condition) = interval.subject else {
      Issue.record("the second is no interval")
      return
    }
    #expect((from.iso, to.iso) == ("2026-10-12T07:00:00Z", "2026-10-12T13:00:00Z"))
    #expect(condition.fields == ["group"])
  }

  @Test("An agreement uses the fields by which its registers limit intervals")
  func fields() throws {
    var files = RuleFiles()
    files.files = ["rules/r.yml": Self.yaml]
    let read = files.agreement(soundAgreement + "exclusions: ../r.yml\n")
    #expect(try #require(read.agreement).namesUsed.contains("group"))
  }

  private static let wrong: [RuleFileCase] = [
    RuleFileCase(
      "clocks: fix", "clocks: [fox]",
      "r.yml:5:14: error: there is no clock \"fox\"; did you mean \"fix\"?"),
    RuleFileCase(
      "clocks: fix", "clocks: []",
      "r.yml:5:13: error: \"clocks\" lists nothing; name at least one, or leave it out for all"),
    RuleFileCase(
      "[T1, T2]", "[]", "r.yml:3:14: error: \"tickets\" lists nothing; name at least one"),
    RuleFileCase(
      "[T1, T2]", "[T1, T1]",
      """
      r.yml:3:5: warning: ticket T1 is excluded already in r.yml:3:5, which takes its promises out; remove one of the two
      """),
    RuleFileCase(
      "    approver: the owner\n    approved", "    approved",
      """
      r.yml:7:15: error: "approved" tells when, but nothing tells who; add "approver", or leave "approved" out until it is approved
      """),
    RuleFileCase(
      "    reason: a power cut\n", "",
      "r.yml:9:5: error: an exclusion has no \"reason\"; add it"),
    RuleFileCase(
      "2026-11-04T10:00:00Z", "2026-11-04",
      """
      r.yml:8:15: error: "approved" is "2026-11-04", but must be an instant with its offset, such as 2026-10-12T08:00:00+01:00
      """),
    RuleFileCase(
      "2026-11-04T10:00:00Z", "1926-11-04T10:00:00Z",
      "r.yml:8:15: error: \"approved\" is \"1926-11-04T10:00:00Z\", which is not within 1970 to 2100"
    ),
    RuleFileCase(
      "2026-10-12T14:00:00+01:00", "2026-10-12T08:00:00+01:00",
      """
      r.yml:10:9: error: the exclusion ends before it begins: from 2026-10-12T07:00:00Z to 2026-10-12T07:00:00Z; "to" is the first instant that counts again
      """),
    RuleFileCase(
      "    to: 2026-10-12T14:00:00+01:00\n", "",
      "r.yml:9:5: error: an exclusion has no \"to\"; add it"),
    RuleFileCase(
      "tickets: [T1, T2]", "from: 2026-10-12T08:00:00Z",
      """
      r.yml:3:5: error: an exclusion has no "to"; add it
      r.yml:4:13: error: "source" tells where tickets are from, but this exclusion is of an interval; write when: {source: NAME}
      """),
    RuleFileCase(
      "    source: desk\n", "    to: 2026-10-12T08:00:00Z\n    when: {group: A}\n",
      """
      r.yml:3:14: error: an exclusion names both "tickets" and "from" or "to"; write two: one takes promises out, the other takes time out of the clocks
      r.yml:5:11: error: "when" limits an interval, but this exclusion names tickets; leave it out
      """),
    RuleFileCase(
      "  - tickets: [T1, T2]\n    source", "  - source",
      """
      r.yml:3:5: error: an exclusion names neither "tickets" nor "from" and "to"; say what it takes out
      """),
    RuleFileCase(
      "approver: the owner\n    approved", "aprover: the owner\n    approved",
      """
      r.yml:7:5: error: unknown key "aprover" in an exclusion; did you mean "approver"?
      r.yml:8:15: error: "approved" tells when, but nothing tells who; add "approver", or leave "approved" out until it is approved
      """),
    RuleFileCase(
      "exclusions:", "exclusion:",
      "r.yml:2:1: error: unknown key \"exclusion\" in the register; did you mean \"exclusions\"?"),
    RuleFileCase(
      "tickets: [T1, T2]\n    source: desk",
      "from: 2026-10-12T00:00:00Z\n    to: 2026-10-13T00:00:00Z",
      """
      r.yml:9:5: warning: the interval overlaps that of r.yml:3:5; time that is in both is taken out once, by the first
      """),
  ]

  @Test("Everything wrong in a register is said with its place", arguments: wrong)
  func wrongEntries(_ change: RuleFileCase) throws {
    let lines = read(try change.applied(to: Self.yaml)).lines
    #expect(lines.joined(separator: "\n") == change.findings)
  }

  private static let wrongTables: [RuleFileCase] = [
    RuleFileCase(
      "reason", "reasons",
      """
      r.csv:1:1: error: unknown column "reasons" in the register; did you mean "reason"?
      r.csv:2:1: error: an exclusion has no "reason"; add it
      r.csv:3:1: error: an exclusion has no "reason"; add it
      """),
    RuleFileCase(
      "source,from", "from,from", "r.csv:1:1: error: column \"from\" is given twice"),
    RuleFileCase(
      "a power cut,the owner,", "a power cut,the owner",
      "r.csv:3:1: error: the line has 8 cells, but the header has 9"),
    RuleFileCase(
      "fix,opened", "fox,opened",
      "r.csv:2:1: error: there is no clock \"fox\"; did you mean \"fix\"?"),
    RuleFileCase(
      "\"group: [Network, Systems]\"", "\"group: [Network\"",
      "r.csv:3:1: error: \"when\" is \"group: [Network\": "),
    RuleFileCase(
      "opened by a test", "\"opened\" by a test",
      "r.csv:2:1: error: the quotes of this line do not fit; a quote inside a cell is written twice"
    ),
  ]

  @Test("Everything wrong in a table is said with its line", arguments: wrongTables)
  func wrongTable(_ change: RuleFileCase) throws {
    let text = try change.applied(to: Self.csv)
    let lines = read(text, named: "r.csv", agreement: "exclusions: ../r.csv\n").lines
    #expect(lines.joined(separator: "\n").hasPrefix(change.findings))
  }

  @Test("An empty table, other bytes, other files and missing ones are errors")
  func noRegister() {
    let csv = "exclusions: ../r.csv\n"
    #expect(
      read("", named: "r.csv", agreement: csv).lines == [
        "r.csv:1:1: error: the register is empty; it starts with a header such as "
          + "tickets,reason,approver,approved"
      ])
    #expect(
      read("", agreement: "exclusions: ../none.yml\n").lines[0].hasPrefix(
        "a.yml:24:13: error: the register \"../none.yml\" cannot be read: "))
    #expect(
      read("", agreement: "exclusions: ../r.xlsx\n").lines == [
        "a.yml:24:13: error: \"exclusions\" is \"../r.xlsx\", but a register is a file that ends in "
          + ".yml or .csv"
      ])
    #expect(
      read("", agreement: "exclusions: []\n").lines == [
        "a.yml:24:13: error: \"exclusions\" lists nothing; name a register, or leave it out"
      ])
  }

  @Test("A ticket named again in another source, or for another clock, is no repeat")
  func noRepeat() {
    let text = """
      exclusions:
        - {tickets: T1, source: a, reason: x}
        - {tickets: T1, source: b, reason: x}
        - {from: 2026-10-12T00:00:00Z, to: 2026-10-13T00:00:00Z, when: {group: A}, reason: x}
        - {from: 2026-10-12T00:00:00Z, to: 2026-10-13T00:00:00Z, when: {group: B}, reason: x}
        - {from: 2026-10-13T00:00:00Z, to: 2026-10-14T00:00:00Z, reason: x}

      """
    #expect(read(text).lines == [])
  }
}
