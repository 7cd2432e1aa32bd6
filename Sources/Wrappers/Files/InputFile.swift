internal import CPlatform
internal import Compression
internal import Glibc

/// A file that is read once from its start, unpacked if it is a gzip file.
///
/// A file is read in blocks and never mapped, so that one that shrinks meanwhile is an error and
/// not a crash.
package final class InputFile {
  /// The path as given; `-` is standard input.
  package let path: String

  /// The size of the file, packed if it is packed; `nil` if it is not known beforehand.
  package let totalBytes: Int?

  /// How many bytes of the file were read, packed if it is packed.
  package private(set) var bytesRead: Int = 0

  private let descriptor: Descriptor
  /// Bytes that were read to see what the file is.
  private var prefix: [UInt8] = []
  private var gzip: GzipReader?

  /// Opens a file, or standard input for `-`, which can be read only once.
  package static func open(_ path: String) throws(FileError) -> InputFile {
    if path == "-" { return try InputFile(path, Descriptor(number: 0, isOwned: false)) }
    return try InputFile(path, Descriptor.reading(path))
  }

  init(_ path: String, _ descriptor: Descriptor) throws(FileError) {
    self.path = path
    self.descriptor = descriptor
    let status = descriptor.status
    let kind = (status?.st_mode ?? 0) & S_IFMT
    if kind == S_IFDIR { throw .unreadable(path: path, errno: EISDIR) }
    totalBytes = kind == S_IFREG ? status.map { Int($0.st_size) } : nil
    try lookAtStart()
  }

  /// Fills the start of a buffer and returns how many bytes; 0 is the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard let gzip else { return try readRaw(into: buffer) }
    do {
      return try gzip.read(into: buffer)
    } catch let error as FileError {
      throw error
    } catch GzipError.corrupt(let byte, let detail) {
      throw .corruptGzip(path: path, byte: byte, detail: detail)
    } catch {
      throw .truncatedGzip(path: path, bytesRead: bytesRead)
    }
  }

  private func lookAtStart() throws(FileError) {
    var start = [UInt8](repeating: 0, count: 2)
    var filled = 0
    while filled < 2 {
      let result = start.withUnsafeMutableBytes { all -> Result<Int, FileError> in
        let rest = UnsafeMutableRawBufferPointer(rebasing: all[filled...])
        do throws(FileError) { return .success(try readRaw(into: rest)) } catch {
          return .failure(error)
        }
      }
      let count = try result.get()
      if count == 0 { break }
      filled += count
    }
    prefix = Array(start[..<filled])
    if isGzip(prefix: prefix) {
      gzip = GzipReader { [unowned self] buffer in try readRaw(into: buffer) }
    }
  }

  private func readRaw(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if !prefix.isEmpty {
      let count = min(prefix.count, buffer.count)
      buffer.copyBytes(from: prefix[..<count])
      prefix.removeFirst(count)
      return count
    }
    let offset = totalBytes == nil ? nil : bytesRead
    let count = try descriptor.read(into: buffer, at: offset, path: path)
    bytesRead += count
    if count == 0, buffer.count > 0, let totalBytes, bytesRead < totalBytes {
      throw .shrank(path: path, expected: totalBytes, found: bytesRead)
    }
    return count
  }
}

/// Standard input in a private temporary file, so that it can be read more than once.
package final class SpooledInput {
  private let path: String
  private let file: TemporaryFile

  /// Reads all of `path` (`-` is standard input) into a file in `temporaryFolder`.
  package init(_ path: String = "-", temporaryFolder: String = TemporaryFolder.parent)
    throws(FileError)
  {
    self.path = path
    let source =
      path == "-" ? Descriptor(number: 0, isOwned: false) : try Descriptor.reading(path)
    file = try TemporaryFile(in: temporaryFolder)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try source.read(into: block, at: nil, path: path)
      if count == 0 { break }
      try file.append(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  /// Starts reading from the beginning; several readers do not disturb each other.
  package func open() throws(FileError) -> InputFile {
    try file.open(as: path)
  }
}

/// All bytes of a file, unpacked; an error if there are more than `limit`.
package func readWhole(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
  let file = try InputFile.open(path)
  let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  defer { block.deallocate() }
  var bytes: [UInt8] = []
  while true {
    let count = try file.read(into: block)
    if count == 0 { return bytes }
    guard bytes.count + count <= limit else { throw .tooLarge(path: path, limit: limit) }
    bytes.append(contentsOf: block[..<count])
  }
}
