internal import CPlatform
internal import Glibc

/// A folder that is written beside its place and put there in one step.
///
/// A run that dies at any instant leaves the old folder or the new one; what it leaves beside them
/// is removed by the next exchange of the same folder.
package final class FolderExchange {
  /// What ``commit()`` did.
  package enum Outcome: Hashable, Sendable {
    case created
    case replaced
    /// The same names and bytes were there already, and were left alone.
    case unchanged
  }

  /// Where the folder will be.
  package let target: String

  /// The folder to write into before ``commit()``.
  package let staging: String

  private var isOpen = true

  /// Creates the staging folder, and the folders above the target.
  package init(_ target: String) throws(FileError) {
    self.target = target
    try Folder.create(Folder.split(target).folder)
    Staging.clearLeftovers(of: target)
    staging = Staging.name(for: target)
    guard mkdir(staging, 0o777) == 0 else {
      Interruption.finish(staging)
      throw .writing(target)
    }
  }

  deinit {
    abandon()
  }

  /// Writes a file below the folder; `path` may name folders, which are created.
  package func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let file = try place(of: path)
    let final = "\(target)/\(path)"
    try Descriptor.creating(file, isPrivate: false, for: final).writeAll(bytes, path: final)
  }

  /// The path at which to write a file that will be at `path` below the target.
  package func place(of path: String) throws(FileError) -> String {
    Interruption.waitIfEnding()
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    precondition(
      parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." },
      "a path in a folder does not leave it")
    let file = "\(staging)/\(path)"
    try Folder.create(Folder.split(file).folder)
    return file
  }

  /// Puts the folder in its place.
  @discardableResult
  package func commit() throws(FileError) -> Outcome {
    precondition(isOpen, "a folder is put in its place once")
    defer { abandon() }
    if Folder.exists(target) && Folder.areSame(staging, target) { return .unchanged }
    try Folder.synchronizeAll(staging)
    let outcome = try Interruption.wholly(exchange)
    try Folder.synchronize(Folder.split(target).folder)
    return outcome
  }

  /// Removes what was written, or after ``commit()`` what was there before.
  package func abandon() {
    guard isOpen else { return }
    isOpen = false
    Folder.remove(staging)
    Interruption.finish(staging)
  }

  private func exchange() throws(FileError) -> Outcome {
    guard Folder.exists(target) else {
      guard rename(staging, target) == 0 else { throw .writing(target) }
      return .created
    }
    if attain_exchange(staging, target) == 0 { return .replaced }
    guard errno == EINVAL || errno == ENOSYS else { throw .writing(target) }
    // A file system without exchange: two steps are the best there is.
    let old = "\(staging).old"
    guard rename(target, old) == 0, rename(staging, target) == 0 else { throw .writing(target) }
    Folder.remove(old)
    return .replaced
  }
}
