import Foundation
import Glibc
import TestSupport
import Testing

@Suite("An import into a workspace that is ended", .serialized)
struct KilledImportTests {
  /// What a workspace holds before an import, and what the import reads.
  enum Kind: String, CaseIterable {
    /// The workspace is not there yet.
    case first
    /// Every ticket is known and most have changed.
    case changes
    /// Several files, and tickets that are new.
    case severalFiles
  }

  @Test(
    "It is there as a whole or not at all, the workspace is whole, and the next one completes it",
    arguments: Kind.allCases, [SIGKILL, SIGTERM])
  func wholeOrNot(kind: Kind, signal: Int32) throws {
    let desk = try ImportedDesk(kind)
    let before = try desk.dump()
    var whole = try desk.prepareReference()
    let after = try desk.dump(ImportedDesk.reference)
    #expect(before != after)
    var random = SeededGenerator(seed: UInt64(signal))
    let rounds = Effort.rounds(3, long: 60)
    var (ended, undone) = (0, 0)
    for round in 0..<rounds * 4 where ended < rounds {
      try desk.restore()
      let part = Double.random(in: 0..<1.05, using: &random)
      let isEnded = try Tool.run(
        desk.arguments, in: desk.folder, signal: signal, after: whole * part)
      // The first import may have been a slow one.
      if isEnded { ended += 1 } else { whole = whole * 0.9 }
      if isEnded, signal != SIGKILL {
        let left = try desk.namesBeside()
        #expect(left.isSubset(of: ["desk.sqlite", "desk.sqlite.lock"]), "round \(round): \(left)")
      }
      if desk.isThere {
        let check = try Tool.run(["workspace", "check", "desk.sqlite"], in: desk.folder)
        #expect(check.status == 0, "round \(round): \(check.errors)")
      }
      let found = try desk.dump()
      if found == before { undone += 1 }
      #expect(found == before || found == after, "round \(round), after \(part) of the time")
      let again = try Tool.run(desk.arguments, in: desk.folder)
      #expect(again.status == 0, "\(again.errors)")
      #expect(try desk.dump() == after, "round \(round)")
      #expect(try desk.namesBeside() == ["desk.sqlite", "desk.sqlite.lock"])
    }
    #expect(ended == rounds)
    #expect(undone > 0 || rounds < 10, "no import was ended in the middle")
  }
}

/// A desk with a workspace, which is put back to what it was before each import.
private struct ImportedDesk {
  let desk: DeskFolder
  let kind: KilledImportTests.Kind
  /// The bytes of the workspace before the import; `nil` if there is none.
  private var old: Data?

  static let reference = "reference.sqlite"

  init(_ kind: KilledImportTests.Kind) throws {
    self.kind = kind
    desk = try DeskFolder(tickets: 1_000, seed: 50)
    guard kind != .first else { return }
    let first = try Tool.run(Self.arguments(["tickets.csv"]), in: desk.folder)
    #expect(first.status == 0, "\(first.errors)")
    old = try Data(contentsOf: path)
    try desk.setTickets(kind == .changes ? 1_000 : 1_500, seed: 51)
    guard kind == .severalFiles else { return }
    let text = try String(
      contentsOf: folder.appendingPathComponent("tickets.csv"), encoding: .utf8)
    let lines = text.split(separator: "\n")
    for part in 0..<3 {
      let rows = lines.dropFirst().enumerated().filter { $0.offset % 3 == part }.map(\.element)
      try desk.scratch.write(
        ([lines[0]] + rows).joined(separator: "\n") + "\n", to: "desk/part-\(part).csv")
    }
  }

  var folder: URL { desk.folder }

  var arguments: [String] {
    Self.arguments(
      kind == .severalFiles ? ["part-0.csv", "part-1.csv", "part-2.csv"] : ["tickets.csv"])
  }

  var isThere: Bool { FileManager.default.fileExists(atPath: path.path) }

  private var path: URL { folder.appendingPathComponent("desk.sqlite") }

  private static func arguments(
    _ files: [String], into workspace: String = "desk.sqlite"
  ) -> [String] {
    ["import"] + files + ["-m", "./mapping.yml", "-w", workspace]
  }

  /// Imports into a copy that nobody disturbs, and returns how long that takes.
  func prepareReference() throws -> Duration {
    try old?.write(to: folder.appendingPathComponent(Self.reference))
    let clock = ContinuousClock()
    let began = clock.now
    let arguments = arguments.map { $0 == "desk.sqlite" ? Self.reference : $0 }
    #expect(try Tool.run(arguments, in: folder).status == 0)
    return clock.now - began
  }

  func restore() throws {
    for name in try namesBeside() {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
    try old?.write(to: path)
  }

  /// The workspace, and what is beside it while it is written.
  func namesBeside() throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
      .filter { $0.hasPrefix("desk.sqlite") }
  }

  /// All that a workspace holds, without when it was imported; nothing if there is none, or if no
  /// import has come to its end.
  func dump(_ name: String = "desk.sqlite") throws -> String {
    guard FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path) else {
      return ""
    }
    let result = try Tool.run(["workspace", "dump", name], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    guard lines.contains(where: { $0.hasPrefix("INSERT INTO \"imports\"") }) else { return "" }
    return lines.map { line in
      let isImport = line.hasPrefix("INSERT INTO \"imports\"")
      return isImport ? line.replacing(/'20[0-9-]+T[0-9:]+Z'/, with: "'…'") : line
    }.joined(separator: "\n")
  }
}
