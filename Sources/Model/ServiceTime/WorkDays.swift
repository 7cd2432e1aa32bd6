/// The openings of a calendar by UTC day, for look-ups in a loop of another module.
///
/// The open seconds before an instant are those before its day, and of each opening of the day
/// what has passed: `min(max(second - part >> lengthBits, 0), part & lengthMask)`.
package struct WorkDays: Sendable {
  /// A part holds its start in the upper bits and its length, at most a day, in the lower ones.
  @inlinable
  package static var lengthBits: Int64 { 20 }
  @inlinable
  package static var lengthMask: Int64 { (1 << lengthBits) - 1 }

  /// Days since 1970; all calendars that cover the same stretch begin with the same.
  package let firstDay: Int
  package let dayCount: Int
  /// Openings in each row; days with fewer have some of no length.
  package let partsPerDay: Int
  /// For each day the open seconds before it, then its parts.
  package let rows: [Int64]
}

extension WorkDays {
  /// Open seconds since the calendar began.
  ///
  /// - Parameter day: From 0, the UTC day on which the calendar begins.
  package func work(beforeDay day: Int) -> Int64 { rows[day * (partsPerDay + 1)] }

  /// The openings of a day, ascending, each by its first second of the day and its length.
  package func openings(ofDay day: Int) -> [(start: Int64, seconds: Int64)] {
    let row = day * (partsPerDay + 1) + 1
    return rows[row..<row + partsPerDay].compactMap { part in
      let seconds = part & Self.lengthMask
      return seconds > 0 ? (part >> Self.lengthBits, seconds) : nil
    }
  }
}

extension WorkCalendar {
  /// - Complexity: O(1)
  package var days: WorkDays {
    WorkDays(
      firstDay: index.firstDay, dayCount: index.dayCount, partsPerDay: index.partsPerDay,
      rows: index.rows)
  }
}
