import Foundation
import Results
import TestSupport
import Testing
import Workspace

/// The queries of docs/WORKSPACE.md, on a small workspace.
@Suite("The queries of docs/WORKSPACE.md")
struct DocumentedQueryTests {
  private static let page: String = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let path = root.appendingPathComponent("docs/WORKSPACE.md").path
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }()

  private static let queries: [String] = page.components(separatedBy: "```sql\n").dropFirst()
    .compactMap { $0.components(separatedBy: "```").first }

  private func desk() throws -> (TestWorkspace, Workspace) {
    let yaml = """
      mapping: desk
      rows: tickets
      timestamps: iso
      ticket: {id: id, opened: opened, resolved: resolved, updated: updated, status: status,
               group: group}
      """
    let header = "id,opened,resolved,updated,status,group\n"
    let home = try TestWorkspace()
    let workspace = try home.open()
    let first = """
      INC1,2026-10-01T08:00:00Z,,2026-10-01T08:00:00Z,New,Networks
      INC2,2026-10-02T08:00:00Z,2026-10-03T08:00:00Z,2026-10-03T08:00:00Z,Resolved,Networks
      ,2026-10-02T08:00:00Z,,,New,Networks

      """
    let second = """
      INC2,2026-10-01T23:00:00Z,2026-10-05T08:00:00Z,2026-10-05T08:00:00Z,Resolved,Systems
      INC3,2026-10-05T08:00:00Z,,2026-10-05T08:00:00Z,New,Systems

      """
    try Desk.importFiles(
      [Night("monday.csv", header + first)], yaml, into: workspace, at: Desk.night(0))
    _ = try workspace.issue(
      client: "City", agreement: "it", period: "2026-10", asOf: Desk.night(0),
      knownAt: Desk.night(0), manifestSHA256: "x", said: said, issued: Desk.night(0))
    try Desk.importFiles(
      [Night("tuesday.csv", header + second)], yaml, into: workspace, at: Desk.night(1))
    for (period, met) in [("2026-09", 8), ("2026-10", 7)] {
      let figure = """
        {"customer": "City", "clock": "resolution", "tier": "P1", "by": [], "period": "\(period)",
         "counts": {"met": \(met), "breached": 1, "overdue": 1}, "objective": 95000000}
        """
      try workspace.keepResults(
        of: "it", period: period, inputsSHA256: "x", asOf: Desk.night(1), knownAt: nil,
        results: "{\"figures\": [\(figure)]}")
    }
    return (home, workspace)
  }

  private var said: IssuedMonth {
    let key = PromiseKey(source: "desk", ticket: "INC2", clock: "resolution", cycle: nil)
    var promise = IssuedMonth.Promise(key: key, tier: "P1", verdict: .met, isCounted: true)
    promise.elapsedSeconds = 86_400
    var counts = PromiseCounts()
    counts.met = 1
    return IssuedMonth(
      figures: [.init(clock: "resolution", tier: "P1", objective: nil, counts: counts)],
      promises: [promise])
  }

  @Test("Each gives what its sentence says")
  func answers() throws {
    let (home, workspace) = try desk()
    try workspace.close()
    let answers = try Self.queries.map { query in
      try SQLiteShell.run(query, on: home.path).split(separator: "\n").map(String.init)
    }
    let monday = "2026-09-21T14:13:20Z"
    let tuesday = "2026-09-22T14:13:20Z"
    #expect(
      answers == [
        ["INC1|2026-10-01T08:00:00Z|New|Networks", "INC3|2026-10-05T08:00:00Z|New|Systems"],
        ["2026-10|3|1"],
        ["INC2|\(tuesday)|Resolved|Systems", "INC3|\(tuesday)|New|Systems"],
        [
          "\(monday)|2026-10-03T08:00:00Z|Resolved|Networks|0|monday.csv|3",
          "\(tuesday)|2026-10-05T08:00:00Z|Resolved|Systems|0|tuesday.csv|2",
        ],
        ["INC2|2"],
        ["INC1|\(tuesday)|New"],
        ["\(tuesday)|tuesday.csv|2|0|0|0|2", "\(monday)|monday.csv|3|1|0|0|2"],
        ["monday.csv:4|column \"id\", the id, is blank; correct the row"],
        ["City|it|2026-10|1|\(monday)|2"],
        ["2026-10|1|INC2|resolution|met|86400"],
        [
          "it|City|resolution|P1|2026-09|8|2|80.0|95.0",
          "it|City|resolution|P1|2026-10|7|2|77.8|95.0",
        ],
      ])
  }

  @Test("The page names every table and every view")
  func tables() throws {
    let (home, workspace) = try desk()
    let names = try workspace.texts(
      "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'grdb%'")
    #expect(names.count > 15)
    for name in names { #expect(Self.page.contains("`\(name)`"), "\(name) in \(home.path)") }
  }

  @Test("The text of every table says what each column is, or the name does")
  func comments() throws {
    let (home, workspace) = try desk()
    let texts = try workspace.texts(
      "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'grdb%'")
    for text in texts {
      let head = text.prefix { $0 != "\n" }
      #expect(head.contains(" -- "), "\(head) in \(home.path)")
    }
  }
}
