/// The rows of each ticket, in reading order.
struct RowGroups: Sendable {
  /// First place of each ticket, and one entry more for the end.
  private let starts: [UInt32]
  /// The row at each place; `nil` if the rows of tickets follow one another as they were read.
  private let rows: [UInt32]?

  /// - Parameter tickets: The ticket of each row; every ticket in `0..<count` has one.
  /// - Complexity: O(rows); two passes, and none to place rows that are in groups already.
  init(_ tickets: [UInt32], count: Int) {
    var starts = [UInt32](repeating: 0, count: count + 1)
    var isGrouped = true
    var last: UInt32 = 0
    for ticket in tickets {
      starts[Int(ticket) + 1] += 1
      isGrouped = isGrouped && ticket >= last
      last = ticket
    }
    for ticket in 0..<count { starts[ticket + 1] += starts[ticket] }
    self.starts = starts
    guard !isGrouped else {
      rows = nil
      return
    }
    var rows = [UInt32](repeating: 0, count: tickets.count)
    for (row, ticket) in tickets.enumerated() {
      rows[Int(starts[Int(ticket)])] = UInt32(row)
      starts[Int(ticket)] += 1
    }
    self.rows = rows
  }

  /// Puts the rows of a ticket in place of what `list` holds.
  @inline(__always)
  func fill(_ list: inout [UInt32], ticket: Int) {
    list.removeAll(keepingCapacity: true)
    let places = Int(starts[ticket])..<Int(starts[ticket + 1])
    if let rows {
      for place in places { list.append(rows[place]) }
    } else {
      for place in places { list.append(UInt32(place)) }
    }
  }

  func rowCount(of tickets: Range<Int>) -> Int {
    Int(starts[tickets.upperBound] - starts[tickets.lowerBound])
  }

  /// Cuts the tickets into ranges of about as many rows each.
  func ranges(_ count: Int) -> [Range<Int>] {
    let tickets = starts.count - 1
    let rows = Int(starts[tickets])
    var ranges: [Range<Int>] = []
    var first = 0
    for part in 1...count {
      let edge = UInt32(rows * part / count)
      var next = part == count ? tickets : first
      while next < tickets, starts[next] < edge { next += 1 }
      ranges.append(first..<next)
      first = next
    }
    return ranges
  }
}
