internal import GRDB
internal import GRDBSQLite

/// Why a workspace cannot be used.
package enum WorkspaceError: Error, Hashable, Sendable, CustomStringConvertible {
  case missing(path: String)
  /// The file is of another program, or broken; `detail` is what SQLite says.
  case damaged(path: String, detail: String)
  /// A later version of the tool has changed its tables.
  case newer(path: String, migration: String)
  case busy(path: String)
  case diskFull(path: String)
  case cannotWrite(path: String, detail: String)
  case cannotRead(path: String, detail: String)
  /// A program that wrote was ended, and what it left has to be put right by one that may write.
  case interrupted(path: String)
  /// Its tables are not those of this version, and it was opened to be read.
  case notPrepared(path: String)
  /// Nothing was imported until then; `first` is the instant of the first import.
  case notYet(path: String, knownAt: String, first: String?)
  /// The source's rows are of another kind than those that are stored.
  case otherSource(path: String, source: String, what: String, stored: String, found: String)
  case noSource(path: String, source: String)
  /// What was known then was pruned.
  case pruned(path: String, before: String)
  /// A pack that was issued was made from what is to be pruned.
  case neededByPack(path: String, pack: String, knownAt: String)

  package var path: String {
    switch self {
    case .missing(let path), .damaged(let path, _), .newer(let path, _), .busy(let path),
      .diskFull(let path), .cannotWrite(let path, _), .cannotRead(let path, _),
      .interrupted(let path), .notPrepared(let path), .notYet(let path, _, _),
      .otherSource(let path, _, _, _, _), .noSource(let path, _), .pruned(let path, _),
      .neededByPack(let path, _, _):
      path
    }
  }

  package var reason: String {
    switch self {
    case .missing: "there is no such workspace; correct the path, or make it with attain import -w"
    case .damaged(_, let detail):
      """
      is no workspace, or is damaged (\(detail)); put the last backup in its place, or import \
      the exports into a new one
      """
    case .newer(_, let migration):
      """
      was changed by a later version of attain (\(migration)); use that version, or import into \
      a new workspace
      """
    case .busy: "is in use by another program that writes; run again when it is done"
    case .diskFull: "cannot be written: the disk is full; make room and run again"
    case .cannotWrite(_, let detail):
      "cannot be written: \(detail); see to its permissions and those of its folder"
    case .cannotRead(_, let detail): "cannot be read: \(detail); see to its permissions"
    case .interrupted:
      """
      cannot be read before what an interrupted import left is undone; run attain workspace check \
      as a user who may write to it
      """
    case .notPrepared:
      """
      does not have the tables of this version; run attain workspace check as a user who may write \
      to it
      """
    case .notYet(_, _, nil): "holds no rows; import an export first, with attain import -w"
    case .notYet(_, let knownAt, let first?):
      "knew nothing at \(knownAt): the first import was at \(first); give a later --known-at"
    case .otherSource(_, let source, let what, let stored, let found):
      """
      source "\(source)" was stored with \(what) \(stored), but the mapping has \(found); set \
      another "source" in the mapping, or import into a new workspace
      """
    case .noSource(_, let source): "holds no source \"\(source)\"; import it first"
    case .pruned(_, let before):
      "was pruned before \(before); what was known earlier can only be read in the packs issued then"
    case .neededByPack(_, let pack, let knownAt):
      """
      pack \(pack) was issued as known at \(knownAt), and could not be made again; prune before \
      that, or add --forget-packs
      """
    }
  }

  package var description: String { "\(path): \(reason)" }

  init(_ error: DatabaseError, path: String) {
    let detail = error.message ?? error.resultCode.description
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(path: path, detail: detail)
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    default: self = .cannotWrite(path: path, detail: detail)
    }
  }
}

/// Runs `body`, and tells SQLite's errors as ours.
func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw WorkspaceError(error, path: path)
  }
}
