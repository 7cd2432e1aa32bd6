import Files
import Importing
import Messages
import Logging
import Results
package import ServiceTime
import Workspace

/// What commands do with a workspace.
package enum WorkspaceJob {
  /// Imports into a workspace, which is made if it is not there.
  ///
  /// Each order is a transaction of its own. What came of it is said where `isVerbose`, and that
  /// nothing was new is said always.
  package static func importFiles(
    _ orders: [ImportOrder], into path: String, rules: RuleLibrary, surroundings: Surroundings
  ) throws(CommandFailure) {
    let loader = TicketLoader(rules: rules, surroundings: surroundings)
    try changing(path, creates: true) { workspace throws(CommandFailure) in
      for order in orders { _ = try loader.store(order, in: workspace) }
    }
  }

  /// Says what is wrong with a workspace; a sentence for each.
  package static func check(_ path: String) throws(CommandFailure) -> [String] {
    try changing(path) { workspace throws(CommandFailure) in
      try change(workspace) { try workspace.check() }
    }
  }

  /// Takes out versions that stood only before an instant, and returns how many.
  package static func prune(
    _ path: String, before: Instant, forgetPacks: Bool
  ) throws(CommandFailure) -> Int {
    try changing(path) { workspace throws(CommandFailure) in
      try change(workspace) { try workspace.prune(before: before, forgetPacks: forgetPacks) }
    }
  }

  package static func vacuum(_ path: String) throws(CommandFailure) {
    try changing(path) { workspace throws(CommandFailure) in
      try change(workspace) { try workspace.vacuum() }
    }
  }

  /// Hands over the workspace as SQL text, piece by piece.
  package static func dump(
    _ path: String, to write: ([UInt8]) -> Void
  ) throws(CommandFailure) {
    try reading(path) { workspace throws(CommandFailure) in
      try trying { try workspace.dump { write(Array($0.utf8)) } }
    }
  }

  /// Opens a workspace that nobody else changes, and closes it whatever comes.
  private static func changing<Result>(
    _ path: String, creates: Bool = false,
    _ body: (Workspace) throws(CommandFailure) -> Result
  ) throws(CommandFailure) -> Result {
    if !creates { try checkExists(path) }
    let lock = try lock(path)
    defer { withExtendedLifetime(lock) {} }
    return try open(path, creates: creates, body)
  }

  static func checkExists(_ path: String) throws(CommandFailure) {
    guard FileTree.exists(path) else {
      throw CommandFailure(WorkspaceError.missing(path: path))
    }
  }

  /// Takes the lock of those who change a workspace; who reads needs none.
  static func lock(_ path: String) throws(CommandFailure) -> FileLock {
    do throws(FileError) {
      return try FileLock(path)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Opens a workspace whose lock is held, and closes it whatever comes, be it a signal.
  static func open<Result>(
    _ path: String, creates: Bool = false,
    _ body: (Workspace) throws(CommandFailure) -> Result
  ) throws(CommandFailure) -> Result {
    let workspace = try Interruption.completing { () throws(CommandFailure) in
      let workspace = try trying { try Workspace(path, creates: creates) }
      Interruption.atEnd(path) { _ in try? workspace.close() }
      return workspace
    }
    let result: Result
    do throws(CommandFailure) {
      result = try body(workspace)
    } catch {
      try? close(workspace)
      throw error
    }
    try close(workspace)
    return result
  }

  private static func close(_ workspace: Workspace) throws(CommandFailure) {
    try Interruption.completing { () throws(CommandFailure) in
      Interruption.atEnd(workspace.path, nil)
      try trying { try workspace.close() }
    }
  }

  /// Changes a workspace; what a signal finds in the middle is undone.
  static func change<Result>(
    _ workspace: Workspace, _ body: () throws -> Result
  ) throws(CommandFailure) -> Result {
    try Interruption.completing(hurriedBy: { workspace.interrupt() }) {
      () throws(CommandFailure) in try trying(body)
    }
  }

  /// Opens a workspace that others may change meanwhile, to read it.
  static func reading<Result>(
    _ path: String, _ body: (Workspace) throws(CommandFailure) -> Result
  ) throws(CommandFailure) -> Result {
    let workspace = try openedToRead(path)
    defer {
      try? workspace.close()
      tidy(path)
    }
    return try body(workspace)
  }

  private static func openedToRead(_ path: String) throws(CommandFailure) -> Workspace {
    do {
      return try Workspace(reading: path)
    } catch let error as WorkspaceError where error.isUndoneByWriting {
      return try trying {
        let lock: FileLock
        do throws(FileError) {
          lock = try FileLock(path)
        } catch let failure {
          guard case .busy = failure else { throw error }
          throw CommandFailure(failure)
        }
        defer { withExtendedLifetime(lock) {} }
        try Workspace(path).close()
        return try Workspace(reading: path)
      }
    } catch {
      return try trying { throw error }
    }
  }

  /// An import that ended while we read could not leave one plain file; so we do, if we may.
  private static func tidy(_ path: String) {
    guard FileTree.exists(path + "-wal"), let lock = try? FileLock(path) else { return }
    defer { withExtendedLifetime(lock) {} }
    try? Workspace(path).close()
  }

  /// Tells the errors of a workspace with the status that scripts expect.
  static func trying<Result>(_ body: () throws -> Result) throws(CommandFailure) -> Result {
    do {
      return try body()
    } catch let error as CommandFailure {
      throw error
    } catch let error as WorkspaceError {
      throw CommandFailure(error)
    } catch let error as ImportError {
      throw CommandFailure(.badData, [error.finding])
    } catch {
      throw CommandFailure(.bug, "error: \(error)")
    }
  }
}

extension WorkspaceError {
  /// Whether it goes away when the workspace is opened by one who may write to it.
  fileprivate var isUndoneByWriting: Bool {
    switch self {
    case .interrupted, .notPrepared: true
    default: false
    }
  }
}

extension CommandFailure {
  init(_ error: WorkspaceError) {
    let status: ExitStatus =
      switch error {
      case .missing, .noSource, .notYet: .inputMissing
      case .damaged, .newer, .cannotRead, .interrupted, .notPrepared: .badData
      case .busy: .busy
      case .diskFull, .cannotWrite: .cannotWrite
      case .otherSource: .wrongRules
      case .pruned, .neededByPack: .usage
      }
    self.init(status, "\(error.path): error: \(error.reason)")
  }
}
