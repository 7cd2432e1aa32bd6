import LocatedYAML
import Testing

@Suite("A YAML file")
struct YAMLNodeTests {
  @Test(
    "keeps every scalar as the text that was written",
    arguments: [
      ("17:00", "17:00"), ("no", "no"), ("on", "on"), ("2026-01-01", "2026-01-01"),
      ("0x1F", "0x1F"), ("007", "007"), ("1e3", "1e3"), ("95%", "95%"), (".5", ".5"),
      ("True", "True"), ("\"~\"", "~"), ("'null'", "null"), ("NULL", "NULL"), ("a # b", "a"),
      ("a#b", "a#b"), ("'it''s'", "it's"), ("\"a\\tb\"", "a\tb"), ("~", ""), ("null", ""),
      ("", ""), ("R&D", "R&D"), ("a*b", "a*b"), ("Größe", "Größe"), ("5\" disk", "5\" disk"),
    ])
  func scalars(written: String, read: String) throws {
    let node = try YAMLNode.parse("key: \(written)\n")
    #expect(node["key"]?.content == .scalar(read))
  }

  @Test("knows the line and column of every key and value, counted in characters")
  func places() throws {
    let node = try YAMLNode.parse("é: {ü: 1, b: [x, y]}\nlist:\n  - 17:00\n")
    let entries = try #require(node.mapping)
    #expect(entries.map(\.key) == ["é", "list"])
    #expect(entries.map(\.keyLine) == [1, 2])
    let inner = try #require(entries[0].value.mapping)
    #expect([inner[1].keyColumn, inner[1].value.column] == [11, 14])
    let item = try #require(entries[1].value.sequence?.first)
    #expect([item.line, item.column] == [3, 5])
  }

  @Test("may start with a byte order mark, and have any line ends")
  func lineEnds() throws {
    let node = try YAMLNode.parse("\u{FEFF}a: 1\r\nb: 2\r\n")
    #expect(node["b"]?.content == .scalar("2"))
    #expect(node["b"]?.line == 2)
    #expect(node.mapping?.first?.keyColumn == 1)
  }

  @Test("may hold block texts, whose lines are no keys, aliases or tags")
  func blockTexts() throws {
    let text = "a: |\n  *b &c !d\n\n  e: f\nb:\n  - k: >-\n      *x\n    l: |2\n      &y\nc: 1\n"
    let node = try YAMLNode.parse(text)
    #expect(node["a"]?.scalar == "*b &c !d\n\ne: f\n")
    #expect(node["b"]?.sequence?.first?["k"]?.scalar == "*x")
    #expect(node["c"]?.scalar == "1")
  }

  @Test(
    "is refused with the place and the reason",
    arguments: [
      (
        "a: 1\nb: 2\na: 3\n", 3, 1,
        "key \"a\" is given twice, first in line 1; remove one of the two"
      ),
      (
        "x:\n  - {a: 1, b: {a: 5}, a: 2}\n", 2, 23,
        "key \"a\" is given twice, first in line 2; remove one of the two"
      ),
      (
        "x:\n  a: 1\n  b:\n    a: 1\n  \"a\": 2\n", 5, 3,
        "key \"a\" is given twice, first in line 2; remove one of the two"
      ),
      ("a: &x 1\nb: *x\n", 1, 4, .anchors),
      ("a: 1\nb: *mail\n", 2, 4, .anchors),
      ("a: [\"x\", *b]\n", 1, 10, .anchors),
      ("a: !!int 5\n", 1, 4, "tags (!) are not allowed; put a text that starts with ! in quotes"),
      ("a: 1\n---\nb: 2\n", 2, 1, "a second document starts here; keep one document in a file"),
      ("", 1, 1, "the file is empty; it must hold a map of keys and values"),
      ("# only a comment\n", 1, 1, "the file is empty; it must hold a map of keys and values"),
      ("a:\n\tb: 1\n", 2, 1, "a tab stands where a value or key must start; indent with spaces"),
      ("a: >=1\n", 1, 4, "a text that starts with > must be in quotes"),
      ("a: @b\n", 1, 4, "a text that starts with @ must be in quotes"),
      ("a: {x: %}\n", 1, 8, "a text that starts with % must be in quotes"),
      ("? a\n: b\n", 1, 1, "a key that starts with \"? \" is not allowed"),
      (
        "a: {[x]: 1}\n", 1, 5,
        "a list or a map stands where a key must be a text; if braces belong to the text, quote it"
      ),
      (
        "a: [1, 2\nb: 3\n", 2, 2,
        "did not find expected ',' or ']' (while parsing a flow sequence, line 1)"
      ),
      (
        "a: \"x\n", 2, 1, "found unexpected end of stream (while scanning a quoted scalar, line 1)"
      ),
      ("a: 1\nb: \u{1}\n", 2, 1, "control characters are not allowed"),
      ("{a:,b: *x}", 1, 8, .anchors),
    ])
  func refusals(text: String, line: Int, column: Int, reason: String) {
    #expect(throws: YAMLError(line: line, column: column, reason: reason)) {
      try YAMLNode.parse(text)
    }
  }

  @Test("is refused if it is not UTF-8, with the line")
  func invalidUTF8() {
    let reason = "this line is not UTF-8; save the file as UTF-8"
    #expect(throws: YAMLError(line: 2, column: 1, reason: reason)) {
      try YAMLNode.parse(Array("a: 1\nb: ".utf8) + [0xE9, 0x0A])
    }
  }

  @Test("is refused if it is larger than 1 MiB")
  func size() throws {
    let padding = String(repeating: "#", count: YAMLNode.sizeLimit - 5)
    #expect(try YAMLNode.parse("a: 1\n" + padding)["a"]?.scalar == "1")
    let reason = "the file has 1048577 bytes; at most 1048576 are read"
    #expect(throws: YAMLError(line: 1, column: 1, reason: reason)) {
      try YAMLNode.parse("a: 1\n#" + padding)
    }
  }

  @Test(
    "is refused if it nests too deep",
    arguments: [
      String(repeating: "[", count: 100_000),
      "a: " + String(repeating: "{a: ", count: 65),
      (0..<80).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      String(repeating: "- ", count: 200) + "a",
    ])
  func depth(text: String) {
    #expect {
      try YAMLNode.parse(text)
    } throws: { error in
      (error as? YAMLError)?.reason == "lists and maps nest deeper than 64 levels"
    }
  }

  @Test("is refused without a crash if it nests as deep as its size allows")
  func deepest() {
    #expect(throws: YAMLError.self) {
      try YAMLNode.parse(String(repeating: "- ", count: 500_000))
    }
    #expect(throws: YAMLError.self) {
      try YAMLNode.parse((0..<990).map { String(repeating: " ", count: $0) + "a:\n" }.joined())
    }
  }

  @Test("takes time in proportion to its size, in one long line too", .timeLimit(.minutes(1)))
  func longLine() throws {
    let keys = (0..<60_000).map { "k\($0): é" }.joined(separator: ",")
    let entries = try #require(try YAMLNode.parse("{\(keys)}").mapping)
    #expect(entries.count == 60_000)
    #expect(throws: YAMLError.self) { try YAMLNode.parse("{\(keys), k7: 1}") }
  }

  @Test("is read or refused, but never crashes the reader")
  func anyBytes() {
    let alphabet = Array("ab:-[]{},'\"|>#&*!?%@ \t\n\r\\~1\u{e9}".utf8)
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      var text: [UInt8] = []
      for _ in 0..<24 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(alphabet[Int(state >> 33) % alphabet.count])
      }
      do throws(YAMLError) {
        _ = try YAMLNode.parse(text)
      } catch {
        #expect(error.line >= 1 && error.column >= 1)
      }
    }
  }
}

extension String {
  fileprivate static let anchors =
    "anchors and aliases (& and *) are not allowed; put a text that starts with one in quotes"
}
