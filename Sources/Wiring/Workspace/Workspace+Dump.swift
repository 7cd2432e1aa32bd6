internal import GRDB

extension Workspace {
  /// Writes the workspace as SQL text, of which `sqlite3` makes the same tables again.
  ///
  /// SQL, and not a folder of CSV, because it keeps NULL apart from an empty text, has the tables'
  /// comments, and is one file that any SQLite reads back.
  package func dump(to write: (String) throws -> Void) throws {
    try naming(path) {
      try queue.read { database in
        try write("PRAGMA foreign_keys = OFF;\nBEGIN;\n")
        let objects = try Row.fetchAll(
          database,
          sql: """
            SELECT type, name, sql FROM sqlite_master
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY rowid
            """)
        for object in objects where object["type"] == "table" {
          try write("\(object["sql"] as String);\n")
          try dumpRows(of: object["name"], database, write)
        }
        for type in ["index", "view"] {
          for object in objects where object["type"] == type {
            try write("\(object["sql"] as String);\n")
          }
        }
        try write("COMMIT;\n")
      }
    }
  }

  private func dumpRows(
    of table: String, _ database: Database, _ write: (String) throws -> Void
  ) throws {
    let columns = try database.columns(in: table).map(\.name)
    let list = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ',' || ")
    let key = try database.primaryKey(table).columns
    let order = key.isEmpty ? "rowid" : key.joined(separator: ", ")
    let rows = try String.fetchCursor(
      database, sql: "SELECT \(list) FROM \"\(table)\" ORDER BY \(order)")
    while let row = try rows.next() { try write("INSERT INTO \"\(table)\" VALUES (\(row));\n") }
  }
}
