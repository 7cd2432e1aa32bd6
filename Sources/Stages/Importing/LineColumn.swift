/// The line of every row, held as its distance from the number of the row.
///
/// Where every row is one line, that is the same for all rows of a file, which takes no memory.
struct LineColumn: Sendable {
  /// Of line and row, as the difference of two 32-bit numbers that wraps around.
  private(set) var distances = NumberColumn()

  mutating func append(_ line: UInt32) {
    distances.append(line &- UInt32(truncatingIfNeeded: distances.count))
  }

  mutating func append(contentsOf lines: [UInt32]) {
    guard let line = lines.first else { return }
    let first = UInt32(truncatingIfNeeded: distances.count)
    let isEven = lines.indices.allSatisfy {
      lines[$0] == line &+ UInt32(truncatingIfNeeded: $0)
    }
    guard !isEven else {
      distances.append(repeating: Int64(line &- first), count: lines.count)
      return
    }
    distances.append(
      contentsOf: lines.enumerated().map { $1 &- first &- UInt32(truncatingIfNeeded: $0) })
  }
}

/// The lines of a ``LineColumn``, without a check of bounds.
struct LineReader {
  let distances: NumberReader

  @inline(__always)
  subscript(row: Int) -> UInt32 { UInt32(truncatingIfNeeded: distances[row] &+ Int64(row)) }
}
