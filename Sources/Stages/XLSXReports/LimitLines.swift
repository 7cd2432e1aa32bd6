import ReportDocuments
import Workbooks

/// The lines of what chance explains in a trend chart: mean, lower and upper limit, over the cells
/// of the sheet of control limits.
struct LimitLines {
  let control: WorkbookPlan.Part

  /// Series for the months of some rows of the sheet of attainment; none where the sheet of limits
  /// does not have the same months in a row, or no limit yet.
  ///
  /// - Parameters:
  ///   - keys: The columns that name a target, the same in both sheets.
  ///   - categories: The months.
  func series(
    for rows: ArraySlice<[Cell]>, keys: [Int], period: Int, categories: SheetChart.Source
  ) -> [SheetChart.Series] {
    guard let run = run(of: rows, keys: keys, period: period) else { return [] }
    return Self.lines.compactMap { key, name, colour, width in
      guard let column = control.data.columnIndex(key),
        run.contains(where: { control.data.rows[$0][column] != .notMeasured })
      else { return nil }
      var line = SheetChart.Series(
        name: name, categories: categories, values: control.source(run, column: column),
        colour: colour)
      line.width = width
      return line
    }
  }

  /// The lowest limit that is drawn, in per cent.
  func lowest(for rows: ArraySlice<[Cell]>, keys: [Int], period: Int) -> Double? {
    guard let run = run(of: rows, keys: keys, period: period),
      let column = control.data.columnIndex("lower")
    else { return nil }
    return run.compactMap { row -> Double? in
      if case .share(let share) = control.data.rows[row][column] { share.percent } else { nil }
    }.min()
  }

  /// Columns that a chart draws, in which a cell without a value has to stay empty.
  static let columns: Set<String> = ["mean", "lower", "upper"]

  private static let lines: [(key: String, name: String, colour: Colour, width: Double)] = [
    ("upper", "expected at most", Looks.blue2, 0.75), ("mean", "mean", Looks.ink3, 1),
    ("lower", "expected at least", Looks.blue2, 0.75),
  ]

  private func run(
    of rows: ArraySlice<[Cell]>, keys: [Int], period: Int
  ) -> ClosedRange<Int>? {
    guard let first = rows.first, let measure = control.data.columnIndex("measure"),
      let month = control.data.columnIndex("period"), measure == keys.count
    else { return nil }
    func holds(_ row: [Cell], _ wanted: [Cell]) -> Bool {
      row[measure] == .text("attainment") && row[month] == wanted[period]
        && keys.allSatisfy { row[$0] == wanted[$0] }
    }
    guard let start = control.data.rows.firstIndex(where: { holds($0, first) }),
      start + rows.count <= control.data.rows.count
    else { return nil }
    let run = start...start + rows.count - 1
    return zip(control.data.rows[run], rows).allSatisfy(holds) ? run : nil
  }
}
