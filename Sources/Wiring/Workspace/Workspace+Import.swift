internal import GRDB
package import Importing
package import ServiceTime
internal import Tickets

/// A file to import, and the hash of its bytes.
package struct WorkspaceInput {
  package let input: ImportInput
  /// Asked for before the file is read only where it may have been imported before.
  let sha256: () throws -> String

  package init(_ input: ImportInput, sha256: @escaping () throws -> String) {
    self.input = input
    self.sha256 = sha256
  }
}

/// What an import changed.
package struct WorkspaceChanges: Sendable {
  package var rows = 0
  package var rejected = 0
  /// Rows that said what was known.
  package var unchanged = 0
  /// Rows that were older than what was known.
  package var outdated = 0
  /// New tickets, new versions, events.
  package var changed = 0
  package var newTickets = 0
  /// Tickets that are missing from an export that holds all.
  package var gone = 0
  /// Tickets that were gone and are back.
  package var returned = 0
  /// Files that were imported before, by the same mapping.
  package var repeatedFiles = 0
  /// `nil` if every file was imported before, and none was read.
  package var imported: MappedImport?
}

extension Workspace {
  /// Imports files, all or none of them.
  ///
  /// - Parameters:
  ///   - mappingSHA256: Of the text of the mapping; the same file by the same mapping is not
  ///     imported again.
  ///   - at: The machine's clock. An import never counts as earlier than the one before it.
  ///   - importer: Makes the importer, given how times were written in earlier imports.
  ///   - report: Called with the bytes read so far.
  ///   - accept: Asked before anything is kept; what it throws undoes the import.
  package func importFiles(
    _ files: [WorkspaceInput], by mapping: Mapping, mappingSHA256: String, at: Instant,
    importer: (_ settledTimestamps: [String: String]) -> Importer,
    report: @escaping (Int) -> Void = { _ in }, accept: (MappedImport) throws -> Void = { _ in }
  ) throws -> WorkspaceChanges {
    let files = files.sorted { $0.input.name.utf8.lexicographicallyPrecedes($1.input.name.utf8) }
    return try naming(path) {
      var changes = WorkspaceChanges()
      try queue.inTransaction(.immediate) { database in
        let desk = try RowStore(
          database, path: path, mapping: mapping, mappingSHA256: mappingSHA256, at: at,
          files: files)
        changes.repeatedFiles = desk.repeatedFiles.count
        if desk.repeatedFiles.count == files.count { return .rollback }
        let made = try importer(desk.settled).mappedRows(
          files.map(\.input), to: desk, report: report)
        try accept(made)
        try desk.finish(made, into: &changes)
        changes.imported = made
        return .commit
      }
      if changes.imported != nil { try keepLog() }
      return changes
    }
  }

  private func keepLog() throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
  }
}
