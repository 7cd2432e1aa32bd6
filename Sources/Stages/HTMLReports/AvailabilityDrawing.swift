import ReportDocuments

/// Draws when services were down: a lane each, outages as tall marks on the time of the period.
struct AvailabilityDrawing {
  private static let laneHeight = 92.0
  private static let barTop = 44.0
  private static let barHeight = 20.0
  /// Of a mark, however short the outage was.
  private static let leastWidth = 3.0
  /// Longer periods have no ticks for weeks.
  private static let mostDays: Int64 = 100

  private let chart: AvailabilityChart
  private let width: Double

  static func draw(_ chart: AvailabilityChart, on board: Board) -> Drawing {
    AvailabilityDrawing(chart: chart, width: board.width).drawing()
  }

  private func x(_ seconds: Int64) -> Double {
    let span = max(1, chart.end.seconds - chart.start.seconds)
    return min(1, max(0, Double(seconds - chart.start.seconds) / Double(span))) * width
  }

  private func drawing() -> Drawing {
    let height = Double(chart.lanes.count) * Self.laneHeight + 20
    var drawing = Drawing(width: width, height: max(height, 40))
    guard !chart.lanes.isEmpty else {
      drawing.emptyFrame(chart.emptyText)
      return drawing
    }
    for (index, lane) in chart.lanes.enumerated() {
      draw(lane, top: Double(index) * Self.laneHeight, in: &drawing)
    }
    drawWeeks(in: &drawing)
    return drawing
  }

  private func draw(_ lane: AvailabilityChart.Lane, top: Double, in drawing: inout Drawing) {
    let bar = top + Self.barTop
    drawing.text(lane.name, x: 0, y: top + 14, style: "t b")
    // Where both do not fit, the share alone; the table says the rest.
    let room = width - TextWidth.estimate(lane.name, isBold: true) - 12
    let texts = [lane.reached, String(lane.reached.prefix { $0 != "," })]
    if let reached = texts.first(where: { TextWidth.estimate($0) <= room }) {
      drawing.text(
        reached, x: width, y: top + 14, anchor: .end, style: lane.isMissed ? "t late" : "t")
    }
    drawing.bar("band", x: 0, y: bar, width: width, height: Self.barHeight)
    for mark in lane.maintenance {
      let (left, right) = (x(mark.from.seconds), x(mark.to.seconds))
      drawing.bar(
        "paused", x: left, y: bar, width: max(1, right - left), height: Self.barHeight,
        tip: Self.tip(mark))
    }
    for mark in lane.outages {
      let (left, right) = (x(mark.from.seconds), x(mark.to.seconds))
      let wide = max(Self.leastWidth, right - left)
      drawing.bar(
        "past", x: min(left, width - wide), y: bar - 5, width: wide, height: Self.barHeight + 10,
        tip: Self.tip(mark))
    }
    if lane.outages.isEmpty {
      drawing.text(chart.emptyText, x: 6, y: bar + 14, style: "t")
    }
    name(lane.outages, y: bar - 9, style: "t b", in: &drawing)
    name(lane.maintenance, y: bar + Self.barHeight + 16, style: "t", in: &drawing)
  }

  private static func tip(_ mark: AvailabilityChart.Mark) -> String {
    "\(mark.name): \(PageText.exactMoment(mark.from)) to \(PageText.exactMoment(mark.to)), "
      + mark.length
  }

  /// Names those that there is room for, the first ones first; the table has all.
  private func name(
    _ marks: [AvailabilityChart.Mark], y: Double, style: String, in drawing: inout Drawing
  ) {
    var taken: [(left: Double, right: Double)] = []
    for mark in marks {
      let words = "\(mark.name), \(mark.length)"
      let length = TextWidth.estimate(words, isBold: style.contains("b"))
      guard length <= width else { continue }
      let left = min(x(mark.from.seconds), width - length)
      guard !taken.contains(where: { left < $0.right + 12 && $0.left < left + length + 12 }) else {
        continue
      }
      taken.append((left, left + length))
      drawing.text(words, x: left, y: y, style: style)
    }
  }

  /// A tick at each Monday, below the last lane, named where there is room.
  private func drawWeeks(in drawing: inout Drawing) {
    let days = (chart.end.localSeconds - chart.start.localSeconds) / 86_400
    guard days <= Self.mostDays else { return }
    let first = PageText.floorDivision(chart.start.localSeconds, 86_400)
    let bottom = Double(chart.lanes.count) * Self.laneHeight
    var free = 0.0
    for day in first...max(first, first + days) where PageText.weekday(day) == "Mon" {
      let place = x(chart.start.seconds + day * 86_400 - chart.start.localSeconds)
      for lane in chart.lanes.indices {
        let bar = Double(lane) * Self.laneHeight + Self.barTop + Self.barHeight
        drawing.line("axis", place, bar, place, bar + 4)
      }
      let date = "Mon \(PageText.civil(day).day)"
      guard place >= free, place + TextWidth.estimate(date) <= width else { continue }
      drawing.text(date, x: place, y: bottom + 14, style: "t")
      free = place + TextWidth.estimate(date) + 12
    }
  }
}
