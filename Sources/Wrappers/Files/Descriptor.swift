internal import CPlatform
internal import Glibc

/// An open file that is closed when nobody holds it any more.
final class Descriptor {
  let number: Int32
  private var isOwned: Bool

  init(number: Int32, isOwned: Bool = true) {
    self.number = number
    self.isOwned = isOwned
  }

  deinit { close() }

  /// Closes the file now; nothing may be done with it any more.
  func close() {
    guard isOwned else { return }
    isOwned = false
    Glibc.close(number)
  }

  static func reading(_ path: String) throws(FileError) -> Descriptor {
    let number = attain_open(path, O_RDONLY, 0)
    guard number >= 0 else { throw .reading(path) }
    return Descriptor(number: number)
  }

  /// Opens a device or a pipe that is there.
  static func writing(_ path: String) throws(FileError) -> Descriptor {
    let number = attain_open(path, O_WRONLY, 0)
    guard number >= 0 else { throw .writing(path) }
    return Descriptor(number: number)
  }

  /// Creates a file that must not exist.
  ///
  /// - Parameter target: The name that an error gives: that of the file which this one becomes.
  static func creating(
    _ path: String, isPrivate: Bool, for target: String
  ) throws(FileError) -> Descriptor {
    let number = attain_open(path, O_WRONLY | O_CREAT | O_EXCL, isPrivate ? 0o600 : 0o666)
    guard number >= 0 else { throw .writing(target) }
    return Descriptor(number: number)
  }

  var status: stat? {
    var found = stat()
    return fstat(number, &found) == 0 ? found : nil
  }

  func writeAll(_ bytes: UnsafeRawBufferPointer, path: String) throws(FileError) {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      let count = write(number, base, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .writing(path)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  func writeAll(_ bytes: [UInt8], path: String) throws(FileError) {
    let result = bytes.withUnsafeBytes { all -> Result<Void, FileError> in
      do throws(FileError) { return .success(try writeAll(all, path: path)) } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Reads at a place, or onwards if `offset` is `nil`; 0 is the end.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int?, path: String
  ) throws(FileError) -> Int {
    while true {
      let count =
        if let offset {
          pread(number, buffer.baseAddress, buffer.count, offset)
        } else {
          Glibc.read(number, buffer.baseAddress, buffer.count)
        }
      if count >= 0 { return count }
      if errno != EINTR { throw .unreadable(path: path, errno: errno) }
    }
  }

  func synchronize(path: String) throws(FileError) {
    guard fsync(number) == 0 || errno == EINVAL else { throw .writing(path) }
  }
}
