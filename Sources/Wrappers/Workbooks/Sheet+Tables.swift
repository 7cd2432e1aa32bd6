internal import CLibXlsxWriter

/// A real Excel table: named, filtered, growing when a row is added.
package struct SheetTable: Hashable, Sendable {
  /// Letters, digits and `_`, unique in the workbook.
  package var name: String
  /// The header, one row, and at least one row below it.
  package var range: CellRange
  /// As many as the range has columns, no two the same whatever their case.
  package var columns: [String]
  /// One of Excel's light styles, 1...21; 0 leaves the looks to the cells.
  package var style = 0

  package init(name: String, range: CellRange, columns: [String]) {
    self.name = name
    self.range = range
    self.columns = columns
  }
}

extension Sheet {
  /// Excel's limit for a column heading of a table.
  private static let longestHeading = 255

  /// Makes a table of rows; the header is written by this call, the rows by the caller.
  ///
  /// A heading may be written again with a format, but only with the same text.
  ///
  /// libxlsxwriter has no tables with constant memory: this throws there.
  package func add(_ table: SheetTable) throws(WorkbookError) {
    try validate(table)
    let headings = table.columns.map { strings($0) }
    defer { for heading in headings { heading.deallocate() } }
    let columns = UnsafeMutableBufferPointer<lxw_table_column>.allocate(capacity: headings.count)
    columns.initialize(repeating: lxw_table_column())
    defer { columns.deallocate() }
    let pointers = UnsafeMutableBufferPointer<UnsafeMutablePointer<lxw_table_column>?>.allocate(
      capacity: headings.count + 1)
    pointers.initialize(repeating: nil)
    defer { pointers.deallocate() }
    for (index, heading) in headings.enumerated() {
      columns[index].header = heading
      pointers[index] = columns.baseAddress?.advanced(by: index)
    }
    let name = strings(table.name)
    defer { name.deallocate() }
    var options = lxw_table_options()
    options.name = name
    options.columns = pointers.baseAddress
    options.no_banded_rows = table.style == 0 ? 1 : 0
    options.style_type = UInt8(LXW_TABLE_STYLE_TYPE_LIGHT.rawValue)
    options.style_type_number = UInt8(clamping: table.style)
    note(row: table.range.first.row)
    try check(
      worksheet_add_table(
        handle(), lxw_row_t(table.range.first.row), lxw_col_t(table.range.first.column),
        lxw_row_t(table.range.last.row), lxw_col_t(table.range.last.column), &options),
      "table \(table.name)")
  }

  /// Checks first what libxlsxwriter would let through and Excel would "repair".
  private func validate(_ table: SheetTable) throws(WorkbookError) {
    try requireOnSheet(table.range)
    func refuse(_ reason: String) -> WorkbookError {
      WorkbookError(.invalid, target: "table \(table.name)", reason: reason)
    }
    if book.options.usesConstantMemory { throw refuse("there are no tables in constant memory") }
    guard ObjectName.isValid(table.name) else { throw refuse(ObjectName.rule) }
    guard book.tableNames.insert(table.name.lowercased()).inserted else {
      throw refuse("another table has the same name")
    }
    guard table.range.last.row > table.range.first.row else {
      throw refuse("a table needs a row below its header")
    }
    guard table.columns.count == table.range.last.column - table.range.first.column + 1 else {
      throw refuse("the headings are not as many as the columns")
    }
    for heading in table.columns {
      guard !heading.isEmpty, heading.utf16.count <= Self.longestHeading,
        !heading.contains(where: \.isNewline)
      else { throw refuse("a heading must hold 1 to 255 characters on one line") }
    }
    guard Set(table.columns.map { $0.lowercased() }).count == table.columns.count else {
      throw refuse("two columns have the same heading")
    }
  }
}
