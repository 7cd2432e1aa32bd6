/// The plain promises of one group and segment.
struct PlainPromises {
  var met = 0
  var missed = 0
  var unjudged = 0
  /// Elapsed seconds of those met and missed, and of the others, in no order.
  var judgedElapsed: [UInt32] = []
  var unjudgedElapsed: [UInt32] = []
}

/// What plain promises left in another run, whose groups and segments have other numbers.
struct PlainPart: Sendable {
  let figures: SegmentFigures
  /// For each of its groups, the number here.
  let groups: [Int]
  /// For each of its segments, the number here; `nil` of one that holds nothing.
  let segments: [Int?]
}

/// What plain promises left in a run and in those that were added to it.
struct AllPlainPromises: Sendable {
  private let own: SegmentFigures
  private let parts: [PlainPart]
  /// For each part and group here, the number there; -1 if it has none.
  private let groups: [[Int]]
  /// For each part and segment here, the number there.
  private let segmentsOfParts: [[Int?]]

  init?(_ run: AgreementRun) {
    guard let own = run.plain else { return nil }
    self.own = own
    parts = run.plainParts
    groups = parts.map { part in
      var groups = Array(repeating: -1, count: run.groups.count)
      for (there, here) in part.groups.enumerated() { groups[here] = there }
      return groups
    }
    segmentsOfParts = parts.map { part in
      own.segments.months.indices.map { part.segments.firstIndex(of: $0) }
    }
  }

  var segments: Segments { own.segments }

  func promises(group: Int, segment: Int, withElapsed: Bool) -> PlainPromises {
    var promises = PlainPromises()
    own.add(group: group, segment: segment, to: &promises)
    if withElapsed { own.addElapsed(group: group, segment: segment, to: &promises) }
    for (index, part) in parts.enumerated() where groups[index][group] >= 0 {
      guard let there = segmentsOfParts[index][segment] else { continue }
      let group = groups[index][group]
      part.figures.add(group: group, segment: there, to: &promises)
      if withElapsed { part.figures.addElapsed(group: group, segment: there, to: &promises) }
    }
    return promises
  }
}
