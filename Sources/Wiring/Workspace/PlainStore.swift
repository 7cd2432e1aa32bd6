internal import GRDB
internal import Importing

/// Rows of shapes `intervals` and `counts`: of those with one id the last stands, and those
/// without an id all count.
final class PlainStore: RowTable {
  private let source: Int64
  private let hasIDs: Bool
  private let insert: PreparedStatement
  private let last: PreparedStatement
  private(set) var newRows = 0

  init(_ database: Database, _ source: Int64, _ layout: MappedLayout) throws {
    self.source = source
    hasIDs = layout.hasIDs
    let table = layout.shape.rawValue
    insert = try PreparedStatement(
      database,
      "INSERT INTO \(table) (source, id, import, line, cells) VALUES (?1, ?2, ?3, ?4, ?5)")
    last = try PreparedStatement(
      database,
      "SELECT cells FROM \(table) WHERE source = ?1 AND id = ?2 ORDER BY rowid DESC LIMIT 1")
  }

  func beginFile() {}

  func see(_ row: ImportedRow) {}

  func store(_ row: ImportedRow, import number: Int64) throws -> StoredRow {
    if hasIDs {
      last.bind(1, source)
      last.bind(2, text: row.id)
      let isSame = try last.first { areEqual($0.bytes(0), row.cells) }
      if isSame == true { return .unchanged }
      if isSame == nil { newRows += 1 }
      insert.bind(2, text: row.id)
    } else {
      newRows += 1
      insert.bind(2, nil)
    }
    insert.bind(1, source)
    insert.bind(3, number)
    insert.bind(4, row.line)
    insert.bind(5, text: row.cells)
    try insert.run()
    return .changed
  }
}
