/// A stretch of time that includes `start` and excludes `end`, and is never empty.
///
/// Every interval in this package is half-open, so that two intervals that touch share no second
/// and can be added without counting one twice.
package struct ClockInterval: Hashable, Sendable {
  package let start: Instant
  package let end: Instant

  /// Creates an interval, or returns `nil` if it would hold no time.
  @inlinable
  package init?(from start: Instant, to end: Instant) {
    guard start < end else { return nil }
    self.start = start
    self.end = end
  }

  /// Creates an interval of a length that is known to be positive.
  init(from start: Instant, lasting seconds: Int64) {
    precondition(seconds > 0, "an interval holds at least one second")
    self.start = start
    end = start.advanced(by: seconds)
  }

  /// The wall-clock length.
  @inlinable
  package var seconds: Int64 { end - start }

  @inlinable
  package func contains(_ instant: Instant) -> Bool {
    start <= instant && instant < end
  }

  /// The time that both intervals hold, or `nil` if they share no second.
  @inlinable
  package func intersection(_ other: ClockInterval) -> ClockInterval? {
    ClockInterval(from: max(start, other.start), to: min(end, other.end))
  }

  /// The time that at least one of `intervals` holds, as ascending intervals that neither overlap
  /// nor touch.
  ///
  /// - Complexity: O(*n*) if `intervals` ascend by their start, else O(*n* log *n*).
  package static func merged(_ intervals: [ClockInterval]) -> [ClockInterval] {
    let ascends = zip(intervals, intervals.dropFirst()).allSatisfy { $0.start <= $1.start }
    let ordered = ascends ? intervals : intervals.sorted { $0.start < $1.start }
    var merged: [ClockInterval] = []
    merged.reserveCapacity(ordered.count)
    for interval in ordered {
      guard let last = merged.last, interval.start <= last.end else {
        merged.append(interval)
        continue
      }
      if let joined = ClockInterval(from: last.start, to: max(last.end, interval.end)) {
        merged[merged.count - 1] = joined
      }
    }
    return merged
  }
}
