import ReportDocuments

/// Draws a route: one lane a group, each beginning where the last ended.
struct RouteDrawing {
  private let chart: RouteChart
  private let board: Board
  private let left: Double
  private let right: Double
  private let longest: Int64
  private let laneHeight = 50.0

  static func draw(_ chart: RouteChart, on board: Board) -> Drawing {
    RouteDrawing(chart, board).drawing()
  }

  private init(_ chart: RouteChart, _ board: Board) {
    self.chart = chart
    self.board = board
    left = board == .wide ? 132 : 4
    right = board.width - (board == .wide ? 132 : 8)
    let held = chart.lanes.reduce(0) { $0 + $1.queue + $1.work }
    let allowed = chart.lanes.reduce(chart.handOffs) { $0 + ($1.allowed ?? 0) }
    longest = max(held, allowed, chart.within ?? 0, 1)
  }

  private func x(_ seconds: Int64) -> Double {
    left + Double(seconds) / Double(longest) * (right - left)
  }

  private func drawing() -> Drawing {
    let lanes = Double(chart.lanes.count + 1)
    var drawing = Drawing(width: board.width, height: 30 + laneHeight * lanes + 10)
    var start: Int64 = 0
    for (index, lane) in chart.lanes.enumerated() {
      draw(lane, from: start, top: top(index), in: &drawing)
      let end = start + lane.queue + lane.work
      if index + 1 < chart.lanes.count {
        drawing.line("change", x(end), top(index) + 18, x(end), top(index + 1))
      }
      start = end
    }
    drawSum(in: &drawing)
    if let within = chart.within {
      drawing.line("limit", x(within), 14, x(within), 30 + laneHeight * lanes)
      drawing.text(
        "promise " + PageText.duration(within), x: x(within), y: 10, anchor: .middle, style: "t b")
    }
    return drawing
  }

  private func top(_ lane: Int) -> Double { 34 + laneHeight * Double(lane) }

  private func name(_ text: String, top: Double, in drawing: inout Drawing) {
    if board == .wide {
      drawing.text(TextWidth.fitted(text, into: 124), x: 0, y: top + 13, style: "t b")
    } else {
      drawing.text(TextWidth.fitted(text, into: 180), x: 0, y: top - 4, style: "t b")
    }
  }

  private func draw(
    _ lane: RouteChart.Lane, from start: Int64, top: Double, in drawing: inout Drawing
  ) {
    name(lane.name, top: top, in: &drawing)
    let (work, end) = (start + lane.queue, start + lane.queue + lane.work)
    drawing.bar(
      lane.isOver ? "p90 past" : "band", x: x(start), y: top,
      width: x(work) - x(start), height: 18,
      tip: "\(lane.name): \(PageText.duration(lane.queue)) in the queue")
    drawing.bar(
      lane.isOver ? "past" : "bar", x: x(work), y: top, width: x(end) - x(work), height: 18,
      tip: "\(lane.name): \(PageText.duration(lane.work)) at work")
    if let allowed = lane.allowed {
      let mark = x(min(start + allowed, longest))
      drawing.path(
        "mean",
        through: [
          (x(start), top + 21), (x(start), top + 25), (mark, top + 25),
          (mark, top + 21),
        ])
    }
    if board == .wide {
      drawing.text(
        TextWidth.fitted(lane.note, into: 128), x: board.width, y: top + 13, anchor: .end,
        style: lane.isOver ? "t b late" : "t")
    } else {
      drawing.text(
        TextWidth.fitted(lane.note, into: 150), x: board.width, y: top - 4, anchor: .end,
        style: lane.isOver ? "t late" : "t")
    }
  }

  /// The groups' own promises, end to end; hatched where they exceed the promise.
  private func drawSum(in drawing: inout Drawing) {
    let top = top(chart.lanes.count)
    name("own promises", top: top, in: &drawing)
    var start: Int64 = 0
    for lane in chart.lanes {
      let length = lane.allowed ?? 0
      drawing.bar(
        "p95", x: x(start), y: top, width: x(start + length) - x(start) - 1, height: 18,
        tip: "\(lane.name) may take \(PageText.duration(length))")
      start += length
    }
    drawing.bar(
      "band", x: x(start), y: top, width: x(start + chart.handOffs) - x(start), height: 18,
      tip: "hand-offs may take \(PageText.duration(chart.handOffs))")
    start += chart.handOffs
    if let within = chart.within, start > within {
      drawing.bar(
        "paused", x: x(within), y: top, width: x(start) - x(within), height: 18,
        tip: "\(PageText.duration(start - within)) more than the promise")
    }
    if board == .wide {
      drawing.text(PageText.duration(start), x: board.width, y: top + 13, anchor: .end)
    }
  }
}

/// Draws parts of a total, the next beginning where the last ended.
struct WaterfallDrawing {
  static func draw(_ chart: WaterfallChart, on board: Board) -> Drawing {
    let height = 38.0
    var drawing = Drawing(
      width: board.width, height: 8 + height * Double(chart.bars.count + 1))
    let left = board == .wide ? 150.0 : 96
    let right = board.width - (board == .wide ? 150 : 92)
    let total = max(1, chart.total)
    func x(_ seconds: Int64) -> Double {
      left + Double(seconds) / Double(total) * (right - left)
    }
    func row(_ name: String, _ style: String, _ start: Int64, _ seconds: Int64, _ index: Int) {
      let top = 6 + height * Double(index)
      let words = PageText.duration(seconds)
      drawing.text(TextWidth.fitted(name, into: left - 8), x: 0, y: top + 13, style: "t b")
      drawing.bar(
        style, x: x(start), y: top, width: max(1, x(start + seconds) - x(start)), height: 18,
        tip: "\(name): \(words)")
      let share = Share(Int(seconds), of: Int(total)).map { PageText.share($0) } ?? ""
      let value = board == .wide ? "\(words), \(share)" : share
      drawing.text(value, x: board.width, y: top + 13, anchor: .end)
      guard index < chart.bars.count else { return }
      drawing.line("axis", x(start + seconds), top + 18, x(start + seconds), top + height)
    }
    var start: Int64 = 0
    for (index, bar) in chart.bars.enumerated() {
      row(bar.name, style(bar.kind), start, bar.seconds, index)
      start += bar.seconds
    }
    row("all late hours", "total", 0, chart.total, chart.bars.count)
    return drawing
  }

  private static func style(_ kind: WaterfallChart.Kind) -> String {
    switch kind {
    case .largest: "past"
    case .group: "p90 past"
    case .unowned: "p95"
    case .gap: "paused"
    }
  }
}
