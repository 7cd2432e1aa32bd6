import ReportDocuments
import Workbooks

/// The first sheet: the answer, the months x targets grid, and the way to everything else.
struct SummarySheet {
  let document: ReportDocument
  let plan: WorkbookPlan
  let sheet: Sheet

  private static let nameWidth = 30.0
  private static let withinWidth = 19.0
  private static let monthWidth = 8.0
  /// Columns before the first month.
  private static let firstMonth = 2
  /// Text runs over at least this many columns.
  private static let fewestColumns = 13

  private var slam: SlamGrid { document.slam }

  private var columns: Int { max(Self.firstMonth + slam.months.count, Self.fewestColumns) }

  func write() throws(WorkbookError) {
    try sheet.hideGridlines()
    try sheet.setTabColour(Looks.blue)
    try sheet.setWidth(Self.nameWidth, ofColumns: 0...0)
    try sheet.setWidth(Self.withinWidth, ofColumns: 1...1)
    try sheet.setWidth(Self.monthWidth, ofColumns: Self.firstMonth...columns - 1)
    var row = try writeCover()
    row = try writeGrid(from: row)
    row = try writeContents(from: row)
    row = try insertCharts(from: row)
    var page = PageSetup(document.properties)
    page.headerRight = "Summary"
    page.isLandscape = false
    page.area = CellRange(rows: 0...row, columns: 0...columns - 1)
    try sheet.setUp(page)
  }

  /// Writes text over the whole width, as high as it needs.
  private func writeLine(
    _ text: String, row: Int, _ format: CellFormat
  ) throws(WorkbookError) {
    let points = Double(format.size ?? 11)
    let width =
      (Self.nameWidth + Self.withinWidth + Self.monthWidth * Double(columns - Self.firstMonth))
      * 11 / points / (format.isBold ? 1.08 : 1)
    let lines = max(1, (Double(text.count) / width).rounded(.up))
    try sheet.setHeight(lines * points * 1.4 + 2, ofRow: row)
    try sheet.merge(
      CellRange(rows: row...row, columns: 0...columns - 1), text: text,
      format.with { $0.wraps = true })
  }

  private func writeCover() throws(WorkbookError) -> Int {
    let properties = document.properties
    let subject = [
      properties.customer, properties.agreement, properties.period, properties.issue,
      properties.asOfText, properties.zone,
    ].filter { !$0.isEmpty }.joined(separator: " · ")
    try writeLine(properties.title, row: 0, Looks.body.with { $0.colour = Looks.ink3 })
    try writeLine(document.cover.headline, row: 1, Looks.title)
    try writeLine(subject, row: 2, Looks.note)
    try writeLine(document.cover.lede, row: 3, Looks.body.with { $0.colour = Looks.ink2 })
    var row = 5
    for fact in document.cover.facts {
      let figure = Looks.body.with {
        $0.isBold = true
        $0.size = 14
        $0.colour = fact.isLate ? Looks.late : Looks.ink
        $0.top = .init(colour: Looks.line)
      }
      let label = Looks.note.with {
        $0.wraps = false
        $0.vertical = .middle
        $0.top = .init(colour: Looks.line)
      }
      try sheet.setHeight(22, ofRow: row)
      let words = [fact.figure, fact.unit].filter { !$0.isEmpty }.joined(separator: "\u{a0}")
      try sheet.write(text: words, at: CellPlace(row: row, column: 0), figure)
      try sheet.merge(
        CellRange(rows: row...row, columns: 1...columns - 1), text: fact.label, label)
      row += 1
    }
    return row + 1
  }

  private func writeGrid(from start: Int) throws(WorkbookError) -> Int {
    var row = start
    guard !slam.months.isEmpty else { return row }
    try writeLine(slam.title, row: row, Looks.sheetTitle)
    try writeLine(slam.subtitle, row: row + 1, Looks.note)
    row += 2
    try writeMonths(row: row)
    row += 1
    for group in slam.groups {
      let text = [group.name, group.objective].filter { !$0.isEmpty }.joined(separator: " · ")
      for column in 0..<Self.firstMonth + slam.months.count {
        let format = Looks.body.with {
          $0.isBold = true
          $0.bottom = .init(colour: Looks.line2)
        }
        let place = CellPlace(row: row, column: column)
        if column == 0 {
          try sheet.write(text: text, at: place, format)
        } else {
          try sheet.writeBlank(at: place, format)
        }
      }
      try sheet.setHeight(20, ofRow: row)
      row += 1
      for target in group.rows {
        try write(target, row: row)
        row += 1
      }
    }
    let isChanged = slam.groups.contains { group in
      group.rows.contains { $0.entries.contains { $0.issued != nil } }
    }
    let key = Self.key + (isChanged ? " · \(Self.changed) differs from the pack issued" : "")
    try writeLine(key, row: row, Looks.note.with { $0.size = 9 })
    return row + 2
  }

  private static let key =
    "M met · A met, but more than 80 % of the allowed misses used · X missed · – no data, partial "
    + "or starting up: not judged · * period not over yet"

  /// A corner, as the page marks such a cell.
  private static let changed = "\u{25e5}"

  private func writeMonths(row: Int) throws(WorkbookError) {
    let format = Looks.heading.with {
      $0.horizontal = .centre
      $0.background = nil
    }
    try sheet.setHeight(32, ofRow: row)
    try sheet.write(
      text: "Target", at: CellPlace(row: row, column: 0), format.with { $0.horizontal = .left })
    try sheet.write(
      text: "Time allowed", at: CellPlace(row: row, column: 1),
      format.with { $0.horizontal = .left })
    for (index, month) in slam.months.enumerated() {
      let own = format.with {
        $0.bottom = .init(.medium, colour: month.isCurrent ? Looks.ink : Looks.line2)
        $0.colour = month.isCurrent ? Looks.ink : Looks.ink3
      }
      let place = CellPlace(row: row, column: Self.firstMonth + index)
      try sheet.write(text: "\(month.name)\n\(month.year)", at: place, own)
    }
  }

  private func write(_ target: SlamGrid.Row, row: Int) throws(WorkbookError) {
    try sheet.setHeight(22, ofRow: row)
    let name = Looks.body.with { $0.vertical = .middle }
    try sheet.write(text: target.name, at: CellPlace(row: row, column: 0), name)
    try sheet.write(
      text: target.within, at: CellPlace(row: row, column: 1),
      name.with { $0.colour = Looks.ink3 })
    for (index, entry) in target.entries.prefix(slam.months.count).enumerated() {
      try write(entry, at: CellPlace(row: row, column: Self.firstMonth + index))
    }
  }

  /// The share is the cell's number; its letter is part of the number format.
  private func write(_ entry: SlamGrid.Entry, at place: CellPlace) throws(WorkbookError) {
    let format = Looks.grade(entry.grade, in: Looks.body).with {
      $0.horizontal = .centre
      $0.vertical = .middle
      $0.size = 10
      let edge = CellFormat.Border(.medium, colour: 0xffffff)
      ($0.bottom, $0.left, $0.right) = (edge, edge, edge)
    }
    let mark = (entry.isToDate ? "*" : "") + (entry.issued == nil ? "" : Self.changed)
    guard let share = entry.share else {
      try sheet.write(text: entry.grade.letter + mark, at: place, format)
      return
    }
    let letter = "\"" + entry.grade.letter + "\u{a0}\""
    let ending = mark.isEmpty ? "" : "\"\(mark)\""
    // The grid shows per cent without its sign, as every cell is one.
    try sheet.write(
      number: CellWriter.value(of: share), at: place,
      format.with { $0.number = letter + Looks.percent(share) + ending })
  }

  private func writeContents(from start: Int) throws(WorkbookError) -> Int {
    var row = start
    try writeLine("In this workbook", row: row, Looks.sheetTitle)
    row += 1
    for part in plan.parts {
      let count = part.data.rows.count
      let rows = "\(Headings.grouped(count)) \(count == 1 ? "row" : "rows")"
      try sheet.write(
        link: part.name, to: CellPlace(row: 0, column: 0), onSheet: part.name,
        at: CellPlace(row: row, column: 0), Looks.link)
      try sheet.write(
        text: part.isLinkOnly ? "\(rows), in csv/" : rows, at: CellPlace(row: row, column: 1),
        Looks.body.with { $0.colour = Looks.ink3 })
      row += 1
    }
    return row + 1
  }

  /// Two charts side by side, and the last row that one of them covers.
  private func insertCharts(from start: Int) throws(WorkbookError) -> Int {
    guard let part = plan.part(.attainment) else { return start }
    let charts = TrendCharts(part: part, limits: plan.part(.control).map(LimitLines.init)).charts
    guard !charts.isEmpty else { return start }
    var row = start
    try writeLine("Attainment against the objective", row: row, Looks.sheetTitle)
    row += 1
    /// The default height of a row, in pixels.
    let rowHeight = 20
    let rows = TrendCharts.height / rowHeight + 1
    for (index, chart) in charts.enumerated() {
      let isRight = index % 2 == 1
      try sheet.insert(
        chart, at: CellPlace(row: row + index / 2 * rows, column: isRight ? Self.halfway : 0))
    }
    return row + (charts.count + 1) / 2 * rows
  }

  /// The column at which the right of two charts begins.
  private static let halfway = 5
}
