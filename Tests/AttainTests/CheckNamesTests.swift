import Foundation
import TestSupport
import Testing

/// The checks of `attain check` by name: documented, and each with a case that fires and one near
/// it that does not.
@Suite("The checks")
struct CheckNamesTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: House.root.appendingPathComponent(path), encoding: .utf8)
  }

  /// As the source lists them: `case tierShadowed = "tier-shadowed"`.
  private static let names: [String] = {
    let source = try? text("Sources/Model/Agreements/RuleCheck.swift")
    return (source ?? "").split(separator: "\n").filter { $0.contains("  case ") }.compactMap {
      $0.split(separator: "\"").dropFirst().first.map(String.init)
    }
  }()

  @Test("docs/CHECKS.md has a row for every check, and for no other")
  func documented() throws {
    let rows = try Self.text("docs/CHECKS.md").split(separator: "\n").compactMap { line in
      line.hasPrefix("| `") ? line.split(separator: "`").dropFirst().first.map(String.init) : nil
    }
    #expect(rows == Self.names)
    #expect(rows.count == 25)
  }

  @Test("Every check has a case of two runs, of which the first fires and the second is silent")
  func cases() throws {
    for name in Self.names {
      let folder = "Tests/Cases/check/\(name)"
      let runs = try Self.text(folder + "/cmd").split(separator: "\n").map { run in
        let words = run.split(separator: " ").dropFirst().map(String.init)
        let result = try Tool.run(words, in: House.root.appendingPathComponent(folder))
        #expect(result.status == 0, "\(name)")
        return result.errors.split(separator: "\n").filter {
          $0.contains(": warning: ") || $0.contains(": note: ")
        }
      }
      #expect(runs.count == 2, "\(name)")
      #expect(!runs[0].isEmpty && runs[0].allSatisfy { $0.hasSuffix("[\(name)]") }, "\(name)")
      #expect(runs[1].isEmpty, "\(name)")
    }
  }
}

/// Sensible agreements on real exports: what is told is true, and there is nothing else.
@Suite(
  "Checks of real exports", .enabled(if: Exports.arePresent, Comment(rawValue: SharedData.absent)))
struct RealCheckTests {
  struct Desk: CustomTestStringConvertible, Sendable {
    let file: String
    let preset: String
    let tiers: String
    /// Names of the findings, in order.
    let expected: [String]
    var pauses = ""
    var within = "8h"
    var testDescription: String { file }

    static let all = [
      Desk(
        file: "uci-servicenow/incident_event_log.csv.gz", preset: "servicenow-audit-log",
        tiers: "{P1: {priority: 1}, P2: {priority: 2}, P3: {priority: 3}, P4: {priority: 4}}",
        expected: ["no-unfinished-ticket"],
        pauses:
          "[{status: Awaiting User Info, party: customer}, {status: Awaiting Vendor, party: supplier}]"
      ),
      Desk(
        file: "zendesk/tickets.csv", preset: "zendesk",
        tiers: "{Support: {group: Support}, Endorsements: {group: Endorsements}, Other: {}}",
        expected: []),
      Desk(
        file: "glpi/tickets.csv", preset: "glpi",
        tiers: "{Alta: {sla: \"*Alta*\"}, Média: {sla: \"*Média*\"}, Other: {}}",
        expected: ["no-unfinished-ticket"]),
      Desk(
        file: "otrs/tickets.csv", preset: "otrs", tiers: "{8H: {sla: \"*8H*\"}, Other: {}}",
        expected: []),
      Desk(
        file: "change-requests/change_request-cp1252.csv", preset: "servicenow-change",
        tiers: "{All: {}}",
        // It has no column that tells when a change was opened.
        expected: ["no-unfinished-ticket", "no-ticket-starts"]),
    ]
  }

  @Test("Nothing is told of a sensible agreement but what is true", arguments: Desk.all)
  func quiet(desk: Desk) throws {
    let scratch = try Scratch()
    let pauses = desk.pauses.isEmpty ? "" : ", pause: \(desk.pauses)"
    try scratch.write(
      """
      agreement: desk
      provider: IT
      customer: The company
      zone: America/Sao_Paulo
      calendar: always
      tiers: \(desk.tiers)
      clocks:
        resolution: {start: opened, stop: [resolved, closed]\(pauses)}
      targets: [{clock: resolution, objective: 90%, within: \(desk.within)}]
      """, to: "agreement.yml")
    let export = SharedData.folder + "/" + desk.file
    let result = try Tool.run(
      [
        "check", "agreement.yml", "-i", export, "-m", desk.preset, "--zone", "America/Sao_Paulo",
      ], in: scratch.folder)
    #expect(result.status == 0, "\(result.errors)")
    let names = result.errors.split(separator: "\n").map { line in
      String(line.split(separator: "[").last?.dropLast() ?? "")
    }
    #expect(names == desk.expected, "\(result.errors)")
  }

  @Test("The sample pipelines are as they should be")
  func samples() throws {
    let result = try Tool.run(["check", "pipelines"], in: House.root)
    #expect(result.status == 0, "\(result.errors)")
    // The warehouse shows what it looks like when groups' own promises do not add up.
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 2, "\(result.errors)")
    for line in lines {
      #expect(line.hasPrefix("pipelines/agreements/warehouse.yml:"))
      #expect(line.hasSuffix("[chain-too-long]"))
    }
  }
}

private enum Exports {
  static let arePresent = FileManager.default.fileExists(
    atPath: SharedData.folder + "/README.md")
}
