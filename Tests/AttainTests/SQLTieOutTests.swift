import Foundation
import TestSupport
import Testing

/// The totals of attainment.csv and of the ledger counted again from tickets.csv by another program:
/// SQLite.
@Suite(
  "Figures tie out in SQL",
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3"),
    "sqlite3 is not installed"),
  .enabled(
    if: FileManager.default.fileExists(atPath: SharedData.folder),
    Comment(rawValue: SharedData.absent)))
struct SQLTieOutTests {
  /// The groups of which a count differs, then whatever else differs; there must be none.
  ///
  /// What is unmeasurable or excluded and has no instant at all belongs to no period, but to the ledger.
  private static let differences = """
    .import --csv csv/tickets.csv tickets
    .import --csv csv/attainment.csv attainment
    .import --csv csv/ledger.csv ledger
    SELECT count(*) FROM tickets;
    CREATE VIEW counted AS SELECT agreement, customer, clock, tier,
      sum(verdict = 'met') met, sum(verdict = 'breached') breached, sum(verdict = 'overdue') overdue,
      sum(verdict = 'running') running, sum(verdict = 'cancelled') cancelled,
      sum(verdict = 'excluded' AND period <> '') excluded, sum(verdict = 'no-target') no_target,
      sum(verdict = 'unmeasurable' AND period <> '') unmeasurable
      FROM tickets GROUP BY agreement, customer, clock, tier;
    SELECT 'counted otherwise', a.customer, a.clock, a.tier FROM attainment a
      LEFT JOIN counted c USING (agreement, customer, clock, tier)
      WHERE a.period = 'all' AND (c.met IS NULL
        OR a.met <> c.met OR a.breached <> c.breached OR a.overdue <> c.overdue
        OR a.running <> c.running OR a.cancelled <> c.cancelled OR a.excluded <> c.excluded
        OR a.no_target <> c.no_target OR a.unmeasurable <> c.unmeasurable);
    SELECT 'not in attainment.csv', c.customer, c.clock, c.tier FROM counted c
      LEFT JOIN attainment a USING (agreement, customer, clock, tier)
      WHERE a.period IS NULL AND c.met + c.breached + c.overdue + c.running + c.cancelled
        + c.excluded + c.no_target + c.unmeasurable > 0;
    SELECT 'attained otherwise', customer, clock, tier, attainment FROM attainment
      WHERE met + breached + overdue > 0
        AND abs(attainment - 100.0 * met / (met + breached + overdue)) > 5.1e-7;
    SELECT 'misplaced in the ledger', sum(count), (SELECT count(*) FROM tickets) FROM ledger
      WHERE level = 'promises' AND customer = ''
      HAVING sum(count) <> (SELECT count(*) FROM tickets);
    SELECT 'no date', count FROM ledger WHERE level = 'promises' AND bucket = 'no date'
      AND customer = '' AND agreement <> '' AND count <>
        (SELECT count(*) FROM tickets WHERE verdict = 'unmeasurable' AND period = '');
    SELECT 'clients do not make the whole', bucket FROM ledger WHERE level = 'promises'
      GROUP BY bucket HAVING sum(count * (customer = '')) <> sum(count * (customer <> ''));
    SELECT 'end';
    """

  struct Export: CustomTestStringConvertible, Sendable {
    let file: String
    /// Of `tickets` two promises each: with those that repeat there would be more.
    let tickets: Int
    /// Verdicts that must be among those that are counted, so that not only zeros are compared.
    let verdicts: Set<String>

    var testDescription: String { file }
  }

  private static let all = [
    Export(
      file: "uci-servicenow/incident_event_log.csv.gz", tickets: 24_918,
      verdicts: ["met", "breached", "excluded", "no-target"]),
    Export(
      file: "zendesk/tickets.csv", tickets: 16_476, verdicts: ["met", "breached", "excluded"]),
    Export(file: "otrs/tickets.csv", tickets: 628, verdicts: ["met", "excluded"]),
    Export(file: "glpi/tickets.csv", tickets: 148, verdicts: ["met", "excluded"]),
    Export(file: "glpi-ugly/tickets.csv", tickets: 522, verdicts: ["overdue", "excluded"]),
    Export(file: "jira/jira-en.csv", tickets: 22, verdicts: ["met", "excluded"]),
    Export(file: "jira/jira-es-service-management.csv", tickets: 3, verdicts: ["excluded"]),
    Export(file: "volvo-vinst/closed-problems.csv", tickets: 1_487, verdicts: ["met", "excluded"]),
    Export(
      file: "volvo-vinst/closed-problems-utc.csv", tickets: 1_487,
      verdicts: ["overdue", "excluded"]),
    Export(
      file: "italian-helpdesk/events.csv", tickets: 4_580, verdicts: ["breached", "excluded"]),
    Export(
      file: "change-requests/change_request-cp1252.csv", tickets: 176,
      verdicts: ["unmeasurable", "excluded"]),
  ]

  @Test("SQLite counts the same promises in every real export", arguments: all)
  func exports(_ export: Export) throws {
    let scratch = try Scratch()
    try scratch.write(Self.agreement, to: "agreement.yml")
    let line = [
      "export", "csv", "-i", SharedData.folder + "/" + export.file, "-m", "auto", "--zone",
      "America/Sao_Paulo", "-a", "agreement.yml", "-p", "all", "--as-of", "2026-08-01T00:00:00Z",
      "-o", "csv",
    ]
    let first = try Tool.run(line, in: scratch.folder)
    #expect(first.status == 0, "\(first.errors)")
    #expect(try sql(in: scratch.folder) == "\(2 * export.tickets)\nend\n")
    try scratch.write(
      Self.agreement + Self.exclusion(of: try tickets(in: scratch.folder)), to: "agreement.yml")
    let second = try Tool.run(line, in: scratch.folder)
    #expect(second.status == 0, "\(second.errors)")
    #expect(try sql(in: scratch.folder) == "\(2 * export.tickets)\nend\n")
    let found = Set(try rows(in: scratch.folder).compactMap { $0["verdict"] })
    #expect(found.isSuperset(of: export.verdicts), "\(found)")
  }

  private static let agreement = """
    agreement: desk
    provider: IT
    customer: {field: group}
    zone: America/Sao_Paulo
    calendar: office
    calendars: {office: {zone: America/Sao_Paulo, week: {mon-fri: "08:00-18:00"}}}
    tiers:
      High: {priority: [1, 2, 3, Alta, high, High, Urgente]}
      Low: {priority: [4, Baixa, low, Low]}
      Other: {}
    clocks:
      response: {start: opened, stop: responded}
      resolution:
        start: opened
        stop: [resolved, closed, {status: [Completed, Closed]}]
        cancel: {status: ["*ancel*", "*eject*"]}
    targets:
      - {clock: response, objective: 90%, within: 4h}
      - {clock: resolution, objective: 90%, within: {High: 16h, Other: 40h}}

    """

  /// Takes a few tickets out, two days of every clock, and asks for one more in vain.
  private static func exclusion(of tickets: [String]) -> String {
    let names = tickets.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
    return """
      exclusions:
        - {tickets: [\(names)], reason: tests, approver: A, approved: 2010-01-01T00:00:00Z}
        - {from: 2016-03-08T00:00:00Z, to: 2016-03-10T00:00:00Z, reason: outage, approver: A,
           approved: 2010-01-01T00:00:00Z}
        - {tickets: "\(tickets.last ?? "")", reason: nobody agreed}

      """
  }

  private func rows(in folder: URL) throws -> [[String: String]] {
    Sheet.rows(try Data(contentsOf: folder.appendingPathComponent("csv/tickets.csv")))
  }

  private func tickets(in folder: URL) throws -> [String] {
    let names = try rows(in: folder).compactMap { $0["ticket"] }
    return Array(Set(names)).sorted()
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
