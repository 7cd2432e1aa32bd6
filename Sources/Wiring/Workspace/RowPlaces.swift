internal import GRDB
package import ServiceTime
internal import Synchronization

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

  /// Where a row of a piece begins, counted from the piece's first line, and where it was exported.
  struct Stored: Sendable {
    let start: Int
    let number: Int64
    let line: Int64
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
final class PlaceKeeper: Sendable {
  private struct State {
    var places: RowPlaces
    /// Of pieces of which it is not known yet at which line they begin.
    var waiting: [Int: [RowPlaces.Stored]] = [:]
  }

  private let state: Mutex<State>

  init(_ places: RowPlaces) {
    state = Mutex(State(places: places))
  }

  var places: RowPlaces { state.withLock { $0.places } }

  func startOver() {
    state.withLock { state in
      state.places.startOver()
      state.waiting = [:]
    }
  }

  func keep(_ places: [RowPlaces.Stored], of piece: Int) {
    state.withLock { $0.waiting[piece] = places }
  }

  func begin(_ piece: Int, atLine line: Int) {
    state.withLock { state in
      for place in state.waiting.removeValue(forKey: piece) ?? [] {
        state.places.add(line: line + place.start - 1, from: place.number, line: place.line)
      }
    }
  }
}
