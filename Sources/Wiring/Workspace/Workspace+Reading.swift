internal import GRDB
package import Importing
package import ServiceTime
internal import Tickets

/// What a workspace knew at an instant.
package struct StoredDesk {
  /// In the order in which they were first imported.
  package let sources: [StoredSource]
  /// When the last import was read that changed something and was known.
  package let lastChange: Instant
}

/// A source as it is stored, to be read by an importer.
package struct StoredSource {
  package let name: String
  /// The zone of times without an offset.
  package let zone: String?
  /// Reads ``input``; to be used with ``zone``.
  package let mapping: Mapping
  /// What the exports hold together, as a mapping writes it.
  package let holds: String
  package let input: ImportInput
  /// The imports that brought what is known, in their order.
  package let changes: [StoredImport]
  let keeper: PlaceKeeper?

  /// Where rows of ``input`` come from, as far as it was read; `nil` if that was not asked for.
  package var places: RowPlaces? { keeper?.places }
}

/// An import that changed something.
package struct StoredImport: Hashable, Sendable {
  package let sha256: String
  package let mappingSHA256: String
  /// The name of the mapping; `nil` if its text was not kept.
  package let mapping: String?
}

extension Workspace {
  /// The names of all sources, in the order in which they were first imported.
  package func sourceNames() throws -> [String] {
    try naming(path) {
      try queue.read { try String.fetchAll($0, sql: "SELECT name FROM sources ORDER BY source") }
    }
  }

  /// All sources, as the imports up to an instant knew them.
  ///
  /// All of them are read as of one and the same import, so that imports which end while rows are
  /// read make no difference.
  ///
  /// - Parameters:
  ///   - knownAt: `nil` is everything.
  ///   - keepsPlaces: Whether it is remembered where rows come from; takes 12 bytes a row.
  package func stored(knownAt: Instant? = nil, keepsPlaces: Bool = false) throws -> StoredDesk {
    try naming(path) {
      try queue.read { database in
        try checkPruned(knownAt, database)
        let last = try lastImport(knownAt, database)
        let names = try String.fetchAll(
          database,
          sql: """
            SELECT name FROM sources s WHERE EXISTS (SELECT 1 FROM imports i
              WHERE i.source = s.source AND i.import <= ?) ORDER BY source
            """, arguments: [last])
        guard !names.isEmpty else { throw try notYet(knownAt, database) }
        let at = try String.fetchOne(
          database,
          sql: """
            SELECT max(at) FROM imports WHERE import <= ?1
              AND (\(Self.changes) OR NOT EXISTS (SELECT 1 FROM imports WHERE import <= ?1
                AND \(Self.changes)))
            """, arguments: [last])
        return StoredDesk(
          sources: try names.map {
            try source($0, upTo: last, knownAt, keepsPlaces: keepsPlaces, database)
          },
          lastChange: at.flatMap { Instant(iso: $0) } ?? .earliest)
      }
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
        try checkPruned(knownAt, database)
        return try source(
          name, upTo: try lastImport(knownAt, database), knownAt, keepsPlaces: false, database)
      }
    }
  }

  private func checkPruned(_ knownAt: Instant?, _ database: Database) throws {
    if let knownAt,
      let before = try String.fetchOne(database, sql: "SELECT max(before) FROM prunings"),
      knownAt.iso < before
    {
      throw WorkspaceError.pruned(path: path, before: before)
    }
  }

  /// The number of the last import that is known; 0 if none is.
  private func lastImport(_ knownAt: Instant?, _ database: Database) throws -> Int64 {
    try Int64.fetchOne(
      database, sql: "SELECT max(import) FROM imports WHERE at <= ?",
      // After every instant that is written in digits.
      arguments: [knownAt?.iso ?? "~"]) ?? 0
  }

  private func notYet(_ knownAt: Instant?, _ database: Database) throws -> WorkspaceError {
    .notYet(
      path: path, knownAt: knownAt?.iso ?? "",
      first: try String.fetchOne(database, sql: "SELECT min(at) FROM imports"))
  }

  /// Whether an import changed something.
  private static let changes = """
    (changed > 0 OR import IN (SELECT since_import FROM absences)
      OR import IN (SELECT until_import FROM absences WHERE until_import IS NOT NULL))
    """

  private func source(
    _ name: String, upTo last: Int64, _ knownAt: Instant?, keepsPlaces: Bool,
    _ database: Database
  ) throws -> StoredSource {
    guard let source = try SourceRecord.find(name, database), let layout = source.layout else {
      throw WorkspaceError.noSource(path: path, source: name)
    }
    let holds = try Coverage(of: source, upTo: last, database).holds
    let changes = try Row.fetchAll(
      database,
      sql: """
        SELECT i.sha256, mapping_sha256, r.name FROM imports i
        LEFT JOIN rules r ON r.sha256 = i.mapping_sha256
        WHERE source = ? AND import <= ? AND \(Self.changes) ORDER BY import
        """, arguments: [source.number, last]
    ).map { StoredImport(sha256: $0[0], mappingSHA256: $0[1], mapping: $0[2]) }
    let keeper =
      keepsPlaces
      ? PlaceKeeper(try RowPlaces(of: source.number, upTo: last, database)) : nil
    let mapping = layout.mapping(source: name, holds: holds ?? .all)
    return StoredSource(
      name: name, zone: source.zone, mapping: mapping, holds: holds?.text ?? "",
      input: input(source, layout, upTo: last, knownAt, keeper), changes: changes, keeper: keeper)
  }

  private func input(
    _ source: SourceRecord, _ layout: MappedLayout, upTo last: Int64, _ knownAt: Instant?,
    _ keeper: PlaceKeeper?
  ) -> ImportInput {
    let sql = StoredRows.sql(layout.shape)
    return ImportInput(name: source.name, layout: layout) { [self] in
      keeper?.places.startOver()
      var rows = StoredRows(
        source: source.number, upTo: last, sql: sql, cells: source.cells, keeper: keeper)
      return { [self] writer in
        try naming(path) {
          try queue.read { database in
            if try rows.next(database, path, &writer) { return true }
            // A pruning takes no heed of who reads.
            try checkPruned(knownAt, database)
            return false
          }
        }
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
  let keeper: PlaceKeeper?
  private var last: Int64 = 0

  private static let piece: Int64 = 4_096

  init(source: Int64, upTo: Int64, sql: String, cells: CellsText, keeper: PlaceKeeper?) {
    self.source = source
    self.upTo = upTo
    self.sql = sql
    self.cells = cells
    self.keeper = keeper
  }

  /// Of the version that stood: hardly ever another one than that which stands, so that it is looked
  /// for only then.
  private static func standing(_ column: String) -> String {
    """
    iif(c.import <= ?2, c.\(column), (SELECT o.\(column) FROM versions o WHERE o.version = (
      SELECT max(version) FROM versions m
      WHERE m.ticket = t.ticket AND m.import <= ?2 AND NOT m.outdated)))
    """
  }

  /// Gives a row's key, id, cells, import and line; ?1 is the source, ?2 the last import, ?3 the last key.
  static func sql(_ shape: Mapping.RowShape) -> String {
    switch shape {
    case .tickets:
      """
      SELECT t.ticket, t.id, \(standing("cells")), \(standing("import")), \(standing("line"))
      FROM tickets t CROSS JOIN versions c ON c.version = t.current
      WHERE +t.source = ?1 AND t.ticket > ?3 AND t.first_import <= ?2 ORDER BY t.ticket LIMIT ?4
      """
    case .snapshots:
      """
      SELECT v.version, t.id, v.cells, v.import, v.line FROM versions v CROSS JOIN tickets t USING (ticket)
      WHERE +t.source = ?1 AND v.import <= ?2 AND v.version > ?3 ORDER BY v.version LIMIT ?4
      """
    case .events:
      """
      SELECT e.event, t.id, e.cells, e.import, e.line FROM events e CROSS JOIN tickets t USING (ticket)
      WHERE +t.source = ?1 AND e.import <= ?2 AND e.event > ?3 ORDER BY e.event LIMIT ?4
      """
    case .intervals, .counts:
      """
      SELECT r.rowid, r.id, r.cells, r.import, r.line FROM \(shape.rawValue) r
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
      keeper?.places.add(
        line: writer.line, from: statement.number(3) ?? 0, line: statement.number(4) ?? 0)
      writer.begin(id: statement.bytes(1))
      guard cells.read(statement.bytes(2), into: &writer) else {
        throw WorkspaceError.damaged(path: path, detail: "the cells of row \(last) are not whole")
      }
      writer.end()
    }
    return count == Self.piece
  }
}
