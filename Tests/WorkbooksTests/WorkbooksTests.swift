import Foundation
import TestSupport
import Testing

@testable import Workbooks

@Suite("Workbooks")
struct WorkbooksTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-workbooks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  private func options(_ name: String) -> Workbook.Options {
    Workbook.Options(path: path(name), temporaryFolder: folder.path, created: 1_777_000_000)
  }

  /// A workbook with some of everything.
  private func writeSample(_ name: String) throws {
    var options = options(name)
    options.title = "A & B"
    options.author = "tests"
    let book = try Workbook(options)
    let sheet = try book.addSheet(named: "It's all")
    let bold = CellFormat(number: "0.0%").with { $0.isBold = true }
    try sheet.add(
      SheetTable(
        name: "numbers", range: CellRange(rows: 2...5, columns: 0...2),
        columns: ["Name", "Share", "Again"]))
    for row in 3...5 {
      try sheet.write(text: "=1+\(row)", at: CellPlace(row: row, column: 0))
      try sheet.write(number: Double(row) / 10, at: CellPlace(row: row, column: 1), bold)
      try sheet.write(
        formula: "=B\(row + 1)*2", cached: Double(row) / 5, at: CellPlace(row: row, column: 2))
    }
    try sheet.setWidth(20, ofColumns: 0...0)
    try sheet.setHeight(30, ofRow: 0)
    try sheet.write(text: "A title", at: CellPlace(row: 0, column: 0))
    try sheet.freeze(above: 3, leftOf: 1)
    try sheet.addConditionalFormat(
      ConditionalFormat(.equals("X"), format: CellFormat().with { $0.background = 0xa62c13 }),
      to: CellRange(rows: 3...5, columns: 0...0))
    var page = PageSetup()
    page.repeatedRows = 2...2
    page.headerLeft = "Research & development"
    try sheet.setUp(page)
    let other = try book.addSheet(named: "Other")
    try other.write(
      link: "to all", to: CellPlace(row: 2, column: 0), onSheet: "It's all",
      at: CellPlace(row: 0, column: 0))
    try other.write(
      link: "a file", toFile: "csv/tickets.csv", at: CellPlace(row: 1, column: 0))
    let names = SheetChart.Source(
      sheet: "It's all", range: CellRange(rows: 3...5, columns: 0...0))
    let values = SheetChart.Source(
      sheet: "It's all", range: CellRange(rows: 3...5, columns: 1...1))
    for (index, kind) in [SheetChart.Kind.line, .column, .bar, .scatterLine].enumerated() {
      var chart = SheetChart(
        kind, title: "Chart \(index)",
        series: [.init(name: "Share", categories: names, values: values, colour: 0x2567ab)])
      chart.alternativeText = "Three shares"
      try other.insert(chart, at: CellPlace(row: 3 + 16 * index, column: 0))
    }
    try book.define(name: "shares", as: values.range, on: sheet)
    try book.close(inflate: RawInflate.bytes)
  }

  @Test("The same workbook written twice has the same bytes")
  func sameBytes() throws {
    try writeSample("one.xlsx")
    try writeSample("two.xlsx")
    let one = try Data(contentsOf: URL(fileURLWithPath: path("one.xlsx")))
    #expect(one.count > 5_000)
    #expect(try one == Data(contentsOf: URL(fileURLWithPath: path("two.xlsx"))))
  }

  @Test(
    "Another reader finds tables, formulas, links, charts and print set-up",
    .enabled(if: Python.canRead))
  func readBack() throws {
    try writeSample("sample.xlsx")
    let found = try Python.run(
      """
      import openpyxl, sys
      formulas = openpyxl.load_workbook(sys.argv[1])
      values = openpyxl.load_workbook(sys.argv[1], data_only=True)
      s, v, o = formulas["It's all"], values["It's all"], formulas["Other"]
      print(s["A4"].value, s["A4"].data_type, s["B4"].number_format, s["B4"].font.b)
      print(s["C5"].value, v["C5"].value)
      t = s.tables["numbers"]
      print(t.ref, t.autoFilter.ref, t.totalsRowCount, [c.name for c in t.tableColumns])
      print(s.freeze_panes, s.print_title_rows, s.page_setup.orientation, s.page_setup.paperSize,
            s.page_setup.fitToHeight, s.oddHeader.left.text)
      print(o["A1"].hyperlink.location, o["A2"].value, len(o._charts))
      print(formulas.properties.title, formulas.properties.created.isoformat())
      print(formulas.defined_names["shares"].attr_text)
      """, path("sample.xlsx"))
    #expect(
      found == """
        =1+3 s 0.0% True
        =B5*2 0.8
        A3:C6 A3:C6 None ['Name', 'Share', 'Again']
        B4 $3:$3 landscape 9 0 Research && development
        'It''s all'!A3 =HYPERLINK("csv/tickets.csv","a file") 4
        A & B 2026-04-24T03:06:40
        'It''s all'!$B$4:$B$6

        """)
  }

  @Test("A workbook that is dropped leaves nothing on disk", arguments: [false, true])
  func dropped(usesConstantMemory: Bool) throws {
    var options = options("dropped.xlsx")
    options.usesConstantMemory = usesConstantMemory
    do {
      let book = try Workbook(options)
      let sheet = try book.addSheet(named: "A")
      try sheet.write(number: 1, at: CellPlace(row: 0, column: 0))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("A sheet that outlives its workbook refuses to write")
  func closed() throws {
    let book = try Workbook(options("closed.xlsx"))
    let sheet = try book.addSheet(named: "A")
    try sheet.write(number: 1, at: CellPlace(row: 0, column: 0))
    try book.close(inflate: RawInflate.bytes)
    #expect {
      try sheet.write(number: 2, at: CellPlace(row: 1, column: 0))
    } throws: { ($0 as? WorkbookError)?.kind == .closed }
  }

  @Test("NaN and infinities are refused with the cell", arguments: [Double.nan, .infinity])
  func notFinite(number: Double) throws {
    let book = try Workbook(options("nan.xlsx"))
    let sheet = try book.addSheet(named: "Attainment")
    #expect {
      try sheet.write(number: number, at: CellPlace(row: 6, column: 2))
    } throws: {
      ($0 as? WorkbookError)?.kind == .notFinite
        && ($0 as? WorkbookError)?.target == "Attainment!C7"
    }
    #expect(throws: WorkbookError.self) {
      try sheet.write(formula: "=1", cached: number, at: CellPlace(row: 6, column: 2))
    }
  }

  @Test("A folder that is missing is named before anything is written")
  func missingFolder() throws {
    #expect {
      _ = try Workbook(
        Workbook.Options(
          path: self.path("no/such.xlsx"), temporaryFolder: self.folder.path, created: 0))
    } throws: { ($0 as? WorkbookError)?.kind == .fileSystem(errno: ENOENT) }
  }

  @Test("With constant memory rows only ascend, and there are no tables")
  func constantMemory() throws {
    var options = options("flat.xlsx")
    options.usesConstantMemory = true
    let book = try Workbook(options)
    let sheet = try book.addSheet(named: "A")
    for row in 0..<300 { try sheet.write(number: 1, at: CellPlace(row: row, column: 0)) }
    #expect(throws: WorkbookError.self) {
      try sheet.write(number: 1, at: CellPlace(row: 298, column: 1))
    }
    #expect(throws: WorkbookError.self) {
      try sheet.add(
        SheetTable(
          name: "rows", range: CellRange(rows: 0...3, columns: 0...0), columns: ["One"]))
    }
    try sheet.addFilter(to: CellRange(rows: 0...299, columns: 0...0))
    try book.close(inflate: RawInflate.bytes)
  }

  @Test("A row that the file does not hold is found, and no file is left")
  func lostRow() throws {
    let book = try Workbook(options("lost.xlsx"))
    let sheet = try book.addSheet(named: "A")
    for row in 0..<5 { try sheet.write(number: 1, at: CellPlace(row: row, column: 0)) }
    sheet.note(row: 5)
    let path = path("lost.xlsx")
    do {
      try book.close(inflate: RawInflate.bytes)
      Issue.record("the missing row was not noticed")
    } catch {
      #expect(error.kind == .incomplete)
      #expect(error.reason.contains("holds 5 of 6 rows"))
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("A part that stops before its end is found")
  func cutPart() throws {
    let book = try Workbook(options("cut.xlsx"))
    let sheet = try book.addSheet(named: "A")
    try sheet.write(text: "text", at: CellPlace(row: 0, column: 0))
    do {
      try book.close { bytes, size in
        let whole = try RawInflate.bytes(of: bytes, size: size)
        let cut = Array("</sst>".utf8)
        return whole.suffix(cut.count) == cut[...]
          ? whole.dropLast(cut.count) + Array(repeating: 32, count: cut.count) : whole
      }
      Issue.record("the cut part was not noticed")
    } catch {
      #expect(error.kind == .incomplete)
    }
  }

  @Test(
    "Whatever text holds, it is read back as that text", .enabled(if: Python.canRead),
    arguments: 0..<5)
  func hostileText(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "=", "+1", "<b>", "&amp;", "\"", "'", "_x0041_", "é", "😀", "\u{202e}", "]]>",
      "a", " ", "\t", "1e5", "#N/A", "http://x", "internal:A1", "@", "{=", "%s",
    ]
    let texts = (0..<60).map { _ in
      (0...Int.random(in: 0...6, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
    let book = try Workbook(options("hostile-\(seed).xlsx"))
    let sheet = try book.addSheet(named: SheetName.valid(from: texts[0]))
    try sheet.add(
      SheetTable(
        name: "hostile", range: CellRange(rows: 0...60, columns: 0...0),
        columns: [texts[1] + "&<\"> 'heading'"]))
    for (index, text) in texts.enumerated() {
      try sheet.write(text: text, at: CellPlace(row: index + 1, column: 0))
    }
    let path = path("hostile-\(seed).xlsx")
    try book.close(inflate: RawInflate.bytes)
    let found = try Python.run(
      """
      import openpyxl, sys
      s = openpyxl.load_workbook(sys.argv[1]).worksheets[0]
      for row in s.iter_rows(min_row=2):
        c = row[0]
        sys.stdout.buffer.write(((c.value or "") + "|" + c.data_type + "\\0").encode())
      """, path)
    #expect(found.split(separator: "\0").map(String.init) == texts.map { $0 + "|s" })
  }

  @Test("Two headings, tables or sheets of one name are refused, whatever their case")
  func twice() throws {
    let book = try Workbook(options("twice.xlsx"))
    let sheet = try book.addSheet(named: "Tickets")
    #expect(throws: WorkbookError.self) { _ = try book.addSheet(named: "TICKETS") }
    #expect(throws: WorkbookError.self) { _ = try book.addSheet(named: "a/b") }
    let range = CellRange(rows: 0...1, columns: 0...1)
    #expect(throws: WorkbookError.self) {
      try sheet.add(SheetTable(name: "one", range: range, columns: ["Tier", "tier"]))
    }
    try sheet.add(SheetTable(name: "two", range: range, columns: ["Tier", "Clock"]))
    #expect(throws: WorkbookError.self) {
      try sheet.add(SheetTable(name: "TWO", range: range, columns: ["Tier", "Clock"]))
    }
    #expect(throws: WorkbookError.self) {
      try sheet.add(
        SheetTable(
          name: "three", range: CellRange(rows: 5...5, columns: 0...0), columns: ["Tier"]))
    }
  }
}
