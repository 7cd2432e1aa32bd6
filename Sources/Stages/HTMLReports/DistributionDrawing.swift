import ReportDocuments

/// Draws how many promises took how long.
struct DistributionDrawing {
  private let chart: DistributionChart
  private let board: Board
  /// Left end of each bar, and the right end of the last.
  private let edges: [Double]
  private let ticks: [Int]
  private let left = 36.0
  private let right: Double
  private let top = 56.0
  private let bottom = 190.0

  static func draw(_ chart: DistributionChart, on board: Board) -> Drawing {
    DistributionDrawing(chart, board).drawing()
  }

  private init(_ chart: DistributionChart, _ board: Board) {
    self.chart = chart
    self.board = board
    right = board.width - 14
    ticks = Ticks.counts(to: max(1, chart.bars.map(\.count).max() ?? 1))
    edges = Self.edges(of: chart, left: 36, right: right)
  }

  /// Bars in proportion to their time, or side by side on a log axis and where no time is left.
  private static func edges(of chart: DistributionChart, left: Double, right: Double) -> [Double] {
    let bars = chart.bars
    guard let first = bars.first, let last = bars.last else { return [left, right] }
    let typical = max(1, (first.to ?? first.from + 1) - first.from)
    let end = max(last.to ?? last.from + typical, last.from + 1)
    let span = Double(end - first.from)
    let isProportional = !chart.isLogarithmic && span > 0
    return bars.indices.map { index in
      let share =
        isProportional
        ? Double(bars[index].from - first.from) / span : Double(index) / Double(bars.count)
      return left + share * (right - left)
    } + [right]
  }

  private func x(_ seconds: Int64) -> Double {
    guard let last = chart.bars.indices.last(where: { chart.bars[$0].from <= seconds }) else {
      return left
    }
    let bar = chart.bars[last]
    let typical = max(1, (chart.bars[0].to ?? chart.bars[0].from + 1) - chart.bars[0].from)
    let width = max(1, (bar.to ?? bar.from + typical) - bar.from)
    let share = min(1, Double(seconds - bar.from) / Double(width))
    return edges[last] + share * (edges[last + 1] - edges[last])
  }

  private func y(_ count: Int) -> Double {
    bottom - Double(max(0, count)) / Double(max(1, ticks.last ?? 1)) * (bottom - top)
  }

  private func drawing() -> Drawing {
    var drawing = Drawing(width: board.width, height: 232)
    guard chart.total > 0, !chart.bars.isEmpty else {
      drawing.emptyFrame("No data: no promise was decided.")
      return drawing
    }
    for tick in ticks {
      drawing.line(tick == 0 ? "axis" : "rule", left, y(tick), right, y(tick))
      drawing.text(PageText.count(tick), x: left - 6, y: y(tick) + 4, anchor: .end)
    }
    drawBars(in: &drawing)
    drawTimes(in: &drawing)
    drawLimit(in: &drawing)
    return drawing
  }

  private func drawBars(in drawing: inout Drawing) {
    for (index, bar) in chart.bars.enumerated() where bar.count > 0 {
      let start = edges[index]
      let width = max(1, edges[index + 1] - start - 1.6)
      let range =
        bar.to.map { PageText.duration(bar.from) + " to " + PageText.duration($0) }
        ?? PageText.duration(bar.from) + " and more"
      let tip = "\(range): \(PageText.count(bar.count)) of \(PageText.count(chart.total))"
      if chart.total < 5 {
        for place in 0..<bar.count {
          drawing.dot(
            bar.isLate ? "dot late" : "dot", x: start + width / 2,
            y: bottom - 8 - 13 * Double(place),
            radius: 5, tip: tip)
        }
      } else {
        drawing.bar(
          bar.isLate ? "past" : "bar", x: start + 0.8, y: y(bar.count), width: width,
          height: bottom - y(bar.count), radius: 1.2, tip: tip)
      }
    }
  }

  private func drawTimes(in drawing: inout Drawing) {
    guard let last = chart.bars.last else { return }
    if chart.isLogarithmic {
      var free = -1.0
      for (index, bar) in chart.bars.enumerated() {
        let text = PageText.duration(bar.from)
        let half = TextWidth.estimate(text) / 2
        let middle = max(half, edges[index])
        guard middle - half > free + 6, middle + half <= board.width else { continue }
        drawing.text(text, x: middle, y: bottom + 18, anchor: .middle)
        free = middle + half
      }
    } else {
      let times = Ticks.times(to: last.to ?? last.from)
      let step = times.count > 1 ? times[1] : 1
      let unit: (name: String, size: Int64) =
        step >= 3600 ? ("h", 3600) : step >= 60 ? ("m", 60) : ("s", 1)
      for time in times where time >= chart.bars[0].from {
        let text = "\(time / unit.size)" + (time == 0 ? PageText.space + unit.name : "")
        drawing.text(text, x: x(time), y: bottom + 18, anchor: .middle)
      }
    }
    let rest = last.to == nil ? "; last bar: over " + PageText.duration(last.from) : ""
    drawing.text("counted time" + rest, x: right, y: bottom + 36, anchor: .end)
  }

  private func drawLimit(in drawing: inout Drawing) {
    var taken: (left: Double, right: Double) = (.infinity, .infinity)
    if let within = chart.within {
      let place = x(within)
      let share = Share(chart.late, of: chart.total).map { ", " + PageText.share($0) } ?? ""
      let lines = [
        ("within " + PageText.duration(within), "t b"),
        ("\(PageText.count(chart.late)) late" + share, chart.late > 0 ? "t b late" : "t b"),
        (TextWidth.fitted(chart.allowedText, into: 180), "t"),
      ]
      let length = lines.map { TextWidth.estimate($0.0, isBold: $0.1 != "t") }.max() ?? 0
      let isRight = place + 7 + length <= board.width
      drawing.line("limit", place, 2, place, bottom, tip: "within " + chart.withinText)
      for (index, line) in lines.enumerated() {
        drawing.text(
          line.0, x: isRight ? place + 7 : place - 7, y: 12 + 15 * Double(index),
          anchor: isRight ? .start : .end, style: line.1)
      }
      taken = isRight ? (place, place + 7 + length) : (place - 7 - length, place)
    }
    guard let median = chart.median else { return }
    let place = x(median)
    drawing.line("median", place, 46, place, bottom)
    for words in ["half within " + PageText.duration(median), "half: " + PageText.duration(median)]
    {
      let length = TextWidth.estimate(words)
      if place + 5 + length < taken.left || place > taken.right && place + 5 + length <= board.width
      {
        drawing.text(words, x: place + 5, y: 48)
        return
      }
      if place - 5 - length > 0, place < taken.left || place - 5 - length > taken.right {
        drawing.text(words, x: place - 5, y: 48, anchor: .end)
        return
      }
    }
  }
}
