internal import CPlatform
internal import Glibc

/// Files that are there whole or not at all.
///
/// A link keeps leading where it leads; a device or a pipe is written to and not replaced, so that
/// `-o /dev/null` is harmless to the system.
package enum AtomicFile {
  /// Puts a file with these bytes in the place of what is there.
  ///
  /// - Parameter isPrivate: Whether only the owner may read it; otherwise the umask decides.
  package static func write(
    _ bytes: [UInt8], to path: String, isPrivate: Bool = false
  ) throws(FileError) {
    if Folder.isStream(path) {
      return try Descriptor.writing(path).writeAll(bytes, path: path)
    }
    let target = Folder.resolved(path)
    try Folder.create(Folder.split(target).folder)
    Staging.clearLeftovers(of: target)
    let staged = Staging.name(for: target)
    defer { Interruption.finish(staged) }
    do throws(FileError) {
      let file = try Descriptor.creating(staged, isPrivate: isPrivate, for: path)
      try file.writeAll(bytes, path: path)
      try file.synchronize(path: path)
      try put(staged, at: target, named: path)
    } catch {
      unlink(staged)
      throw error
    }
  }

  /// Puts the file that `body` writes to the path it is given in the place of what is there.
  package static func replace(
    _ path: String, isPrivate: Bool = false, _ body: (_ staged: String) throws -> Void
  ) throws {
    guard !Folder.isStream(path) else { throw FileError.cannotWrite(path: path, errno: ENOTSUP) }
    let target = Folder.resolved(path)
    try Folder.create(Folder.split(target).folder)
    Staging.clearLeftovers(of: target)
    let staged = Staging.name(for: target)
    defer { Interruption.finish(staged) }
    do {
      _ = try Descriptor.creating(staged, isPrivate: isPrivate, for: path)
      try body(staged)
      try Folder.synchronize(staged)
      try put(staged, at: target, named: path)
    } catch {
      unlink(staged)
      throw error
    }
  }

  private static func put(
    _ staged: String, at target: String, named path: String
  ) throws(FileError) {
    try Interruption.wholly { () throws(FileError) in
      guard rename(staged, target) == 0 else { throw .writing(path) }
    }
    try Folder.synchronize(Folder.split(target).folder)
  }
}
