import ServiceTime

/// What one cell of a row is, once the mapping has read it.
package struct MappedColumn: Hashable, Sendable {
  package enum Role: String, CaseIterable, Sendable {
    case instant, field, order, paused, reported, suspensions
    /// Of an event or something delivered.
    case at
    case changed, from, to
    case start, end
    case amount
  }

  package let role: Role
  /// Of an instant or a field; of a total pause, what it counts; of a verdict, whose clock.
  package let name: String

  package init(_ role: Role, _ name: String = "") {
    self.role = role
    self.name = name
  }
}

/// Which cells the rows of one source have.
package struct MappedLayout: Hashable, Sendable {
  package let shape: Mapping.RowShape
  /// Whether rows are known by an id; those of intervals and counts may not be.
  package let hasIDs: Bool
  package var columns: [MappedColumn]

  package init(shape: Mapping.RowShape, hasIDs: Bool, columns: [MappedColumn]) {
    self.shape = shape
    self.hasIDs = hasIDs
    self.columns = columns
  }
}

/// The row at hand, as the mapping reads it: cells are texts that ``MappedLayout/mapping(source:)``
/// reads back to the same values.
///
/// A class, and the same one for every row, so that no row needs memory of its own.
package final class MappedRow {
  /// Index of the input, in reading order.
  package internal(set) var file = 0
  package internal(set) var line = 0
  /// Counts the distinct ids of the import, from 0; of rows without ids, the rows.
  package internal(set) var number = 0
  /// Whether no row before had this id.
  package internal(set) var isNew = false
  package internal(set) var id: [UInt8] = []
  /// The instant that orders the rows of a ticket: `updated`, or that of the event; `nil` if the
  /// row tells none.
  package internal(set) var at: Int64?
  /// `nil` if the mapping names no order, or the cell is empty.
  package internal(set) var order: Int64?
  var cells = MappedCells()

  /// All cells, end to end.
  package var bytes: [UInt8] { cells.bytes }

  /// Where a cell is in ``bytes``; empty if it holds nothing.
  package func range(_ column: Int) -> Range<Int> {
    cells.range(column)
  }

  /// Calls `body` with the bytes of all cells and where each ends.
  package func withCells<Result>(
    _ body: (_ bytes: UnsafeRawBufferPointer, _ ends: UnsafeBufferPointer<Int>) throws -> Result
  ) rethrows -> Result {
    let cells = cells
    return try cells.bytes.withUnsafeBytes { bytes in
      try cells.ends.withUnsafeBufferPointer { try body(bytes, $0) }
    }
  }
}

/// The cells of a row as texts, end to end.
struct MappedCells {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  private var day = Int64.min
  private var date: [UInt8] = []

  func range(_ column: Int) -> Range<Int> {
    (column == 0 ? 0 : ends[column - 1])..<ends[column]
  }

  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
    ends.append(bytes.count)
  }

  /// Appends an instant in UTC.
  mutating func append(instant seconds: Int64) {
    appendLocal(seconds)
    bytes.append(UInt8(ascii: "Z"))
    ends.append(bytes.count)
  }

  /// Appends a time as a wall clock shows it.
  mutating func append(local seconds: Int64) {
    appendLocal(seconds)
    ends.append(bytes.count)
  }

  private mutating func appendLocal(_ seconds: Int64) {
    let today = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    if today != day {
      day = today
      date = Array(CivilDate(daysSince1970: Int(today)).iso.utf8)
    }
    bytes += date
    bytes.append(UInt8(ascii: "T"))
    let second = Int(seconds - today * 86_400)
    append(digits: second / 3_600)
    bytes.append(UInt8(ascii: ":"))
    append(digits: second / 60 % 60)
    bytes.append(UInt8(ascii: ":"))
    append(digits: second % 60)
  }

  private mutating func append(digits value: Int) {
    bytes.append(UInt8(ascii: "0") + UInt8(value / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
  }
}
