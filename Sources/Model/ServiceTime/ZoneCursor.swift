/// A reader of one zone that remembers where it was.
///
/// In a column of times that are close to each other, all but a few look-ups are two comparisons.
package struct ZoneCursor: Sendable {
  package let rules: ZoneRules
  /// Instants from `start` to before `end` have `offset`.
  private var start = Int64.max
  private var end = Int64.min
  /// Local times from `localStart` to before `localEnd` occur once, at `offset`.
  private var localStart = Int64.max
  private var localEnd = Int64.min
  private var currentOffset: Int64 = 0

  package init(_ rules: ZoneRules) {
    self.rules = rules
  }

  /// Seconds to add to UTC to get local time; positive east of Greenwich.
  package mutating func offset(at instant: Instant) -> Int {
    if instant.seconds < start || instant.seconds >= end {
      remember(segment: rules.table.segment(at: instant.seconds))
    }
    return Int(currentOffset)
  }

  /// What a wall clock shows, as seconds since 1970-01-01 00:00 on the same clock.
  package mutating func localSeconds(of instant: Instant) -> Int64 {
    instant.seconds + Int64(offset(at: instant))
  }

  /// The instants at which a wall clock shows a local time; see ``ZoneRules/instants(ofLocal:)``.
  package mutating func instants(
    ofLocal localSeconds: Int64
  ) -> (first: Instant, second: Instant, placement: ZoneRules.Placement) {
    if localSeconds >= localStart, localSeconds < localEnd {
      let instant = Instant(seconds: localSeconds - currentOffset)
      return (instant, instant, .unique)
    }
    let found = rules.table.instants(ofLocal: localSeconds)
    remember(segment: rules.table.segment(at: found.first.seconds))
    return found
  }

  private mutating func remember(segment: Int) {
    let table = rules.table
    start = table.starts[segment]
    end = segment + 1 < table.starts.count ? table.starts[segment + 1] : Int64.max
    currentOffset = Int64(table.offsets[segment])
    // A local time this far from both changes can be in no other segment.
    localStart = start == Int64.min ? start : start + table.largestOffset
    localEnd = end == Int64.max ? end : end + table.smallestOffset
  }
}
