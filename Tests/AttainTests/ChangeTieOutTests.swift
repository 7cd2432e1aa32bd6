import Foundation
import TestSupport
import Testing

/// What is said of the tickets around a change, counted again from tickets.csv and the export.
@Suite("Changes tie out")
struct ChangeTieOutTests {
  @Test("Promises decided and tickets opened around each change are those of the CSV files")
  func tickets() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      attain export csv -i sample-data/servicenow/faults.csv -m pipelines/mappings/faults.yml \
      -i sample-data/promises/changes.csv -m pipelines/mappings/changes.yml \
      -a pipelines/agreements/warehouse.yml -p 2026-10 --as-of 2026-11-02T06:00:00Z \
      --history 12 -o csv
      """)
    #expect(result.status == 0, "\(result.errors)")
    func rows(_ path: String) throws -> [[String: String]] {
      Sheet.rows(try Data(contentsOf: place.folder.appendingPathComponent(path)))
    }
    let promises = try rows("csv/tickets.csv")
    let windows = try rows("csv/change-targets.csv")
    #expect(windows.count == 12)
    var seen = 0
    for window in windows {
      let (from, to) = (window["from"] ?? "", window["to"] ?? "")
      func isIn(_ instant: String?) -> Bool {
        guard let instant, !instant.isEmpty else { return false }
        // Instants of one form, so that their texts sort as they do.
        return from <= instant && instant < to
      }
      let own = promises.filter { $0["customer"] == window["customer"] }
      let decided = own.filter { isIn($0["decided"]) }
      let met = decided.count { $0["verdict"] == "met" }
      let missed = decided.count { ["breached", "overdue"].contains($0["verdict"]) }
      #expect(window["met"] == String(met) && window["missed"] == String(missed))
      // One clock that starts at the opening.
      #expect(window["opened"] == String(own.count { isIn($0["started"]) }))
      seen += met + missed
    }
    #expect(seen > 20)
  }

  private static let mapping = """
    mapping: changes
    rows: tickets
    zone: America/Chicago
    timestamps: yyyy-MM-dd HH:mm:ss
    ticket: {id: number, closed: closed_at}
    keep: [type, sys_class_name, u_substate]
    """

  private static let agreement = """
    agreement: network
    provider: Network
    customer: Everyone
    zone: America/Chicago
    calendar: always
    obligations:
      - {name: all, kind: ratio, by: A, to: B, rows: {source: changes, at: closed}, when: {type: "*"}, objective: 1%}
    changes:
      rows: {source: changes, at: closed}
      service: sys_class_name
      services: [{name: Change Request}]
      type: type
      success: {u_substate: All Changes Completed}
      failure: {u_substate: ["Change Cancelled*", "Change Unsuccessful*"]}
    """

  @Test(
    "A real export of changes has the success rates that a count of its rows has",
    .enabled(
      if: FileManager.default.fileExists(atPath: SharedData.folder + "/README.md"),
      Comment(rawValue: SharedData.absent)))
  func realExport() throws {
    let scratch = try Scratch()
    try scratch.write(Self.mapping, to: "changes.yml")
    try scratch.write(Self.agreement, to: "agreement.yml")
    let export = SharedData.folder + "/change-requests/change_request-cp1252.csv"
    let result = try Tool.run(
      [
        "export", "csv", "-i", export, "-m", "changes.yml", "-a", "agreement.yml",
        "-p", "2020-11", "--as-of", "2020-12-02T06:00:00Z", "-o", "csv",
      ], in: scratch.folder)
    #expect(result.status == 0, "\(result.errors)")
    let text = try #require(
      String(data: Data(contentsOf: URL(fileURLWithPath: export)), encoding: .windowsCP1252))
    let rows = Sheet.rows(Data(text.utf8))
    #expect(rows.count == 176)
    let rates = Sheet.rows(
      try Data(contentsOf: scratch.folder.appendingPathComponent("csv/change-rates.csv")))
    for type in ["Standard", "Pre-approved", "Comprehensive", "Emergency"] {
      let own = rows.filter { $0["type"] == type }.compactMap { $0["u_substate"] }
      let succeeded = own.count { $0 == "All Changes Completed" }
      let failed = own.count {
        $0.hasPrefix("Change Cancelled") || $0.hasPrefix("Change Unsuccessful")
      }
      let rate = try #require(rates.first { $0["by"] == "type" && $0["name"] == type })
      #expect(rate["succeeded"] == String(succeeded) && rate["failed"] == String(failed), "\(type)")
      #expect(rate["untold"] == String(own.count - succeeded - failed), "\(type)")
    }
    let all = try #require(rates.first { $0["by"] == "all" })
    #expect(all["succeeded"] == "147" && all["failed"] == "23" && all["untold"] == "6")
  }
}
