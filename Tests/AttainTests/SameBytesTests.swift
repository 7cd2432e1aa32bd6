import Foundation
import Testing

@Suite("Same input, same bytes")
struct SameBytesTests {
  @Test("Two runs in other places, zones and languages write the same packs to the byte")
  func sameBytes() throws {
    let surroundings = [
      Tool.surroundings,
      ["PATH": "/usr/bin:/bin", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "LANG": "de_DE"],
    ]
    var packs: [[String: Data]] = []
    for each in surroundings {
      let desk = try DeskFolder(tickets: 300, seed: 1)
      let result = try Tool.run(
        DeskFolder.arguments, in: desk.folder, surroundings: each)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.stdout.isEmpty && result.stderr.isEmpty)
      packs.append(try Packs.files(of: desk))
    }
    let usual = packs[0].keys.filter { !$0.hasSuffix(Packs.notInEach) }
    #expect(usual.count == DeskFolder.departments.count * Packs.filesPerPack + 1)
    #expect(Set(packs[0].keys) == Set(packs[1].keys))
    for (name, bytes) in packs[0] { #expect(packs[1][name] == bytes, "\(name)") }
  }

  @Test("A second run over the same input leaves every file as it was")
  func untouched() throws {
    let desk = try DeskFolder(tickets: 100, seed: 2)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let before = try Packs.instants(of: desk)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    #expect(try Packs.instants(of: desk) == before)
  }

  @Test("No pack holds the name of another department")
  func oneClientOnly() throws {
    let desk = try DeskFolder(tickets: 200, seed: 3)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    for (path, bytes) in try Packs.files(of: desk)
    where !path.hasSuffix(".xlsx") && path != Packs.index {
      let pack = path.split(separator: "/")[1]
      let text = String(decoding: bytes, as: UTF8.self)
      for department in ["Finance", "Research", "Sales"] where pack != department {
        #expect(!text.contains(department), "\(path) names \(department)")
      }
    }
  }
}

/// What a run left in `out`.
enum Packs {
  /// `index.html`, `report.xlsx`, `results.json`, `manifest.json` and three files in `csv`.
  static let filesPerPack = 7
  /// The page over all packs, which is in none of them.
  static let index = "2026-04/index.html"
  /// Only where many clocks have not stopped.
  static let notInEach = "survival.csv"

  /// The files of all packs, and the page over them; the run's own record and lock are beside them.
  static func files(of desk: DeskFolder, out: String = "out") throws -> [String: Data] {
    try Scratch.files(below: desk.folder.appendingPathComponent(out))
      .filter {
        !["run.json", "import-report.json", "rejects.csv", ".attain.lock"].contains($0.key)
      }
  }

  /// When each file was changed last.
  static func instants(of desk: DeskFolder) throws -> [String: Date] {
    let out = desk.folder.appendingPathComponent("out")
    var instants: [String: Date] = [:]
    for name in try files(of: desk).keys {
      let path = out.appendingPathComponent(name).path
      instants[name] =
        try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    }
    return instants
  }
}
