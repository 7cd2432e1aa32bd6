internal import GRDB

/// Views with a column for each cell, for people and the tools they open the file with.
///
/// They are made again when an import brings columns.
enum Views {
  static func make(_ database: Database) throws {
    let tickets = try cells("v.cells", of: ["tickets", "snapshots"], database)
    try replace(
      "current_tickets",
      """
      SELECT s.name AS source, t.id AS id\(tickets),
        (SELECT i.at FROM absences a JOIN imports i ON i.import = a.since_import
          WHERE a.ticket = t.ticket AND a.until_import IS NULL) AS gone_since,
        f.file AS file, v.line AS line, f.at AS imported
      FROM tickets t JOIN sources s USING (source) JOIN versions v ON v.version = t.current
        JOIN imports f ON f.import = v.import
      """, database)
    try replace(
      "ticket_history",
      """
      SELECT s.name AS source, t.id AS id, i.at AS known_from, v.outdated AS outdated\(tickets),
        i.file AS file, v.line AS line
      FROM versions v JOIN tickets t USING (ticket) JOIN sources s USING (source)
        JOIN imports i ON i.import = v.import
      """, database)
    let events = try cells("e.cells", of: ["events"], database, besides: ["at"])
    try replace(
      "event_log",
      """
      SELECT s.name AS source, t.id AS id, strftime('%Y-%m-%dT%H:%M:%SZ', e.at, 'unixepoch') AS at
        \(events),
        i.file AS file, e.line AS line
      FROM events e JOIN tickets t USING (ticket) JOIN sources s USING (source)
        JOIN imports i ON i.import = e.import
      """, database)
    for (view, table) in [("current_intervals", "intervals"), ("current_counts", "counts")] {
      let cells = try cells("r.cells", of: [table], database)
      try replace(
        view,
        """
        SELECT s.name AS source, r.id AS id\(cells), i.file AS file, r.line AS line
        FROM \(table) r JOIN sources s USING (source) JOIN imports i ON i.import = r.import
        WHERE r.id IS NULL OR r.rowid = (SELECT max(o.rowid) FROM \(table) o
          WHERE o.source = r.source AND o.id = r.id)
        """, database)
    }
  }

  private static func replace(_ name: String, _ sql: String, _ database: Database) throws {
    let text = "CREATE VIEW \(name) AS \(sql)"
    let known = try String.fetchOne(
      database, sql: "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?",
      arguments: [name])
    guard known != text else { return }
    try database.execute(sql: "DROP VIEW IF EXISTS \(name)")
    try database.execute(sql: text)
  }

  /// Names that the views give to columns of their own, in the lower case that SQLite compares.
  private static let taken: Set<String> = [
    "source", "id", "gone_since", "file", "line", "imported", "known_from", "outdated",
  ]

  /// A column for each key that sources of some shapes have.
  private static func cells(
    _ json: String, of shapes: [String], _ database: Database, besides: Set<String> = []
  ) throws -> String {
    var names = taken.union(besides)
    let keys = try String.fetchAll(
      database,
      sql: """
        SELECT key FROM columns JOIN sources USING (source)
        WHERE shape IN (\(shapes.map { "'\($0)'" }.joined(separator: ", ")))
        GROUP BY key ORDER BY min(source), min(place)
        """)
    return keys.prefix(mostColumns).compactMap { key in
      // A path of SQLite's JSON has no way to write these.
      guard !key.contains("\""), !key.contains("\\") else { return nil }
      var name = key
      while !names.insert(name.lowercased()).inserted { name += " of the row" }
      let path = "$.\"\(key)\"".replacing("'", with: "''")
      return ",\n  json_extract(\(json), '\(path)') AS \"\(name)\""
    }.joined()
  }

  /// SQLite allows 2,000 columns in a view.
  private static let mostColumns = 1_900
}
