import Crypto

/// The hash of a style or script, as a Content-Security-Policy names it.
enum PageDigest {
  /// `sha256-` and the digest in base64.
  static func source(of text: String) -> String {
    "sha256-" + base64(Array(SHA256.hash(data: Array(text.utf8))))
  }

  /// RFC 4648, with padding.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var encoded: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) }
      bits <<= 8 * (3 - group.count)
      for place in 0..<4 {
        let isPadding = place > group.count
        encoded.append(
          isPadding ? UInt8(ascii: "=") : alphabet[(bits >> (18 - 6 * place)) & 63])
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
