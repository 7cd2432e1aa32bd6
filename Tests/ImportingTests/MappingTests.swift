import Importing
import Messages
import ServiceTime
import Testing
import Tickets

struct MappingTests {
  private static func problems(_ yaml: String) -> [String] {
    do {
      _ = try Mapping.read(yaml, file: "m.yml")
      return []
    } catch {
      return error.findings.map(\.line)
    }
  }

  private static let good = "mapping: m\nrows: tickets\nticket: {id: id, opened: opened}\n"

  @Test(
    "A key or value that is wrong is named with its place and what is allowed",
    arguments: [
      ("zon: UTC", "m.yml:4:1: error: unknown key \"zon\" in the mapping; did you mean \"zone\"?"),
      (
        "timestamps: dd/QQ/yyyy",
        "m.yml:4:13: error: \"dd/QQ/yyyy\" is no timestamp pattern; use auto, iso, or letters such "
          + "as d/M/yyyy HH:mm"
      ),
      (
        "delimiter: \"::\"",
        "m.yml:4:12: error: delimiter is \"::\"; allowed are auto, tab, or one character such as "
          + "\",\" or \";\""
      ),
      (
        "encoding: windows-12521",
        "m.yml:4:11: error: encoding is \"windows-12521\", which is not known here; did you mean "
          + "\"windows-1252\"? Allowed are auto, utf-8, utf-16le, utf-16be, windows-1252, "
          + "iso-8859-1, mac-roman, and any name that iconv --list shows"
      ),
      (
        "holds: everything",
        "m.yml:4:8: error: holds is \"everything\"; allowed are all, finished, opened-from DATE and "
          + "updated-from DATE, with a date such as 2026-01-31"
      ),
      (
        "values: {prio: {a: b}}",
        "m.yml:4:10: error: values names \"prio\", which is no field of the ticket; there are none"
      ),
      (
        "personal: {caller: hash}\npersonal_key: secret",
        "m.yml:4:12: error: caller is no field of the ticket, and only a field can be hashed; use "
          + "drop, or take it out"
      ),
      (
        "reported: {clock: resolution}",
        "m.yml:4:11: error: reported needs either \"breached\" or \"met\""
      ),
      (
        "paused_seconds: {column: p, counts: working, as: words}",
        "m.yml:4:17: error: durations in words need \"units\", such as {hours: 3600}"
      ),
      ("version: 2", "m.yml:4:10: error: version is \"2\", but must be 1"),
    ])
  func problem(line: String, message: String) {
    #expect(Self.problems(Self.good + line) == [message])
  }

  @Test(
    "Each shape of rows needs its columns",
    arguments: [
      ("tickets", "{opened: o}", ["id"]), ("events", "{id: i}", ["at"]),
      ("snapshots", "{id: i}", ["updated"]), ("intervals", "{}", ["start", "end"]),
    ])
  func needs(rows: String, ticket: String, keys: [String]) {
    let problems = Self.problems("mapping: m\nrows: \(rows)\nticket: \(ticket)\n")
    #expect(
      problems
        == keys.map {
          "m.yml:3:9: error: rows of shape \(rows) need \"\($0)\" under \"ticket\"; add it"
        })
  }

  @Test("A duration after an instant needs that instant")
  func derived() {
    #expect(
      Self.problems(
        "mapping: m\nrows: tickets\nticket: {id: i, responded: {after: opned, column: c}}\n")
        == [
          "m.yml:3:36: error: after names \"opned\", which is no instant of the ticket; there are "
            + "none"
        ])
  }

  @Test("Every preset is a mapping that reads without a problem", arguments: Presets.all)
  func presets(preset: Presets.Preset) throws {
    let mapping = try Mapping.read(preset.yaml, file: preset.name)
    #expect(mapping.name == preset.name)
    #expect(mapping.source == preset.name)
    #expect(preset.yaml.hasPrefix("version: 1\n"))
  }

  @Test("The presets are sorted by name")
  func sorted() {
    #expect(Presets.all.map(\.name) == Presets.all.map(\.name).sorted())
    #expect(Presets.named("zendesk")?.name == "zendesk")
    #expect(Presets.named("nothing") == nil)
  }

  @Test("Columns are found by exact name, by number of repetition, and in other case")
  func columns() throws {
    let yaml = """
      mapping: m
      rows: tickets
      timestamps: iso
      ticket: {id: ID, opened: opened, first: "Watchers", second: "Watchers#2",
               any: [nothing, "Watchers#2", Watchers], fixed: {value: incident}}
      """
    let outcome = try Imports.read(
      "id,Opened,Watchers,Watchers\n1,2026-01-05,a,b\n2,2026-01-05,c,\n", yaml)
    let table = try #require(outcome.tickets)
    let rows = (0..<2).map { ticket in
      table.fields.map { $0.dictionary[$0.codes[ticket]] }
    }
    #expect(rows == [["a", "b", "b", "incident"], ["c", "", "c", "incident"]])
  }

  @Test("Cells are cleaned, missing tokens are missing, and values are mapped")
  func cells() throws {
    let yaml = """
      mapping: m
      rows: tickets
      timestamps: yyyy-MM-dd HH:mm
      missing: ["?", "1970-01-01 00:00"]
      ticket:
        id: {column: id, without: [" ", "-"]}
        opened: opened
        resolved: {column: resolved, until: "%"}
        priority: priority
      values: {priority: {"1 - Critical": 1}}
      personal: {priority_text: drop}
      keep: [priority_text]
      """
    let outcome = try Imports.read(
      """
      id,opened,resolved,priority,priority_text
      5 2-1,1970-01-01 00:00,2026-01-05 08:00 % x,1 - Critical,secret
      522,2026-01-05 08:00,?,?,secret

      """, yaml)
    let table = try #require(outcome.tickets)
    #expect(table.ids[0] == "521")
    #expect(table.moments[0][0] == nil)
    #expect(table.moments[1][0] == Instant(iso: "2026-01-05T08:00:00Z"))
    #expect(table.moments[1][1] == nil)
    #expect(table.fields.map(\.name) == ["priority"])
    #expect(table.fields[0].dictionary.values == ["", "1"])
  }

  @Test("An instant may be so many minutes after another, and a row may carry its suspension")
  func derivedAndPauses() throws {
    let yaml = """
      mapping: m
      rows: tickets
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, opened: opened, responded: {after: opened, column: reply, as: minutes}}
      instants: {assigned: assigned}
      pauses: [{from: held, to: freed, party: customer}]
      """
    let outcome = try Imports.read(
      """
      id,opened,reply,assigned,held,freed
      1,2026-01-05 08:00,90,2026-01-05 08:01,2026-01-05 09:00,2026-01-05 10:00
      2,2026-01-05 08:00,,,2026-01-05 09:00,
      3,2026-01-05 08:00,never,,2026-01-05 09:00,2026-01-05 08:00

      """, yaml)
    let table = try #require(outcome.tickets)
    let responded = table.moments[try #require(table.momentIndex("responded"))]
    #expect(responded[0] == Instant(iso: "2026-01-05T09:30:00Z"))
    #expect(responded.seconds[1] == MomentColumn.missing)
    #expect(responded.seconds[2] == MomentColumn.unreadable)
    #expect(
      table.suspensions.map { [$0.ticket, Int($0.start.seconds), Int($0.end?.seconds ?? 0)] }
        == [[0, 1_767_603_600, 1_767_607_200], [1, 1_767_603_600, 0]])
    #expect(outcome.findings.map(\.severity) == [.warning, .warning])
  }
}
