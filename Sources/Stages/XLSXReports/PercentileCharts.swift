import ReportDocuments
import Workbooks

/// Columns of p50, p90 and p95 per tier, one chart a clock, below the table of percentiles.
struct PercentileCharts {
  let part: WorkbookPlan.Part
  let sheet: Sheet

  private static let series: [(key: String, name: String, colour: Colour)] = [
    ("p50_seconds", "half are done within", Looks.blue3),
    ("p90_seconds", "90 % within", Looks.blue2),
    ("p95_seconds", "95 % within", Looks.blue),
    ("within_seconds", "allowed", Looks.ink),
  ]
  /// In rows of the usual height.
  private static let rowsPerChart = 16

  func insert() throws(WorkbookError) {
    guard let clock = part.data.columnIndex("clock"), let tier = part.data.columnIndex("tier")
    else { return }
    var row = WorkbookPlan.Part.headerRow + part.data.rows.count + 3
    for run in Runs.equal(part.data.rows, by: [clock]) {
      let tiers = part.data.rows[run].map { $0[tier] }
      guard Set(tiers).count == tiers.count,
        case .text(let name) = part.data.rows[run.lowerBound][clock]
      else { continue }
      var series: [SheetChart.Series] = []
      for (key, title, colour) in Self.series {
        guard let column = part.data.columnIndex(key), hasDuration(in: run, column: column)
        else { continue }
        series.append(
          .init(
            name: title, categories: part.source(run, column: tier),
            values: part.source(run, column: column), colour: colour))
      }
      guard !series.isEmpty else { continue }
      var chart = SheetChart(.column, title: "\(name): elapsed per tier", series: series)
      chart.vertical.number = "[h]\" h\""
      chart.vertical.minimum = 0
      chart.alternativeText =
        "Percentiles of elapsed per tier for \(name); the figures are in the table above."
      try sheet.insert(chart, at: CellPlace(row: row, column: 0))
      row += Self.rowsPerChart
    }
  }

  private func hasDuration(in run: ClosedRange<Int>, column: Int) -> Bool {
    part.data.rows[run].contains {
      if case .duration = $0[column] { true } else { false }
    }
  }
}

/// Stretches of rows that belong together.
enum Runs {
  /// The longest stretches of neighbouring rows that are the same in the columns.
  static func equal(_ rows: [[Cell]], by columns: [Int]) -> [ClosedRange<Int>] {
    var runs: [ClosedRange<Int>] = []
    for index in rows.indices {
      if let last = runs.last, columns.allSatisfy({ rows[last.lowerBound][$0] == rows[index][$0] })
      {
        runs[runs.count - 1] = last.lowerBound...index
      } else {
        runs.append(index...index)
      }
    }
    return runs
  }
}
