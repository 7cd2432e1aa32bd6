import TestSupport
import Testing

@testable import CSVRecords

@Suite struct RecordReaderTests {
  private func rows(_ text: String) throws -> [[String]] {
    try readItems(Array(text.utf8)).compactMap { item in
      item.fields?.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test(
    "fields are what the rules say",
    arguments: [
      ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
      ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
      ("a\r\rb\n\n\r\nc", [["a"], ["b"], ["c"]]),
      (",\n", [["", ""]]),
      ("a,", [["a", ""]]),
      ("\"\"\n", [[""]]),
      (" a , b\t\n", [[" a ", " b\t"]]),
      ("\"x\" ,y\n", [["x", "y"]]),
      ("\"x\" \t\n1\n", [["x"], ["1"]]),
      ("5\" disk,3\n", [["5\" disk", "3"]]),
      (" \"a\",b\n", [[" \"a\"", "b"]]),
      ("\"a \"\"b\"\" c\",\"\"\"\"\n", [["a \"b\" c", "\""]]),
      ("\"a\nb\r\nc\rd\",e\nf\n", [["a\nb\r\nc\rd", "e"], ["f"]]),
      ("\"a\"\"b\" ,5\" x\n", [["a\"b", "5\" x"]]),
      ("a\0b,\"\0\"\n", [["a\0b", "\0"]]),
    ])
  func fields(_ text: String, _ expected: [[String]]) throws {
    #expect(try rows(text) == expected)
  }

  @Test("text after a closing quote rejects one line and reading goes on at the next")
  func textAfterQuote() throws {
    let items = try readItems(Array("id,n\n1,\"x\"y,\n2,b\n".utf8))
    #expect(
      items == [
        .record(fields: [Array("id".utf8), Array("n".utf8)], firstLine: 1, lastLine: 1, offset: 0),
        .reject(
          line: 2, firstLine: 2, offset: 5, reason: .textAfterClosingQuote,
          raw: Array("1,\"x\"y,".utf8)),
        .record(fields: [Array("2".utf8), Array("b".utf8)], firstLine: 3, lastLine: 3, offset: 13),
      ])
  }

  @Test("a stray quote swallows neither the file nor the lines up to the next quote")
  func strayQuote() throws {
    #expect(try rows("a\n\"b\nc\nd\n") == [["a"], ["c"], ["d"]])
    #expect(try rows("a\n\"b\nc\n\"d\"x\ne\n") == [["a"], ["c"], ["e"]])
    let items = try readItems(Array("1,\"p\nq\",\"r\ns\nt\n".utf8))
    #expect(
      items.first
        == .reject(
          line: 2, firstLine: 1, offset: 0, reason: .quoteNeverClosed,
          raw: Array("1,\"p\nq\",\"r".utf8)))
    #expect(items.dropFirst().compactMap(\.fields) == [[[0x73]], [[0x74]]])
  }

  @Test("lines are counted alike for every line end, also inside quotes and for empty lines")
  func lines() throws {
    let items = try readItems(Array("a\r\n\r\n\"b\rc\r\nd\ne\"\r\r\nf\n".utf8))
    let places = items.map { item in
      if case .record(_, let first, let last, _) = item { return [first, last] }
      return []
    }
    #expect(places == [[1, 1], [3, 6], [8, 8]])
  }

  @Test("a field of 10 MB is read, and a record over the limit is named and skipped")
  func longFields() throws {
    let long = [UInt8](repeating: 0x61, count: 10_000_000)
    let quoted = Array("1,\"".utf8) + long + Array("\",z\n2\n".utf8)
    for size in [64 << 10, 4 << 20] {
      let items = try readItems(quoted, blockSize: size, maximum: 32 << 20)
      #expect(items.count == 2)
      #expect(items.first?.fields?[1].count == 10_000_000)
      let cut = try readItems(quoted, blockSize: size, maximum: 1 << 20)
      guard case .reject(1, 1, 0, .quoteNeverClosed, let raw) = cut.first else {
        Issue.record("not rejected: \(cut.count) items")
        continue
      }
      #expect(raw.count == RejectedRecord.rawLimit)
      #expect(cut.last == .record(fields: [[0x32]], firstLine: 2, lastLine: 2, offset: 10_000_007))
    }
    let bare = long + Array("\n2\n".utf8)
    guard
      case .reject(1, 1, 0, .tooLong(limit: 1000), _) = try readItems(bare, maximum: 1000).first
    else {
      Issue.record("not rejected")
      return
    }
  }

  @Test("a file that ends where a record gets too long is read alike in blocks of any size")
  func endAtLimit() throws {
    let bytes = Array("x\n\"\nbaa\"\"é\"".utf8)
    for maximum in 1...12 {
      let expected = ReferenceParser(bytes, maximum: maximum).items()
      for size in 1...15 {
        #expect(try readItems(bytes, blockSize: size, maximum: maximum) == expected)
      }
    }
  }

  @Test(
    "a batch finds room for any number of fields and records",
    arguments: [
      ",", "\"\",", "a\n", "a,b\n", "\n\r", "a\" ,\"b\" ,c\n", "\"a\nb\",\"\"\"\"\n",
    ])
  func room(_ text: String) throws {
    let bytes = Array(String(repeating: text, count: 4000).utf8)
    let expected = ReferenceParser(bytes).items()
    for size in [1000, 1 << 16] {
      let found = try readItems(bytes, blockSize: size)
      let isSame = found == expected
      #expect(isSame)
    }
  }

  @Test("nothing, only line ends, and only a byte order mark's rest are no records")
  func empty() throws {
    #expect(try readItems([]).isEmpty)
    #expect(try readItems(Array("\n\r\n\r".utf8)).isEmpty)
  }

  @Test(
    "the delimiter is the most frequent one outside quotes in the first record",
    arguments: [
      ("a,b;c\n;;;;", ","), ("a;b;c,d\n", ";"), ("a\tb\n", "\t"), ("a|b|c,d\n", "|"),
      ("\"a;b;c\nd;e\",x\n", ","), ("abc\n", ","), ("\n\na;b\n", ";"), ("", ","),
    ])
  func delimiters(_ header: String, _ expected: Character) {
    #expect(sniffDelimiter(header: Array(header.utf8)) == expected.asciiValue)
  }
}
