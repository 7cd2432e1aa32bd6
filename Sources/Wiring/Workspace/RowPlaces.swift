internal import GRDB
package import ServiceTime

/// Where the rows of a source were exported: for each row that was read, its file and line.
package struct RowPlaces: Sendable {
  package struct Place: Hashable, Sendable {
    /// Counts the imports of the source, from 0.
    package let number: Int
    package let file: String
    /// In the file, from 1.
    package let line: Int
    /// When the file was imported, by the machine's clock.
    package let imported: Instant?
  }

  private struct Import: Sendable {
    let number: Int64
    let file: String
    let at: String
  }

  /// Ascending.
  private let imports: [Import]
  /// The line of each row in what the importer reads, ascending.
  private var starts: [UInt32] = []
  private var numbers: [UInt32] = []
  private var lines: [UInt32] = []

  init(of source: Int64, upTo last: Int64, _ database: Database) throws {
    imports = try Row.fetchAll(
      database,
      sql: "SELECT import, file, at FROM imports WHERE source = ? AND import <= ? ORDER BY import",
      arguments: [source, last]
    ).map { Import(number: $0[0], file: $0[1], at: $0[2]) }
  }

  mutating func startOver() {
    starts.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
  }

  mutating func add(line start: Int, from number: Int64, line: Int64) {
    starts.append(UInt32(truncatingIfNeeded: start))
    numbers.append(UInt32(truncatingIfNeeded: number))
    lines.append(UInt32(truncatingIfNeeded: line))
  }

  /// Where the row was exported that the importer read at a line; `nil` if none began there.
  ///
  /// - Complexity: O(log *n*) in the number of rows.
  package func place(ofLine line: Int) -> Place? {
    guard let row = Self.index(of: UInt32(clamping: line), in: starts.count, { starts[$0] }),
      let number = Self.index(of: Int64(numbers[row]), in: imports.count, { imports[$0].number })
    else { return nil }
    return Place(
      number: number, file: imports[number].file, line: Int(lines[row]),
      imported: Instant(iso: imports[number].at))
  }

  private static func index<Value: Comparable>(
    of value: Value, in count: Int, _ values: (Int) -> Value
  ) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if values(middle) < value { low = middle + 1 } else { high = middle }
    }
    return low < count && values(low) == value ? low : nil
  }
}

/// Keeps the places of rows while they are read; to be asked when that is done.
final class PlaceKeeper {
  var places: RowPlaces

  init(_ places: RowPlaces) {
    self.places = places
  }
}
