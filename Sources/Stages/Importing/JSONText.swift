/// Texts as JSON writes them, without the quotes around them.
package enum JSONText {
  /// Appends a text with what JSON needs written otherwise.
  package static func append(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    var start = 0
    for index in 0..<text.count {
      let byte = text[index]
      guard byte < 0x20 || byte == quote || byte == backslash else { continue }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start..<index]))
      start = index + 1
      bytes.append(backslash)
      switch byte {
      case 0x0a: bytes.append(UInt8(ascii: "n"))
      case 0x0d: bytes.append(UInt8(ascii: "r"))
      case 0x09: bytes.append(UInt8(ascii: "t"))
      case ..<0x20:
        bytes += Array("u00".utf8)
        bytes.append(UInt8(ascii: "0") + byte >> 4)
        bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[start...]))
  }

  package static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append(UnsafeRawBufferPointer($0), to: &bytes) }
  }

  static let quote = UInt8(ascii: "\"")
  private static let backslash = UInt8(ascii: "\\")
}
