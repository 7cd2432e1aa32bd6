internal import CZlib

/// Packs bytes as a gzip file without name and time, so that the same bytes give the same file.
package func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  let size = Int32(MemoryLayout<z_stream>.size)
  var status = deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
  precondition(status == Z_OK && bytes.count < 1 << 31, "zlib does not start: \(status)")
  defer { deflateEnd(&stream) }
  var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 32)
  var input = bytes
  let written = input.withUnsafeMutableBufferPointer { source in
    packed.withUnsafeMutableBufferPointer { target in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(target.count)
      status = deflate(&stream, Z_FINISH)
      return target.count - Int(stream.avail_out)
    }
  }
  precondition(status == Z_STREAM_END, "zlib had room enough")
  return Array(packed[..<written])
}
