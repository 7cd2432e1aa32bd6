import Testing

@testable import Workbooks

@Suite("Texts and names of a workbook")
struct CellTextTests {
  @Test(
    "Characters that XML cannot hold are left out",
    arguments: [
      ("plain", "plain"), ("a\u{0}b\u{1b}c\r\n", "abc\n"), ("tab\tstays", "tab\tstays"),
      ("\u{fffe}é\u{ffff}", "é"), ("_x0041_ stays", "_x005F_x0041_ stays"), ("_x41_", "_x41_"),
    ])
  func controls(text: String, prepared: String) {
    #expect(CellText.prepared(text) == prepared)
  }

  @Test("Text is cut at 32,767 UTF-16 units with an ellipsis, never inside a character")
  func longText() {
    let exact = String(repeating: "a", count: 32_767)
    #expect(CellText.prepared(exact) == exact)
    let long = CellText.prepared(exact + "b")
    #expect(long.utf16.count == 32_767)
    #expect(long.hasSuffix("a…"))
    let emoji = CellText.prepared(String(repeating: "😀", count: 20_000))
    #expect(emoji.utf16.count == 32_767)
    #expect(emoji.hasSuffix("😀…"))
  }

  @Test(
    "Any text becomes a sheet name that Excel accepts",
    arguments: [
      "", "a/b:c*d?e[f]g\\h", "'quoted'", "History", String(repeating: "long ", count: 12),
      String(repeating: "😀", count: 20), "new\nline", "   ",
    ])
  func sheetNames(text: String) {
    let first = SheetName.valid(from: text)
    #expect(SheetName.problem(with: first) == nil)
    let second = SheetName.valid(from: text, taken: [first.uppercased()])
    #expect(SheetName.problem(with: second) == nil)
    #expect(second.lowercased() != first.lowercased())
  }

  @Test(
    "Names of tables are no cells",
    arguments: [
      ("tickets", true), ("Near_misses", true), ("AB12", false), ("R1C1", false), ("r", false),
      ("1a", false), ("a b", false), ("", false), ("abcd12", true), ("_x", true),
    ])
  func objectNames(name: String, isValid: Bool) {
    #expect(ObjectName.isValid(name) == isValid)
  }

  @Test(
    "Columns have Excel's letters",
    arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
  func letters(column: Int, letters: String) {
    #expect(CellPlace.letters(column) == letters)
  }
}
