import Foundation
import Testing

@Suite("Packs that were issued")
struct IssuedPackTests {
  private let scratch: Scratch
  private var folder: URL { scratch.folder }

  init() throws {
    scratch = try Scratch()
    let files = GoldenCase.root.appendingPathComponent("export/issue")
    for name in ["agreement.yml", "desk.yml", "march.csv", "late.csv"] {
      try scratch.write(
        String(contentsOf: files.appendingPathComponent(name), encoding: .utf8), to: name)
    }
  }

  private func run(_ line: String) throws {
    let result = try Tool.run(line.split(separator: " ").map(String.init), in: folder)
    #expect(result.status == 0, "\(line): \(result.errors)")
  }

  private func pack(_ more: String, asOf: String, to output: String) throws -> [String: Data] {
    try run(
      """
      export pack -w desk.sqlite -a agreement.yml -p 2026-03 --as-of \(asOf) --history 1 \
      \(more) -o \(output)
      """)
    return try Scratch.files(below: folder.appendingPathComponent(output))
  }

  private func knownAt(_ files: [String: Data]) throws -> String {
    let manifest = try #require(files["Finance/manifest.json"])
    let text = String(decoding: manifest, as: UTF8.self)
    return String(try #require(text.firstMatch(of: /"knownAt" : "([^"]*)"/)).1)
  }

  @Test("An issue is made again byte for byte: without recording it, and as it was known then")
  func madeAgain() throws {
    try run("import march.csv -m desk.yml -w desk.sqlite")
    let (early, late) = ("2026-04-01T06:00:00Z", "2026-04-12T06:00:00Z")
    let first = try pack("--issue", asOf: early, to: "first")
    #expect(try pack("", asOf: early, to: "first-again") == first)
    let known = try knownAt(first)
    // Imports count as known from the second in which they were read.
    Thread.sleep(forTimeInterval: 1.1)
    try run("import late.csv -m desk.yml -w desk.sqlite")
    let draft = try pack("", asOf: late, to: "draft")
    #expect(draft["Finance/csv/changes.csv"] != nil)
    let second = try pack("--issue", asOf: late, to: "second")
    #expect(second["Finance/index.html"] != draft["Finance/index.html"])
    #expect(try pack("", asOf: late, to: "second-again") == second)
    #expect(try pack("--known-at \(known)", asOf: early, to: "as-known-then") == first)
  }

  @Test("A pack names no other client, also where that one has changes")
  func oneClientOnly() throws {
    try run("import march.csv -m desk.yml -w desk.sqlite")
    _ = try pack("--issue", asOf: "2026-04-01T06:00:00Z", to: "first")
    try run("import late.csv -m desk.yml -w desk.sqlite")
    let files = try pack("--issue", asOf: "2026-04-12T06:00:00Z", to: "second")
    for (name, data) in files where !name.hasSuffix(".xlsx") {
      let other = name.hasPrefix("Sales/") ? "Finance" : "Sales"
      #expect(!String(decoding: data, as: UTF8.self).contains(other), "\(name) names \(other)")
    }
    #expect(files["Sales/csv/changes.csv"] == nil)
  }
}
