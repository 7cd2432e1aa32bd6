import TestSupport
import Testing

@testable import CSVRecords

@Suite("Encodings that the system's iconv reads")
struct IconvTests {
  private func text(_ bytes: [UInt8], _ name: String, piece: Int = 1_000) throws -> [UInt8] {
    let encoding = try #require(TextEncoding(name: name))
    return try decoded(bytes, encoding, piece: piece, blockSize: piece)
  }

  /// From the tables of the standards, not from a program.
  static let examples: [(name: String, bytes: [UInt8], text: String)] = [
    ("shift_jis", [0x93, 0xfa, 0x96, 0x7b, 0xb1, 0x2c, 0x83, 0x5c], "日本ｱ,ソ"),
    ("cp932", [0x87, 0x40, 0x93, 0xfa], "①日"),
    ("euc-jp", [0xc6, 0xfc, 0xcb, 0xdc, 0x8e, 0xb1], "日本ｱ"),
    ("iso-2022-jp", [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42, 0x21], "日本!"),
    ("gb18030", [0xd6, 0xd0, 0xce, 0xc4, 0x81, 0x30, 0x81, 0x30], "中文\u{80}"),
    ("gbk", [0xd6, 0xd0, 0xce, 0xc4], "中文"),
    ("big5", [0xa4, 0xa4, 0xa4, 0xe5], "中文"),
    ("euc-kr", [0xc7, 0xd1, 0xb1, 0xdb], "한글"),
    ("windows-1251", [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], "Привет"),
    ("koi8-r", [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], "Привет"),
    ("iso-8859-15", [0xa4, 0xbd, 0xe9], "€œé"),
    ("iso-8859-7", [0xe1, 0xe2, 0xe3], "αβγ"),
    ("windows-1250", [0xa3, 0xf3, 0x64, 0x9f], "Łódź"),
    ("tis-620", [0xe4, 0xb7, 0xc2], "ไทย"),
    ("utf-32le", [0x61, 0, 0, 0, 0, 0xf6, 1, 0], "a😀"),
    ("cp437", [0x81, 0xe1], "üß"),
  ]

  @Test("Bytes of the standards become their characters, in any pieces", arguments: examples)
  func fixed(name: String, bytes: [UInt8], expected: String) throws {
    for piece in 1...50 {
      #expect(try text(bytes, name, piece: piece) == Array(expected.utf8), "piece \(piece)")
    }
  }

  /// Python has tables of its own.
  private static let script = """
    import random, sys
    sets = {
      "shift_jis": "abc,\\n日本語ソ表ｱｲｳあいう", "euc-jp": "abc,\\n日本語ソ表あいう",
      "iso-2022-jp": "abc,\\n日本語ソ表あいう", "gb18030": "abc,\\n中文汉字😀éß€",
      "gbk": "abc,\\n中文汉字", "big5": "abc,\\n中文漢字功", "euc-kr": "abc,\\n한글말씀",
      "windows-1251": "abc,\\nПриветЁё№", "koi8-r": "abc,\\nПриветЁё", "iso-8859-15": "abc,\\n€œéŠ",
      "iso-8859-7": "abc,\\nαβγΏ", "windows-1250": "abc,\\nŁódźčř", "utf-16be": "abc,\\né日😀",
      "utf-32be": "abc,\\né日😀", "windows-1256": "abc,\\nسلام", "big5-hkscs": "abc,\\n中文漢字",
    }
    for name, letters in sorted(sets.items()):
      generator = random.Random(name)
      for length in (1, 7, 60, 400):
        text = "".join(generator.choice(letters) for _ in range(length))
        print(name, text.encode(name).hex(), text.encode("utf-8").hex())
    """

  @Test("Random texts come back as Python has written them, in any pieces")
  func roundTrips() throws {
    let lines = try Python.run(Self.script, "").split(separator: "\n")
    #expect(lines.count == 64)
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      let bytes = try Self.bytes(parts[1])
      let expected = try Self.bytes(parts[2])
      for piece in 1...50 {
        #expect(try text(bytes, parts[0], piece: piece) == expected, "\(parts[0]), piece \(piece)")
      }
    }
  }

  private static func bytes(_ hex: String) throws -> [UInt8] {
    let digits = Array(hex)
    return try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(digits[$0...$0 + 1]), radix: 16))
    }
  }

  @Test(
    "What is no character is marked, and the next line is read as if nothing had been",
    arguments: [
      ("shift_jis", [0x61, 0x81, 0x0a, 0x93, 0xfa, 0x0a], "a!\n日\n"),
      ("euc-kr", [0xc7, 0x2c, 0x62, 0x0a, 0xc7, 0xd1], "!,b\n한"),
      ("gb18030", [0xff, 0x61, 0x0a, 0xd6, 0xd0], "!a\n中"),
      // The way back to ASCII is damaged, and the line end heals it.
      (
        "iso-2022-jp",
        [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x80, 0x0a, 0x61, 0x62, 0x0a], "日!\nab\n"
      ),
      ("utf-32le", [0x61, 0, 0, 0, 0, 0, 0xff, 0, 0x62, 0, 0, 0], "a!b"),
      ("windows-1253", [0xaa, 0x61], "!a"),
    ] as [(String, [UInt8], String)])
  func invalid(name: String, bytes: [UInt8], expected: String) throws {
    let marked = expected.utf8.flatMap { byte in
      byte == UInt8(ascii: "!") ? IconvDecoder.invalidMark : [byte]
    }
    for piece in 1...50 {
      #expect(try text(bytes, name, piece: piece) == marked, "piece \(piece)")
    }
    let found = try text(bytes, name)
    #expect(found.withUnsafeBytes { isMarkedInvalid($0) } && !isValidUTF8(found))
  }

  @Test(
    "A character that the end of the file cuts is marked",
    arguments: [
      ("shift_jis", [0x61, 0x93]), ("gb18030", [0x61, 0x81, 0x30, 0x81]),
      ("utf-32le", [0x61, 0, 0]),
      ("iso-2022-jp", [0x1b, 0x24, 0x42, 0x46]),
    ] as [(String, [UInt8])])
  func cut(name: String, bytes: [UInt8]) throws {
    for piece in 1...5 {
      let found = try text(bytes, name, piece: piece)
      #expect(found.suffix(3) == IconvDecoder.invalidMark[...], "piece \(piece)")
    }
  }

  @Test("Nonsense of any kind is read to its end", arguments: 0..<60)
  func nonsense(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<500).map { _ in UInt8.random(in: 0...255, using: &random) }
    for name in [
      "shift_jis", "iso-2022-jp", "gb18030", "big5-hkscs", "euc-kr", "utf-7", "utf-32be", "utf-16",
    ] {
      let whole = try text(bytes, name)
      for piece in [1, 2, 3, 7, 50, 499] {
        #expect(try text(bytes, name, piece: piece) == whole, "\(name), piece \(piece)")
      }
    }
  }

  @Test("A byte order mark is left out")
  func mark() throws {
    #expect(try text([0x84, 0x31, 0x95, 0x33, 0x61], "gb18030") == [0x61])
    #expect(try text([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], "utf-32le") == [0x61])
  }

  @Test("A name is known in any case, with the usual nicknames, and never with wishes")
  func names() {
    #expect(TextEncoding(name: "UTF-8") == .utf8)
    #expect(TextEncoding(name: "Latin1") == .iso8859_1)
    #expect(TextEncoding(name: "CP1252") == .windows1252)
    #expect(TextEncoding(name: "Shift_JIS") == .other("shift_jis"))
    for name in ["", "klingon", "shift_jis//IGNORE", "ascii//TRANSLIT", "char", "wchar_t", "../x"] {
      #expect(TextEncoding(name: name) == nil, "\(name)")
    }
    for name in TextEncoding.commonNames { #expect(TextEncoding(name: name) != nil, "\(name)") }
  }

  @Test("A long run of invalid bytes costs no more than in proportion", .timeLimit(.minutes(1)))
  func manyInvalid() throws {
    let found = try decoded(
      Array(repeating: 0xff, count: 1 << 18), .other("shift_jis"), piece: 1 << 18,
      blockSize: 1 << 18, room: 1 << 16)
    #expect(found.count == 3 << 18)
  }
}
