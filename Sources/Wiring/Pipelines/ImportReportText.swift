import Importing
import ReportDocuments

/// An import report as text for a terminal.
enum ImportReportText {
  static func text(_ report: ImportReport) -> String {
    var parts = [heading(report), columns(report)]
    parts += [
      list("Read as", conversions(report)), list("Values", values(report)),
      list("Days", days(report)), list("Rejected rows", reasons(report.rejects)),
      list("Adjusted", reasons(report.adjustments)), list("Warnings", reasons(report.warnings)),
      list("Repeated ids", duplicates(report)),
      list("Look at this", report.remarks.map(TextTable.printable)),
    ].compactMap(\.self)
    return parts.joined(separator: "\n")
  }

  private static func heading(_ report: ImportReport) -> String {
    let rows = report.rows
    let sum = """
      \(rows.read) rows read = \(rows.rejected) rejected + \(rows.unchanged) unchanged + \
      \(rows.superseded) superseded + \(rows.history) history + \(rows.tickets) tickets; \
      \(rows.adjusted) adjusted
      """
    return """
      \(report.files.joined(separator: ", ")): rows are \(report.shape), by mapping \
      \(report.mapping), zone \(report.zone)
      \(sum)

      """
  }

  /// First and last of a column are cut so that a table fits.
  private static let longest = 24

  private static func columns(_ report: ImportReport) -> String {
    TextTable.text(
      Table(
        columns: [
          .init("Column"), .init("Used as"), .init("Filled", isNumeric: true),
          .init("Missing", isNumeric: true), .init("Distinct", isNumeric: true), .init("First"),
          .init("Last"),
        ],
        rows: report.columns.map { column in
          [
            .text(cut(column.name)), .text(column.use.joined(separator: ", ")),
            .count(column.filled), .count(column.missing),
            .text((column.hasMoreDistinct ? "over " : "") + String(column.distinct)),
            .text(cut(column.first ?? "")), .text(cut(column.last ?? "")),
          ]
        }))
  }

  private static func cut(_ text: String) -> String {
    text.count > longest ? text.prefix(longest - 1) + "…" : text
  }

  private static func conversions(_ report: ImportReport) -> [String] {
    report.columns.filter { !$0.conversions.isEmpty }.map {
      "\(TextTable.printable($0.name)): \($0.conversions.joined(separator: "; "))"
    }
  }

  private static func values(_ report: ImportReport) -> [String] {
    report.columns.filter { !$0.values.isEmpty }.map { column in
      let values = column.values.map { "\(TextTable.printable(cut($0.value))) \($0.count)" }
      return "\(TextTable.printable(column.name)): \(values.joined(separator: ", "))"
    }
  }

  private static func days(_ report: ImportReport) -> [String] {
    guard let days = report.days else { return [] }
    let gaps = days.gaps.map {
      $0.days == 1 ? $0.from : "\($0.from) to \($0.to) (\($0.days) days)"
    }
    let longest = gaps.isEmpty ? "" : "; the longest gaps are \(gaps.joined(separator: ", "))"
    return [
      """
      from \(days.first) to \(days.last), with tickets on \(days.withTickets) of \
      \(days.withTickets + days.without)\(longest)
      """
    ]
  }

  private static func reasons(_ reasons: [ImportReport.Reason]) -> [String] {
    reasons.map { reason in
      let more = reason.count > reason.places.count ? " ..." : ""
      return "\(reason.count) x \(reason.reason): \(reason.places.joined(separator: ", "))\(more)"
    }
  }

  private static func duplicates(_ report: ImportReport) -> [String] {
    guard let duplicates = report.duplicates, duplicates.rows > 0 else { return [] }
    let more = duplicates.rows > duplicates.places.count ? " ..." : ""
    let places = duplicates.places.joined(separator: ", ")
    return ["\(duplicates.rows) x an id that an earlier row has: \(places)\(more)"]
  }

  private static func list(_ title: String, _ lines: [String]) -> String? {
    lines.isEmpty ? nil : "\(title)\n" + lines.map { "  \($0)\n" }.joined()
  }
}
