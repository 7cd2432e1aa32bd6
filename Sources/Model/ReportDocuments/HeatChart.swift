/// Hours of the week, and how many of a kind fell into each, such as promises that broke.
package struct HeatChart: Hashable, Sendable {
  /// Those shown; 0 is Monday.
  package var days: Range<Int>
  /// Those shown, of 0 to 23.
  package var hours: Range<Int>
  /// Seven days from Monday, each with 24 hours.
  package var counts: [[Int]]
  /// What is said instead of a drawing if there is nothing to count.
  package var emptyText: String

  package init(days: Range<Int>, hours: Range<Int>, counts: [[Int]], emptyText: String) {
    self.days = days
    self.hours = hours
    self.counts = counts
    self.emptyText = emptyText
  }

  package func count(_ day: Int, _ hour: Int) -> Int {
    counts.indices.contains(day) && counts[day].indices.contains(hour) ? counts[day][hour] : 0
  }
}

/// How much of their time open promises have used, a row for each target.
package struct AgeingChart: Hashable, Sendable {
  package struct Dot: Hashable, Sendable {
    package var ticket: String
    /// Counted seconds; `within` is above 0.
    package var elapsed: Int64
    package var within: Int64
    package var isLate: Bool
    /// Whether it is called by its name where there is room.
    package var isNamed: Bool

    package init(
      ticket: String, elapsed: Int64, within: Int64, isLate: Bool, isNamed: Bool = false
    ) {
      self.ticket = ticket
      self.elapsed = elapsed
      self.within = within
      self.isLate = isLate
      self.isNamed = isNamed
    }

    /// Per cent of the time allowed, for drawing only.
    package var percent: Double { 100 * Double(elapsed) / Double(max(1, within)) }

    /// Whole per cent that have passed, such as `156 %`.
    package var percentText: String {
      let (high, low) = max(0, elapsed).multipliedFullWidth(by: 100)
      let limit = max(1, within)
      guard high < limit else { return "over 999\u{A0}%" }
      return "\(limit.dividingFullWidth((high, low)).quotient)\u{A0}%"
    }
  }

  package struct Row: Hashable, Sendable {
    package var name: String
    package var within: String
    /// The one with the largest share first.
    package var dots: [Dot]

    package init(name: String, within: String, dots: [Dot]) {
      self.name = name
      self.within = within
      self.dots = dots
    }
  }

  /// The lower edges of the classes of a crowded row, in per cent; half-open, the last without end.
  package static let classes = [0, 25, 50, 75, 100, 200]

  package var rows: [Row]

  package init(rows: [Row]) {
    self.rows = rows
  }
}

extension AgeingChart.Dot {
  /// The class of `AgeingChart.classes` that it is in, by whole seconds.
  ///
  /// One that is late is past 100 %, one at exactly its limit is still in time.
  package var ageClass: Int {
    let whole = Int128(max(1, within))
    let used = Int128(max(0, elapsed)) * 100
    let edges = AgeingChart.classes
    if !isLate { return min(3, (edges.lastIndex { Int128($0) * whole <= used }) ?? 0) }
    return used >= 200 * whole ? 5 : 4
  }
}
