import Results
import ServiceTime

/// An outage as it was exported.
struct Outage {
  let name: String
  let start: Int64
  /// `nil` while it lasts.
  let end: Int64?
  /// The share of the service that it takes away, in millionths; above 0.
  let weight: Int64
  let isPlanned: Bool
}

/// The time that outages take from the agreed service time.
///
/// Outages that overlap or touch are one failure, and where they overlap the largest weight
/// counts. See docs/DECISIONS.md, "Availability".
struct Downtime {
  /// A stretch of agreed time that is down, with one weight.
  struct Piece {
    let start: Int64
    let end: Int64
    let weight: Int64
    /// Whether every outage here was planned.
    let isPlanned: Bool
    /// Index into `merged`.
    let failure: Int

    var seconds: Int64 { end - start }
  }

  /// Outages that overlap or touch.
  struct Merged {
    var start: Int64
    /// The horizon where it lasts beyond.
    var end: Int64
    var isOpen: Bool
    var names: [String]
  }

  /// Ascending and disjoint.
  private(set) var pieces: [Piece] = []
  private(set) var merged: [Merged] = []
  /// All down time, agreed or not, ascending and disjoint.
  private var down: [Piece] = []

  /// - Parameters:
  ///   - agreed: Ascending and disjoint.
  ///   - horizon: Where outages are cut.
  init(_ outages: [Outage], agreed: [ClockInterval], horizon: Int64) {
    sweep(outages, horizon: horizon)
    pieces = Self.cut(down, to: agreed)
  }

  /// The seconds that are down in some intervals, ascending and disjoint.
  func seconds(in intervals: [ClockInterval]) -> Int64 {
    Self.cut(down, to: intervals).reduce(0) { $0 + $1.seconds }
  }

  private mutating func sweep(_ outages: [Outage], horizon: Int64) {
    let ordered = outages.filter { min($0.end ?? horizon, horizon) > $0.start }
      .enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
      .map(\.element)
    func end(_ outage: Outage) -> Int64 { min(outage.end ?? horizon, horizon) }
    for outage in ordered {
      let isOpen = outage.end.map { $0 > horizon } ?? true
      if let last = merged.indices.last, outage.start <= merged[last].end {
        merged[last].end = max(merged[last].end, end(outage))
        merged[last].isOpen = merged[last].isOpen || isOpen
        if !merged[last].names.contains(outage.name) { merged[last].names.append(outage.name) }
      } else {
        merged.append(
          Merged(start: outage.start, end: end(outage), isOpen: isOpen, names: [outage.name]))
      }
    }
    let edges = Set(ordered.flatMap { [$0.start, end($0)] }).sorted()
    var (next, failure) = (0, 0)
    var active: [Outage] = []
    for (from, to) in zip(edges, edges.dropFirst()) {
      active.removeAll { end($0) <= from }
      while next < ordered.count, ordered[next].start <= from {
        active.append(ordered[next])
        next += 1
      }
      guard let weight = active.map(\.weight).max() else { continue }
      while merged[failure].end <= from { failure += 1 }
      down.append(
        Piece(
          start: from, end: to, weight: weight, isPlanned: active.allSatisfy(\.isPlanned),
          failure: failure))
    }
  }

  private static func cut(_ pieces: [Piece], to intervals: [ClockInterval]) -> [Piece] {
    var cut: [Piece] = []
    var first = 0
    for piece in pieces {
      while first < intervals.count, intervals[first].end.seconds <= piece.start { first += 1 }
      for interval in intervals[first...].prefix(while: { $0.start.seconds < piece.end }) {
        let start = max(piece.start, interval.start.seconds)
        let end = min(piece.end, interval.end.seconds)
        cut.append(
          Piece(
            start: start, end: end, weight: piece.weight, isPlanned: piece.isPlanned,
            failure: piece.failure))
      }
    }
    return cut
  }
}

extension Downtime {
  /// Adds the downtime of a stretch: what is in it, and the failures of which the first second that
  /// counts is in it.
  func add(to figures: inout AvailabilityFigures, in stretch: Range<Int64>) {
    var lengths: [Int: Int64] = [:]
    var begun: Set<Int> = []
    var seen: Set<Int> = []
    for piece in pieces {
      if seen.insert(piece.failure).inserted, stretch.contains(piece.start) {
        begun.insert(piece.failure)
      }
      let seconds = min(piece.end, stretch.upperBound) - max(piece.start, stretch.lowerBound)
      guard seconds > 0 else { continue }
      figures.downSeconds += seconds
      if piece.isPlanned { figures.plannedDownSeconds += seconds }
      figures.weightedDownMicroseconds += seconds * piece.weight
      lengths[piece.failure, default: 0] += seconds
    }
    figures.failures = begun.count
    figures.restoreSeconds = begun.reduce(0) { $0 + (lengths[$1] ?? 0) }
    figures.longestSeconds = lengths.values.max() ?? 0
  }
}
