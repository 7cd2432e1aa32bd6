extension TextEncoding {
  /// The encodings that are known without asking the system.
  private static let own: KeyValuePairs<String, TextEncoding> = [
    "utf-8": .utf8, "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian,
    "windows-1252": .windows1252, "iso-8859-1": .iso8859_1, "mac-roman": .macRoman,
    "utf8": .utf8, "cp1252": .windows1252, "latin1": .iso8859_1, "latin-1": .iso8859_1,
  ]

  /// Names that people write, for messages and for the nearest to a typo.
  package static let commonNames: [String] = [
    "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-1", "mac-roman", "big5",
    "big5-hkscs", "cp437", "cp850", "cp852", "cp866", "cp932", "euc-jp", "euc-kr", "gb18030",
    "gb2312", "gbk", "iso-2022-jp", "iso-2022-kr", "iso-8859-2", "iso-8859-3", "iso-8859-4",
    "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-10",
    "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "macintosh",
    "shift_jis", "tis-620", "utf-32le", "utf-32be", "windows-1250", "windows-1251",
    "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257",
    "windows-1258",
  ]

  /// Names for which iconv asks the process's surroundings, or has what no file has.
  private static let refused: Set<String> = ["char", "wchar_t", "internal"]

  /// The encoding of a name, in any case; `nil` if neither this package nor iconv knows it.
  package init?(name: String) {
    let folded = name.lowercased()
    if let own = Self.own.first(where: { $0.key == folded }) {
      self = own.value
      return
    }
    // A slash would begin iconv's own wishes, such as //IGNORE, which drops what it cannot read.
    let isPlain = folded.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"):
        true
      default: false
      }
    }
    guard isPlain, !folded.isEmpty, !Self.refused.contains(folded),
      IconvDecoder.knows(folded)
    else { return nil }
    self = .other(folded)
  }
}
