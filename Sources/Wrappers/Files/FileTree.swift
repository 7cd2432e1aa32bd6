internal import CPlatform
internal import Glibc

/// Small questions about files.
package enum FileTree {
  /// Rule files, manifests and results are never larger.
  private static let limit = 1 << 30

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isFolder(_ path: String) -> Bool { Folder.isFolder(path) }

  /// All bytes of a file, unpacked.
  package static func bytes(of path: String) throws(FileError) -> [UInt8] {
    try readWhole(path, limit: limit)
  }

  /// Makes a folder, and those above it.
  package static func makeFolder(_ path: String) throws(FileError) {
    try Folder.create(path)
  }

  /// The seconds since 1970 at which a file was last changed; `nil` if it is not there.
  package static func changed(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec)
  }

  /// Whether other users than the owner may read a file.
  package static func isReadableByOthers(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & 0o077 != 0
  }

  /// The size in bytes of a file; `nil` if it is not there.
  package static func size(_ path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  package static func remove(_ path: String) {
    Folder.remove(path)
  }

  /// Removes what runs that are no more were preparing for a path.
  package static func clearLeftovers(of path: String) {
    Staging.clearLeftovers(of: path)
  }

  /// Removes what runs that are no more were preparing in a folder and, down to `depth`, in those
  /// below it.
  package static func clearLeftovers(in folder: String, depth: Int) {
    Staging.clearAllLeftovers(in: folder)
    guard depth > 0 else { return }
    for name in Folder.names(in: folder) where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      if isFolder(path) { clearLeftovers(in: path, depth: depth - 1) }
    }
  }

  /// The regular files below a folder, in byte order of their paths, hidden ones left out.
  package static func files(below folder: String) -> [String] {
    var found: [String] = []
    for name in Folder.names(in: folder) where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      if isFolder(path) { found += files(below: path) } else { found.append(path) }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
