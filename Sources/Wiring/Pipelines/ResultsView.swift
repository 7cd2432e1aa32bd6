import CSVReports
import ReportDocuments
import Reporting
package import Results

/// Results as `attain calculate` prints them.
package struct ResultsView {
  let results: CalculationResults
  let isRaw: Bool
  let usesColour: Bool

  package init(results: CalculationResults, isRaw: Bool, usesColour: Bool) {
    self.results = results
    self.isRaw = isRaw
    self.usesColour = usesColour
  }

  /// Targets missed in the reported periods, over all agreements and customers.
  package var missedTargets: Int {
    results.agreements.reduce(0) { $0 + results.missedTargets(agreement: $1) }
  }

  package func table(tickets: Bool) -> [UInt8] {
    guard tickets else {
      let obligations = Reporting.obligationTable(results).map {
        TextTable.text($0, usesColour: usesColour)
      }
      if let obligations, results.agreements.allSatisfy(\.clocks.isEmpty) {
        return Array(obligations.utf8)
      }
      let targets = TextTable.text(Reporting.attainmentTable(results), usesColour: usesColour)
      return Array((targets + (obligations.map { "\n" + $0 } ?? "")).utf8)
    }
    let sheet = Reporting.ticketsSheet(results)
    let columns = sheet.columns.map { Table.Column($0.key, isNumeric: $0.key.hasSuffix("seconds")) }
    return Array(TextTable.text(Table(columns: columns, rows: sheet.rows)).utf8)
  }

  package func csv(tickets: Bool) -> [UInt8] {
    CSVReport.bytes(
      tickets ? Reporting.ticketsSheet(results) : Reporting.attainmentSheet(results), raw: isRaw)
  }

  package func json() throws(CommandFailure) -> [UInt8] {
    do {
      return try ResultsFile.bytes(of: results)
    } catch {
      throw CommandFailure(.bug, "results cannot be written as JSON: \(error)")
    }
  }
}

/// How much a report lists.
package enum ReportLimits {
  /// Rows of a list, worst first; each listed ticket has its trace.
  package static let traces = 500
}
