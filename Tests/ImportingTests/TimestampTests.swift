import Importing
import ServiceTime
import Testing
import Tickets

/// Patterns of timestamps, and settling them over a whole column.
struct TimestampTests {
  /// The instant that one cell comes to, or `nil` if the row is rejected.
  private static func read(_ cell: String, _ pattern: String) throws -> String? {
    let yaml = """
      mapping: small
      rows: tickets
      timestamps: "\(pattern)"
      ticket: {id: id, opened: opened}
      """
    let outcome = try Imports.read("id;opened\n1;\(cell)\n", yaml)
    return outcome.tickets?.moments[0].seconds.first.map { Instant(seconds: $0).iso }
  }

  @Test(
    "A pattern reads what it says, in any of the languages",
    arguments: [
      ("d/M/yyyy HH:mm", "29/2/2016 01:16", "2016-02-29T01:16:00Z"),
      ("M/d/yyyy H:mm", "3/17/2025 6:04", "2025-03-17T06:04:00Z"),
      ("MM-dd-yyyy HH:mm:ss", "02-13-2025 15:46:06", "2025-02-13T15:46:06Z"),
      ("dd/MMM/yy h:mm a", "22/Sep/25 9:26 AM", "2025-09-22T09:26:00Z"),
      ("dd/MMM/yy h:mm a", "18/jul/26 12:10 AM", "2026-07-18T00:10:00Z"),
      ("dd/MMM/yy h:mm a", "18/jul/26 12:10 PM", "2026-07-18T12:10:00Z"),
      ("d MMM yyyy", "3 déc. 2025", "2025-12-03T00:00:00Z"),
      ("d MMM yyyy", "3 FÉVRIER 2025", "2025-02-03T00:00:00Z"),
      ("d MMM yyyy", "1 março 2025", "2025-03-01T00:00:00Z"),
      ("d MMM yyyy", "1 out 2025", "2025-10-01T00:00:00Z"),
      ("d MMM yyyy", "1 ene 2025", "2025-01-01T00:00:00Z"),
      ("yyyyMMddHHmmss", "20250213154606", "2025-02-13T15:46:06Z"),
      ("yyyy-MM-dd'T'HH:mm:ss.SSSX", "2026-01-05T08:00:00.123+0200", "2026-01-05T06:00:00Z"),
      ("iso", "2006-01-11T15:49:42+01:00", "2006-01-11T14:49:42Z"),
      ("iso", "2026-01-05 08:00:00.5 Z", "2026-01-05T08:00:00Z"),
      ("iso", "2026-01-05", "2026-01-05T00:00:00Z"),
    ])
  func pattern(pattern: String, cell: String, instant: String) throws {
    #expect(try Self.read(cell, pattern) == instant)
  }

  @Test(
    "A cell that fits only in part does not fit",
    arguments: [
      ("d/M/yyyy", "1/2/2025 08:00"), ("d/M/yyyy HH:mm", "1/2/2025"), ("dd/MM/yyyy", "1/2/2025"),
      ("iso", "2026-01-05T08:00:00+25:00"), ("d MMM yyyy", "1 foo 2025"), ("iso", "2026-1-5"),
      ("h:mm a d/M/yyyy", "13:00 PM 1/1/2025"), ("yyyy-MM-dd", "2026-01-05x"),
    ])
  func misfit(pattern: String, cell: String) throws {
    #expect(try Self.read(cell, pattern) == nil)
  }

  private static let auto = """
    mapping: small
    rows: tickets
    timestamps: auto
    ticket: {id: id, opened: opened, resolved: resolved}
    """

  @Test("One cell that tells day from month settles the column, wherever it stands")
  func wholeColumn() throws {
    var text = "id,opened,resolved\n"
    for row in 0..<50 { text += "\(row),1/2/2026 08:00,\n" }
    text += "50,13/2/2026 08:00,\n"
    let outcome = try Imports.read(text, Self.auto)
    #expect(outcome.settledTimestamps == ["opened": "d/M/yyyy H:mm"])
    #expect(
      outcome.tickets?.moments[0][0] == Instant(iso: "2026-02-01T08:00:00Z"),
      "also for the cells before it")
  }

  @Test("A column that cannot tell takes what another column tells")
  func otherColumn() throws {
    let outcome = try Imports.read(
      "id,opened,resolved\n1,1/2/2026 08:00,2/14/2026 08:00\n", Self.auto)
    #expect(outcome.settledTimestamps["opened"] == "M/d/yyyy H:mm")
  }

  @Test("Where day and month cannot be told apart, the import asks")
  func ambiguous() throws {
    #expect(
      throws: ImportError.ambiguousTimestamps(
        file: "small.csv", column: "opened", example: "1/2/2026 08:00",
        patterns: ["d/M/yyyy H:mm", "M/d/yyyy H:mm"])
    ) {
      try Imports.read("id,opened,resolved\n1,1/2/2026 08:00,\n", Self.auto)
    }
  }

  @Test("Every cell that a pattern fits has the pattern's shape, or none that can be told")
  func shapes() throws {
    for cell in ["1/2/2026 8:00 a. m.", "1/2/2026 8:00 p.m.", "13/déc./26 8:00 AM"] {
      let text = "id;opened;resolved\n1;13/2/2026 8:00 AM;\n2;\(cell);\n3;\(cell);\n"
      let outcome = try Imports.read(text, Self.auto)
      let settled = try #require(outcome.settledTimestamps["opened"])
      #expect(settled == (cell.contains("déc") ? "d/MMM/yy h:mm a" : "d/M/yyyy h:mm a"))
    }
  }

  @Test("Where nothing fits, the import asks")
  func noneFits() throws {
    #expect(
      throws: ImportError.noTimestampFits(
        file: "small.csv", column: "opened", example: "last week")
    ) {
      try Imports.read("id,opened,resolved\n1,last week,\n", Self.auto)
    }
  }

  @Test(
    "Durations come in all forms",
    arguments: [
      ("seconds", "90", 90), ("seconds", "31.9", 31), ("minutes", "2", 120),
      ("hours", "1.5", 5_400),
      ("h:mm", "2:05", 7_500), ("h:mm:ss", "100:00:01", 360_001),
      ("words", "1 dia 2 horas", 93_600),
      ("words", "2horas,1dia", 93_600), ("seconds", "", Int64.min),
    ])
  func durations(form: String, cell: String, seconds: Int64) throws {
    #expect(try Self.paused(cell, form)?.seconds == [seconds])
  }

  @Test(
    "What is no such duration rejects the row",
    arguments: [
      ("seconds", "-5"), ("seconds", "soon"), ("h:mm", "2:60"), ("h:mm", "2"), ("words", "2 weeks"),
      ("words", "horas"), ("minutes", "1 2"),
    ])
  func badDurations(form: String, cell: String) throws {
    #expect(try Self.paused(cell, form)?.seconds == [])
  }

  private static func paused(_ cell: String, _ form: String) throws -> PausedTotals? {
    let yaml = """
      mapping: small
      rows: tickets
      timestamps: iso
      ticket: {id: id, opened: opened}
      units: {dia: 86400, horas: 3600}
      paused_seconds: {column: paused, counts: wall, as: "\(form)"}
      """
    return try Imports.read("id;opened;paused\n1;2026-01-05;\(cell)\n", yaml).tickets?.pausedTotals
  }
}
