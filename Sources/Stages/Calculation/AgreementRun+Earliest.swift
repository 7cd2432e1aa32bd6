import Tickets

/// Where the data of tables begin.
extension AgreementRun {
  /// Moments that are no happening of a ticket's life, and may lie anywhere.
  static let undatedMoments: Set<String> = ["due", "updated", GoneTickets.moment]

  /// The earliest instant of the tickets of a table.
  static func earliest(of table: TicketTable) -> Int64? {
    // What is missing or cannot be read comes last, and so needs no question.
    let first = MomentColumn.unreadable + 1
    var earliest = UInt64.max
    for moment in table.moments where !undatedMoments.contains(moment.name) {
      earliest = min(earliest, Self.smallest(moment.seconds, above: first))
    }
    let at = Int64(bitPattern: earliest) &+ first
    return at > MomentColumn.unreadable ? at : nil
  }

  /// The smallest distance of a value from `first`; those below it are the largest.
  private static func smallest(_ values: [Int64], above first: Int64) -> UInt64 {
    values.withUnsafeBufferPointer { values in
      // Four at a time, so that one comparison does not wait for the other.
      var found: (UInt64, UInt64, UInt64, UInt64) = (.max, .max, .max, .max)
      var index = 0
      while index &+ 3 < values.count {
        found.0 = min(found.0, UInt64(bitPattern: values[index] &- first))
        found.1 = min(found.1, UInt64(bitPattern: values[index &+ 1] &- first))
        found.2 = min(found.2, UInt64(bitPattern: values[index &+ 2] &- first))
        found.3 = min(found.3, UInt64(bitPattern: values[index &+ 3] &- first))
        index &+= 4
      }
      for value in values[index...] { found.0 = min(found.0, UInt64(bitPattern: value &- first)) }
      return min(min(found.0, found.1), min(found.2, found.3))
    }
  }
}
