import Foundation
import TestSupport
import Testing

/// What `import -o` writes says all that a calculation asks of an export.
@Suite("What import -o writes gives the same results")
struct RoundTripTests {
  private static let span =
    "-p all --as-of 2026-11-02T06:00:00Z --history 12 --tickets -f json"

  /// An agreement that looks at nothing that only one system has.
  private static let anyDesk = """
    agreement: any-desk
    title: Any desk
    kind: sla
    provider: Desk
    customer: Everybody
    zone: UTC
    calendar: always
    tiers: {All: {}}
    clocks:
      response: {start: opened, stop: responded}
      resolution: {start: opened, stop: resolved, pause: [{status: "Awaiting*", party: customer}]}
    targets:
      - {clock: response, objective: 90%, within: 4h}
      - {clock: resolution, objective: 90%, within: 40h}
    """

  @Test(
    "The sample exports",
    arguments: [
      ("sample-data/zendesk/tickets.csv", "zendesk", "northwind", "attain-tickets"),
      (
        "sample-data/servicenow/audit-log.csv.gz", "servicenow-audit-log", "it-internal",
        "attain-events"
      ),
      (
        "sample-data/servicenow/incidents.csv", "servicenow-incident", "it-internal",
        "attain-tickets"
      ),
    ])
  func samples(_ file: String, _ mapping: String, _ agreement: String, _ plain: String) throws {
    try compare(
      file, "pipelines/mappings/\(mapping).yml", "pipelines/agreements/\(agreement).yml", plain)
  }

  @Test(
    "The real exports",
    .enabled(
      if: FileManager.default.fileExists(atPath: SharedData.folder),
      Comment(rawValue: SharedData.absent)),
    arguments: [
      ("zendesk/tickets.csv", "zendesk", "attain-tickets"),
      ("otrs/tickets.csv", "otrs", "attain-tickets"),
      ("glpi/tickets.csv", "glpi", "attain-tickets"),
      ("jira/jira-en.csv", "jira-cloud", "attain-tickets"),
      ("volvo-vinst/closed-problems.csv", "vinst", "attain-events"),
      ("uci-servicenow/incident_event_log.csv.gz", "servicenow-audit-log", "attain-events"),
    ])
  func real(_ file: String, _ mapping: String, _ plain: String) throws {
    try compare(SharedData.folder + "/" + file, mapping, "any-desk.yml", plain)
  }

  private func compare(
    _ file: String, _ mapping: String, _ agreement: String, _ plain: String
  ) throws {
    let place = try Workplace()
    try Data(Self.anyDesk.utf8).write(to: place.folder.appendingPathComponent("any-desk.yml"))
    for line in [
      "attain import '\(file)' -m \(mapping) -o plain.csv",
      "attain calculate -i '\(file)' -m \(mapping) -a \(agreement) \(Self.span) -o first.json",
      "attain calculate -i plain.csv -m \(plain) -a \(agreement) \(Self.span) -o second.json",
    ] {
      let result = try place.run(line)
      #expect(result.status == 0, "\(line): \(result.errors)")
    }
    let first = try results("first.json", in: place)
    let second = try results("second.json", in: place)
    #expect(try #require(first["promises"] as? [Any]).count > 0)
    #expect(first.keys.sorted() == second.keys.sorted())
    for key in first.keys {
      let texts = try [first, second].map { results in
        try JSONSerialization.data(withJSONObject: [key: results[key]], options: .sortedKeys)
      }
      #expect(texts[0] == texts[1], "\(file): \(key)")
    }
  }

  /// The results without what names the file that was read, its lines, and its rows.
  private func results(_ name: String, in place: Workplace) throws -> [String: Any] {
    let data = try Data(contentsOf: place.folder.appendingPathComponent(name))
    var results = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    results["inputs"] = nil
    results["rules"] = nil
    return try #require(Self.withoutPlaces(results) as? [String: Any])
  }

  private static let rowsOfFile: Set<String> = [
    "read", "rejected", "unchanged", "superseded", "history", "adjusted",
  ]

  private static func withoutPlaces(_ value: Any) -> Any {
    if let list = value as? [Any] {
      return list.filter { !isRowsOfFile($0) }.map(withoutPlaces)
    }
    guard var map = value as? [String: Any] else { return value }
    for key in ["source", "line", "file"] { map[key] = nil }
    return map.mapValues(withoutPlaces)
  }

  private static func isRowsOfFile(_ value: Any) -> Bool {
    ((value as? [String: Any])?["name"] as? String).map(rowsOfFile.contains) ?? false
  }
}
