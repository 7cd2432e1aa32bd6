internal import CLibXlsxWriter

/// A sheet of a workbook that is being written.
///
/// With constant memory, rows must come in ascending order.
package final class Sheet {
  /// Excel's limit for the links of a sheet.
  private static let mostLinks = 65_530

  package let name: String
  let book: OpenBook
  private let worksheet: UnsafeMutablePointer<lxw_worksheet>
  /// Which rows hold a cell or a height of their own, to be found again in the file.
  private(set) var writtenRows: [Bool] = []
  private var linkCount = 0

  init(name: String, handle: UnsafeMutablePointer<lxw_worksheet>, book: OpenBook) {
    self.name = name
    self.book = book
    worksheet = handle
  }

  /// Writes a number; NaN and infinities are refused, because Excel could not open the file.
  package func write(
    number: Double, at place: CellPlace, _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    guard number.isFinite else {
      throw WorkbookError(
        .notFinite, target: target(place), reason: "a cell cannot hold a number that is not finite")
    }
    let (row, column, style) = try cell(place, format)
    try check(worksheet_write_number(handle(), row, column, number, style), target(place))
  }

  /// Writes text, always as text: what starts with `=` is no formula.
  ///
  /// Control characters are left out, and text over 32,767 UTF-16 units ends in an ellipsis.
  package func write(
    text: String, at place: CellPlace, _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    let prepared = CellText.prepared(text)
    guard !prepared.isEmpty else { return try writeBlank(at: place, format) }
    let (row, column, style) = try cell(place, format)
    try check(worksheet_write_string(handle(), row, column, prepared, style), target(place))
  }

  /// Writes a formula together with the number it gives, for readers that do not calculate.
  package func write(
    formula: String, cached: Double, at place: CellPlace, _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    guard cached.isFinite else {
      throw WorkbookError(
        .notFinite, target: target(place), reason: "a cell cannot hold a number that is not finite")
    }
    let (row, column, style) = try cell(place, format)
    try check(
      worksheet_write_formula_num(handle(), row, column, formula, style, cached), target(place))
  }

  /// Gives an empty cell its looks.
  package func writeBlank(
    at place: CellPlace, _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    guard format != nil else { return }
    let (row, column, style) = try cell(place, format)
    try check(worksheet_write_blank(handle(), row, column, style), target(place))
  }

  /// Writes a link to a cell of this workbook.
  package func write(
    link text: String, to destination: CellPlace, onSheet sheet: String, at place: CellPlace,
    _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    let address = "internal:" + SheetName.quoted(sheet) + "!" + destination.name
    try write(link: text, address: address, at: place, format)
  }

  /// Writes a link to a file, by a path relative to the workbook.
  ///
  /// It is a formula, because libxlsxwriter turns the slashes of a path into backslashes, which
  /// only Windows follows.
  package func write(
    link text: String, toFile path: String, at place: CellPlace, _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    let text = CellText.prepared(text)
    let formula = "=HYPERLINK(\(Formula.quoted(path)),\(Formula.quoted(text)))"
    let (row, column, style) = try cell(place, format)
    try check(
      worksheet_write_formula_str(handle(), row, column, formula, style, text), target(place))
  }

  private func write(
    link text: String, address: String, at place: CellPlace, _ format: CellFormat?
  ) throws(WorkbookError) {
    guard linkCount < Self.mostLinks else {
      throw WorkbookError(
        .invalid, target: target(place), reason: "a sheet holds at most \(Self.mostLinks) links")
    }
    linkCount += 1
    let (row, column, style) = try cell(place, format)
    try check(
      worksheet_write_url_opt(
        handle(), row, column, address, style, CellText.prepared(text), nil), target(place))
  }

  /// Writes text over several cells made one.
  package func merge(
    _ range: CellRange, text: String, _ format: CellFormat? = nil
  ) throws(WorkbookError) {
    try requireOnSheet(range)
    let style = try book.format(format, for: target(range))
    for row in range.first.row...range.last.row { note(row: row) }
    try check(
      worksheet_merge_range(
        handle(), lxw_row_t(range.first.row), lxw_col_t(range.first.column),
        lxw_row_t(range.last.row), lxw_col_t(range.last.column), CellText.prepared(text), style),
      target(range))
  }

  /// Sets a row's height in points; with constant memory, before the row's cells.
  package func setHeight(_ points: Double, ofRow row: Int) throws(WorkbookError) {
    let place = CellPlace(row: row, column: 0)
    let (line, _, _) = try cell(place, nil)
    try check(worksheet_set_row(handle(), line, points, nil), target(place))
  }

  // MARK: What the other aspects share

  func handle() throws(WorkbookError) -> UnsafeMutablePointer<lxw_worksheet> {
    _ = try book.open(for: name)
    return worksheet
  }

  func target(_ place: CellPlace) -> String { "\(name)!\(place.name)" }

  func target(_ range: CellRange) -> String { "\(name)!\(range.name)" }

  func requireOnSheet(_ range: CellRange) throws(WorkbookError) {
    guard range.isOnSheet else {
      throw WorkbookError(
        .invalid, target: "a range of \(name)", reason: "the range does not fit on a sheet")
    }
  }

  func note(row: Int) {
    while writtenRows.count <= row { writtenRows.append(false) }
    writtenRows[row] = true
  }

  private func cell(
    _ place: CellPlace, _ format: CellFormat?
  ) throws(WorkbookError) -> (lxw_row_t, lxw_col_t, UnsafeMutablePointer<lxw_format>?) {
    guard CellRange(from: place, to: place).isOnSheet else {
      throw WorkbookError(
        .invalid, target: "row \(place.row + 1), column \(place.column + 1) of \(name)",
        reason: "a sheet ends at row 1,048,576 and column XFD")
    }
    if book.options.usesConstantMemory, place.row + 1 < writtenRows.count {
      throw WorkbookError(
        .invalid, target: target(place), reason: "with constant memory rows only ascend")
    }
    let style = try book.format(format, for: target(place))
    note(row: place.row)
    return (lxw_row_t(place.row), lxw_col_t(place.column), style)
  }
}
