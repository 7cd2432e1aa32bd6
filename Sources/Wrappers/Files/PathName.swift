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

  /// A path below a folder as a relative link: UTF-8, all but unreserved characters of RFC 3986
  /// and slashes as `%` and two digits.
  ///
  /// - Parameter path: Begins with `folder` and a slash, unless that is `.`.
  package static func link(from folder: String, to path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var link: [UInt8] = []
    for byte in path.utf8.dropFirst(path.hasPrefix(folder + "/") ? folder.utf8.count + 1 : 0) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        link.append(byte)
      default: link += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: link, as: UTF8.self)
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
