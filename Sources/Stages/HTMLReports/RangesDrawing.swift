import ReportDocuments

/// Draws the percentiles of each tier against the time allowed, on one log axis.
struct RangesDrawing {
  /// More tiers than this are drawn as single lines, the worst first.
  static let roomyLimit = 12
  static let compactLimit = 30

  private let rows: [RangesChart.Row]
  private let more: Int
  private let board: Board
  private let ticks: [Int64]
  private let isCompact: Bool
  private let left: Double
  private let right: Double

  static func draw(_ chart: RangesChart, on board: Board) -> Drawing {
    RangesDrawing(chart, board).drawing()
  }

  private init(_ chart: RangesChart, _ board: Board) {
    self.board = board
    isCompact = chart.rows.count > Self.roomyLimit
    let ordered = isCompact ? Self.worstFirst(chart.rows) : chart.rows
    rows = Array(ordered.prefix(isCompact ? Self.compactLimit : ordered.count))
    more = ordered.count - rows.count
    let times = rows.flatMap { row in
      row.percentiles.map(\.seconds) + [row.within, row.atObjective?.seconds].compactMap { $0 }
    }.filter { $0 > 0 }
    ticks = Ticks.logTimes(
      from: times.min() ?? 900, to: times.max() ?? 360_000, most: board == .wide ? 6 : 4)
    left = board == .wide ? 142 : isCompact ? 92 : 16
    right = board == .wide ? 556 : isCompact ? 240 : 322
  }

  private static func worstFirst(_ rows: [RangesChart.Row]) -> [RangesChart.Row] {
    func weight(_ row: RangesChart.Row) -> Double {
      guard let value = row.atObjective, let within = row.within, within > 0 else { return -1 }
      return Double(value.seconds) / Double(within)
    }
    return rows.enumerated().sorted {
      (weight($0.element), $1.offset) > (weight($1.element), $0.offset)
    }.map(\.element)
  }

  private var rowHeight: Double { isCompact ? 17 : board == .wide ? 50 : 74 }
  private let head = 56.0

  private func x(_ seconds: Int64) -> Double {
    guard let first = ticks.first, let last = ticks.last, last > first else { return left }
    let clamped = min(last, max(first, seconds))
    let share =
      Logarithm.of(Double(clamped) / Double(first)) / Logarithm.of(Double(last) / Double(first))
    return left + share * (right - left)
  }

  private func drawing() -> Drawing {
    let rest = more > 0 ? 18.0 : 0
    guard !rows.isEmpty else {
      var drawing = Drawing(width: board.width, height: 140)
      drawing.emptyFrame("No data: no tier has a target.")
      return drawing
    }
    let foot = head + rowHeight * Double(rows.count)
    var drawing = Drawing(width: board.width, height: foot + 34 + rest)
    drawSample(in: &drawing)
    for tick in ticks {
      drawing.line("rule", x(tick), head - 10, x(tick), foot)
      drawing.text(PageText.duration(tick), x: x(tick), y: foot + 18, anchor: .middle)
    }
    drawing.line("axis", left, foot, right, foot)
    for (index, row) in rows.enumerated() {
      let top = head + rowHeight * Double(index)
      if index > 0, !isCompact { drawing.line("rule", 0, top, board.width, top) }
      draw(row, top: top, in: &drawing)
    }
    if more > 0 {
      drawing.text("\(more) more tiers in the table, worst first here", x: 0, y: foot + 46)
    }
    return drawing
  }

  private func drawSample(in drawing: inout Drawing) {
    let isWide = board == .wide
    let places: [Double] = isWide ? [178, 242, 292, 332, 380] : [72, 118, 160, 198, 240]
    drawing.text(isWide ? "How to read" : "Reading", x: 0, y: 30)
    for (name, place) in zip(["half", "75\u{A0}%", "90\u{A0}%", "95\u{A0}%", "99\u{A0}%"], places) {
      drawing.text(name, x: place, y: 12, anchor: .middle)
    }
    bars(places, style: "", y: 26, in: &drawing)
    drawing.dot("ring", x: places[3], y: 26, radius: 4.2)
    drawing.line("limit", places[4] + 22, 17, places[4] + 22, 35)
    drawing.text(isWide ? "allowed; beyond it, late" : "allowed", x: places[4] + 29, y: 30)
  }

  /// The four steps between five places, each thinner and paler than the one before.
  private func bars(_ places: [Double], style: String, y: Double, in drawing: inout Drawing) {
    let steps = [
      ("p75", isCompact ? 9.0 : 15.0), ("p90", isCompact ? 6 : 10), ("p95", isCompact ? 4 : 6),
    ]
    for (index, step) in steps.enumerated() where places[index + 1] > places[index] {
      drawing.bar(
        step.0 + style, x: places[index], y: y - step.1 / 2,
        width: places[index + 1] - places[index],
        height: step.1)
    }
    if places[4] > places[3] {
      drawing.line("p99" + style, places[3], y, places[4], y)
      drawing.line("p99" + style, places[4], y - 4, places[4], y + 4)
    }
  }

  private func draw(_ row: RangesChart.Row, top: Double, in drawing: inout Drawing) {
    let isWide = board == .wide
    let middle = isCompact ? top + 9 : isWide ? top + 27 : top + 48
    let reading = self.reading(of: row)
    name(row, top: top, reading: reading, in: &drawing)
    if row.decided > 0 {
      drawBars(row, middle: middle, in: &drawing)
    } else {
      let words = board == .narrow && isCompact ? "" : "no data"
      drawing.text(words, x: left + (right - left) * 0.3, y: middle + 4)
    }
    guard let within = row.within else { return }
    let mark = x(within)
    let reach = isCompact ? 6.0 : 17.0
    drawing.line(
      "limit", mark, middle - reach, mark, middle + reach,
      tip: "\(row.tier): within \(row.withinText)")
    if !isCompact {
      let text = PageText.duration(within)
      let isInside = mark + 5 + TextWidth.estimate(text, isBold: true) <= right + 8
      drawing.text(
        text, x: isInside ? mark + 5 : mark - 5, y: middle - 8, anchor: isInside ? .start : .end,
        style: "t b")
    }
    drawRing(row, middle: middle, in: &drawing)
  }

  private func drawBars(_ row: RangesChart.Row, middle: Double, in drawing: inout Drawing) {
    guard row.decided > 1, row.percentiles.count == 5 else { return }
    var reached = left
    let places = row.percentiles.map { value in
      reached = max(reached, x(value.seconds))
      return reached
    }
    let cut = row.within.map(x) ?? right + 1
    bars(places.map { min($0, cut) }, style: "", y: middle, in: &drawing)
    bars(places.map { max($0, cut) }, style: " past", y: middle, in: &drawing)
    if let last = row.percentiles.last, case .over = last {
      let tip = min(board.width - 12, places[4] + 6)
      drawing.path(
        "arrow", through: [(tip - 1, middle - 5), (tip + 5, middle), (tip - 1, middle + 5)])
    }
  }

  private func drawRing(_ row: RangesChart.Row, middle: Double, in drawing: inout Drawing) {
    guard row.decided > 0,
      let value = row.atObjective ?? (row.decided == 1 ? row.percentiles.first : nil)
    else { return }
    drawing.dot(
      isLate(row) ? "ring late" : "ring", x: x(value.seconds), y: middle,
      radius: isCompact ? 3 : 4.2,
      tip: "\(row.tier): \(row.objectiveText) \(Self.words(value)), \(row.decided) decided")
  }

  private func isLate(_ row: RangesChart.Row) -> Bool {
    guard let value = row.atObjective, let within = row.within else { return false }
    if case .over = value { return true }
    return value.seconds > within
  }

  private static func words(_ value: RangesChart.Value) -> String {
    switch value {
    case .at(let seconds): PageText.duration(seconds)
    case .over(let seconds): "over " + PageText.duration(seconds)
    }
  }

  /// What stands at the right of a row: the finding, and what it means for the promise.
  private func reading(of row: RangesChart.Row) -> (first: [String], second: String) {
    guard row.decided > 0 else { return (["no data"], "") }
    guard let value = row.atObjective ?? row.percentiles.first else { return ([], "") }
    let words = Self.words(value)
    if row.decided == 1 { return (["one: " + words, words], "too few for a bar") }
    var second = ""
    if case .over = value {
      second = "misses still open"
    } else if let within = row.within {
      let left = within - value.seconds
      second =
        left >= 0 ? PageText.duration(left) + " to spare" : PageText.duration(-left) + " too long"
    }
    let link = value == .at(seconds: value.seconds) ? " in " : ": "
    return ([row.objectiveText + link + words, words], second)
  }

  private func name(
    _ row: RangesChart.Row, top: Double, reading: (first: [String], second: String),
    in drawing: inout Drawing
  ) {
    let style = isLate(row) ? "t b late" : row.decided > 0 ? "t b" : "t"
    let decided = "\(PageText.count(row.decided)) decided"
    let column = board == .wide ? 132.0 : isCompact ? 96 : 190
    let first = reading.first.first { TextWidth.estimate($0, isBold: true) <= column } ?? ""
    if isCompact {
      drawing.text(TextWidth.fitted(row.tier, into: left - 8), x: 0, y: top + 13, tip: row.tier)
      let short = reading.first.last { TextWidth.estimate($0, isBold: true) <= column } ?? ""
      drawing.text(short, x: board.width, y: top + 13, anchor: .end, style: style)
    } else if board == .wide {
      drawing.text(
        TextWidth.fitted(row.tier, into: 128, isBold: true), x: 0, y: top + 23, style: "t b",
        tip: row.tier)
      drawing.text(decided, x: 0, y: top + 39)
      drawing.text(first, x: 574, y: top + 23, style: style)
      drawing.text(TextWidth.fitted(reading.second, into: 130), x: 574, y: top + 39)
    } else {
      let room = board.width - TextWidth.estimate(first, isBold: true) - 12
      let name = TextWidth.fitted(row.tier, into: room, isBold: true)
      drawing.text(name, x: 0, y: top + 17, style: "t b", tip: row.tier)
      let after = TextWidth.estimate(name, isBold: true) + 4
      if after + TextWidth.estimate(decided) < room { drawing.text(decided, x: after, y: top + 17) }
      drawing.text(first, x: board.width, y: top + 17, anchor: .end, style: style)
    }
  }
}
