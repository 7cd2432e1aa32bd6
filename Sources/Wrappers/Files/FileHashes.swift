internal import Dispatch
internal import Synchronization

/// The SHA-256 of files as they are on the disk, found by a thread of its own while they are read.
package final class FileHashes: Sendable {
  private let hashes: [Hash]

  /// - Parameter paths: `nil` stands for standard input, which is gone once it is read; its hash is
  ///   empty.
  package init(of paths: [String?]) {
    hashes = paths.map(Hash.init)
    DispatchQueue.global().async { [hashes] in
      for hash in hashes { _ = hash.result() }
    }
  }

  /// The hash of a file, by its index; waits until it is found.
  package func hash(of number: Int) throws(FileError) -> String {
    try hashes[number].result().get()
  }

  private final class Hash: Sendable {
    private let path: String?
    private let found = Mutex<Result<String, FileError>?>(nil)

    init(of path: String?) { self.path = path }

    func result() -> Result<String, FileError> {
      guard let path else { return .success("") }
      return found.withLock { found in
        let result = found ?? Result { () throws(FileError) in try SHA256Hex.ofFile(path) }
        found = result
        return result
      }
    }
  }
}
