import ReportDocuments
import Workbooks

/// Attainment month by month against the objective, one chart a target.
struct TrendCharts {
  let part: WorkbookPlan.Part
  /// What chance explains; `nil` without a sheet of control limits.
  var limits: LimitLines?

  /// More would make a workbook nobody scrolls through.
  static let most = 24
  static let width = 528
  static let height = 270

  /// A chart for each target with at least two periods, in the order of the sheet.
  var charts: [SheetChart] {
    let data = part.data
    guard let period = data.columnIndex("period"),
      let attainment = data.columnIndex(AttainmentFormulas.key)
    else { return [] }
    let keys = Array(0..<period)
    return Runs.equal(data.rows, by: keys).filter { $0.count > 1 }.prefix(Self.most)
      .compactMap { chart(of: $0, keys: keys, period: period, attainment: attainment) }
  }

  private func chart(
    of run: ClosedRange<Int>, keys: [Int], period: Int, attainment: Int
  ) -> SheetChart? {
    let data = part.data
    let rows = data.rows[run]
    let shares = rows.compactMap { row in
      if case .share(let share) = row[attainment] { share } else { nil }
    }
    guard let lowest = shares.map(\.percent).min() else { return nil }
    var floor = lowest
    var series = [attainmentLine(run, period: period, attainment: attainment)]
    if let objective = data.columnIndex("objective"),
      let percent = Self.percent(rows[run.lowerBound][objective])
    {
      floor = min(floor, percent)
      series.append(objectiveLine(run, period: period, objective: objective))
    }
    if let limits {
      floor = min(floor, limits.lowest(for: rows, keys: keys, period: period) ?? floor)
      series += limits.series(
        for: rows, keys: keys, period: period, categories: part.source(run, column: period))
    }
    let varying = keys.filter { key in Set(data.rows.map { $0[key] }).count > 1 }
    let words = (varying.isEmpty ? keys.suffix(1) : varying[...])
      .compactMap { Self.words(rows[run.lowerBound][$0]) }
    let name = words.joined(separator: " · ")
    var chart = SheetChart(.line, title: name, series: series)
    // The axis starts at the last round tenth that leaves two points below the lowest one.
    chart.vertical.minimum = max(0, (floor / 10 - 0.2).rounded(.down) / 10)
    chart.vertical.maximum = 1
    chart.vertical.number = "0%"
    chart.width = Self.width
    chart.height = Self.height
    chart.alternativeText =
      "Attainment of \(name) per period; lowest \(Int(lowest)) %. The figures are in the sheet "
      + "\(part.name)."
    return chart
  }

  private func attainmentLine(
    _ run: ClosedRange<Int>, period: Int, attainment: Int
  ) -> SheetChart.Series {
    var line = SheetChart.Series(
      name: "attainment", categories: part.source(run, column: period),
      values: part.source(run, column: attainment), colour: Looks.blue)
    line.hasMarkers = true
    return line
  }

  private func objectiveLine(
    _ run: ClosedRange<Int>, period: Int, objective: Int
  ) -> SheetChart.Series {
    var line = SheetChart.Series(
      name: "objective", categories: part.source(run, column: period),
      values: part.source(run, column: objective), colour: Looks.ink)
    line.dash = .dash
    line.width = 1.25
    return line
  }

  private static func words(_ cell: Cell) -> String? {
    switch cell {
    case .text(let text), .identifier(let text): text.isEmpty ? nil : text
    default: nil
    }
  }

  private static func percent(_ cell: Cell) -> Double? {
    switch cell {
    case .share(let share): share.percent
    case .decimal(let thousandths): Double(thousandths) / 1_000
    default: nil
    }
  }
}
