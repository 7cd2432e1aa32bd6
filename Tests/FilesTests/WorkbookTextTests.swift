import Foundation
import TestSupport
import Testing

@testable import Files

/// The workbooks are those of the golden cases below Tests/Cases/import, which also tell what is
/// said of them.
@Suite("Workbooks as CSV")
struct WorkbookTextTests {
  private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases/import").resolvingSymlinksInPath()

  private func lines(
    _ name: String, _ reader: WorkbookText = WorkbookText()
  ) throws -> (lines: [String], remarks: [WorkbookRemark]) {
    let path = Self.cases.appendingPathComponent(name).path
    let (text, remarks) = try reader.read(InputFile.open(path))
    let file = try text.open(as: name)
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1_000)
    while true {
      let count = try block.withUnsafeMutableBytes { (room) throws(FileError) in
        try file.read(into: room)
      }
      if count == 0 { break }
      bytes += block[..<count]
    }
    let rows = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    return (rows.map(String.init), remarks)
  }

  @Test("A row of the sheet is a line, and cells are written as their meaning")
  func cells() throws {
    let (rows, remarks) = try lines("workbook-with-everything/export.xlsx")
    #expect(
      rows == [
        "", "", "ticket,opened,resolved,status,made_sla,held,cost,points",
        "1001,2026-03-02 09:00:00,2026-03-02 10:30:07,Closed,true,26:30:00,0.3,5",
        "1002,2026-03-03 09:15:00,,\"In Progress, \"\"really\"\"\",false,6:00:00,12.5,2",
        "", "", "D-8,2026-03-04 00:00:00,31/03/2026 09:15,New line,false,,,",
        "1009,,2026-03-04 12:00:00,\"  Zoë €\",,,,", "",
      ])
    #expect(
      remarks == [
        .sheet(name: "Page 1", visible: 2),
        .errors(row: 5, cell: "C5", column: "resolved", value: "#N/A", count: 1),
        .mixedDates(row: 8, cell: "C8", column: "resolved", value: "31/03/2026 09:15", dates: 2),
        .merged(row: 8, range: "D8:D9", count: 1), .formulas(count: 1),
      ])
  }

  @Test("Line breaks stay if somebody looks for them")
  func lineBreaks() throws {
    let reader = WorkbookText(keepsLineBreaks: true)
    let (rows, _) = try lines("workbook-with-everything/export.xlsx", reader)
    #expect(rows.contains("D-8,2026-03-04 00:00:00,31/03/2026 09:15,\"New"))
  }

  @Test("Dates of workbooks that count from 1904")
  func macintosh() throws {
    let (rows, _) = try lines("workbook-of-1904/export.xlsx")
    #expect(rows.dropFirst() == ["M-1,2026-03-02 09:00:00,,", "M-2,2026-10-25 01:30:00,,", ""])
  }

  private func failure(
    _ name: String, _ reader: WorkbookText = WorkbookText()
  ) -> WorkbookReadError? {
    do {
      _ = try lines(name, reader)
      return nil
    } catch {
      return error as? WorkbookReadError
    }
  }

  @Test("Limits of memory, time and output hold, and a missing reader is told")
  func limits() {
    let file = "workbook-with-everything/export.xlsx"
    var limits = WorkbookText.Limits()
    limits.megabytesOfMemory = 20
    #expect(failure(file, WorkbookText(limits: limits)) != nil)
    limits = WorkbookText.Limits()
    limits.megabytesOfText = 0
    #expect(failure(file, WorkbookText(limits: limits)) == .tooLarge(megabytes: 0))
    limits = WorkbookText.Limits()
    limits.seconds = 0
    #expect(failure(file, WorkbookText(limits: limits)) == .tooLong(seconds: 0))
    #expect(failure(file, WorkbookText(interpreter: "/nowhere/python3")) == .noReader)
    #expect(
      failure(file, WorkbookText(interpreter: "/bin/false")) == .damaged("its reader ended early"))
  }

  /// A copy of a workbook in which one text of 400 MB takes 400 KB.
  private static let bomb = """
    import sys, zipfile
    name, target = sys.argv[1].split("|")
    source = zipfile.ZipFile(name)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
      for item in source.namelist():
        with copy.open(item, "w") as file:
          if item != "xl/sharedStrings.xml":
            file.write(source.read(item))
          else:
            namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
            file.write(b'<sst xmlns="' + namespace + b'"><si><t>')
            for _ in range(400):
              file.write(b"a" * 1_000_000)
            file.write(b"</t></si></sst>")
    """

  @Test("A small workbook that unpacks to much more does no harm", .timeLimit(.minutes(1)))
  func bomb() throws {
    let scratch = Scratch()
    let path = try scratch.file("bomb.xlsx", [])
    let source = Self.cases.appendingPathComponent("workbook-of-1904/export.xlsx").path
    _ = try Python.run(Self.bomb, "\(source)|\(path)")
    var limits = WorkbookText.Limits()
    limits.megabytesOfMemory = 200
    #expect(throws: WorkbookReadError.tooMuchMemory(megabytes: 200)) {
      _ = try WorkbookText(limits: limits).read(InputFile.open(path))
    }
  }
}
