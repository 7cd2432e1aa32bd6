internal import Importing

/// Where a row went.
enum StoredRow { case unchanged, outdated, changed }

/// How many rows of a file went where.
struct RowOutcomes {
  var unchanged = 0
  var outdated = 0
  var changed = 0

  /// All rows that were not rejected.
  var stored: Int { unchanged + outdated + changed }

  mutating func count(_ row: StoredRow) {
    switch row {
    case .unchanged: unchanged += 1
    case .outdated: outdated += 1
    case .changed: changed += 1
    }
  }
}

/// One row of a batch that is lent.
struct ImportedRow {
  /// See ``MappedBatch/numbers``.
  let number: Int
  let isNew: Bool
  let line: Int64
  let at: Int64?
  let order: Int64?
  let id: UnsafeRawBufferPointer
  let cells: UnsafeRawBufferPointer
}

extension MappedBatch {
  func each(_ body: (ImportedRow) throws -> Void) throws {
    try each(in: 0..<count, body)
  }

  func each(in rows: Range<Int>, _ body: (ImportedRow) throws -> Void) throws {
    try withTexts { ids, texts in
      for row in rows {
        try body(
          ImportedRow(
            number: numbers[row], isNew: areNew[row], line: Int64(lines[row]), at: at(row),
            order: order(row), id: ids[row], cells: texts[row]))
      }
    }
  }
}

/// The tables of one shape of rows.
protocol RowTable: AnyObject {
  /// Tickets, or rows of shapes without them, that were not there before.
  var newRows: Int { get }
  func beginFile()
  func store(_ row: ImportedRow, import number: Int64) throws -> StoredRow
  /// Stores rows, in their order.
  func store(_ rows: MappedBatch, import number: Int64, into outcomes: inout RowOutcomes) throws
  /// Notes that the row's ticket is there, without storing anything.
  func see(_ row: ImportedRow) throws
}

extension RowTable {
  func store(_ rows: MappedBatch, import number: Int64, into outcomes: inout RowOutcomes) throws {
    try rows.each { row in outcomes.count(try store(row, import: number)) }
  }
}
