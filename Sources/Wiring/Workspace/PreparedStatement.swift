internal import GRDB
internal import GRDBSQLite

/// A statement that is run once a row: what is bound is not copied, and nothing is allocated.
///
/// GRDB's own binds values by way of arrays, which is felt in loads of a million rows.
final class PreparedStatement {
  private let statement: OpaquePointer
  private let connection: OpaquePointer

  init(_ database: Database, _ sql: String) throws {
    guard let connection = database.sqliteConnection else {
      throw DatabaseError(resultCode: .SQLITE_MISUSE)
    }
    var made: OpaquePointer?
    let code = sqlite3_prepare_v3(
      connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
    guard code == SQLITE_OK, let made else { throw Self.failure(code, connection) }
    statement = made
    self.connection = connection
  }

  deinit {
    sqlite3_finalize(statement)
  }

  /// Binds a number to a parameter, counted from 1; `nil` is NULL.
  func bind(_ place: Int32, _ value: Int64?) {
    if let value {
      sqlite3_bind_int64(statement, place, value)
    } else {
      sqlite3_bind_null(statement, place)
    }
  }

  /// Binds text that stays where it is until the statement was run.
  func bind(_ place: Int32, text: UnsafeRawBufferPointer) {
    // An empty text without an address would be NULL.
    guard let start = text.baseAddress else {
      sqlite3_bind_text(statement, place, "", 0, nil)
      return
    }
    sqlite3_bind_text(
      statement, place, start.assumingMemoryBound(to: CChar.self), Int32(text.count), nil)
  }

  /// Runs a statement that gives no rows.
  func run() throws {
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw Self.failure(code, connection) }
  }

  /// Calls `body` with the first row, if there is one.
  func first<Result>(_ body: (PreparedStatement) -> Result) throws -> Result? {
    defer { sqlite3_reset(statement) }
    return try next() ? body(self) : nil
  }

  /// Goes to the next row; after the last one, the statement can be run again.
  func next() throws -> Bool {
    let code = sqlite3_step(statement)
    if code == SQLITE_ROW { return true }
    sqlite3_reset(statement)
    guard code == SQLITE_DONE else { throw Self.failure(code, connection) }
    return false
  }

  func reset() { sqlite3_reset(statement) }

  /// A column of the row at hand, counted from 0; `nil` if it is NULL.
  func number(_ column: Int32) -> Int64? {
    sqlite3_column_type(statement, column) == SQLITE_NULL
      ? nil : sqlite3_column_int64(statement, column)
  }

  /// The bytes of a text, good until the next row.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(statement, column)
    return UnsafeRawBufferPointer(
      start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }

  private static func failure(_ code: Int32, _ connection: OpaquePointer) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
  }
}
