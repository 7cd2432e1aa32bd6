import ReportDocuments
import Workbooks

/// One table of data as a sheet: title, note, frozen header, rows, filters.
struct DataSheetWriter {
  let document: ReportDocument
  let plan: WorkbookPlan
  let part: WorkbookPlan.Part
  let sheet: Sheet
  private let headings: [String]
  private let widths: ColumnWidths
  /// By column.
  private let isNumber: [Bool]
  private let checks: PercentileChecks?
  private let formulas: AttainmentFormulas?

  init(document: ReportDocument, plan: WorkbookPlan, part: WorkbookPlan.Part, sheet: Sheet) {
    self.document = document
    self.plan = plan
    self.part = part
    self.sheet = sheet
    checks = part.data.role == .percentiles ? PercentileChecks(plan) : nil
    formulas = AttainmentFormulas(part)
    var names = Headings.names(of: part.data, zone: document.properties.zone)
    if let checks { names.append(checks.heading) }
    headings = Headings.distinct(names)
    widths = ColumnWidths(part.data, headings: headings)
    isNumber = headings.indices.map { Self.isNumeric($0, of: part.data) }
  }

  private var data: DataSheet { part.data }

  func write() throws(WorkbookError) {
    for (column, width) in widths.widths.enumerated() {
      try sheet.setWidth(width, ofColumns: column...column)
    }
    try sheet.hideGridlines()
    try sheet.setHeight(24, ofRow: 0)
    try sheet.write(text: data.name, at: CellPlace(row: 0, column: 0), Looks.sheetTitle)
    try writeNote()
    if part.isLinkOnly {
      try writeLink()
    } else {
      try writeTable()
    }
    try setUpPage()
    if data.role == .percentiles { try PercentileCharts(part: part, sheet: sheet).insert() }
  }

  /// The note is wrapped over as many columns as make a line that is pleasant to read.
  private func writeNote() throws(WorkbookError) {
    var note = data.note
    if plan.usesConstantMemory {
      note += note.isEmpty ? "" : " "
      note += "Over 100,000 rows: plain rows with filter buttons instead of Excel tables."
    }
    guard !note.isEmpty else { return }
    let pleasant = 110.0
    var width = 0.0
    var last = -1
    while last + 1 < widths.widths.count, width < pleasant {
      last += 1
      width += widths.widths[last]
    }
    let lines = max(1, (Double(note.count) * 1.1 / max(width, 1)).rounded(.up))
    try sheet.setHeight(15 * lines + 3, ofRow: 1)
    if last <= 0 {
      try sheet.write(text: note, at: CellPlace(row: 1, column: 0), Looks.note)
    } else {
      try sheet.merge(CellRange(rows: 1...1, columns: 0...last), text: note, Looks.note)
    }
  }

  private func writeLink() throws(WorkbookError) {
    let file = "csv/\(data.file ?? "tickets").csv"
    let place = CellPlace(row: WorkbookPlan.Part.headerRow, column: 0)
    let count = Headings.grouped(data.rows.count)
    try sheet.write(
      link: "\(count) rows are in \(file)", toFile: file, at: place, Looks.link)
  }

  private func writeTable() throws(WorkbookError) {
    let header = WorkbookPlan.Part.headerRow
    try sheet.freeze(above: header + 1, leftOf: data.columns.first?.key == "ticket" ? 1 : 0)
    let range = CellRange(
      rows: header...header + max(data.rows.count, 1), columns: 0...headings.count - 1)
    if !plan.usesConstantMemory, !data.rows.isEmpty {
      try sheet.add(SheetTable(name: part.tableName, range: range, columns: headings))
    }
    if let height = widths.height(of: headings, isBold: true) {
      try sheet.setHeight(height, ofRow: header)
    }
    for (column, heading) in headings.enumerated() {
      try sheet.write(
        text: heading, at: CellPlace(row: header, column: column),
        self.heading(ofColumn: column))
    }
    guard !data.rows.isEmpty else {
      try sheet.write(text: "None.", at: CellPlace(row: header + 1, column: 0), Looks.note)
      return
    }
    if plan.usesConstantMemory { try sheet.addFilter(to: range) }
    for index in data.rows.indices { try writeRow(index) }
    try markVerdicts()
  }

  private func heading(ofColumn column: Int) -> CellFormat {
    Looks.heading(isNumeric: isNumber[column]).with {
      if column > 0, isNumber[column - 1], !isNumber[column] { $0.indent = 1 }
    }
  }

  /// Whether the column's first measured cell is a number; the column of checks is.
  private static func isNumeric(_ column: Int, of data: DataSheet) -> Bool {
    for row in data.rows {
      guard column < row.count else { return column >= data.columns.count }
      switch row[column] {
      case .notMeasured: continue
      case .count, .share, .used, .duration, .over, .decimal: return true
      case .text, .late, .identifier, .moment, .grade, .result, .link: return false
      }
    }
    return false
  }

  private func writeRow(_ index: Int) throws(WorkbookError) {
    let cells = data.rows[index].prefix(data.columns.count)
    let texts = cells.map { cell in
      if case .text(let text) = cell { text } else { "" }
    }
    if let height = widths.height(of: texts) {
      try sheet.setHeight(height, ofRow: part.place(row: index, column: 0).row)
    }
    for (column, cell) in cells.enumerated() { try write(cell, row: index, column: column) }
    guard let checks else { return }
    let writer = CellWriter(sheet: sheet, base: Self.rowFormat)
    let place = part.place(row: index, column: data.columns.count)
    if let check = checks.check(row: index) {
      try sheet.write(
        formula: check.formula, cached: check.days, at: place, writer.number(Looks.duration))
    } else {
      try writer.write(.notMeasured, at: place)
    }
  }

  private func write(_ cell: Cell, row: Int, column: Int) throws(WorkbookError) {
    let writer = CellWriter(
      sheet: sheet, base: format(ofColumn: column), width: widths.widths[column])
    let place = part.place(row: row, column: column)
    let key = data.columns[column].key
    if key == AttainmentFormulas.key, case .share(let share) = cell,
      let formula = formulas?.formula(row: row, share: share)
    {
      try sheet.write(
        formula: formula, cached: CellWriter.value(of: share), at: place,
        writer.number(Looks.percent(share)))
    } else if cell == .notMeasured, isDrawn(key) {
      // A dash would be drawn as 0 % in the trend chart; an empty cell is a gap.
      try sheet.writeBlank(at: place, Self.rowFormat)
    } else {
      try writer.write(cell, at: place, unit: Self.unit(of: key))
    }
  }

  /// Whether a trend chart draws the column.
  private func isDrawn(_ key: String) -> Bool {
    key == AttainmentFormulas.key || key == "objective"
      || data.role == .control && LimitLines.columns.contains(key)
  }

  /// Text keeps clear of a number to its left.
  private func format(ofColumn column: Int) -> CellFormat {
    guard column > 0, isNumber[column - 1], !isNumber[column] else { return Self.rowFormat }
    return Self.rowFormat.with { $0.indent = 1 }
  }

  private static let rowFormat = Looks.body.with { $0.bottom = .init(colour: Looks.line) }

  private static func unit(of key: String) -> CellWriter.DecimalUnit {
    if key == "objective" { return .objective }
    let isPercent =
      key.hasPrefix(AttainmentFormulas.key) || key.hasPrefix("wilson_") || key == "lowest"
      || key == "highest"
    return isPercent ? .percent : .plain
  }

  private func markVerdicts() throws(WorkbookError) {
    guard let column = data.columnIndex("verdict") else { return }
    let range = part.rows(0...data.rows.count - 1, column: column)
    for verdict in ["breached", "overdue"] {
      try sheet.addConditionalFormat(
        ConditionalFormat(.equals(verdict), format: Looks.warning), to: range)
    }
  }

  private func setUpPage() throws(WorkbookError) {
    var page = PageSetup(document.properties)
    page.headerRight = data.name
    let header = WorkbookPlan.Part.headerRow
    if !part.isLinkOnly { page.repeatedRows = header...header }
    try sheet.setUp(page)
  }
}

extension PageSetup {
  /// Who, what and when at the top; the maker and the as-of instant at the bottom.
  init(_ properties: ReportDocument.Properties) {
    self.init()
    headerLeft = [properties.customer, properties.agreement, properties.period]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    footerLeft = [properties.asOfText, properties.generator]
      .filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
