/// Text made fit for a cell.
enum CellText {
  /// Excel's limit for the text of a cell, in UTF-16 units.
  static let longest = 32_767

  /// The text without what XML or Excel cannot hold, cut with an ellipsis where it is too long.
  static func prepared(_ text: String) -> String {
    shortened(literal(printable(text)))
  }

  /// Whether XML 1.0 can hold the character.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9, 10: true
    case 0..<32, 0x7f..<0xa0, 0xfffe, 0xffff: false
    default: true
    }
  }

  private static func printable(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 32 && $0 < 0x7f || $0 == 9 || $0 == 10 }
    if isPlain { return text }
    var kept = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where isPrintable(scalar) { kept.append(scalar) }
    return String(kept)
  }

  /// Escapes what Excel would decode: a cell's `_x0041_` would be shown as `A`.
  private static func literal(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for index in bytes.indices {
      if startsEscape(bytes, at: index) { result.append(contentsOf: "_x005F".utf8) }
      result.append(bytes[index])
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func startsEscape(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + 6 < bytes.count, bytes[index] == UInt8(ascii: "_"),
      bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
    else { return false }
    return bytes[index + 2...index + 5].allSatisfy {
      switch $0 {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        true
      default: false
      }
    }
  }

  private static func shortened(_ text: String) -> String {
    guard text.utf8.count > longest, text.utf16.count > longest else { return text }
    var kept = String.UnicodeScalarView()
    var room = longest - 1
    for scalar in text.unicodeScalars {
      room -= UTF16.width(scalar)
      if room < 0 { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }
}
