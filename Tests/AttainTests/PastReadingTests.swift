import Foundation
import Testing

@Suite("Readings of the past")
struct PastReadingTests {
  private let scratch: Scratch
  private var folder: URL { scratch.folder }

  init() throws {
    scratch = try Scratch()
    let files = GoldenCase.root.appendingPathComponent("diff/packs")
    for name in ["agreement.yml", "longer.yml", "desk.yml", "march.csv", "late.csv"] {
      try scratch.write(
        String(contentsOf: files.appendingPathComponent(name), encoding: .utf8), to: name)
    }
  }

  private func run(_ line: String) throws -> Tool.Result {
    let result = try Tool.run(line.split(separator: " ").map(String.init), in: folder)
    #expect(result.status == 0, "\(line): \(result.errors)")
    return result
  }

  private func files(_ output: String) throws -> [String: Data] {
    try Scratch.files(below: folder.appendingPathComponent(output))
  }

  @Test("As reported, a month comes out again byte for byte, whatever rows and rules came since")
  func asReported() throws {
    let month = "-w desk.sqlite -p 2026-03 --history 2"
    _ = try run("import march.csv -m desk.yml -w desk.sqlite")
    _ = try run(
      "export pack \(month) -a agreement.yml --as-of 2026-04-01T06:00:00Z --issue -o issued")
    let issued = try files("issued")
    // Imports count as known from the second in which they were read.
    Thread.sleep(forTimeInterval: 1.1)
    _ = try run("import late.csv -m desk.yml -w desk.sqlite")
    // The file of the agreement is another now, under the same name.
    try FileManager.default.removeItem(at: folder.appendingPathComponent("agreement.yml"))
    try FileManager.default.moveItem(
      at: folder.appendingPathComponent("longer.yml"),
      to: folder.appendingPathComponent("agreement.yml"))
    let now = "\(month) -a agreement.yml --as-of 2026-04-20T06:00:00Z"
    let result = try run("export pack \(now) --reading as-reported -o again")
    #expect(result.errors.isEmpty)
    let again = try files("again")
    for name in ["Finance", "Sales"].flatMap({ customer in
      ["attainment", "tickets", "ledger"].map { "\(customer)/csv/\($0).csv" }
    }) {
      #expect(again[name] != nil)
      #expect(again[name] == issued[name], "\(name)")
    }
    let page = String(decoding: try #require(again["Finance/index.html"]), as: UTF8.self)
    #expect(page.contains("Issue 1. As reported when it was issued"))
    _ = try run("export pack \(now) -o other")
    let name = "Finance/csv/attainment.csv"
    #expect(try files("other")[name] != issued[name])
    // Two issues, two readings of the month.
    _ = try run("export pack \(now) --issue -o second")
    let second = try run("export csv \(now) --reading as-reported -o latest").errors
    #expect(second.isEmpty)
    let early = now.replacingOccurrences(of: "04-20", with: "04-02")
    let first = try run("calculate \(early) --reading as-reported -f csv").output
    let last = try run("calculate \(now) --reading as-reported -f csv").output
    #expect(first != last)
    #expect(last == (try run("calculate \(now) -f csv").output))
    let compared = try run("diff as-reported:1 as-reported:2 \(now) -f csv").output
    #expect(compared.contains("D-2,desk,desk,Finance,2026-03,resolution,,changed,target"))
    #expect(compared.contains("D-1,desk,desk,Finance,2026-03,resolution,,changed,data"))
  }
}
