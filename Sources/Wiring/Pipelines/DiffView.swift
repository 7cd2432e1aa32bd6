import CSVReports
import FoundationEssentials
import HTMLReports
import ReportDocuments
import Reporting
package import Results

/// A comparison as `attain diff` prints it.
package struct DiffView {
  private let difference: ResultsDifference
  private let isRaw: Bool

  package init(_ difference: ResultsDifference, isRaw: Bool) {
    (self.difference, self.isRaw) = (difference, isRaw)
  }

  package var hasChanges: Bool { !difference.isEmpty }

  private var tables: DifferenceTables { DifferenceTables(difference) }
  private var reporter: DifferenceReporter {
    DifferenceReporter(difference, generator: Tool.name)
  }

  /// The sentence that sums it up, the notes, then what differs.
  package func table() -> [UInt8] {
    var parts = [([reporter.headline + "."] + difference.notes).joined(separator: "\n") + "\n"]
    let tables = difference.isOfRules ? [tables.rules] : [tables.figures, tables.promises]
    for table in tables where !table.rows.isEmpty {
      parts.append(TextTable.text(Self.withoutBlankColumns(table)))
    }
    if !difference.isOfRules, !difference.rules.isEmpty {
      let sentences = difference.rules.map { TextTable.printable($0.sentence) }
      parts.append((["Rules"] + sentences).joined(separator: "\n") + "\n")
    }
    return Array(parts.joined(separator: "\n").utf8)
  }

  /// Columns in which nothing stands are left out of a terminal.
  private static func withoutBlankColumns(_ table: Table) -> Table {
    let kept = table.columns.indices.filter { index in
      table.rows.contains { $0[index] != .notMeasured }
    }
    var table = table
    table.columns = kept.map { table.columns[$0] }
    table.rows = table.rows.map { row in kept.map { row[$0] } }
    return table
  }

  /// - Parameter figures: A row for each figure in place of one for each promise.
  package func csv(figures: Bool) -> [UInt8] {
    let sheet =
      difference.isOfRules
      ? tables.rulesSheet : figures ? tables.figuresSheet : tables.promisesSheet
    return CSVReport.bytes(sheet, raw: isRaw)
  }

  package func json() throws(CommandFailure) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(difference)) + [UInt8(ascii: "\n")]
    } catch {
      throw CommandFailure(.bug, "the comparison cannot be written as JSON: \(error)")
    }
  }

  package func html() throws(CommandFailure) -> [UInt8] {
    do {
      return try HTMLReport.page(reporter.document())
    } catch {
      throw CommandFailure(.bug, "the page cannot be made: \(error)")
    }
  }
}
