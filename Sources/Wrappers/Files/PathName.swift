/// Names that become names of files.
package enum PathName {
  /// A name that can be one component of a path, and never two for one or one for two.
  ///
  /// Letters and digits of any script, `.`, `_`, `-` and spaces inside stay; anything else becomes
  /// `_`. A name that had to be changed gets `-` and six hexadecimal digits of its SHA-256. No name
  /// is longer than 100 characters or 200 bytes.
  package static func safe(_ name: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      kept.append(isAllowed(scalar) ? scalar : "_")
    }
    while let first = kept.first, first == "." || first == " " { kept.removeFirst() }
    while let last = kept.last, last == "." || last == " " { kept.removeLast() }
    let isShort = kept.count <= 100 && String(kept).utf8.count <= 200
    if isShort && !kept.isEmpty && Array(String(kept).utf8) == Array(name.utf8) { return name }
    var bytes = 0
    var short = String.UnicodeScalarView()
    for scalar in kept.prefix(93) {
      bytes += UTF8.width(scalar)
      if bytes > 193 { break }
      short.append(scalar)
    }
    let readable = short.isEmpty ? "_" : String(short)
    return readable + "-" + SHA256Hex.of(name).prefix(6)
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", " ": true
    default:
      !scalar.isASCII
        && (scalar.properties.isAlphabetic
          || scalar.properties.generalCategory == .nonspacingMark)
    }
  }
}
