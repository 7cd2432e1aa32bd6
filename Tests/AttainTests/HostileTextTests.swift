import Foundation
import TestSupport
import Testing

@Suite("Text of tickets is data")
struct HostileTextTests {
  @Test("Names that are paths, formulas or mark-up become safe folders, cells and text")
  func packs() throws {
    let desk = try DeskFolder(tickets: 200, seed: 6)
    let outside = try Scratch.files(below: desk.scratch.folder).keys
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let made = try Scratch.files(below: desk.scratch.folder).keys.filter { !outside.contains($0) }
    #expect(made.allSatisfy { $0.hasPrefix("desk/out/") })
    let files = try Packs.files(of: desk)
    let folders = Set(files.keys.filter { $0 != Packs.index }.map { $0.split(separator: "/")[1] })
    #expect(folders.count == DeskFolder.departments.count)
    for (path, bytes) in files {
      let text = String(decoding: bytes, as: UTF8.self)
      if path.hasSuffix(".html") {
        #expect(!text.contains("<script>alert("), "\(path)")
        #expect(!text.contains("<b>Law"), "\(path)")
      }
      if path.hasSuffix(".csv") {
        // Ids come first in a row and are never touched.
        #expect(!text.contains(",="), "\(path)")
      }
    }
  }

  @Test("A workbook holds =1+1 as text", .enabled(if: Python.canRead, "openpyxl is not installed"))
  func workbook() throws {
    let desk = try DeskFolder(tickets: 60, seed: 7)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let script = """
      import glob, sys, openpyxl
      for path in sorted(glob.glob(sys.argv[1] + "/*/*/report.xlsx")):
          for sheet in openpyxl.load_workbook(path):
              for row in sheet.iter_rows():
                  for cell in row:
                      text = str(cell.value)
                      if text.startswith("=D+") or text.startswith("=1+1"):
                          print(cell.data_type)
      """
    let out = desk.folder.appendingPathComponent("out").path
    let types = try Python.run(script, out).split(separator: "\n")
    #expect(types.count > 60)
    #expect(Set(types) == ["s"])
  }

  @Test("A field of 10 MB is read, or rejected by its line; the rows around it are kept")
  func longField() throws {
    let scratch = try Scratch()
    try scratch.write(
      "mapping: desk\nrows: tickets\nzone: UTC\ntimestamps: iso\n"
        + "ticket: {id: ticket, opened: opened, title: title}\n", to: "desk.yml")
    let long = String(repeating: "long, ", count: 1_750_000)
    let first = "D-1,2026-03-02T09:00:00Z,short\n"
    let last = "D-3,2026-03-02T09:20:00Z,short\n"
    func rows(_ title: String) throws -> Tool.Result {
      try scratch.write(
        "ticket,opened,title\n" + first + "D-2,2026-03-02T09:10:00Z," + title + "\n" + last,
        to: "in.csv")
      return try Tool.run(
        ["import", "in.csv", "-m", "./desk.yml", "-o", "-"], in: scratch.folder)
    }
    let closed = try rows("\"\(long)\"")
    #expect(closed.status == 0)
    #expect(closed.stdout.starts(with: Data(("id,at:opened,title\n" + first).utf8)))
    #expect(closed.stdout.suffix(last.utf8.count) == Data(last.utf8))
    #expect(
      closed.stdout.count > long.utf8.count
        || closed.errors.hasPrefix("in.csv:3: rejected: the record is longer than"))
    let open = try rows("\"\(long)")
    #expect(open.status == 0)
    #expect(open.output == "id,at:opened,title\n" + first + last)
    #expect(open.errors.hasPrefix("in.csv:3: rejected: "))
    #expect(open.errors.count < 300)
  }
}
