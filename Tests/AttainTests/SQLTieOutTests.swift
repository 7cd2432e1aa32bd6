import Foundation
import TestSupport
import Testing

/// The totals of attainment.csv counted again from tickets.csv by another program: SQLite.
@Suite(
  "Figures tie out in SQL",
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")))
struct SQLTieOutTests {
  /// The groups of which a count differs; there must be none.
  private static let differences = """
    .import --csv csv/tickets.csv tickets
    .import --csv csv/attainment.csv attainment
    SELECT count(*) FROM tickets;
    SELECT a.tier, a.met, a.breached, a.overdue, a.running FROM attainment a
    WHERE a.period = 'all' AND (
      a.met <> (SELECT count(*) FROM tickets t WHERE t.agreement = a.agreement AND
        t.customer = a.customer AND t.clock = a.clock AND t.tier = a.tier AND t.verdict = 'met')
      OR a.breached <> (SELECT count(*) FROM tickets t WHERE t.agreement = a.agreement AND
        t.customer = a.customer AND t.clock = a.clock AND t.tier = a.tier AND t.verdict = 'breached')
      OR a.overdue <> (SELECT count(*) FROM tickets t WHERE t.agreement = a.agreement AND
        t.customer = a.customer AND t.clock = a.clock AND t.tier = a.tier AND t.verdict = 'overdue')
      OR a.running <> (SELECT count(*) FROM tickets t WHERE t.agreement = a.agreement AND
        t.customer = a.customer AND t.clock = a.clock AND t.tier = a.tier AND t.verdict = 'running'));
    SELECT sum(met + breached + overdue) - (SELECT count(*) FROM tickets
      WHERE verdict IN ('met', 'breached', 'overdue')) FROM attainment WHERE period = 'all';
    """

  private static let all: [(file: String, preset: String, promises: Int)] = [
    ("uci-servicenow/incident_event_log.csv.gz", "servicenow-audit-log", 24_918),
    ("zendesk/tickets.csv", "zendesk", 16_476), ("otrs/tickets.csv", "otrs", 628),
    ("glpi/tickets.csv", "glpi", 148),
  ]

  @Test("SQLite counts the same promises in every real export", arguments: all.indices)
  func exports(index: Int) throws {
    let (file, preset, promises) = Self.all[index]
    let path = SharedData.folder + "/" + file
    guard FileManager.default.fileExists(atPath: path) else {
      print(SharedData.absent)
      return
    }
    let scratch = try Scratch()
    try scratch.write(
      """
      agreement: desk
      provider: IT
      customer: The company
      zone: America/Sao_Paulo
      calendar: office
      calendars: {office: {zone: America/Sao_Paulo, week: {mon-fri: "08:00-18:00"}}}
      tiers: {High: {priority: [1, 2, Alta]}, Other: {}}
      clocks: {resolution: {start: opened, stop: resolved}}
      targets: [{clock: resolution, objective: 90%, within: 16h}]
      """, to: "agreement.yml")
    let export = try Tool.run(
      [
        "export", "csv", "-i", path, "-m", preset, "--zone", "America/Sao_Paulo", "-a",
        "agreement.yml", "-p", "all", "--as-of", "2026-06-01T00:00:00Z", "-o", "csv",
      ], in: scratch.folder)
    #expect(export.status == 0, "\(export.errors)")
    #expect(try sql(in: scratch.folder) == "\(promises)\n0\n")
  }

  private func sql(in folder: URL) throws -> String {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    shell.arguments = [":memory:"]
    shell.currentDirectoryURL = folder
    let (input, output) = (Pipe(), Pipe())
    (shell.standardInput, shell.standardOutput, shell.standardError) = (input, output, output)
    try shell.run()
    input.fileHandleForWriting.write(Data(Self.differences.utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    return text
  }
}
