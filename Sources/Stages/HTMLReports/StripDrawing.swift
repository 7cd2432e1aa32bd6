import ReportDocuments

/// Draws the stretches of one promise on a line of wall time.
struct StripDrawing {
  private let trace: Trace
  private let width: Double
  private let start: Int64
  private let end: Int64

  /// Returns nothing if the trace has no time to show.
  static func draw(_ trace: Trace, on board: Board) -> Drawing? {
    guard let first = trace.stretches.first, let last = trace.stretches.last else { return nil }
    guard last.to.seconds > first.from.seconds else { return nil }
    let strip = StripDrawing(
      trace: trace, width: board == .wide ? 880 : 311, start: first.from.seconds,
      end: last.to.seconds)
    return strip.drawing(first: first, last: last)
  }

  private func x(_ seconds: Int64) -> Double {
    let share = Double(seconds - start) / Double(end - start)
    return 1 + min(1, max(0, share)) * (width - 2)
  }

  private func drawing(first: Trace.Stretch, last: Trace.Stretch) -> Drawing {
    var drawing = Drawing(width: width, height: 70)
    drawing.bar("closed", x: 1, y: 22, width: width - 2, height: 18)
    for stretch in trace.stretches where stretch.to.seconds > stretch.from.seconds {
      draw(stretch, in: &drawing)
    }
    drawDays(from: first.from, to: last.to, in: &drawing)
    drawEnds(in: &drawing)
    return drawing
  }

  private func draw(_ stretch: Trace.Stretch, in drawing: inout Drawing) {
    guard stretch.kind == .counted || stretch.kind == .paused else { return }
    let lost = trace.lost?.seconds ?? Int64.max
    let isLate = stretch.kind == .counted && stretch.from.seconds >= lost
    let tip =
      "\(stretch.state): \(PageText.exactMoment(stretch.from)) to \(PageText.exactMoment(stretch.to))"
    let left = x(stretch.from.seconds)
    drawing.bar(
      stretch.kind == .paused ? "paused" : isLate ? "past" : "bar", x: left, y: 22,
      width: max(1, x(stretch.to.seconds) - left), height: 18, tip: tip)
    if stretch.kind == .counted, stretch.from.seconds < lost, stretch.to.seconds > lost {
      drawing.bar(
        "past", x: x(lost), y: 22, width: max(1, x(stretch.to.seconds) - x(lost)), height: 18,
        tip: tip)
    }
  }

  /// A tick at each local midnight, named where there is room.
  private func drawDays(from: LocalMoment, to: LocalMoment, in drawing: inout Drawing) {
    let firstDay = PageText.floorDivision(from.localSeconds, 86_400) + 1
    let lastDay = PageText.floorDivision(to.localSeconds, 86_400)
    guard lastDay >= firstDay else { return }
    let days = Double(lastDay - firstDay + 1)
    let every = max(1, Int64((days * 62 / width).rounded(.up)))
    var free = 0.0
    for day in stride(from: firstDay, through: lastDay, by: Int64.Stride(every)) {
      let place = x(from.seconds + day * 86_400 - from.localSeconds)
      drawing.line("rule", place, 40, place, 48)
      let date = PageText.civil(day)
      let name = "\(PageText.weekday(day)) \(date.day)"
      guard place >= free, place + TextWidth.estimate(name) <= width else { continue }
      drawing.text(name, x: place + 2, y: 60, style: "t on-surface")
      free = place + TextWidth.estimate(name) + 8
    }
  }

  private func drawEnds(in drawing: inout Drawing) {
    var taken: (left: Double, right: Double) = (width, 0)
    if let lost = trace.lost, lost.seconds >= start, lost.seconds <= end {
      let place = x(lost.seconds)
      drawing.line("limit", place, 8, place, 44)
      let words = width > 400 ? "lost " + PageText.moment(lost) : "lost"
      let length = TextWidth.estimate(words, isBold: true)
      let isRight = place + 5 + length <= width
      drawing.text(
        words, x: isRight ? place + 5 : place - 5, y: 15, anchor: isRight ? .start : .end,
        style: "t b on-surface")
      taken = isRight ? (place, place + 5 + length) : (place - 5 - length, place)
    }
    if TextWidth.estimate("start") + 8 < taken.left {
      drawing.text("start", x: 1, y: 15, style: "t on-surface")
    }
    if width - TextWidth.estimate("end") - 8 > taken.right {
      drawing.text("end", x: width - 1, y: 15, anchor: .end, style: "t on-surface")
    }
  }
}
