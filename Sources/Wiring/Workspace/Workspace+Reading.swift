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
    guard let source = try SourceRecord.find(name, database), var layout = source.layout else {
      throw WorkspaceError.noSource(path: path, source: name)
    }
    let tellsGone = try Absences.areAny(of: source.number, upTo: last, database)
    if tellsGone { layout.columns.append(MappedColumn(.instant, GoneTickets.moment)) }
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
      input: input(source, layout, upTo: last, knownAt, keeper, tellsGone: tellsGone),
      changes: changes, keeper: keeper)
  }

  private func input(
    _ source: SourceRecord, _ layout: MappedLayout, upTo last: Int64, _ knownAt: Instant?,
    _ keeper: PlaceKeeper?, tellsGone: Bool
  ) -> ImportInput {
    // So many keep a second connection busy while what the first has read is judged.
    ImportInput(name: source.name, layout: layout, ahead: 3) { [self] in
      let most = try naming(path) { try queue.read { try StoredRows.mostKeys(layout.shape, $0) } }
      keeper?.startOver()
      return StoredRows(
        of: source, layout.shape, upTo: last, keys: most, tellsGone: tellsGone,
        readers: ReaderPool(self), keeper: keeper
      ) { [self] in try checkPruned(knownAt, $0) }
    }
  }
}
