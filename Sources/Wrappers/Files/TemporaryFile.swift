internal import CPlatform
internal import Glibc

/// A private file without a name: it vanishes with the process.
package final class TemporaryFile {
  let descriptor: Descriptor
  private let folder: String

  /// Creates an empty file in a folder.
  package init(in folder: String = TemporaryFolder.parent) throws(FileError) {
    self.folder = folder
    let nameless = attain_nameless(folder)
    if nameless >= 0 {
      descriptor = Descriptor(number: nameless)
      return
    }
    // A file system that knows no files without a name.
    var template = Array("\(folder)/attain-spool-XXXXXX".utf8CString)
    // mkstemp creates with 0600.
    let number = mkstemp(&template)
    guard number >= 0 else { throw .writing(folder) }
    descriptor = Descriptor(number: number)
    unlink(template)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try descriptor.writeAll(bytes, path: folder)
  }

  /// Starts reading from the beginning; several readers do not disturb each other.
  ///
  /// - Parameter name: The path that errors name.
  package func open(as name: String) throws(FileError) -> InputFile {
    try InputFile(name, descriptor)
  }
}
