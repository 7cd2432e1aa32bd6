import Importing
import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite("The import report")
struct ImportReportTests {
  private static let mapping = """
    mapping: desk
    rows: tickets
    timestamps: auto
    missing: ["-"]
    ticket: {id: id, opened: opened, resolved: resolved, priority: priority, caller: caller}
    values: {priority: {"1 - Critical": 1, "2 - High": 2}}
    personal: {caller: drop}
    """

  private func report(
    _ text: String, _ yaml: String = mapping, now: String = "2027-01-01T00:00:00Z",
    zone: ZoneRules = .utc
  ) throws -> ImportReport {
    try report([("desk.csv", text)], yaml, now: now, zone: zone)
  }

  private func report(
    _ files: [(name: String, text: String)], _ yaml: String, now: String = "2027-01-01T00:00:00Z",
    zone: ZoneRules = .utc
  ) throws -> ImportReport {
    let importer = Importer(try Mapping.read(yaml, file: "desk.yml"), zone: zone)
    let inputs = files.map { ImportInput(name: $0.name, bytes: Array($0.text.utf8)) }
    let outcome = try importer.read(inputs)
    let now = try #require(Instant(iso: now))
    return try importer.report(on: inputs, outcome: outcome, now: now)
  }

  private func column(_ name: String, _ report: ImportReport) throws -> ImportReport.Column {
    try #require(report.columns.first { $0.name == name })
  }

  @Test("Every column is counted; used ones show their ends, their values, and how they were read")
  func columns() throws {
    let report = try report(
      """
      id,opened,resolved,priority,caller,note
      a,2026-03-02 09:00:00,2026-03-02 10:00:00,1 - Critical,Ann,x
      b,2026-03-04 09:30:00,-,2 - High,Bob,
      c,2026-03-03 09:00:00,,2 - High,Ann,y

      """)
    let opened = try column("opened", report)
    #expect(opened.use == ["opened"])
    #expect(opened.first == "2026-03-02T09:00:00Z")
    #expect(opened.last == "2026-03-04T09:30:00Z")
    #expect(opened.filled == 3)
    #expect(opened.distinct == 3)
    #expect(opened.conversions == ["3 read as iso"])
    let resolved = try column("resolved", report)
    #expect(resolved.filled == 1)
    #expect(resolved.missing == 2)
    let priority = try column("priority", report)
    #expect(priority.distinct == 2)
    #expect(priority.values.map(\.value) == ["2 - High", "1 - Critical"])
    #expect(priority.values.map(\.count) == [2, 1])
    #expect(priority.conversions == ["\"1 - Critical\" becomes \"1\" and 1 more"])
    let note = try column("note", report)
    #expect(note.use.isEmpty)
    #expect(note.filled == 2)
    #expect(note.first == nil)
    #expect(note.values.isEmpty)
    #expect(report.rows.tickets == 3)
    #expect(report.remarks == [])
  }

  @Test("Nothing of a personal column is shown, but that it is filled")
  func personal() throws {
    let report = try report(
      "id,opened,resolved,priority,caller\na,2026-03-02 09:00:00,,1 - Critical,Ann\n")
    let caller = try column("caller", report)
    #expect(caller.filled == 1)
    #expect(caller.first == nil)
    #expect(caller.last == nil)
    #expect(caller.values.isEmpty)
  }

  @Test("Rejected rows are told by reason with the first three places, repeated ids too")
  func reasons() throws {
    let report = try report(
      """
      id,opened,resolved,priority,caller
      a,2026-03-02 09:00:00,,1,Ann
      b,2026-03-02 09:00:00
      c,2026-03-02
      ,2026-03-02 09:00:00,,1,Ann
      d,2026-03-02 09:00:00,,1,Ann,6,7
      e
      a,2026-03-02 09:00:00,,2,Ann
      a,2026-03-02 09:00:00,,2,Ann

      """)
    #expect(report.rejects.map(\.count) == [4, 1])
    let width = try #require(report.rejects.first)
    #expect(width.places == ["desk.csv:3", "desk.csv:4", "desk.csv:6"])
    #expect(width.reason.contains("has … fields where the header has …"))
    #expect(report.duplicates?.rows == 2)
    #expect(report.duplicates?.places == ["desk.csv:8", "desk.csv:9"])
    #expect(report.rows.rejected == 5)
  }

  @Test("Findings of one kind are told apart by column")
  func byColumn() throws {
    let report = try report(
      """
      id,opened,resolved,priority,caller
      a,2026-03-02 09:00:00,soon,1,Ann
      b,2026-03-02 09:00:00,later,1,Ann
      c,tomorrow,2026-03-02 09:00:00,1,Ann
      d,2026-03-02 09:00:00,2026-03-02 09:00:00,1,Ann
      e,2026-03-02 09:00:00,2026-03-02 09:00:00,1,Ann
      f,2026-03-02 09:00:00,2026-03-02 09:00:00,1,Ann

      """)
    #expect(report.rejects.map(\.count) == [1])
    #expect(report.rejects.first?.reason.hasPrefix("column \"opened\" holds …") == true)
    #expect(report.warnings.map(\.count) == [2])
    #expect(report.warnings.first?.reason.hasPrefix("column \"resolved\" holds …") == true)
    #expect(
      report.remarks.contains {
        $0.hasPrefix("2 of 6 (33 %) cells of column \"resolved\" are not instants")
      })
  }

  @Test("Resolved before opened, future, midnight and a form that changes are said in plain words")
  func remarks() throws {
    var rows = "id,opened,resolved,priority,caller\n"
    for row in 0..<24 {
      let day = 1 + row
      let opened = row < 12 ? "2026-03-\(day < 10 ? "0" : "")\(day)" : "\(day).03.2026"
      let resolved = row % 3 == 0 ? "2026-02-01 10:00:00" : "2026-04-01 10:00:00"
      rows += "t\(row),\(opened),\(row == 1 ? "2030-01-01 00:00:00" : resolved),1,Ann\n"
    }
    let forms = Self.mapping.replacing("timestamps: auto", with: "timestamps: [iso, d.M.yyyy]")
    let report = try report(rows, forms)
    #expect(
      report.remarks.contains { $0.hasPrefix("8 of 24 (33 %) tickets were resolved before") })
    #expect(
      report.remarks.contains(
        """
        column "opened" holds days without a time of day: all 24 times are at midnight, so that \
        durations are right to the day only
        """))
    #expect(
      report.remarks.contains(
        """
        column "opened" changes its form: times look like "2026-03-01" to desk.csv:13, and like \
        "13.03.2026" from desk.csv:14 on
        """))
    #expect(
      report.remarks.contains(
        """
        1 of 24 (4.1 %) times in column "resolved" lie in the future; the first are at desk.csv:3
        """))
    #expect(try column("resolved", report).future == 1)
    #expect(try column("opened", report).conversions == ["12 read as iso", "12 read as d.M.yyyy"])
  }

  @Test("Days are those of the zone, and a long gap is said where there are tickets on other days")
  func days() throws {
    var rows = "id,opened,resolved,priority,caller\n"
    for day in [1, 2, 3, 4, 5, 6, 7, 8, 17, 18, 19, 20] {
      rows += "t\(day),2026-06-\(day < 10 ? "0" : "")\(day) 23:30:00+00:00,,1,Ann\n"
    }
    let auckland = try RealExports.rules("Pacific/Auckland")
    let report = try report(rows, zone: auckland)
    let days = try #require(report.days)
    #expect(days.first == "2026-06-02")
    #expect(days.last == "2026-06-21")
    #expect(days.withTickets == 12)
    #expect(days.without == 8)
    #expect(days.gaps.map(\.from) == ["2026-06-10"])
    #expect(days.gaps.map(\.to) == ["2026-06-17"])
    #expect(days.gaps.map(\.days) == [8])
    #expect(
      report.remarks.contains {
        $0.hasPrefix("no ticket was opened from 2026-06-10 to 2026-06-17, 8 days")
      })
  }

  @Test("A column that is used and empty, and a size at which exports are cut, are said")
  func sizes() throws {
    var rows = "id,opened,resolved,priority,caller\n"
    for row in 0..<500 { rows += "t\(row),2026-06-01 08:00:0\(row % 10),,1,Ann\n" }
    let report = try report(rows)
    #expect(report.remarks.first == "column \"resolved\" is empty in every row")
    #expect(report.remarks.last?.hasPrefix("the file has exactly 500 rows") == true)
  }

  @Test("Columns of one name in several files are one, repeated headers are numbered")
  func files() throws {
    let yaml = """
      mapping: desk
      rows: tickets
      timestamps: iso
      ticket: {id: id, opened: opened, second: "who#2"}
      """
    let report = try report(
      [
        ("a.csv", "id,opened,who,who\na,2026-03-02 09:00,x,y\n"),
        ("b.csv", "opened,id,who,who\n2026-03-03 09:00,b,,z\n"),
      ], yaml)
    #expect(report.columns.map(\.name) == ["id", "opened", "who", "who#2"])
    #expect(try column("who#2", report).use == ["second"])
    #expect(try column("who#2", report).filled == 2)
    #expect(try column("who", report).missing == 1)
    #expect(report.files == ["a.csv", "b.csv"])
  }
}
