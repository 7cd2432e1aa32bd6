import ReportDocuments

/// Draws attainment month by month.
struct TrendDrawing {
  let chart: TrendChart
  private let board: Board
  private let ticks: [Double]
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  static func draw(_ chart: TrendChart, on board: Board) -> Drawing {
    let plan = TrendDrawing(chart, board)
    return plan.drawing()
  }

  private init(_ chart: TrendChart, _ board: Board) {
    self.chart = chart
    self.board = board
    let isWide = board == .wide
    left = isWide ? 48 : 46
    right = board.width - (isWide ? 118 : 14)
    top = isWide ? 44 : 34
    bottom = (isWide ? 300 : 266) - (isWide ? 62 : 40)
    let shown =
      chart.points.compactMap { $0.share?.percent } + [Self.objective(chart)].compactMap { $0 }
      + chart.points.compactMap(\.range).flatMap { [$0.lower, $0.upper] }
    // A line that lies on the axis could not be told from it.
    ticks = Ticks.shares(from: (shown.min() ?? 0) - 0.05, to: shown.max() ?? 100)
  }

  private static func objective(_ chart: TrendChart) -> Double? {
    guard let percent = chart.objectivePercent, percent.isFinite else { return nil }
    return min(100, max(0, percent))
  }

  var slot: Double { (right - left) / Double(max(1, chart.points.count)) }
  func x(_ index: Int) -> Double { left + slot * (Double(index) + 0.5) }
  func y(_ percent: Double) -> Double {
    guard let low = ticks.first, let high = ticks.last, high > low else { return bottom }
    return bottom - (min(high, max(low, percent)) - low) / (high - low) * (bottom - top)
  }

  private func drawing() -> Drawing {
    var drawing = Drawing(width: board.width, height: board == .wide ? 300 : 266)
    let known = chart.points.indices.filter { chart.points[$0].share != nil }
    guard let last = known.last else {
      drawing.emptyFrame("No data: no promise was decided.")
      return drawing
    }
    drawRange(in: &drawing)
    drawGrid(in: &drawing)
    drawMonths(in: &drawing)
    drawChanges(in: &drawing)
    if let objective = Self.objective(chart) {
      drawing.line("objective", left, y(objective), right, y(objective))
    }
    drawLine(in: &drawing)
    drawDots(in: &drawing, last: last)
    board == .wide
      ? labelInMargin(in: &drawing, last: last)
      : labelInPlot(in: &drawing, last: last, known: known)
    if board == .wide { nameSignals(in: &drawing) }
    return drawing
  }

  private func drawGrid(in drawing: inout Drawing) {
    for (index, tick) in ticks.enumerated() {
      drawing.line(index == 0 ? "axis" : "rule", left, y(tick), right, y(tick))
      let unit = index == ticks.count - 1 ? PageText.space + "%" : ""
      drawing.text(
        Self.percentText(tick) + unit, x: left - 6 + (unit.isEmpty ? 0 : 0), y: y(tick) + 4,
        anchor: .end)
    }
  }

  private static func percentText(_ percent: Double) -> String {
    let tenths = Int((percent * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private func drawMonths(in drawing: inout Drawing) {
    let years = yearStarts()
    let every = yearStep(years)
    for (place, index) in years.enumerated() {
      let start = left + slot * Double(index)
      if index > 0, slot >= 9 { drawing.line("axis", start, bottom, start, bottom + 32) }
      let next = place + 1 < years.count ? slot * Double(years[place + 1] - index) : 44
      if (years.count - 1 - place) % every == 0, next >= 44 || place > 0 {
        let name = String(chart.points[index].year)
        if slot >= 9 {
          drawing.text(name, x: start + 5, y: bottom + 31, style: "t b quiet")
        } else {
          drawing.line("axis", start, bottom, start, bottom + 4)
          drawing.text(name, x: start, y: bottom + 17, anchor: .middle)
        }
      }
    }
    guard slot >= 9 else { return }
    let showsCounts = board == .wide && slot >= 24 && chart.hasCounts
    for (index, point) in chart.points.enumerated() {
      let name = slot >= 30 ? TextWidth.label(point.month, limit: 4) : String(point.month.prefix(1))
      drawing.text(name, x: x(index), y: bottom + 16, anchor: .middle)
      if showsCounts {
        let count = point.share.map { PageText.count($0.whole) } ?? "0"
        let fits = TextWidth.estimate(count, size: 11) <= slot + 2
        drawing.text(
          fits ? count : "", x: x(index), y: bottom + 46, anchor: .middle, style: "t count")
      }
    }
    if showsCounts { drawing.text("decided", x: right + 8, y: bottom + 46, style: "t count") }
  }

  /// A tick on the axis for each month with changes, and how many there were.
  private func drawChanges(in drawing: inout Drawing) {
    for (index, point) in chart.points.enumerated() where !point.changes.isEmpty {
      let tip = "\(point.month) \(point.year): " + point.changes.joined(separator: "; ")
      drawing.line("change-tick", x(index), bottom - 9, x(index), bottom, tip: tip)
      guard slot >= 20 else { continue }
      drawing.text(
        PageText.count(point.changes.count), x: x(index) + 4, y: bottom - 3, style: "t count",
        tip: tip)
    }
  }

  private func yearStarts() -> [Int] {
    chart.points.indices.filter {
      $0 == 0 || chart.points[$0].year != chart.points[$0 - 1].year
    }
  }

  /// How many years lie between two labels, so that labels keep their distance.
  private func yearStep(_ starts: [Int]) -> Int {
    let gaps = zip(starts, starts.dropFirst()).map { Double($1 - $0) * slot }
    guard let narrowest = gaps.dropFirst().dropLast().min() ?? gaps.last, narrowest > 0 else {
      return 1
    }
    let ladder = [1, 2, 5, 10, 20, 50]
    return ladder.first { Double($0) * narrowest >= 44 } ?? 100
  }

  /// The line breaks where a month has no data.
  private func drawLine(in drawing: inout Drawing) {
    var run: [(x: Double, y: Double)] = []
    for (index, point) in chart.points.enumerated() {
      guard let share = point.share else {
        drawing.path("measured", through: run)
        run = []
        continue
      }
      run.append((x(index), y(share.percent)))
    }
    drawing.path("measured", through: run)
  }

  private func drawDots(in drawing: inout Drawing, last: Int) {
    for (index, point) in chart.points.enumerated() {
      guard let share = point.share else { continue }
      let isAlone = isIsolated(index)
      let toDate = point.isToDate ? ", to date" : ""
      let tip =
        "\(point.month) \(point.year): \(PageText.share(share))" + counts(share, ", ") + toDate
      if let signal = point.signal {
        drawSignal(signal, at: (x(index), y(share.percent)), tip: tip, in: &drawing)
        continue
      }
      guard slot >= 9 || index == last || isAlone else { continue }
      let radius = chart.points.count == 1 ? 4 : board == .wide ? 3.1 : 2.6
      drawing.dot(
        point.isToDate ? "dot hollow" : "dot", x: x(index), y: y(share.percent),
        radius: slot < 9 && index != last ? 1.5 : radius,
        tip: tip)
    }
  }

  private func counts(_ share: Share, _ before: String) -> String {
    chart.hasCounts
      ? before + "\(PageText.count(share.part)) of \(PageText.count(share.whole))" : ""
  }

  private func isIsolated(_ index: Int) -> Bool {
    let before = index > 0 && chart.points[index - 1].share != nil
    let after = index + 1 < chart.points.count && chart.points[index + 1].share != nil
    return !before && !after
  }

  private func value(of index: Int) -> String {
    guard let share = chart.points[index].share else { return "" }
    if chart.points.count == 1 {
      return PageText.share(share) + counts(share, ", ")
    }
    return PageText.share(share)
  }

  /// Labels in the right margin, pushed apart to 16 and kept inside the plot.
  private func labelInMargin(in drawing: inout Drawing, last: Int) {
    let share = chart.points[last].share?.percent ?? 0
    let isLate = Self.objective(chart).map { share < $0 } ?? false
    let words =
      chart.points.count == 1 ? value(of: last) : value(of: last) + " " + chart.points[last].month
    let available = board.width - right - 8
    let fits = TextWidth.estimate(words, isBold: true) <= available
    var labels = [
      (
        text: fits ? words : value(of: last), y: y(share),
        style: isLate ? "t b late" : "t b measured-text"
      )
    ]
    if let objective = Self.objective(chart) {
      labels.append(
        (
          objectiveName(into: available), y(objective), "t b"
        ))
    }
    if chart.points.count == 1 {
      drawing.text(value(of: last), x: x(last) + 9, y: labels[0].y + 4, style: labels[0].style)
      labels.removeFirst()
    }
    labels += rangeLabels
    labels.sort { $0.y < $1.y }
    if labels.count > 2 { labels = pushedApart(labels) }
    if labels.count == 2, labels[1].y - labels[0].y < 16 {
      let middle = min(bottom - 8, max(top + 8, (labels[0].y + labels[1].y) / 2))
      labels[0].y = middle - 8
      labels[1].y = middle + 8
    }
    for label in labels {
      drawing.text(label.text, x: right + 8, y: label.y + 4, style: label.style)
    }
  }

  /// `objective 95 %`, or in less room `≥ 99.95 %`.
  private func objectiveName(into width: Double) -> String {
    let name = "objective " + chart.objectiveText
    return TextWidth.estimate(name, isBold: true) <= width
      ? name : TextWidth.fitted("≥ " + chart.objectiveText, into: width, isBold: true)
  }

  /// Labels inside the plot take the place that covers the fewest points.
  private func labelInPlot(in drawing: inout Drawing, last: Int, known: [Int]) {
    let points = known.map { (x: x($0), y: y(chart.points[$0].share?.percent ?? 0)) }
    let share = chart.points[last].share?.percent ?? 0
    let isLate = Self.objective(chart).map { share < $0 } ?? false
    let words = value(of: last)
    var taken: (left: Double, right: Double, y: Double)?
    if let objective = Self.objective(chart) {
      let name = TextWidth.fitted("objective " + chart.objectiveText, into: 180, isBold: true)
      let length = TextWidth.estimate(name, isBold: true)
      let places = [y(objective) + 15, y(objective) - 6].filter { $0 < bottom - 2 && $0 > top - 4 }
      let best = places.min {
        covered(points, left + 4, left + 4 + length, $0)
          < covered(points, left + 4, left + 4 + length, $1)
      }
      if let best {
        drawing.text(name, x: left + 4, y: best, style: "t b")
        taken = (left + 4, left + 4 + length, best)
      }
    }
    let length = TextWidth.estimate(words, isBold: true)
    let home = (x: x(last), y: y(share))
    let start = min(max(left, home.x - length + 6), board.width - length)
    let places = [home.y + 18, home.y - 9, home.y + 32, home.y - 24].filter {
      $0 < bottom - 2 && $0 > 10
    }
    let best = places.min { cost($0) < cost($1) }
    func cost(_ place: Double) -> Int {
      var cost = covered(points, start, start + length, place)
      if let taken, taken.right > start, abs(taken.y - place) < 15 { cost += 100 }
      return cost
    }
    if let best {
      drawing.text(words, x: start, y: best, style: isLate ? "t b late" : "t b measured-text")
    }
  }

  private func covered(
    _ points: [(x: Double, y: Double)], _ left: Double, _ right: Double, _ baseline: Double
  ) -> Int {
    points.count {
      $0.x > left - 4 && $0.x < right + 4 && $0.y > baseline - 14 && $0.y < baseline + 6
    }
  }
}
