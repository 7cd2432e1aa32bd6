internal import Crypto

/// SHA-256 as 64 lower-case hexadecimal digits, of bytes given piece by piece.
package struct SHA256Hex {
  private var hash = SHA256()

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// The hash of the bytes so far.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in hash.finalize() {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  package static func of(_ bytes: [UInt8]) -> String {
    var hash = SHA256Hex()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.hex
  }

  package static func of(_ text: String) -> String {
    of(Array(text.utf8))
  }

  /// The hash of a file as it is on the disk, not unpacked.
  package static func ofFile(_ path: String) throws(FileError) -> String {
    let descriptor = try Descriptor.reading(path)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    var hash = SHA256Hex()
    while true {
      let count = try descriptor.read(into: block, at: nil, path: path)
      if count == 0 { return hash.hex }
      hash.update(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }
}
