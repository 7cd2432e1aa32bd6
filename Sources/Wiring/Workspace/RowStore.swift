internal import GRDB
internal import Importing
internal import Messages
internal import ServiceTime
internal import Tickets

/// Stores the rows of one import, inside of one transaction.
final class RowStore: MappedRowTaker {
  let database: Database
  let path: String
  let mapping: Mapping
  private let mappingSHA256: String
  private let at: String
  private let files: [WorkspaceInput]
  /// Files that were imported before: of their rows only the ids are looked at.
  let repeatedFiles: Set<Int>

  private(set) var source: SourceRecord
  let isNewSource: Bool
  /// Whether the indices are made when the first file is in.
  private var isBulk: Bool
  private var isFirstLoad: Bool
  var settled: [String: String] { source.settled }

  private(set) var counts: [FileCount]
  private var file = -1
  private var isRepeated = false
  private var tables: (any RowTable)?
  private var hasBegun = false

  struct FileCount {
    var number: Int64 = 0
    var outcomes = RowOutcomes()
    /// The last change that the rows tell.
    var latest: Int64?
  }

  init(
    _ database: Database, path: String, mapping: Mapping, mappingSHA256: String, at: Instant,
    files: [WorkspaceInput]
  ) throws {
    self.database = database
    self.path = path
    self.mapping = mapping
    self.mappingSHA256 = mappingSHA256
    self.files = files
    let last = try String.fetchOne(database, sql: "SELECT max(at) FROM imports")
    self.at = max(Workspace.text(at), last ?? "")
    let known = try SourceRecord.find(mapping.source, database)
    isNewSource = known == nil
    source = try known ?? SourceRecord.make(mapping, database)
    isBulk = try Int.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM imports)") == 0
    isFirstLoad = isBulk
    let hashes = Set(
      try String.fetchAll(
        database, sql: "SELECT sha256 FROM imports WHERE source = ? AND mapping_sha256 = ?",
        arguments: [source.number, mappingSHA256]))
    // Without earlier imports nobody has to wait for the hash of a file.
    repeatedFiles = Set(
      try files.indices.filter { try !hashes.isEmpty && hashes.contains(files[$0].sha256()) })
    var next = try Int64.fetchOne(database, sql: "SELECT max(import) FROM imports") ?? 0
    counts = files.indices.map { [repeatedFiles] index in
      if !repeatedFiles.contains(index) { next += 1 }
      return FileCount(number: next)
    }
  }

  func begin(_ layout: MappedLayout) throws -> MappedRowForm {
    if hasBegun { try startOver() }
    hasBegun = true
    try database.execute(sql: "SAVEPOINT rows")
    try source.adopt(layout, of: mapping, database, path: path)
    if isBulk, layout.shape != .intervals, layout.shape != .counts {
      try database.execute(sql: Schema.noIndices)
    } else {
      isBulk = false
    }
    switch layout.shape {
    case .tickets: tables = try TicketRows(database, source.number, isVersioned: false)
    case .snapshots: tables = try TicketRows(database, source.number, isVersioned: true)
    case .events: tables = try EventRows(database, source.number)
    case .intervals, .counts:
      tables = try PlainStore(database, source.number, layout)
    }
    return source.cells.form(of: layout)
  }

  /// Forgets what was taken, because the reading began again.
  private func startOver() throws {
    tables = nil
    try database.execute(sql: "ROLLBACK TO rows; RELEASE rows")
    source = try SourceRecord.find(mapping.source, database) ?? SourceRecord.make(mapping, database)
    counts = counts.map { FileCount(number: $0.number) }
    file = -1
    isBulk = isFirstLoad
  }

  func begin(file: Int) throws {
    self.file = file
    isRepeated = repeatedFiles.contains(file)
    if isBulk, file > 0 { try makeIndices() }
    tables?.beginFile()
  }

  func take(_ rows: MappedBatch) throws {
    guard let tables else { return }
    if let latest = rows.latest { counts[file].latest = max(latest, counts[file].latest ?? latest) }
    if isRepeated {
      try rows.each { row in try tables.see(row) }
    } else {
      try tables.store(rows, import: counts[file].number, into: &counts[file].outcomes)
    }
  }

  private func makeIndices() throws {
    isBulk = false
    try database.execute(sql: Schema.indices)
  }

  // MARK: the end

  func finish(_ made: MappedImport, into changes: inout WorkspaceChanges) throws {
    if isBulk { try makeIndices() }
    let lastNumber = counts.last?.number ?? 0
    changes.newTickets = tables?.newRows ?? 0
    if mapping.holds == .all, let tickets = tables as? TicketRows, !tickets.isVersioned {
      (changes.gone, changes.returned) = try tickets.noteAbsences(import: lastNumber)
    }
    tables = nil
    try source.save(settled: made.settledTimestamps, holds: mapping.holds.text, database)
    let rejects = made.findings.filter { $0.severity == .rejected }
    for (index, input) in files.enumerated() where !repeatedFiles.contains(index) {
      let (number, count) = (counts[index].number, counts[index].outcomes)
      let mine = rejects.filter { $0.place.file == input.input.name }
      // Rejected rows beyond those that are listed are counted with the last file.
      let isLast = index == files.indices.last { !repeatedFiles.contains($0) }
      let others = isLast ? made.ledger.rejected - rejects.count : 0
      let rejected = mine.count + others
      try database.execute(
        sql: "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          number, source.number, input.input.name, try input.sha256(), mappingSHA256,
          rejected + count.stored, rejected, count.unchanged, count.outdated, count.changed, at,
          mapping.holds.text, counts[index].latest,
        ])
      for finding in mine {
        try database.execute(
          sql: "INSERT INTO rejects VALUES (?, ?, ?)",
          arguments: [number, finding.place.line ?? 0, finding.message.text])
      }
      changes.unchanged += count.unchanged
      changes.outdated += count.outdated
      changes.changed += count.changed
      changes.rejected += rejected
    }
    changes.rows = changes.rejected + changes.unchanged + changes.outdated + changes.changed
    try Views.make(database)
    try database.execute(sql: "RELEASE rows")
  }
}
