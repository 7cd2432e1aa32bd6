internal import CZlib

/// Raw deflate data, as ZIP archives hold them.
package enum RawDeflate {
  /// Unpacks data of which the unpacked size is known.
  ///
  /// - Throws: ``GzipError`` if the data are damaged or of another size.
  package static func inflate(_ packed: [UInt8], size: Int) throws -> [UInt8] {
    var stream = z_stream()
    let structSize = Int32(MemoryLayout<z_stream>.size)
    // Negative window bits stand for data without a header.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, structSize) == Z_OK else {
      throw GzipError.corrupt(byte: 0, detail: "zlib cannot start")
    }
    defer { inflateEnd(&stream) }
    var input = packed
    var output = [UInt8](repeating: 0, count: max(size, 1))
    let status = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(target.count)
        return CZlib.inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, Int(stream.total_out) == size else {
      throw GzipError.corrupt(byte: Int(stream.total_in), detail: "the unpacked size is wrong")
    }
    return size == output.count ? output : Array(output[..<size])
  }
}
