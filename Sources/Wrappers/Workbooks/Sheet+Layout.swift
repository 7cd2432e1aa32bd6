internal import CLibXlsxWriter

extension Sheet {
  /// How wide columns are, in characters of the default font.
  package func setWidth(
    _ characters: Double, ofColumns columns: ClosedRange<Int>
  ) throws(WorkbookError) {
    try requireOnSheet(CellRange(rows: 0...0, columns: columns))
    try check(
      worksheet_set_column(
        handle(), lxw_col_t(columns.lowerBound), lxw_col_t(columns.upperBound), characters, nil),
      "columns of \(name)")
  }

  /// Keeps what is above and left of the cell in sight.
  package func freeze(above row: Int, leftOf column: Int = 0) throws(WorkbookError) {
    try requireOnSheet(CellRange(rows: row...row, columns: column...column))
    worksheet_freeze_panes(try handle(), lxw_row_t(row), lxw_col_t(column))
  }

  /// Gives plain rows filter buttons; the first row of the range is the header.
  package func addFilter(to range: CellRange) throws(WorkbookError) {
    try requireOnSheet(range)
    try check(
      worksheet_autofilter(
        handle(), lxw_row_t(range.first.row), lxw_col_t(range.first.column),
        lxw_row_t(range.last.row), lxw_col_t(range.last.column)), target(range))
  }

  package func hideGridlines() throws(WorkbookError) {
    worksheet_gridlines(try handle(), UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
  }

  package func setTabColour(_ colour: Colour) throws(WorkbookError) {
    worksheet_set_tab_color(try handle(), colour.code)
  }

  /// Makes this the sheet that is in front when the workbook is opened.
  package func activate() throws(WorkbookError) {
    worksheet_activate(try handle())
  }

  /// Paints cells of the range by a rule that Excel applies when it shows them.
  package func addConditionalFormat(
    _ rule: ConditionalFormat, to range: CellRange
  ) throws(WorkbookError) {
    try requireOnSheet(range)
    var options = lxw_conditional_format()
    let text: UnsafeMutablePointer<CChar>
    switch rule.condition {
    case .equals(let value):
      options.type = UInt8(LXW_CONDITIONAL_TYPE_CELL.rawValue)
      options.criteria = UInt8(LXW_CONDITIONAL_CRITERIA_EQUAL_TO.rawValue)
      text = strings(Formula.quoted(value))
    case .formula(let formula):
      options.type = UInt8(LXW_CONDITIONAL_TYPE_FORMULA.rawValue)
      text = strings(formula)
    }
    defer { text.deallocate() }
    options.value_string = text
    options.format = try book.format(rule.format, for: target(range))
    options.stop_if_true = rule.stopsOthers ? 1 : 0
    try check(
      worksheet_conditional_format_range(
        handle(), lxw_row_t(range.first.row), lxw_col_t(range.first.column),
        lxw_row_t(range.last.row), lxw_col_t(range.last.column), &options), target(range))
  }
}

/// A rule that paints cells.
package struct ConditionalFormat: Hashable, Sendable {
  package enum Condition: Hashable, Sendable {
    /// The cell holds exactly this text.
    case equals(String)
    /// A formula, relative to the first cell of the range, that gives TRUE.
    case formula(String)
  }

  package var condition: Condition
  package var format: CellFormat
  /// Whether later rules are left out where this one holds.
  package var stopsOthers: Bool

  package init(_ condition: Condition, format: CellFormat, stopsOthers: Bool = false) {
    self.condition = condition
    self.format = format
    self.stopsOthers = stopsOthers
  }
}
