/// The local days of a zone from 1970 to 2100, each with its offset where one holds all day.
///
/// Laid out once so that a column of local times becomes instants by one look-up a time: all days
/// but those about a change of the clocks have one offset, and every time of them occurs once.
package struct LocalDays: Sendable {
  /// Seconds east of UTC by days since 1970-01-01, or ``varies``.
  package let offsets: [Int32]

  /// Stands for a day that has no single offset, or on which a time may leave the time line.
  package static let varies = Int32.min

  /// - Complexity: O(days), some 50,000.
  package init(_ rules: ZoneRules) {
    let table = rules.table
    let lastDay = CivilDate.day(ofLocal: Instant.latestAllowed.seconds)
    var offsets = [Int32](repeating: Self.varies, count: lastDay + 1)
    for segment in table.starts.indices {
      let isLast = segment + 1 == table.starts.count
      // A local time this far from both changes can be in no other segment.
      let start = segment == 0 ? 0 : table.starts[segment] + table.largestOffset
      let end =
        isLast ? Instant.latestAllowed.seconds : table.starts[segment + 1] + table.smallestOffset
      // The first and last days stay out, since their times may lie outside the time line.
      let first = max(1, CivilDate.day(ofLocal: start + 86_399))
      let past = min(lastDay, CivilDate.day(ofLocal: end))
      for day in first..<max(first, past) { offsets[day] = table.offsets[segment] }
    }
    self.offsets = offsets
  }
}
