import ReportDocuments

/// The expected range, its mean, what changed, and the months that stand out.
extension TrendDrawing {
  /// Months that share limits without a gap or a change between them.
  private var stretches: [Range<Int>] {
    var stretches: [Range<Int>] = []
    for (index, point) in chart.points.enumerated() where point.range != nil {
      if let last = stretches.last, last.upperBound == index, point.change == nil {
        stretches[stretches.count - 1] = last.lowerBound..<index + 1
      } else {
        stretches.append(index..<index + 1)
      }
    }
    return stretches
  }

  /// A level of each month, stepped from one edge of it to the other.
  private func steps(
    _ months: Range<Int>, _ level: (TrendRange) -> Double
  ) -> [(x: Double, y: Double)] {
    months.flatMap { index -> [(x: Double, y: Double)] in
      guard let range = chart.points[index].range else { return [] }
      let height = y(level(range))
      return [(x(index) - slot / 2, height), (x(index) + slot / 2, height)]
    }
  }

  func drawRange(in drawing: inout Drawing) {
    for months in stretches {
      let (upper, lower) = (steps(months) { $0.upper }, steps(months) { $0.lower })
      drawing.path("band", through: upper + lower.reversed())
      drawing.path("band-edge", through: upper)
      drawing.path("band-edge", through: lower)
      drawing.path("mean", through: steps(months) { $0.mean })
    }
    for (index, point) in chart.points.enumerated() {
      guard let change = point.change else { continue }
      let place = x(index) - slot / 2
      drawing.line("change", place, top - 14, place, point.range.map { y($0.upper) } ?? bottom)
      let isLeft = place - left > 120
      let name = TextWidth.fitted(change, into: isLeft ? place - left - 6 : right - place - 6)
      drawing.text(name, x: place + (isLeft ? -6 : 6), y: top - 8, anchor: isLeft ? .end : .start)
    }
  }

  /// The mark of a month that is part of a signal: filled if worse, hollow if better.
  func drawSignal(
    _ signal: TrendSignal, at place: (x: Double, y: Double), tip: String,
    in drawing: inout Drawing
  ) {
    drawing.dot(
      signal.isWorse ? "signal worse" : "signal better", x: place.x, y: place.y,
      radius: slot < 9 ? 3.6 : 5.2, tip: tip + ", " + signal.name)
  }

  /// Names at most three signals, the last three, where there is room; all are in the table.
  ///
  /// The last month has its share in the margin, so that its name alone will do.
  func nameSignals(in drawing: inout Drawing) {
    let points = chart.points
    let marked = points.indices.filter { index in
      points[index].signal != nil
        && (index + 1 == points.count || points[index + 1].signal != points[index].signal)
    }
    for index in marked.suffix(3) {
      guard let signal = points[index].signal, let share = points[index].share else { continue }
      let short = "\(points[index].month): \(signal.name)"
      let full = "\(points[index].month) \(PageText.share(share)): \(signal.name)"
      let home = (x: x(index), y: y(share.percent))
      for words in index + 1 == points.count ? [short] : [full, short] {
        guard let place = place(for: words, near: home, isBelow: signal.isWorse, drawing) else {
          continue
        }
        drawing.text(
          words, x: place.left, y: place.y, style: signal.isWorse ? "t b late" : "t b measured-text"
        )
        break
      }
    }
  }

  /// The first place around a point where a text covers nothing.
  private func place(
    for words: String, near home: (x: Double, y: Double), isBelow: Bool,
    _ drawing: borrowing Drawing
  ) -> (left: Double, y: Double)? {
    let length = TextWidth.estimate(words, isBold: true)
    let rows: [Double] = isBelow ? [22, 5, 36, -12, -28] : [-12, 5, -28, 22, 36]
    let starts: [Double] = [
      home.x - length / 2, home.x - length + 8, home.x - 8, home.x - length - 12, home.x + 12,
    ]
    for row in rows {
      let height = home.y + row
      for start in starts
      where isInside(start, start + length, height)
        && isFree(start, start + length, height, drawing)
      {
        return (start, height)
      }
    }
    return nil
  }

  private func isInside(_ start: Double, _ end: Double, _ baseline: Double) -> Bool {
    start > left + 2 && end < right + 4 && baseline > top - 18 && baseline < bottom - 3
  }

  /// Whether a text would cover no point and no other text.
  private func isFree(
    _ start: Double, _ end: Double, _ baseline: Double, _ drawing: borrowing Drawing
  ) -> Bool {
    let points = chart.points.indices.compactMap { index in
      chart.points[index].share.map { (index: index, x: x(index), y: y($0.percent)) }
    }
    func covers(_ across: Double, _ height: Double) -> Bool {
      across > start - 8 && across < end + 8 && height > baseline - 17 && height < baseline + 9
    }
    // The line is looked at every few pixels.
    let coversLine = zip(points, points.dropFirst()).contains { from, to in
      from.index + 1 == to.index
        && (0...20).contains { step in
          let part = Double(step) / 20
          return covers(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)
        }
    }
    let coversPoint = coversLine || points.contains { covers($0.x, $0.y) }
    let meetsText = drawing.labels.contains { label in
      label.left < end + 6 && label.right > start - 6 && abs(label.baseline - baseline) < 16
    }
    return !coversPoint && !meetsText
  }

  /// What the range and its mean are called, at the right edge.
  var rangeLabels: [(text: String, y: Double, style: String)] {
    guard let range = chart.points.last(where: { $0.range != nil })?.range else { return [] }
    let tenths = Int((range.mean * 10).rounded())
    let mean = "mean \(tenths / 10).\(tenths % 10)" + PageText.space + "%"
    return [
      ("expected range", y((range.lower + range.mean) / 2), "t"), (mean, y(range.mean), "t"),
    ]
  }

  /// Labels at least 16 apart, between the top of the plot and its bottom, in their order.
  func pushedApart(
    _ labels: [(text: String, y: Double, style: String)]
  ) -> [(text: String, y: Double, style: String)] {
    var labels = labels.sorted { $0.y < $1.y }
    for index in labels.indices.dropFirst() {
      labels[index].y = max(labels[index].y, labels[index - 1].y + 16)
    }
    var limit = bottom - 8
    for index in labels.indices.reversed() {
      labels[index].y = min(labels[index].y, limit)
      limit = labels[index].y - 16
    }
    return labels
  }
}
