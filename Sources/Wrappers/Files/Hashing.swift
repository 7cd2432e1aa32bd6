internal import Crypto

/// SHA-256 as 64 lower-case hexadecimal digits, of bytes given piece by piece.
package struct SHA256Hex {
  private var hash = SHA256()

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// The hash of the bytes so far.
  package var hex: String { hexadecimal(hash.finalize()) }

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

/// Hashes texts with a secret, so that nobody without it can find out a text by trying.
///
/// HMAC-SHA-256 (RFC 2104), of which the first 8 bytes are shown as 16 hexadecimal digits.
package struct KeyedHash: Sendable {
  /// Fewer bytes could be tried one after the other.
  package static let leastKeyBytes = 16
  private static let shownBytes = 8
  private let key: SymmetricKey

  package init(key: [UInt8]) {
    self.key = SymmetricKey(data: key)
  }

  package func text(of text: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    return hexadecimal(code.prefix(Self.shownBytes))
  }
}

private func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}
