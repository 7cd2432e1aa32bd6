import Foundation
import ReportDocuments
import TestSupport
import Testing
import Workbooks

@testable import XLSXReports

@Suite("Reports as workbooks")
struct XLSXReportsTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-xlsx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ document: ReportDocument, _ name: String) throws -> String {
    let path = folder.appendingPathComponent(name).path
    try XLSXReport.write(
      document, to: path, temporaryFolder: folder.path, inflate: RawInflate.bytes)
    if let kept = ProcessInfo.processInfo.environment["KEEP_WORKBOOKS"] {
      try? FileManager.default.copyItem(atPath: path, toPath: kept + "/" + name)
    }
    return path
  }

  @Test("The same report gives the same bytes")
  func sameBytes() throws {
    let one = try write(SampleDocument.document(), "one.xlsx")
    let two = try write(SampleDocument.document(), "two.xlsx")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: one))
    #expect(try bytes == Data(contentsOf: URL(fileURLWithPath: two)))
  }

  @Test("Cells keep their meaning: numbers, dates, formulas, text", .enabled(if: Python.canRead))
  func meaning() throws {
    let path = try write(SampleDocument.document(), "meaning.xlsx")
    let found = try Python.run(
      """
      import openpyxl, sys
      f = openpyxl.load_workbook(sys.argv[1]); v = openpyxl.load_workbook(sys.argv[1], data_only=True)
      print(f.sheetnames)
      a = f["Attainment"]
      print(a["I5"].value, a["I6"].value, round(v["Attainment"]["I6"].value, 6), a["I6"].number_format)
      print(a["J5"].value, a["J5"].number_format, a["K6"].number_format, a.freeze_panes)
      print([(t.name, t.ref) for s in f for t in s.tables.values()])
      b = f["Breaches"]
      print(b["C4"].value, b["C5"].value, b["C5"].number_format)
      print(b["D5"].value, b["D5"].number_format, b["D6"].number_format)
      print(b["E5"].value, b["E5"].data_type, b["E6"].value, f["Near misses"]["A5"].value)
      p = f["Percentiles"]
      print(p["I5"].value, len(p._charts), len(f["Summary"]._charts))
      s = f["Summary"]
      print([c.value for c in s[13]][:2], s["C14"].value, s["D14"].number_format)
      """, path)
    #expect(
      found == """
        ['Summary', 'Attainment', 'Percentiles', 'Breaches', 'Near misses', 'Tickets', 'Definitions']
        None =F6/(F6+G6+H6) 0.976744 0.0%
        0.95 0% 0.0% A5
        [('Attainment', 'A4:K100'), ('Percentiles', 'A4:I8'), ('Breaches', 'A4:E6'), ('Tickets', 'A4:G124'), ('Definitions', 'A4:B6')]
        Lost (Europe/London) 2025-10-09 09:53:20 yyyy-mm-dd hh:mm:ss
        1 day, 8:53:00 [h]:mm:ss "over "[h]:mm:ss
        =1+1 with the network team <b> s – None.
        =_xlfn.PERCENTILE.INC('Tickets'!$G$5:$G$34,0.95) 1 8
        ['Response · objective 95 %', None] – "M\u{a0}"0.0%

        """)
  }

  @Test(
    "Every sheet prints on A4, one page wide, with its header repeated and its reader named",
    .enabled(if: Python.canRead))
  func print() throws {
    let found = try Python.run(
      """
      import openpyxl, sys
      f = openpyxl.load_workbook(sys.argv[1])
      for s in f:
        p = s.page_setup
        assert (p.paperSize, p.fitToWidth or 1, p.fitToHeight) == (9, 1, 0), s.title
        assert "Research && Development" in s.oddHeader.left.text
        assert "&P of &N" in str(s.oddFooter.right.text) or "Page" in str(s.oddFooter.right.text)
        print(s.title, p.orientation, s.print_title_rows)
      c = f["Summary"]["L21"]
      print(c.number_format, c.fill.fgColor.rgb, c.font.b, c.alignment.horizontal)
      """, write(SampleDocument.document(), "print.xlsx"))
    #expect(
      found == """
        Summary portrait None
        Attainment landscape $4:$4
        Percentiles landscape $4:$4
        Breaches landscape $4:$4
        Near misses landscape $4:$4
        Tickets landscape $4:$4
        Definitions landscape $4:$4
        "X\u{a0}"0.0% FFA62C13 True center

        """)
  }

  @Test(
    "Every live formula gives its cached value when the workbook is calculated again",
    .enabled(if: Python.canRead && Recalculation.isPossible))
  func recalculated() throws {
    let path = try write(SampleDocument.document(ticketsPerTier: 37), "formulas.xlsx")
    let again = try Recalculation.recalculate(path, in: folder.path)
    let found = try Python.run(
      """
      import openpyxl, sys
      one, two = sys.argv[1].split("|")
      f = openpyxl.load_workbook(one)
      a = openpyxl.load_workbook(one, data_only=True); b = openpyxl.load_workbook(two, data_only=True)
      n = 0
      def number(x): return x.total_seconds() if hasattr(x, "total_seconds") else x
      for s in f:
        for row in s.iter_rows():
          for c in row:
            if c.data_type == "f":
              x, y = number(a[s.title][c.coordinate].value), number(b[s.title][c.coordinate].value)
              assert abs(x - y) < 1e-9, (s.title, c.coordinate, c.value, x, y)
              n += 1
      print(n)
      """, path + "|" + again)
    #expect(found == "92\n")
  }

  @Test(
    "Above 20,000 promises the Tickets sheet is a link, and nothing is recomputed from it",
    .enabled(if: Python.canRead))
  func manyTickets() throws {
    var document = SampleDocument.document()
    let index = try #require(document.dataSheets.firstIndex { $0.role == .tickets })
    let row = document.dataSheets[index].rows[0]
    document.dataSheets[index].rows = Array(repeating: row, count: XLSXReport.mostTickets + 1)
    let found = try Python.run(
      """
      import openpyxl, sys
      f = openpyxl.load_workbook(sys.argv[1])
      t = f["Tickets"]
      print(t.max_row, t["A4"].value, len(t.tables), f["Percentiles"]["I4"].value)
      """, write(document, "many.xlsx"))
    #expect(
      found == """
        4 =HYPERLINK("csv/tickets.csv","20,001 rows are in csv/tickets.csv") 0 None

        """)
  }

  @Test(
    "Above 100,000 rows tables become plain rows with filters, and a note says so",
    .enabled(if: Python.canRead))
  func constantMemory() throws {
    var document = SampleDocument.document()
    let index = try #require(document.dataSheets.firstIndex { $0.role == .definitions })
    document.dataSheets[index].rows = Array(
      repeating: [.text("a"), .text("b")], count: XLSXReport.mostRowsInMemory)
    let path = folder.appendingPathComponent("flat.xlsx").path
    // The slow inflate of the tests would take a minute here: Python reads the file instead.
    try XLSXReport.write(document, to: path, temporaryFolder: folder.path) { bytes, size in
      try Python.inflate(bytes)
    }
    let found = try Python.run(
      """
      import openpyxl, sys
      f = openpyxl.load_workbook(sys.argv[1])
      d = f["Definitions"]
      print(d.max_row, sum(len(s.tables) for s in f), d.auto_filter.ref, "filter buttons" in d["A2"].value)
      print(f["Attainment"].auto_filter.ref, f["Attainment"]["I6"].value)
      """, path)
    #expect(
      found == """
        100004 0 A4:B100004 True
        A4:K100 =F6/(F6+G6+H6)

        """)
  }

  @Test(
    "The format of a share keeps it on its side of the objective, and off a false 100 %",
    arguments: [
      (9_496, 10_000, 95, "0.00%"), (95, 100, 95, "0.0%"), (100, 100, 95, "0%"),
      (9_999, 10_000, 95, "0.00%"), (999_999, 1_000_000, 95, "0.0000%"), (0, 4, 95, "0.0%"),
    ])
  func percent(part: Int, whole: Int, objective: Int, code: String) throws {
    let share = try #require(Share(part, of: whole, objective: Int64(objective) * 1_000_000))
    #expect(Looks.percent(share) == code)
  }

  @Test("Headings of a table are distinct whatever their case")
  func headings() {
    #expect(
      Headings.distinct(["Tier", "tier", "", "TIER\n", "Tier 2"])
        == ["Tier", "tier 2", "Column 3", "TIER ", "Tier 2 2"])
    #expect([7, 1_234, 1_234_567].map(Headings.grouped) == ["7", "1,234", "1,234,567"])
  }
}
