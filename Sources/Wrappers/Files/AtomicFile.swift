internal import CPlatform
internal import Glibc

/// Files that are there whole or not at all.
package enum AtomicFile {
  /// Puts a file with these bytes in the place of what is there.
  ///
  /// - Parameter isPrivate: Whether only the owner may read it; otherwise the umask decides.
  package static func write(
    _ bytes: [UInt8], to path: String, isPrivate: Bool = false
  ) throws(FileError) {
    try Folder.create(Folder.split(path).folder)
    Staging.clearLeftovers(of: path)
    let staged = Staging.name(for: path)
    do throws(FileError) {
      let file = try Descriptor.creating(staged, isPrivate: isPrivate, for: path)
      try file.writeAll(bytes, path: path)
      try file.synchronize(path: path)
      try put(staged, at: path)
    } catch {
      unlink(staged)
      throw error
    }
  }

  /// Puts the file that `body` writes to the path it is given in the place of what is there.
  package static func replace(
    _ path: String, isPrivate: Bool = false, _ body: (_ staged: String) throws -> Void
  ) throws {
    try Folder.create(Folder.split(path).folder)
    Staging.clearLeftovers(of: path)
    let staged = Staging.name(for: path)
    do {
      _ = try Descriptor.creating(staged, isPrivate: isPrivate, for: path)
      try body(staged)
      try Folder.synchronize(staged)
      try put(staged, at: path)
    } catch {
      unlink(staged)
      throw error
    }
  }

  private static func put(_ staged: String, at path: String) throws(FileError) {
    guard rename(staged, path) == 0 else { throw .writing(path) }
    try Folder.synchronize(Folder.split(path).folder)
  }
}
