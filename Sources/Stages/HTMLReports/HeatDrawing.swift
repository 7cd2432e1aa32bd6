import ReportDocuments

/// Draws hours of the week as cells: days down and hours across, or turned on a narrow board.
struct HeatDrawing {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let gap = 2.0
  private static let classes = 5

  private let chart: HeatChart
  private let width: Double
  private let isTurned: Bool
  private let most: Int
  private let cell: (width: Double, height: Double)
  private let left = 40.0
  private let top = 20.0

  static func draw(_ chart: HeatChart, on board: Board) -> Drawing {
    HeatDrawing(chart, board).drawing()
  }

  private init(_ chart: HeatChart, _ board: Board) {
    self.chart = chart
    width = board.width
    isTurned = board == .narrow
    most = chart.counts.flatMap { $0 }.max() ?? 0
    let columns = Double(max(1, isTurned ? chart.days.count : chart.hours.count))
    let room = (width - 40 - 44) / columns - Self.gap
    cell = isTurned ? (min(46, room), 24) : (min(50, room), 30)
  }

  private var across: Range<Int> { isTurned ? chart.days : chart.hours }
  private var down: Range<Int> { isTurned ? chart.hours : chart.days }

  private func count(_ row: Int, _ column: Int) -> Int {
    isTurned ? chart.count(column, row) : chart.count(row, column)
  }

  private func x(_ column: Int) -> Double {
    left + Double(column - across.lowerBound) * (cell.width + Self.gap)
  }

  private func y(_ row: Int) -> Double {
    top + Double(row - down.lowerBound) * (cell.height + Self.gap)
  }

  private func drawing() -> Drawing {
    guard most > 0, !across.isEmpty, !down.isEmpty else {
      var drawing = Drawing(width: width, height: 120)
      drawing.emptyFrame(chart.emptyText)
      return drawing
    }
    var drawing = Drawing(width: width, height: y(down.upperBound) + 22)
    nameColumns(in: &drawing)
    for row in down {
      let base = y(row) + cell.height / 2 + 4
      drawing.text(name(row, isDay: !isTurned), x: 0, y: base)
      for column in across { drawCell(row, column, base: base, in: &drawing) }
      let sum = across.reduce(0) { $0 + count(row, $1) }
      drawing.text(
        PageText.count(sum), x: x(across.upperBound) + 8, y: base, style: sum > 0 ? "t b" : "t")
    }
    for column in across {
      let sum = down.reduce(0) { $0 + count($1, column) }
      drawing.text(
        PageText.count(sum), x: x(column) + cell.width / 2, y: y(down.upperBound) + 14,
        anchor: .middle, style: sum > 0 ? "t b" : "t")
    }
    return drawing
  }

  /// Every name where there is room for it, else every second, third or sixth.
  private func nameColumns(in drawing: inout Drawing) {
    let widest = TextWidth.estimate(isTurned ? "Wed" : "22") + 2
    let every = [1, 2, 3, 6].first { Double($0) * (cell.width + Self.gap) >= widest } ?? 6
    for column in across where (column - across.lowerBound).isMultiple(of: every) {
      drawing.text(
        name(column, isDay: isTurned), x: x(column) + cell.width / 2, y: top - 8, anchor: .middle)
    }
  }

  private func name(_ place: Int, isDay: Bool) -> String {
    isDay ? Self.days[min(6, max(0, place))] : (place < 10 ? "0" : "") + "\(place)"
  }

  private func drawCell(_ row: Int, _ column: Int, base: Double, in drawing: inout Drawing) {
    let count = count(row, column)
    let (day, hour) = isTurned ? (column, row) : (row, column)
    let tip =
      "\(name(day, isDay: true)) \(name(hour, isDay: false)):00 to "
      + "\(name(hour + 1, isDay: false)):00: \(PageText.count(count))"
    let heat = (Self.classes * count + most - 1) / most
    drawing.bar(
      heat == 0 ? "h0" : "h\(heat)", x: x(column), y: y(row), width: cell.width,
      height: cell.height, radius: 2, tip: tip)
    let text = PageText.count(count)
    guard count > 0, TextWidth.estimate(text, size: 11) <= cell.width else { return }
    drawing.text(
      text, x: x(column) + cell.width / 2, y: base, anchor: .middle,
      style: "t count on-heat h\(heat)", tip: tip)
  }
}
