internal import CZlib

/// What is wrong with a gzip file.
package enum GzipError: Error, Hashable, Sendable {
  /// The file ends in the middle; `bytesRead` compressed bytes were there.
  case truncated(bytesRead: Int)
  /// The bytes before `byte` do not unpack, or their checksum is wrong.
  case corrupt(byte: Int, detail: String)
}

/// Whether a file that starts with these bytes is a gzip file.
package func isGzip(prefix: some Collection<UInt8>) -> Bool {
  prefix.starts(with: [0x1f, 0x8b])
}

/// Unpacks gzip as it is read; several files in a row count as one, as with `gzip -d`.
///
/// Zeros behind the last file are ignored.
package final class GzipReader {
  package typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

  private let source: Read
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var bytesRead = 0
  private var inputEnded = false
  /// Whether the next byte starts a file.
  private var isBetween = true
  private var hasUnpacked = false

  /// Creates a reader of the packed bytes that `read` gives; 0 bytes are the end.
  package init(blockSize: Int = 1 << 17, read: @escaping Read) {
    source = read
    input = .allocate(byteCount: max(1, blockSize), alignment: 16)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    // 15 is the largest window; 16 more asks for the header of gzip and nothing else.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size)
    precondition(status == Z_OK, "zlib does not start: \(status)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Fills the start of a buffer and returns how many bytes; 0 is the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let room = min(buffer.count, 1 << 30)
    stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out == room && room > 0 {
      if stream.pointee.avail_in == 0 && !inputEnded { try refill() }
      if isBetween {
        guard try startsFile() else { return 0 }
      } else if stream.pointee.avail_in == 0 {
        throw GzipError.truncated(bytesRead: bytesRead)
      }
      try unpack()
    }
    return room - Int(stream.pointee.avail_out)
  }

  private func refill() throws {
    let count = try source(input)
    inputEnded = count == 0
    bytesRead += count
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(count)
  }

  /// Whether another file starts here; passes over zeros behind a file.
  private func startsFile() throws -> Bool {
    while true {
      while stream.pointee.avail_in > 0, let next = stream.pointee.next_in {
        if !hasUnpacked || next.pointee != 0 {
          isBetween = false
          return true
        }
        stream.pointee.next_in = next + 1
        stream.pointee.avail_in -= 1
      }
      if inputEnded { break }
      try refill()
    }
    guard hasUnpacked else { throw GzipError.truncated(bytesRead: bytesRead) }
    return false
  }

  private func unpack() throws {
    let status = inflate(stream, Z_NO_FLUSH)
    switch status {
    case Z_OK: return
    case Z_STREAM_END:
      hasUnpacked = true
      isBetween = true
      inflateReset(stream)
    case Z_BUF_ERROR where stream.pointee.avail_in == 0: return
    default:
      let detail = stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)"
      throw GzipError.corrupt(byte: bytesRead - Int(stream.pointee.avail_in), detail: detail)
    }
  }
}
