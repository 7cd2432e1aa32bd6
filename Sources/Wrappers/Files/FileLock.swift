internal import CPlatform
internal import Glibc

/// A lock on `PATH.lock` that the kernel frees with the process, however that ends.
///
/// The file stays: removing it would let two processes hold two locks of one name. The number of
/// the process is in it for the message only.
package final class FileLock {
  /// The file that is locked.
  package let path: String

  private let descriptor: Descriptor

  /// Takes the lock at once, or throws ``FileError/busy(path:pid:)``.
  package init(_ guarded: String) throws(FileError) {
    let path = guarded + ".lock"
    self.path = path
    try Folder.create(Folder.split(path).folder)
    let number = attain_open(path, O_RDWR | O_CREAT, 0o600)
    guard number >= 0 else { throw .writing(path) }
    descriptor = Descriptor(number: number)
    guard attain_lock(number) == 0 else {
      guard errno == EWOULDBLOCK else { throw .writing(path) }
      let text = (try? readWhole(path, limit: 100)).map { String(decoding: $0, as: UTF8.self) }
      throw .busy(path: path, pid: text.flatMap { Int($0.prefix { $0.isNumber }) })
    }
    guard ftruncate(number, 0) == 0 else { throw .writing(path) }
    try descriptor.writeAll(Array("\(getpid())\n".utf8), path: path)
  }
}
