import Foundation
import Testing

@testable import Files

@Suite("What dead runs leave behind")
struct LeftoverTests {
  /// Above the largest number that Linux gives.
  private static let dead = Int32(1 << 22) + 1

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  @Test("A temporary folder is gone with its holder; one of a dead process with the next run")
  func temporaryFolders() throws {
    let manager = FileManager.default
    let parent = URL(fileURLWithPath: TemporaryFolder.parent)
    let left = parent.appendingPathComponent("attain-\(Self.dead)-abcdef")
    let alive = parent.appendingPathComponent("attain-1-\(UUID().uuidString)")
    let foreign = parent.appendingPathComponent("attain-notes-\(UUID().uuidString)")
    for folder in [left, alive, foreign] {
      try manager.createDirectory(
        at: folder.appendingPathComponent("inside"), withIntermediateDirectories: true)
    }
    defer { for folder in [alive, foreign] { try? manager.removeItem(at: folder) } }
    var path = ""
    do {
      let folder = try TemporaryFolder()
      path = folder.path
      TemporaryFolder.clearLeftovers()
      #expect(manager.fileExists(atPath: path))
      withExtendedLifetime(folder) {}
    }
    #expect(!manager.fileExists(atPath: path))
    #expect(!manager.fileExists(atPath: left.path))
    #expect(manager.fileExists(atPath: alive.path) && manager.fileExists(atPath: foreign.path))
  }

  @Test("What was being prepared is removed as far down as was asked, whatever it was to become")
  func staged() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-test-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for path in ["", "2026-04/", "2026-04/pack/"] {
      for process in [Self.dead, ProcessNumber.own] {
        let name = "\(path).Sales.attain-staging-\(process).1/csv"
        try FileManager.default.createDirectory(
          at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
      }
    }
    FileTree.clearLeftovers(in: folder.path, depth: 1)
    let own = ".Sales.attain-staging-\(ProcessNumber.own).1"
    #expect(try names(folder) == [own, "2026-04"])
    #expect(try names(folder.appendingPathComponent("2026-04")) == [own, "pack"])
    #expect(try names(folder.appendingPathComponent("2026-04/pack")).count == 2)
  }
}
