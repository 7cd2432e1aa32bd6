internal import GRDB
internal import Glibc
internal import ServiceTime

/// The one SQLite file in which a desk's rows are kept between runs.
///
/// It holds what the mappings read, row by row and as it was at each import; what rows come to is
/// found by the importer that reads files, so that no rule is written twice.
package final class Workspace: Sendable {
  package let path: String
  let queue: DatabaseQueue

  /// Opens a workspace.
  ///
  /// - Parameter creates: Whether a file that is not there is made, for its owner alone.
  /// - Throws: ``WorkspaceError``.
  package init(_ path: String, creates: Bool = false) throws {
    self.path = path
    if access(path, F_OK) != 0 {
      guard creates else { throw WorkspaceError.missing(path: path) }
      let made = Glibc.open(path, O_WRONLY | O_CREAT, 0o600)
      guard made >= 0 else {
        throw WorkspaceError.cannotWrite(path: path, detail: String(cString: strerror(errno)))
      }
      Glibc.close(made)
    }
    queue = try naming(path) { try DatabaseQueue(path: path, configuration: Self.configuration) }
    try naming(path) { try prepare() }
  }

  /// Opens a workspace to read it; nothing is written, neither to it nor beside it.
  ///
  /// An import may be under way meanwhile: see ``stored(knownAt:keepsPlaces:)``.
  ///
  /// - Throws: ``WorkspaceError``.
  package init(reading path: String) throws {
    self.path = path
    guard access(path, F_OK) == 0 else { throw WorkspaceError.missing(path: path) }
    do {
      queue = try DatabaseQueue(path: path, configuration: Self.readingConfiguration)
      guard try migrations().applied.contains(Schema.rowsMigration) else {
        throw WorkspaceError.notPrepared(path: path)
      }
    } catch let error as DatabaseError {
      if error.resultCode == .SQLITE_READONLY { throw WorkspaceError.interrupted(path: path) }
      let error = WorkspaceError(error, path: path)
      guard case .cannotWrite(_, let detail) = error else { throw error }
      throw WorkspaceError.cannotRead(path: path, detail: detail)
    }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    // Looked at by check(); for every row of a load it would be felt.
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  static var readingConfiguration: Configuration {
    var reading = configuration
    reading.readonly = true
    return reading
  }

  private func prepare() throws {
    let (migrator, applied) = try migrations()
    if applied.count < migrator.migrations.count { try migrator.migrate(queue) }
    // The first load goes straight into the file: there is nothing yet that others could read.
    if try queue.read({ try Int.fetchOne($0, sql: "SELECT count(*) FROM imports") ?? 0 }) > 0 {
      try setJournal("WAL")
    }
  }

  /// All migrations, and those that the file has seen.
  private func migrations() throws -> (DatabaseMigrator, applied: Set<String>) {
    let migrator = Schema.migrator
    let (foreign, applied) = try queue.read { database in
      let isForeign =
        try !database.tableExists("grdb_migrations")
        && Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") != 0
      return (isForeign, try isForeign ? [] : migrator.appliedIdentifiers(database))
    }
    if foreign {
      throw WorkspaceError.damaged(path: path, detail: "its tables are those of another program")
    }
    if let later = applied.subtracting(migrator.migrations).min() {
      throw WorkspaceError.newer(path: path, migration: "migration \(later)")
    }
    return (migrator, applied)
  }

  private func setJournal(_ mode: String) throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = \(mode)") }
  }

  /// Makes what another thread does with the workspace fail, and be undone.
  package func interrupt() { queue.interrupt() }

  /// Writes everything into the one file and closes it.
  ///
  /// A file in WAL mode could not be opened by readers who may not write beside it.
  package func close() throws {
    try naming(path) {
      do {
        guard !queue.configuration.readonly else { return try queue.close() }
        try setJournal("DELETE")
      } catch let error as DatabaseError
        where error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
      {
        // Somebody reads: what was written is safe in the other file.
      }
      try queue.close()
    }
  }

  /// The first column of a query's rows, as text, for tests and for people's questions.
  package func texts(_ sql: String) throws -> [String] {
    try naming(path) {
      try queue.read { try String.fetchAll($0, sql: sql) }
    }
  }

  /// How instants are kept.
  static func text(_ instant: Instant) -> String { instant.iso }
}
