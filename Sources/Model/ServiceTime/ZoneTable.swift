/// The transitions of a zone as a flat table.
final class ZoneTable: Hashable, Sendable {
  /// The first second of each segment, ascending; the first is the beginning of time.
  let starts: [Int64]
  /// Seconds east of UTC in each segment; neighbours differ.
  let offsets: [Int32]
  /// The segment at the start of each bucket of 2^22 seconds (49 days) from 1970 on.
  private let segmentOfBucket: [UInt16]
  let smallestOffset: Int64
  let largestOffset: Int64

  private static let bucketShift: Int64 = 22

  /// - Parameters:
  ///   - first: The offset before every change.
  ///   - changes: Ascending; of several at one instant the last holds.
  init(first: Int, changes: [(at: Int64, offset: Int)]) {
    var starts = [Int64.min]
    var offsets = [Int32(first)]
    for change in changes {
      if starts.count > 1, starts[starts.count - 1] == change.at {
        starts.removeLast()
        offsets.removeLast()
      }
      guard offsets[offsets.count - 1] != Int32(change.offset) else { continue }
      starts.append(change.at)
      offsets.append(Int32(change.offset))
    }
    let buckets = (Instant.latestAllowed.seconds >> ZoneTable.bucketShift) + 1
    var segment = 0
    segmentOfBucket = (0..<buckets).map { bucket in
      let start = bucket << ZoneTable.bucketShift
      while segment + 1 < starts.count, starts[segment + 1] <= start { segment += 1 }
      return UInt16(segment)
    }
    self.starts = starts
    self.offsets = offsets
    smallestOffset = Int64(offsets.min() ?? 0)
    largestOffset = Int64(offsets.max() ?? 0)
  }

  /// The segment that holds an instant.
  func segment(at seconds: Int64) -> Int {
    guard seconds >= 0 else { return segmentBefore1970(at: seconds) }
    let bucket = min(Int(seconds >> ZoneTable.bucketShift), segmentOfBucket.count - 1)
    var segment = Int(segmentOfBucket[bucket])
    while segment + 1 < starts.count, starts[segment + 1] <= seconds { segment += 1 }
    return segment
  }

  private func segmentBefore1970(at seconds: Int64) -> Int {
    (starts.firstIndex { $0 > seconds } ?? starts.count) - 1
  }

  /// The instants at which a wall clock shows a local time; see ``ZoneRules/instants(ofLocal:)``.
  func instants(
    ofLocal local: Int64
  ) -> (first: Instant, second: Instant, placement: ZoneRules.Placement) {
    let earliest = segment(at: local - largestOffset)
    let latest = segment(at: local - smallestOffset)
    if earliest == latest {
      let only = Instant(seconds: local - Int64(offsets[earliest]))
      return (only, only, .unique)
    }
    return instants(ofLocal: local, inSegments: earliest...latest)
  }

  private func instants(
    ofLocal local: Int64, inSegments segments: ClosedRange<Int>
  ) -> (first: Instant, second: Instant, placement: ZoneRules.Placement) {
    var found: (first: Instant, second: Instant)?
    var beforeGap = local - Int64(offsets[segments.lowerBound])
    for segment in segments {
      let seconds = local - Int64(offsets[segment])
      let ends = segment + 1 < starts.count ? starts[segment + 1] : Int64.max
      if seconds >= starts[segment], seconds < ends {
        let instant = Instant(seconds: seconds)
        found = (found?.first ?? instant, instant)
      } else if seconds >= ends {
        // The last segment that this time comes too late for is the one before the gap.
        beforeGap = seconds
      }
    }
    guard let found else {
      let moved = Instant(seconds: beforeGap)
      return (moved, moved, .gap)
    }
    return (found.first, found.second, found.first == found.second ? .unique : .fold)
  }

  static func == (left: ZoneTable, right: ZoneTable) -> Bool {
    left === right || (left.starts == right.starts && left.offsets == right.offsets)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(starts.count)
    hasher.combine(offsets)
  }
}
