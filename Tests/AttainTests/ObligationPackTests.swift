import Foundation
import TestSupport
import Testing

/// Packs of two customers whose obligations are judged by the same files.
@Suite("Obligations in packs")
struct ObligationPackTests {
  /// Every part of a workbook, word for word.
  private static let parts = """
    import sys, zipfile
    book = zipfile.ZipFile(sys.argv[1])
    for name in book.namelist():
        sys.stdout.write(name + book.read(name).decode("utf-8", "replace"))
    """

  /// The packs of the golden case, as texts by path.
  private func packs() throws -> [String: String] {
    let scratch = try Scratch()
    let folder = House.root.appendingPathComponent("Tests/Cases/export/obligations")
    for (path, bytes) in try Scratch.files(below: folder) where !path.contains("expected") {
      try scratch.write(String(decoding: bytes, as: UTF8.self), to: path)
    }
    let line = try String(contentsOf: folder.appendingPathComponent("cmd"), encoding: .utf8)
      .split(separator: "\n")[0]
    let words = line.split(separator: " ").dropFirst().map(String.init)
    let result = try Tool.run(words, in: scratch.folder)
    #expect(result.status == 0, "\(result.errors)")
    let packs = scratch.folder.appendingPathComponent("packs")
    var texts: [String: String] = [:]
    for (path, bytes) in try Scratch.files(below: packs) {
      texts[path] =
        path.hasSuffix(".xlsx")
        ? try Python.run(Self.parts, packs.appendingPathComponent(path).path)
        : String(decoding: bytes, as: UTF8.self)
    }
    return texts
  }

  @Test("No file of a pack holds a row, a name or a count of the other customer")
  func nothingOfOthers() throws {
    let packs = try packs()
    #expect(packs.count > 14)
    for (path, text) in packs {
      let others =
        path.hasPrefix("North")
        ? ["SECRET", "South"]
        : ["North", "O-1", "O-2", "O-3", "M-1", "L-1", "L-2", "L-3"]
      for other in others { #expect(!text.contains(other), "\(path) holds \(other)") }
    }
    #expect(packs["South/index.html"]?.contains("SECRET-4") == true)
    #expect(packs["North/csv/outages.csv"]?.contains("O-1") == true)
  }

  @Test("The workbook divides up time and counts by formulas of its own rows")
  func formulas() throws {
    let book = try #require(try packs()["North/report.xlsx"])
    // Agreed less lost time; and met of met and missed.
    #expect(book.contains(/<f>\(Y\d+-AB\d+\)\/Y\d+<\/f>/))
    #expect(book.contains(/<f>N\d+\/\(N\d+\+O\d+\)<\/f>/))
  }
}
