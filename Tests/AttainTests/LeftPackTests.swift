import Foundation
import Testing

@Suite("Packs that are left as they are")
struct LeftPackTests {
  private static let unchanged = "unchanged: same rows, rules, tzdata and tool"

  /// What the log says of each pack, by its folder.
  private func reasons(_ result: Tool.Result) -> [String: String] {
    var reasons: [String: String] = [:]
    for line in result.errors.split(separator: "\n") {
      let parts = line.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, parts[0].hasPrefix("out/2026-04/") else { continue }
      reasons[String(parts[0].dropFirst(12))] = String(parts[1])
    }
    return reasons
  }

  private func run(_ desk: DeskFolder, _ more: [String] = []) throws -> [String: String] {
    let result = try Tool.run(DeskFolder.arguments + ["-v"] + more, in: desk.folder)
    #expect(result.status == 0, "\(result.errors)")
    let reasons = reasons(result)
    #expect(reasons.count == DeskFolder.departments.count)
    return reasons
  }

  private func expect(_ reasons: [String: String], _ reason: String) {
    #expect(Set(reasons.values) == [reason])
  }

  @Test("A pack that is left has the bytes that would be written", arguments: [20, 21] as [UInt64])
  func sameAsWritten(seed: UInt64) throws {
    let desk = try DeskFolder(tickets: 150, seed: seed)
    expect(try run(desk), "made: new")
    let before = try Packs.instants(of: desk)
    expect(try run(desk), Self.unchanged)
    #expect(try Packs.instants(of: desk) == before)
    let fresh = try Tool.run(DeskFolder.arguments + ["--out", "fresh"], in: desk.folder)
    #expect(fresh.status == 0)
    #expect(try Packs.files(of: desk) == Packs.files(of: desk, out: "fresh"))
    expect(try run(desk, ["--rewrite"]), "made: asked for")
    #expect(try Packs.files(of: desk) == Packs.files(of: desk, out: "fresh"))
  }

  @Test("The index is beside the packs, links each, and stays as it is with them")
  func index() throws {
    let desk = try DeskFolder(tickets: 150, seed: 24)
    expect(try run(desk), "made: new")
    let home = desk.folder.appendingPathComponent("out/2026-04")
    let path = home.appendingPathComponent("index.html").path
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let links = Set(page.matches(of: /href="([^"#]+)"/).map { String($0.output.1) })
      .subtracting(["data:,"])
    #expect(links.count == DeskFolder.departments.count)
    for link in links {
      let pack = home.appendingPathComponent(link.removingPercentEncoding ?? "")
      #expect(FileManager.default.fileExists(atPath: pack.path), "\(link)")
    }
    let made = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    expect(try run(desk, ["--as-of", "2026-06-20T06:00:00Z"]), Self.unchanged)
    let left = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    #expect(left == made)
  }

  @Test("When the period is over, a later instant alone makes no pack; before, it makes all")
  func laterInstant() throws {
    let desk = try DeskFolder(tickets: 150, seed: 22)
    expect(try run(desk), "made: new")
    let before = try Packs.files(of: desk)
    expect(try run(desk, ["--as-of", "2026-06-20T06:00:00Z"]), Self.unchanged)
    #expect(try Packs.files(of: desk) == before)
    expect(
      try run(desk, ["--as-of", "2026-04-20T06:00:00Z"]),
      "made: the period is not over, and the figures were those of 2026-05-02T06:00:00Z")
    expect(
      try run(desk),
      "made: the period is not over, and the figures were those of 2026-04-20T06:00:00Z")
    #expect(try Packs.files(of: desk) == before)
  }

  @Test("What changed is named, and the pack is what a first run would write")
  func changes() throws {
    let desk = try DeskFolder(tickets: 150, seed: 23)
    expect(try run(desk), "made: new")
    try desk.setTickets(150, seed: 24)
    let made = try run(desk)
    expect(made, "made: 1 input changed: tickets.csv")
    try edit("agreement.yml", of: desk, "objective: 90%", "objective: 91%")
    expect(try run(desk), "made: 1 rule file changed: agreement.yml")
    try edit("mapping.yml", of: desk, "title: title}", "title: title }")
    expect(try run(desk), "made: 1 rule file changed: mapping.yml")
    try edit("review.yml", of: desk, "history: 3 months", "history: 2 months")
    expect(
      try run(desk), "made: the figures were others, as settings of the pipeline changed")
    try edit("review.yml", of: desk, "{customer}\"", "{customer}\", formats: [csv, html]")
    expect(try run(desk), "made: the formats were csv, html, json, xlsx")
    let fresh = try Tool.run(DeskFolder.arguments + ["--out", "fresh"], in: desk.folder)
    #expect(fresh.status == 0)
    #expect(try Packs.files(of: desk) == Packs.files(of: desk, out: "fresh"))
  }

  @Test("A pack that somebody changed is made again, the others are left")
  func damaged() throws {
    let desk = try DeskFolder(tickets: 150, seed: 25)
    _ = try run(desk)
    let whole = try Packs.files(of: desk)
    let pack = "desk/out/2026-04/"
    try desk.scratch.write("x", to: pack + "Finance/csv/ledger.csv")
    try desk.scratch.write("x", to: pack + "Research/note.txt")
    let workbook = desk.folder.appendingPathComponent("out/2026-04/Sales/report.xlsx")
    try FileManager.default.removeItem(at: workbook)
    let reasons = try run(desk)
    #expect(
      reasons["Finance"] == "made: csv/ledger.csv: the file was changed after it was written")
    #expect(reasons["Research"] == "made: note.txt: the file is not in the manifest")
    #expect(reasons["Sales"] == "made: report.xlsx: the file is gone")
    #expect(reasons.values.count { $0 == Self.unchanged } == 3)
    #expect(try Packs.files(of: desk) == whole)
  }

  private func edit(_ file: String, of desk: DeskFolder, _ old: String, _ new: String) throws {
    let url = desk.folder.appendingPathComponent(file)
    let text = try String(contentsOf: url, encoding: .utf8)
    #expect(text.contains(old))
    try desk.scratch.write(text.replacing(old, with: new), to: "desk/" + file)
  }
}
