import ReportDocuments
import Workbooks

/// Which sheet comes where, settled before the first cell, so that sheets can point at each other.
struct WorkbookPlan {
  struct Part {
    let data: DataSheet
    /// The sheet's name, made fit for Excel.
    let name: String
    /// Excel's name for the table, which formulas may use.
    let tableName: String
    /// The rows are in the CSV file only.
    let isLinkOnly: Bool

    /// The cell of a row and column of the data.
    func place(row: Int, column: Int) -> CellPlace {
      CellPlace(row: Part.headerRow + 1 + row, column: column)
    }

    func rows(_ rows: ClosedRange<Int>, column: Int) -> CellRange {
      CellRange(
        from: place(row: rows.lowerBound, column: column),
        to: place(row: rows.upperBound, column: column))
    }

    func source(_ rows: ClosedRange<Int>, column: Int) -> SheetChart.Source {
      SheetChart.Source(sheet: name, range: self.rows(rows, column: column))
    }

    /// Title, note and an empty line stand above it.
    static let headerRow = 3
  }

  let summaryName = "Summary"
  let parts: [Part]
  let usesConstantMemory: Bool

  init(_ document: ReportDocument) {
    var taken = [summaryName]
    var parts: [Part] = []
    for data in document.dataSheets {
      let name = SheetName.valid(from: data.name, taken: taken)
      taken.append(name)
      let isLinkOnly = data.role == .tickets && data.rows.count > XLSXReport.mostTickets
      let earlier = parts.filter { $0.data.role == data.role }.count
      let role = data.role.rawValue
      let tableName =
        role.prefix(1).uppercased() + role.dropFirst() + (earlier == 0 ? "" : "_\(earlier + 1)")
      parts.append(
        Part(data: data, name: name, tableName: tableName, isLinkOnly: isLinkOnly))
    }
    self.parts = parts
    let rows = parts.reduce(0) { $0 + ($1.isLinkOnly ? 0 : $1.data.rows.count) }
    usesConstantMemory = rows > XLSXReport.mostRowsInMemory
  }

  func part(_ role: DataSheet.Role) -> Part? { parts.first { $0.data.role == role } }
}
