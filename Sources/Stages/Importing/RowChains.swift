/// The rows of each ticket: every row knows the one before it of the same ticket.
struct RowChains: Sendable {
  /// For each row, from 1 the row before it of the same ticket; 0 if it is the first.
  private(set) var previous: [UInt32] = []
  /// For each ticket, from 1 its last row.
  private(set) var last: [UInt32] = []

  var count: Int { previous.count }

  /// Adds the next row.
  ///
  /// - Parameter ticket: A known one, or the next number.
  @inline(__always)
  mutating func append(ticket: Int) {
    if ticket == last.count {
      last.makeRoom(for: 1)
      last.append(0)
    }
    previous.append(last[ticket])
    last[ticket] = UInt32(truncatingIfNeeded: previous.count)
  }

  /// Adds a row for each of some tickets, as ``append(ticket:)`` does.
  mutating func append(_ tickets: UnsafeBufferPointer<UInt32>) {
    guard let highest = tickets.max() else { return }
    let first = previous.count
    previous.makeRoom(for: tickets.count)
    previous.append(contentsOf: repeatElement(0, count: tickets.count))
    let new = max(Int(highest) + 1 - last.count, 0)
    last.makeRoom(for: new)
    last.append(contentsOf: repeatElement(0, count: new))
    previous.withUnsafeMutableBufferPointer { previous in
      last.withUnsafeMutableBufferPointer { last in
        for (index, ticket) in tickets.enumerated() {
          let row = first &+ index
          previous[row] = last[Int(ticket)]
          last[Int(ticket)] = UInt32(truncatingIfNeeded: row &+ 1)
        }
      }
    }
  }

  /// The rows, in reading order, of every ticket of which a row has some property.
  func rows(ofTicketsWith hasProperty: (Int) -> Bool) -> [[UInt32]] {
    withReader { reader in
      var rows: [UInt32] = []
      return last.indices.compactMap { ticket in
        reader.fill(&rows, ticket: ticket)
        return rows.contains { hasProperty(Int($0)) } ? rows : nil
      }
    }
  }

  /// Calls `body` with fast access to the rows.
  func withReader<Result>(_ body: (RowChainReader) -> Result) -> Result {
    previous.withUnsafeBufferPointer { previous in
      last.withUnsafeBufferPointer { body(RowChainReader(previous: previous, last: $0)) }
    }
  }
}

/// The rows of ``RowChains``, without a check of bounds.
struct RowChainReader {
  fileprivate let previous: UnsafeBufferPointer<UInt32>
  fileprivate let last: UnsafeBufferPointer<UInt32>

  /// Puts the rows of a ticket, in reading order, in place of what `list` holds.
  @inline(__always)
  func fill(_ list: inout [UInt32], ticket: Int) {
    list.removeAll(keepingCapacity: true)
    var next = last[ticket]
    while next != 0 {
      list.append(next &- 1)
      next = previous[Int(next &- 1)]
    }
    list.reverse()
  }
}
