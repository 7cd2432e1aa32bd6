import ReportDocuments

/// Draws how much of its time each open promise has used: a dot each, or bars in a crowded row.
struct AgeingDrawing {
  /// The right edge of the scale, in per cent; what is further stands there, with an arrow.
  private static let end = 210.0
  private static let radius = 5.0
  private static let step = 11.0
  private static let highest = 8
  private static let mostDots = 120
  private static let barHeight = 56.0

  private let chart: AgeingChart
  private let board: Board
  private let left: Double
  private let right: Double
  private let top = 24.0

  /// A dot with its place.
  private struct Placed {
    let dot: AgeingChart.Dot
    let x: Double
    let level: Int
  }

  static func draw(_ chart: AgeingChart, on board: Board) -> Drawing {
    AgeingDrawing(chart, board).drawing()
  }

  private init(_ chart: AgeingChart, _ board: Board) {
    self.chart = chart
    self.board = board
    left = board == .wide ? 184 : 8
    right = board.width - 12
  }

  private func x(_ percent: Double) -> Double {
    left + min(Self.end, max(0, percent.isFinite ? percent : Self.end)) / Self.end * (right - left)
  }

  private func drawing() -> Drawing {
    guard !chart.rows.isEmpty else {
      var drawing = Drawing(width: board.width, height: 120)
      drawing.emptyFrame("No promise is open.")
      return drawing
    }
    let stacks = chart.rows.map { place($0.dots) }
    let heights = stacks.map(height)
    let bottom = top + heights.reduce(0, +)
    var drawing = Drawing(width: board.width, height: bottom + 24)
    drawGround(bottom: bottom, in: &drawing)
    var base = top
    for (index, row) in chart.rows.enumerated() {
      base += heights[index]
      draw(row, stacks[index], base: base, height: heights[index], in: &drawing)
    }
    return drawing
  }

  private func drawGround(bottom: Double, in drawing: inout Drawing) {
    drawing.bar("late-zone", x: x(100), y: top - 6, width: right - x(100), height: bottom - top + 6)
    for percent in [0.0, 50, 150, 200] {
      drawing.line("rule", x(percent), top - 6, x(percent), bottom)
      drawing.text(
        "\(Int(percent))" + (percent == 0 ? PageText.space + "%" : ""), x: x(percent),
        y: bottom + 16, anchor: percent == 0 ? .start : .middle)
    }
    drawing.line("limit", x(100), top - 6, x(100), bottom, tip: "the time allowed")
    drawing.text("100", x: x(100), y: bottom + 16, anchor: .middle, style: "t b")
    drawing.text("still in time", x: x(100) - 8, y: 12, anchor: .end)
    drawing.text("late", x: x(100) + 8, y: 12, style: "t late")
  }

  /// Stacks dots that would touch; `nil` where that would grow too high.
  private func place(_ dots: [AgeingChart.Dot]) -> [Placed]? {
    guard dots.count <= Self.mostDots else { return nil }
    var placed: [Placed] = []
    for dot in dots {
      let place = x(dot.percent)
      let taken = Set(
        placed.filter { abs($0.x - place) < 2 * Self.radius + 1 }.map(\.level))
      guard let level = (0..<Self.highest).first(where: { !taken.contains($0) }) else {
        return nil
      }
      placed.append(Placed(dot: dot, x: place, level: level))
    }
    return placed
  }

  private func height(_ placed: [Placed]?) -> Double {
    let names = board == .narrow ? 20.0 : 0
    guard let placed else { return Self.barHeight + 30 + names }
    return max(40, Double((placed.map(\.level).max() ?? 0) + 1) * Self.step + 22) + names
  }

  private func draw(
    _ row: AgeingChart.Row, _ placed: [Placed]?, base: Double, height: Double,
    in drawing: inout Drawing
  ) {
    drawing.line("axis", left, base, right, base)
    let count = PageText.count(row.dots.count) + " open"
    if board == .wide {
      let name = TextWidth.fitted(row.name, into: left - 12, isBold: true)
      drawing.text(name, x: 0, y: base - 18, style: "t b", tip: row.name)
      let more = TextWidth.fitted(row.within + ", " + count, into: left - 12)
      drawing.text(more, x: 0, y: base - 3)
    } else {
      let name = TextWidth.fitted(row.name, into: 180, isBold: true)
      drawing.text(name, x: left, y: base - height + 16, style: "t b", tip: row.name)
      let used = TextWidth.estimate(name, isBold: true) + 8
      drawing.text(
        TextWidth.fitted(count, into: right - left - used), x: left + used, y: base - height + 16)
    }
    if let placed {
      drawDots(placed, base: base, in: &drawing)
    } else {
      drawBars(row, base: base, in: &drawing)
    }
  }

  private func drawDots(_ placed: [Placed], base: Double, in drawing: inout Drawing) {
    func y(_ level: Int) -> Double { base - 9 - Double(level) * Self.step }
    for item in placed {
      let tip =
        "\(item.dot.ticket): \(item.dot.percentText) of \(PageText.duration(item.dot.within))"
      drawing.dot(
        item.dot.isLate ? "dot late" : "dot", x: item.x, y: y(item.level), radius: Self.radius,
        tip: tip)
      if item.dot.percent > Self.end {
        drawing.path(
          "arrow",
          through: [
            (item.x + 5, y(item.level) - 4), (item.x + 10, y(item.level)),
            (item.x + 5, y(item.level) + 4),
          ])
      }
    }
    var taken: [(level: Int, left: Double, right: Double)] = placed.map {
      ($0.level, $0.x - Self.radius - 1, $0.x + Self.radius + 1)
    }
    for item in placed where item.dot.isNamed {
      let words = TextWidth.label(item.dot.ticket) + " " + item.dot.percentText
      let length = TextWidth.estimate(words, isBold: true)
      let starts = [item.x + Self.radius + 5, item.x - Self.radius - 5 - length]
      func crosses(_ start: Double) -> Bool { start < x(100) && start + length > x(100) }
      let free = starts.filter { start in
        start >= left && start + length <= board.width
          && !taken.contains {
            abs($0.level - item.level) < 2 && $0.left < start + length && start < $0.right
              && !($0.level != item.level && $0.left == item.x - Self.radius - 1)
          }
      }
      guard let start = free.first(where: { !crosses($0) }) ?? free.first else { continue }
      taken.append((item.level, start - 4, start + length + 4))
      drawing.text(
        words, x: start, y: y(item.level) + 4, style: item.dot.isLate ? "t b late" : "t b")
    }
  }

  private func drawBars(_ row: AgeingChart.Row, base: Double, in drawing: inout Drawing) {
    let edges = AgeingChart.classes
    var counts = Array(repeating: 0, count: edges.count)
    for dot in row.dots { counts[dot.ageClass] += 1 }
    let most = Double(max(1, counts.max() ?? 1))
    for (index, count) in counts.enumerated() where count > 0 {
      let start = x(Double(edges[index]))
      let stop = index + 1 < edges.count ? x(Double(edges[index + 1])) : right
      let height = max(1, Double(count) / most * Self.barHeight)
      drawing.bar(
        index >= 4 ? "past" : "bar", x: start + 0.8, y: base - height, width: stop - start - 1.6,
        height: height, radius: 1.2,
        tip:
          "\(Self.name(of: index)): \(PageText.count(count)) of \(PageText.count(row.dots.count))"
      )
      drawing.text(
        PageText.count(count), x: (start + stop) / 2, y: base - height - 5, anchor: .middle,
        style: "t b")
    }
  }

  private static func name(of index: Int) -> String {
    let edges = AgeingChart.classes
    return index + 1 < edges.count
      ? "\(edges[index]) to \(edges[index + 1]) %" : "\(edges[index]) % and more"
  }
}
