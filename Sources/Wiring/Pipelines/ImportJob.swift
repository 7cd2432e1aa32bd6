import Importing

/// Stage 1 on its own.
package enum ImportJob {
  /// The rows of one source as CSV, which the built-in mappings read back without loss.
  package static func tickets(
    _ orders: [ImportOrder], rules: RuleLibrary, surroundings: Surroundings
  ) throws(CommandFailure) -> [UInt8] {
    try load(orders, rules: rules, surroundings: surroundings, makesReports: false).rows
  }

  /// The same, and the import report as text.
  package static func ticketsAndReport(
    _ orders: [ImportOrder], rules: RuleLibrary, surroundings: Surroundings
  ) throws(CommandFailure) -> (rows: [UInt8], report: [UInt8]) {
    let (rows, reports) = try load(
      orders, rules: rules, surroundings: surroundings, makesReports: true)
    let text = reports.map(ImportReportText.text).joined(separator: "\n")
    return (rows, Array(text.utf8))
  }

  private static func load(
    _ orders: [ImportOrder], rules: RuleLibrary, surroundings: Surroundings, makesReports: Bool
  ) throws(CommandFailure) -> (rows: [UInt8], reports: [ImportReport]) {
    let loader = TicketLoader(
      rules: rules, surroundings: surroundings,
      reportsAsOf: makesReports ? surroundings.now : nil)
    let loaded = try loader.load(.files(orders), wanted: nil)
    return (rows(of: loaded), loaded.reports)
  }

  private static func rows(of loaded: TicketLoader.Loaded) -> [UInt8] {
    switch loaded.outcomes.first?.content {
    case .tickets(let table)?:
      var writer = TicketWriter(table)
      var bytes: [UInt8] = []
      writer.write { bytes += $0 }
      return bytes
    case .intervals(let table)?: return PlainRows.bytes(of: table)
    case .counts(let table)?: return PlainRows.bytes(of: table)
    case nil: return []
    }
  }
}
