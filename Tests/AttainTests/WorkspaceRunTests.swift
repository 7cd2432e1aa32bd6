import Foundation
import TestSupport
import Testing

@Suite("Runs with a workspace")
struct WorkspaceRunTests {
  private static let arguments = DeskFolder.arguments + ["-w", "desk.sqlite"]

  private func run(_ desk: DeskFolder, _ more: [String] = []) throws -> Tool.Result {
    let result = try Tool.run(Self.arguments + more, in: desk.folder)
    #expect(result.status == 0, "\(result.errors)")
    return result
  }

  /// Adds a ticket of one department to the export.
  private func addTicket(of department: String, number: Int, to desk: DeskFolder) throws {
    let file = desk.folder.appendingPathComponent("tickets.csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    try desk.scratch.write(
      text + "N-\(number),new,2026-04-14 09:15,2026-04-14 16:00,1,\(department)\n",
      to: "desk/tickets.csv")
  }

  private func manifest(_ desk: DeskFolder, _ pack: String) throws -> [String: Any] {
    let file = desk.folder.appendingPathComponent("out/2026-04/\(pack)/manifest.json")
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    return try #require(root as? [String: Any])
  }

  @Test("A pack is made only if its own rows changed, and what is left is what would be made")
  func own() throws {
    let desk = try DeskFolder(tickets: 150, seed: 30)
    _ = try run(desk)
    let before = try Packs.files(of: desk)
    try addTicket(of: "Finance", number: 1, to: desk)
    let log = try run(desk, ["-v"]).errors
    #expect(log.contains("out/2026-04/Finance: made: 1 input changed: desk.sqlite: source desk\n"))
    let left = log.split(separator: "\n").count {
      $0.hasSuffix(": unchanged: none of its rows changed")
    }
    #expect(left == DeskFolder.departments.count - 1)

    let after = try Packs.files(of: desk)
    _ = try run(desk, ["--from", "calculate", "--out", "fresh"])
    let fresh = try Packs.files(of: desk, out: "fresh")
    #expect(Set(after.keys) == Set(fresh.keys))
    for (name, bytes) in after where name.contains("Finance") {
      #expect(bytes == fresh[name], "\(name)")
      // The ticket is of a tier in which nearly all have stopped.
      if name.contains("/csv/"), !name.hasSuffix(Packs.notInEach) {
        #expect(bytes != before[name], "\(name)")
      }
    }
    // The files that name the inputs.
    let naming = ["manifest.json", "results.json"]
    for (name, bytes) in after where !name.contains("Finance") && name != Packs.index {
      #expect(bytes == before[name], "\(name)")
      guard !naming.contains(where: { name.hasSuffix($0) }) else { continue }
      #expect(bytes == fresh[name], "\(name)")
    }
  }

  @Test("What a manifest names as known makes the same bytes again, whatever came later")
  func again() throws {
    let desk = try DeskFolder(tickets: 150, seed: 31)
    _ = try run(desk)
    let first = try Packs.files(of: desk)
    let known = try #require(try manifest(desk, "Finance")["knownAt"] as? String)
    // Imports of one second are known together.
    Thread.sleep(forTimeInterval: 1.1)
    for (number, department) in ["Finance", "Sales", "Research"].enumerated() {
      try addTicket(of: department, number: number, to: desk)
    }
    _ = try run(desk)
    #expect(try Packs.files(of: desk) != first)
    #expect(try manifest(desk, "Finance")["knownAt"] as? String != known)
    let back = ["--from", "calculate", "--known-at", known, "--out", "again"]
    _ = try run(desk, back)
    #expect(try Packs.files(of: desk, out: "again") == first)
  }

  @Test("Figures are those of a run without a workspace, and so are all files but their inputs")
  func sameFigures() throws {
    let desk = try DeskFolder(tickets: 150, seed: 32)
    _ = try run(desk)
    let direct = try Tool.run(DeskFolder.arguments + ["--out", "direct"], in: desk.folder)
    #expect(direct.status == 0)
    let (kept, files) = (try Packs.files(of: desk), try Packs.files(of: desk, out: "direct"))
    #expect(Set(kept.keys) == Set(files.keys))
    for (name, bytes) in kept where name.contains("/csv/") {
      #expect(bytes == files[name], "\(name)")
    }
    let manifest = String(
      decoding: try #require(files["2026-04/Finance/manifest.json"]), as: UTF8.self)
    #expect(!manifest.contains("knownAt"))
  }

  @Test("The figures that are kept are those of the packs, of the last run about a month")
  func figuresAreKept() throws {
    let desk = try DeskFolder(tickets: 150, seed: 35)
    _ = try run(desk)
    let wanted = [
      "agreement", "customer", "clock", "tier", "period", "met", "breached", "overdue", "running",
      "excluded", "unmeasurable", "cancelled",
    ]
    func kept() throws -> Set<String> {
      let columns = wanted.joined(separator: " || ',' || ")
      let result = try SQLiteShell.run(
        "SELECT \(columns) FROM figures;", on: desk.folder.path + "/desk.sqlite")
      return Set(result.split(separator: "\n").map(String.init))
    }
    // A text that could be taken for a formula has an apostrophe in a CSV file.
    func unguarded(_ cell: String) -> String {
      cell.hasPrefix("'") ? String(cell.dropFirst()) : cell
    }
    func packed() throws -> Set<String> {
      var lines: Set<String> = []
      for (name, bytes) in try Packs.files(of: desk) where name.hasSuffix("/csv/attainment.csv") {
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
          .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        let places = try wanted.map { name in try #require(rows[0].firstIndex(of: name)) }
        for row in rows.dropFirst() {
          lines.insert(places.map { unguarded(row[$0]) }.joined(separator: ","))
        }
      }
      return lines
    }
    let first = try packed()
    #expect(first.count > 20)
    #expect(try kept().symmetricDifference(first).sorted() == [])
    try addTicket(of: "Finance", number: 1, to: desk)
    _ = try run(desk)
    #expect(try packed() != first)
    #expect(try kept().symmetricDifference(packed()).sorted() == [])
  }

  @Test("Each run is kept in the workspace with the rules it used, also one that fails")
  func runsAreKept() throws {
    let desk = try DeskFolder(tickets: 20, seed: 33)
    _ = try run(desk)
    let agreement = desk.folder.appendingPathComponent("agreement.yml")
    let text = try String(contentsOf: agreement, encoding: .utf8)
    try desk.scratch.write(
      text.replacing("objective: 90%", with: "objective: 190%"), to: "desk/agreement.yml")
    try desk.setTickets(30, seed: 34)
    #expect(try Tool.run(Self.arguments, in: desk.folder).status == 78)
    let dump = try Tool.run(["workspace", "dump", "desk.sqlite"], in: desk.folder).output
    let lines = dump.split(separator: "\n")
    func rows(_ table: String) -> [Substring] {
      lines.filter { $0.hasPrefix("INSERT INTO \"\(table)\"") }
    }
    #expect(rows("runs").count == 2)
    #expect(dump.contains("objective: 90%") && dump.contains("objective: 190%"))
    #expect(dump.contains("mapping: desk"))
    // What is wrong with the rules is told before anything is stored.
    #expect(rows("imports").count == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.folder.path)
    #expect(!names.contains { $0.hasPrefix("desk.sqlite-") })
  }
}
