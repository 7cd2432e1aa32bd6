internal import GRDB
package import Importing
package import ServiceTime
internal import Tickets

/// A source as it is stored, to be read by an importer.
package struct StoredSource {
  package let name: String
  /// The zone of times without an offset.
  package let zone: String?
  /// Reads ``input``; to be used with ``zone``.
  package let mapping: Mapping
  package let input: ImportInput
}

extension Workspace {
  /// The names of all sources, in the order in which they were first imported.
  package func sourceNames() throws -> [String] {
    try naming(path) {
      try queue.read { try String.fetchAll($0, sql: "SELECT name FROM sources ORDER BY source") }
    }
  }

  /// The rows of a source, as the imports up to an instant knew them.
  ///
  /// Of tickets, only the version that stood then is read. Rows come in the order in which they
  /// were imported, so that the importer settles what depends on it as it would for the files.
  ///
  /// - Parameter knownAt: `nil` is everything.
  package func rows(of name: String, knownAt: Instant? = nil) throws -> StoredSource {
    try naming(path) {
      try queue.read { database in
        guard let source = try SourceRecord.find(name, database), let layout = source.layout else {
          throw WorkspaceError.noSource(path: path, source: name)
        }
        if let knownAt,
          let before = try String.fetchOne(database, sql: "SELECT max(before) FROM prunings"),
          knownAt.iso < before
        {
          throw WorkspaceError.pruned(path: path, before: before)
        }
        let last = try lastImport(of: source, knownAt, database)
        let holds = last.flatMap { Mapping.holds($0.holds) } ?? .all
        let input = input(source, layout, upTo: last?.number ?? 0)
        return StoredSource(
          name: name, zone: source.zone, mapping: layout.mapping(source: name, holds: holds),
          input: input)
      }
    }
  }

  private func lastImport(
    of source: SourceRecord, _ knownAt: Instant?, _ database: Database
  ) throws -> (number: Int64, holds: String)? {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT import, holds FROM imports WHERE source = ? AND at <= ?
        ORDER BY import DESC LIMIT 1
        """,
      // After every instant that is written in digits.
      arguments: [source.number, knownAt?.iso ?? "~"])
    return row.map { ($0["import"], $0["holds"]) }
  }

  private func input(
    _ source: SourceRecord, _ layout: MappedLayout, upTo last: Int64
  ) -> ImportInput {
    let sql = StoredRows.sql(layout.shape)
    return ImportInput(name: source.name, layout: layout) { [path, queue] in
      var rows = StoredRows(source: source.number, upTo: last, sql: sql, cells: source.cells)
      return { writer in
        try naming(path) { try queue.read { try rows.next($0, path, &writer) } }
      }
    }
  }
}

/// Rows of a source, some at a time, each time by a look-up of its own: no thread is bound to it.
private struct StoredRows {
  let source: Int64
  let upTo: Int64
  let sql: String
  let cells: CellsText
  private var last: Int64 = 0

  private static let piece: Int64 = 4_096

  init(source: Int64, upTo: Int64, sql: String, cells: CellsText) {
    self.source = source
    self.upTo = upTo
    self.sql = sql
    self.cells = cells
  }

  /// Gives a row's key, id and cells; ?1 is the source, ?2 the last import, ?3 the last key.
  static func sql(_ shape: Mapping.RowShape) -> String {
    switch shape {
    case .tickets:
      """
      SELECT t.ticket, t.id, v.cells FROM tickets t JOIN versions v ON v.version = (
        SELECT iif(c.import <= ?2, c.version, (SELECT max(o.version) FROM versions o
          WHERE o.ticket = t.ticket AND o.import <= ?2 AND NOT o.outdated))
        FROM versions c WHERE c.version = t.current)
      WHERE +t.source = ?1 AND t.ticket > ?3 AND t.first_import <= ?2 ORDER BY t.ticket LIMIT ?4
      """
    case .snapshots:
      """
      SELECT v.version, t.id, v.cells FROM versions v CROSS JOIN tickets t USING (ticket)
      WHERE +t.source = ?1 AND v.import <= ?2 AND v.version > ?3 ORDER BY v.version LIMIT ?4
      """
    case .events:
      """
      SELECT e.event, t.id, e.cells FROM events e CROSS JOIN tickets t USING (ticket)
      WHERE +t.source = ?1 AND e.import <= ?2 AND e.event > ?3 ORDER BY e.event LIMIT ?4
      """
    case .intervals, .counts:
      """
      SELECT r.rowid, r.id, r.cells FROM \(shape.rawValue) r
      WHERE +r.source = ?1 AND r.import <= ?2 AND r.rowid > ?3 ORDER BY r.rowid LIMIT ?4
      """
    }
  }

  /// Writes the next rows; `false` if there are no more.
  mutating func next(
    _ database: Database, _ path: String, _ writer: inout MappedRowWriter
  ) throws -> Bool {
    let statement = try PreparedStatement(database, sql)
    statement.bind(1, source)
    statement.bind(2, upTo)
    statement.bind(3, last)
    statement.bind(4, Self.piece)
    var count: Int64 = 0
    while try statement.next() {
      count += 1
      last = statement.number(0) ?? last
      writer.begin(id: statement.bytes(1))
      guard cells.read(statement.bytes(2), into: &writer) else {
        throw WorkspaceError.damaged(path: path, detail: "the cells of row \(last) are not whole")
      }
      writer.end()
    }
    return count == Self.piece
  }
}
