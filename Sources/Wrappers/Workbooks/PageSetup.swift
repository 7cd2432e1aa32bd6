internal import CLibXlsxWriter

/// How a sheet is printed, on A4, one page wide and as many high as it takes.
package struct PageSetup: Hashable, Sendable {
  package var isLandscape = true
  /// Rows printed at the top of every page.
  package var repeatedRows: ClosedRange<Int>?
  package var area: CellRange?
  /// Whether everything is made to fit on a single page.
  package var fitsOnePage = false
  package var headerLeft = ""
  package var headerRight = ""
  package var footerLeft = ""
  /// Prints "1 of 3" at the bottom right.
  package var showsPageNumbers = true

  package init() {}
}

extension Sheet {
  /// Excel's limit for a header or footer, in characters with its codes.
  private static let longestPageText = 255

  package func setUp(_ page: PageSetup) throws(WorkbookError) {
    let sheet = try handle()
    if page.isLandscape { worksheet_set_landscape(sheet) } else { worksheet_set_portrait(sheet) }
    /// The number of A4 in Excel's list of papers.
    let a4: UInt8 = 9
    worksheet_set_paper(sheet, a4)
    // Inches: room for the header and footer, narrow sides.
    worksheet_set_margins(sheet, 0.5, 0.5, 0.75, 0.75)
    worksheet_fit_to_pages(sheet, 1, page.fitsOnePage ? 1 : 0)
    if let rows = page.repeatedRows {
      try check(
        worksheet_repeat_rows(sheet, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound)),
        "repeated rows of \(name)")
    }
    if let area = page.area {
      try requireOnSheet(area)
      try check(
        worksheet_print_area(
          sheet, lxw_row_t(area.first.row), lxw_col_t(area.first.column),
          lxw_row_t(area.last.row), lxw_col_t(area.last.column)), target(area))
    }
    let header = Self.pageText(left: page.headerLeft, right: Self.escaped(page.headerRight))
    try check(worksheet_set_header(sheet, header), "header of \(name)")
    let number = page.showsPageNumbers ? "&P of &N" : ""
    let footer = Self.pageText(left: page.footerLeft, right: number)
    try check(worksheet_set_footer(sheet, footer), "footer of \(name)")
  }

  /// The text with Excel's codes for its sides; the left side gives way where it is too long.
  private static func pageText(left: String, right: String) -> String {
    var rest = CellText.prepared(left)[...]
    while true {
      let text = "&L&9" + escaped(" " + rest) + "&R&9 " + right
      if text.utf16.count < longestPageText || rest.isEmpty {
        return String(text.prefix(longestPageText - 1))
      }
      rest = rest.dropLast()
    }
  }

  /// Excel reads `&` as the start of a code.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&&")
  }
}
