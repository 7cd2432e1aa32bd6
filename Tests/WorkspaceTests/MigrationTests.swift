import Foundation
import Results
import TestSupport
import Testing
import Workspace

/// Workspaces as each earlier version of the tables made them, which stand in Fixtures as SQL.
@Suite("Migrations")
struct MigrationTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures").path

  private static let fixtures =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".sql") }.sorted()

  private static let yaml = """
    mapping: desk
    rows: tickets
    timestamps: iso
    ticket: {id: id, opened: opened, updated: updated, status: status}
    """

  /// The same rows in every fixture.
  private static let files = [
    Night("a.csv", "id,opened,updated,status\n1,2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,New\n"),
    Night("b.csv", "id,opened,updated,status\n1,2026-10-01T10:00:00Z,2026-10-02T10:00:00Z,Done\n"),
  ]

  @Test(
    "A workspace of every earlier version is whole, and knows what it knew", arguments: fixtures)
  func earlierVersions(name: String) throws {
    let home = try TestWorkspace()
    let text = try String(contentsOfFile: Self.folder + "/" + name, encoding: .utf8)
    try SQLiteShell.run(text, on: home.path)
    let workspace = try Workspace(home.path)
    #expect(try workspace.check() == [])
    for night in 0...1 {
      #expect(
        try Desk.stored(workspace, "desk", knownAt: Desk.night(night))
          == Desk.direct(Array(Self.files[0...night]), Self.yaml))
    }
    // The last change that the rows of each file tell.
    #expect(try workspace.texts("SELECT latest FROM imports") == ["1790848800", "1790935200"])
    let again = try Desk.importFiles(
      [Self.files[1]], Self.yaml, into: workspace, at: Desk.night(2))
    #expect(again.repeatedFiles == 1)
    _ = try workspace.issue(
      client: "City", agreement: "it", period: "2026-10", asOf: Desk.night(2),
      knownAt: Desk.night(2), manifestSHA256: "x", issued: Desk.night(2))
    #expect(try workspace.said(by: workspace.issuedPacks()[0]) == IssuedMonth())
  }

  @Test("One from before the credits, which is only read, says what it issued")
  func beforeCredits() throws {
    let home = try TestWorkspace()
    var text = try String(contentsOfFile: Self.folder + "/version-3.sql", encoding: .utf8)
    text += """
      INSERT INTO packs (pack, client, agreement, period, number, as_of, known_at, manifest_sha256,
        issued) VALUES (1, 'City', 'it', '2026-10', 1, '2026-11-02T06:00:00Z',
        '2026-11-02T06:00:00Z', 'x', '2026-11-02T06:00:00Z');
      INSERT INTO issued_manifests VALUES (1, '{}');
      """
    try SQLiteShell.run(text, on: home.path)
    let workspace = try Workspace(reading: home.path)
    let packs = try workspace.issuedPacks()
    #expect(try packs.map { try workspace.said(by: $0) } == [IssuedMonth()])
    #expect(try workspace.credits(of: packs) == IssuedCredits(periods: ["2026-10"]))
  }

  /// To be recorded, with `ATTAIN_RECORD=1`, before the next migration is written.
  @Test("The tables of today are the last fixture")
  func today() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    for (night, file) in Self.files.enumerated() {
      try Desk.importFiles([file], Self.yaml, into: workspace, at: Desk.night(night))
    }
    var dump = ""
    try workspace.dump { dump += $0 }
    let version = try workspace.texts("SELECT identifier FROM grdb_migrations").count
    let path = Self.folder + "/version-\(version).sql"
    if ProcessInfo.processInfo.environment["ATTAIN_RECORD"] == "1" {
      try dump.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == dump)
  }
}
