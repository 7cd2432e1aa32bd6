/// Markup under construction; text goes through the escape, tags are literals of this module.
struct HTMLWriter {
  private(set) var text = ""

  /// Appends markup as it is: only for literals and for what another writer made.
  mutating func markup(_ literal: String) { text += literal }

  mutating func write(_ content: String) { text += Self.escape(content) }

  /// Opens an element; attribute values are escaped and `nil` ones left out.
  mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    text += "<" + name + Self.attributes(attributes) + ">"
  }

  mutating func close(_ name: String) { text += "</" + name + ">" }

  /// An element that holds only text.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?>, _ content: String
  ) {
    open(name, attributes)
    write(content)
    close(name)
  }

  mutating func element(_ name: String, _ content: String) { element(name, [:], content) }

  /// An element of SVG without content.
  mutating func mark(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    text += "<" + name + Self.attributes(attributes) + "/>"
  }

  static func attributes(_ attributes: KeyValuePairs<String, String?>) -> String {
    var text = ""
    for (name, value) in attributes {
      guard let value else { continue }
      text += " " + name + "=\"" + escape(value) + "\""
    }
    return text
  }

  /// Text as HTML: the five special characters as references, control characters removed.
  ///
  /// Removed are the C0 and C1 controls except tab and line feed, which become spaces, and the
  /// characters that change the direction of what follows them.
  static func escape(_ content: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(content.utf8.count)
    for scalar in content.unicodeScalars {
      // A number and its sign stay on one line.
      if scalar == "%", escaped.last == " " { escaped.removeLast(); escaped += "\u{A0}" }
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n": escaped += " "
      default:
        if !isRemoved(scalar) { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }

  static func isRemoved(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<32, 0x7F..<0xA0: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    case 0xFFFE, 0xFFFF, 0xFEFF: true
    default: false
    }
  }
}
