internal import GRDB
internal import Importing
internal import Tickets

/// Rows of a source, each piece by a look-up of its own: no thread is bound to it.
struct StoredRows: MappedRowPieces {
  private let source: Int64
  private let last: Int64
  private let keys: Int64
  private let sql: String
  private let tellsGone: Bool
  private let cells: CellsText
  private let readers: ReaderPool
  private let keeper: PlaceKeeper?
  private let check: @Sendable (Database) throws -> Void

  /// Keys of a piece; those of other sources are among them.
  private static let piece: Int64 = 4_096

  /// - Parameters:
  ///   - last: The last import that is known.
  ///   - keys: The greatest key.
  ///   - tellsGone: Whether the last cell of a row tells since when it is gone; see ``Absences``.
  ///   - check: Throws if rows are not there any more.
  init(
    of source: SourceRecord, _ shape: Mapping.RowShape, upTo last: Int64, keys: Int64,
    tellsGone: Bool, readers: ReaderPool, keeper: PlaceKeeper?,
    check: @escaping @Sendable (Database) throws -> Void
  ) {
    self.source = source.number
    self.last = last
    self.keys = keys
    sql = Self.sql(shape, tellsGone: tellsGone)
    self.tellsGone = tellsGone
    cells = source.cells
    self.readers = readers
    self.keeper = keeper
    self.check = check
  }

  var count: Int { Int((keys + Self.piece - 1) / Self.piece) }

  func begin(_ piece: Int, atLine line: Int) {
    keeper?.begin(piece, atLine: line)
  }

  /// Rows that are stored while others are read have greater keys or belong to later imports.
  func write(_ piece: Int, to writer: inout MappedRowWriter) throws {
    try readers.reading { [self] database in
      try write(after: Int64(piece) * Self.piece, piece, to: &writer, database)
      // A pruning takes no heed of who reads.
      try check(database)
    }
  }

  private func write(
    after key: Int64, _ piece: Int, to writer: inout MappedRowWriter, _ database: Database
  ) throws {
    let statement = try PreparedStatement(database, sql)
    statement.bind(1, source)
    statement.bind(2, last)
    statement.bind(3, key)
    statement.bind(4, key + Self.piece)
    var places: [RowPlaces.Stored] = []
    while try statement.next() {
      if keeper != nil {
        places.append(
          .init(
            start: writer.line, number: statement.number(3) ?? 0, line: statement.number(4) ?? 0))
      }
      writer.begin(id: statement.bytes(1))
      guard cells.read(statement.bytes(2), into: &writer) else {
        throw WorkspaceError.damaged(
          path: readers.path,
          detail: "the cells of row \(statement.number(0) ?? 0) are not whole")
      }
      if tellsGone { writer.cell(statement.bytes(5)) }
      writer.end()
    }
    keeper?.keep(places, of: piece)
  }

  // MARK: the look-ups

  /// The greatest key that rows of a shape have; 0 without any.
  static func mostKeys(_ shape: Mapping.RowShape, _ database: Database) throws -> Int64 {
    let (key, table) =
      switch shape {
      case .tickets: ("ticket", "tickets")
      case .snapshots: ("version", "versions")
      case .events: ("event", "events")
      case .intervals, .counts: ("rowid", shape.rawValue)
      }
    return try Int64.fetchOne(database, sql: "SELECT max(\(key)) FROM \(table)") ?? 0
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

  /// Gives a row's key, id, cells, import and line; ?1 is the source, ?2 the last import, keys lie
  /// above ?3 and up to ?4.
  private static func sql(_ shape: Mapping.RowShape, tellsGone: Bool) -> String {
    switch shape {
    case .tickets:
      """
      SELECT t.ticket, t.id, \(standing("cells")), \(standing("import")), \(standing("line"))
        \(tellsGone ? ", " + Absences.since(standing("import")) : "")
      FROM tickets t CROSS JOIN versions c ON c.version = t.current
      WHERE +t.source = ?1 AND t.first_import <= ?2 AND t.ticket > ?3 AND t.ticket <= ?4
      ORDER BY t.ticket
      """
    case .snapshots:
      """
      SELECT v.version, t.id, v.cells, v.import, v.line FROM versions v CROSS JOIN tickets t USING (ticket)
      WHERE +t.source = ?1 AND v.import <= ?2 AND v.version > ?3 AND v.version <= ?4 ORDER BY v.version
      """
    case .events:
      """
      SELECT e.event, t.id, e.cells, e.import, e.line FROM events e CROSS JOIN tickets t USING (ticket)
      WHERE +t.source = ?1 AND e.import <= ?2 AND e.event > ?3 AND e.event <= ?4 ORDER BY e.event
      """
    case .intervals, .counts:
      """
      SELECT r.rowid, r.id, r.cells, r.import, r.line FROM \(shape.rawValue) r
      WHERE +r.source = ?1 AND r.import <= ?2 AND r.rowid > ?3 AND r.rowid <= ?4 ORDER BY r.rowid
      """
    }
  }
}
