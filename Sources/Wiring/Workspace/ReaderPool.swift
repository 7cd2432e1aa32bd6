internal import GRDB
internal import Synchronization

/// Connections to a workspace for threads that read at the same time.
final class ReaderPool: Sendable {
  let path: String
  private let configuration: Configuration
  private let idle: Mutex<[DatabaseQueue]>

  init(_ workspace: Workspace) {
    path = workspace.path
    configuration = Workspace.readingConfiguration
    idle = Mutex([workspace.queue])
  }

  /// Reads with a connection that nobody else uses meanwhile; opens one if there is none.
  func reading(_ body: (Database) throws -> Void) throws {
    try naming(path) {
      let queue =
        try idle.withLock { $0.popLast() }
        ?? DatabaseQueue(path: path, configuration: configuration)
      defer { idle.withLock { $0.append(queue) } }
      try queue.read(body)
    }
  }
}
