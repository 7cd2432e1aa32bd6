import Tickets

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

/// How the cells of a row become one text: a JSON object that leaves out empty cells.
package struct MappedRowForm: Sendable {
  package struct Cell: Sendable {
    /// Index of the column in ``MappedLayout/columns``.
    package let column: Int
    package let key: String
    /// Whether the value is a number in JSON, too.
    package let isNumber: Bool

    package init(column: Int, key: String, isNumber: Bool) {
      self.column = column
      self.key = key
      self.isNumber = isNumber
    }
  }

  /// In the order in which they are written.
  package let cells: [Cell]

  package init(_ cells: [Cell]) {
    self.cells = cells
  }
}

/// Some rows of an import, in the order of the file, as the mapping reads them.
package struct MappedBatch {
  package let count: Int
  /// By row, from 1.
  package let lines: [UInt32]
  /// By row: counts the distinct ids of the import, from 0; of rows without ids, the rows.
  package let numbers: [Int]
  /// By row: whether no row before had this id.
  package let areNew: [Bool]
  /// By row: the instant that orders the rows of a ticket, `updated` or that of the event; empty
  /// if no row tells one, and less than any instant where a row does not.
  let instants: [Int64]
  /// By row; empty if the mapping names no order.
  let orders: [Int64]
  /// By row; that of a row may be left out if a row before had it.
  let ids: IDList
  let texts: IDList

  package func at(_ row: Int) -> Int64? {
    guard !instants.isEmpty, instants[row] > MomentColumn.unreadable else { return nil }
    return instants[row]
  }

  /// The last of the instants; `nil` if no row tells one.
  package var latest: Int64? {
    instants.max().flatMap { $0 > MomentColumn.unreadable ? $0 : nil }
  }

  package func order(_ row: Int) -> Int64? {
    guard !orders.isEmpty, orders[row] != Int64.min else { return nil }
    return orders[row]
  }

  /// Calls `body` with the ids and the texts of all rows.
  package func withTexts<Result>(
    _ body: (_ ids: MappedTexts, _ texts: MappedTexts) throws -> Result
  ) rethrows -> Result {
    try ids.withTexts { ids in try texts.withTexts { try body(ids, $0) } }
  }
}

/// Texts of the rows of a batch, good as long as the batch is lent.
package struct MappedTexts {
  fileprivate let bytes: UnsafeRawBufferPointer
  fileprivate let ends: UnsafeBufferPointer<Int>

  package subscript(row: Int) -> UnsafeRawBufferPointer {
    let start = row == 0 ? 0 : ends[row &- 1]
    return UnsafeRawBufferPointer(
      start: bytes.baseAddress.map { $0 + start }, count: ends[row] &- start)
  }
}

extension IDList {
  fileprivate func withTexts<Result>(_ body: (MappedTexts) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBytes { bytes in
      try ends.withUnsafeBufferPointer { try body(MappedTexts(bytes: bytes, ends: $0)) }
    }
  }
}
