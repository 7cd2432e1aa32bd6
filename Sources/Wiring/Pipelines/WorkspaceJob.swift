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
      for order in orders { try loader.store(order, in: workspace) }
    }
  }

  /// Says what is wrong with a workspace; a sentence for each.
  package static func check(_ path: String) throws(CommandFailure) -> [String] {
    try changing(path) { workspace throws(CommandFailure) in
      try trying { try workspace.check() }
    }
  }

  /// Takes out versions that stood only before an instant, and returns how many.
  package static func prune(
    _ path: String, before: Instant, forgetPacks: Bool
  ) throws(CommandFailure) -> Int {
    try changing(path) { workspace throws(CommandFailure) in
      try trying { try workspace.prune(before: before, forgetPacks: forgetPacks) }
    }
  }

  package static func vacuum(_ path: String) throws(CommandFailure) {
    try changing(path) { workspace throws(CommandFailure) in
      try trying { try workspace.vacuum() }
    }
  }

  /// Hands over the workspace as SQL text, piece by piece.
  package static func dump(
    _ path: String, to write: ([UInt8]) -> Void
  ) throws(CommandFailure) {
    try changing(path) { workspace throws(CommandFailure) in
      try trying { try workspace.dump { write(Array($0.utf8)) } }
    }
  }

  /// Opens a workspace that nobody else changes, and closes it whatever comes.
  private static func changing<Result>(
    _ path: String, creates: Bool = false,
    _ body: (Workspace) throws(CommandFailure) -> Result
  ) throws(CommandFailure) -> Result {
    if !creates, !FileTree.exists(path) {
      throw CommandFailure(WorkspaceError.missing(path: path))
    }
    let lock: FileLock
    do throws(FileError) {
      lock = try FileLock(path)
    } catch {
      throw CommandFailure(error)
    }
    defer { withExtendedLifetime(lock) {} }
    let workspace = try trying { try Workspace(path, creates: creates) }
    let result: Result
    do throws(CommandFailure) {
      result = try body(workspace)
    } catch {
      try? workspace.close()
      throw error
    }
    try trying { try workspace.close() }
    return result
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

extension CommandFailure {
  init(_ error: WorkspaceError) {
    let status: ExitStatus =
      switch error {
      case .missing, .noSource: .inputMissing
      case .damaged, .newer: .badData
      case .busy: .busy
      case .diskFull, .cannotWrite: .cannotWrite
      case .otherSource: .wrongRules
      case .pruned, .neededByPack: .usage
      }
    self.init(status, "\(error.path): error: \(error.reason)")
  }
}

extension TicketLoader {
  /// Imports the files of an order into a workspace, all or none of them.
  func store(_ order: ImportOrder, in workspace: Workspace) throws(CommandFailure) {
    let item = try prepared(order)
    var mapping = item.mapping
    if let source = item.order.source { mapping.source = source }
    if let name = order.zone {
      mapping.zone = name
      mapping.zonePlace = nil
    }
    let (zone, hash) = (try zone(of: mapping), try personalHash(of: mapping))
    let files = try files(of: item)
    let size = files.reduce(0) { $0 + ($1.size ?? 0) }
    var inputs: [WorkspaceInput] = []
    do throws(FileError) {
      for file in files {
        inputs.append(WorkspaceInput(file.input, sha256: try file.digest()))
      }
    } catch {
      throw CommandFailure(error)
    }
    let rule = rules.records.last { $0.kind == "mapping" && $0.source == item.mapping.source }
    let changes = try WorkspaceJob.trying {
      try workspace.importFiles(
        inputs, by: mapping, mappingSHA256: rule?.sha256 ?? "", at: surroundings.now
      ) { settled in
        Importer(mapping, zone: zone, settledTimestamps: settled, hash: hash)
      } report: { read in
        surroundings.progress(read, size > 0 ? size : nil)
      } accept: { made in
        tell(
          files.flatMap(\.findings) + made.findings, unlisted: made.unlistedFindings,
          unlistedProblems: made.unlistedProblems, made.ledger)
        try limitRejects(of: made.ledger, order)
      }
    }
    tell(changes, of: mapping.source, in: workspace.path)
  }

  private func tell(_ changes: WorkspaceChanges, of source: String, in path: String) {
    guard changes.imported != nil else {
      surroundings.say(
        "\(path): note: every file of source \"\(source)\" was imported before; nothing changed")
      return
    }
    surroundings.log.info(
      """
      \(path): source "\(source)": \(changes.rows) rows = \(changes.rejected) rejected + \
      \(changes.unchanged) unchanged + \(changes.outdated) outdated + \(changes.changed) changed; \
      \(changes.newTickets) new, \(changes.gone) gone, \(changes.returned) back
      """)
  }
}
