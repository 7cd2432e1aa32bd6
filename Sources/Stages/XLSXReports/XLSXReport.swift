package import ReportDocuments
package import Workbooks

/// Writes a report as a workbook.
package enum XLSXReport {
  /// Above this the Tickets sheet is a link to the CSV file.
  package static let mostTickets = 20_000
  /// Above this many rows in all, rows go to disk as they come, and tables become plain rows.
  package static let mostRowsInMemory = 100_000

  /// Writes the workbook to `path`; the same document gives the same bytes.
  ///
  /// - Parameters:
  ///   - temporaryFolder: A private folder, for the time of the call.
  ///   - inflate: Unpacks raw deflate, for the check after writing.
  package static func write(
    _ document: ReportDocument, to path: String, temporaryFolder: String,
    inflate: Workbook.Inflate
  ) throws(WorkbookError) {
    let plan = WorkbookPlan(document)
    var options = Workbook.Options(
      path: path, temporaryFolder: temporaryFolder, created: document.properties.asOf)
    options.usesConstantMemory = plan.usesConstantMemory
    options.title = document.properties.title
    options.subject = "\(document.properties.agreement), \(document.properties.period)"
    options.author = document.properties.generator
    let book = try Workbook(options)
    let summary = try book.addSheet(named: plan.summaryName)
    try SummarySheet(document: document, plan: plan, sheet: summary).write()
    for part in plan.parts {
      let sheet = try book.addSheet(named: part.name)
      try DataSheetWriter(document: document, plan: plan, part: part, sheet: sheet).write()
    }
    try summary.activate()
    try book.close(inflate: inflate)
  }
}
