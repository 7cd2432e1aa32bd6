import Foundation
import TestSupport
import Testing

@testable import CSVRecords

@Suite struct RecordReaderPropertyTests {
  /// Sizes below, at and above those of a chunk, and one that holds all.
  private static let sizes = [
    1, 2, 3, 5, 8, 13, 21, 34, 55, 62, 63, 64, 65, 66, 89, 127, 128, 129, 144, 200, 1000, 65536,
  ]

  private static func reading(_ random: inout SeededGenerator) -> Reading {
    Reading(
      blockSize: sizes.randomElement(using: &random) ?? 64,
      piece: Bool.random(using: &random) ? .max : Int.random(in: 1...70, using: &random),
      threads: [1, 1, 2, 3, 4].randomElement(using: &random) ?? 1)
  }

  /// The fields of kept columns alone.
  private static func kept(_ items: [Item], _ columns: [Int]) -> [Item] {
    items.map { item in
      guard case .record(let fields, let first, let last, let offset) = item else { return item }
      let some = fields.enumerated().map { columns.contains($0.offset) ? $0.element : [] }
      return .record(fields: some, firstLine: first, lastLine: last, offset: offset)
    }
  }

  /// Reads `bytes` and records an issue if the slow parser finds something else.
  private static func agrees(
    _ bytes: [UInt8], _ delimiter: UInt8, maximum: Int = 1 << 20, _ reading: Reading,
    _ expected: [Item], _ comment: String
  ) throws -> Bool {
    let found = try readItems(bytes, delimiter: delimiter, maximum: maximum, reading)
    let wanted = reading.columns.map { kept(expected, $0) } ?? expected
    guard found != wanted else { return true }
    Issue.record(
      """
      \(comment), \(reading), maximum \(maximum): \
      \(String(decoding: bytes, as: UTF8.self).debugDescription)
      found    \(found)
      expected \(wanted)
      """)
    return false
  }

  @Test(
    "any bytes give what the slow parser finds, for any block size and number of threads",
    arguments: [0, 1])
  func againstReference(_ half: UInt64) throws {
    for number in 0..<UInt64(Effort.rounds(1_500, long: 10_000)) {
      let seed = 2 * number + half
      var grammar = InputGrammar(seed: seed)
      let bytes = grammar.file()
      let maximum = seed % 5 == 0 ? Int.random(in: 1...80, using: &grammar.random) : 1 << 20
      let expected = ReferenceParser(bytes, delimiter: grammar.delimiter, maximum: maximum).items()
      for round in 0..<2 {
        var reading = Self.reading(&grammar.random)
        if round == 1 {
          reading.columns = (0..<6).filter { _ in Bool.random(using: &grammar.random) }
        }
        guard
          try Self.agrees(
            bytes, grammar.delimiter, maximum: maximum, reading, expected, "seed \(seed)")
        else { return }
      }
    }
  }

  @Test("awkward inputs, moved over the borders of chunks and blocks", arguments: awkwardInputs)
  func awkward(_ text: String) throws {
    let comma = UInt8(ascii: ",")
    for pad in [0, 1] + Array(54...66) {
      for lead in ["", ",", "\n", "\r\n", ",\""] {
        let bytes = Array((String(repeating: "x", count: pad) + lead + text).utf8)
        let expected = ReferenceParser(bytes, delimiter: comma).items()
        let isLong = Effort.rounds(0, long: 1) > 0
        let sizes = isLong ? Array(stride(from: 1, through: 140, by: 9)) : [1, 64, 4096]
        for size in sizes {
          let reading = Reading(blockSize: size, threads: size % 64 == 0 ? 2 : 1)
          guard try Self.agrees(bytes, comma, reading, expected, "pad \(pad)") else { return }
        }
      }
    }
  }

  @Test("the masks of 64 bytes are those of a look at each byte")
  func masks() {
    var random = SeededGenerator(seed: 1)
    for round in 0..<500 {
      let delimiter = UInt8.random(in: 0...255, using: &random)
      let most: UInt8 = round % 2 == 0 ? 255 : 0x30
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...most, using: &random) }
      func mask(_ isWanted: (UInt8) -> Bool) -> UInt64 {
        bytes.enumerated().reduce(0) { $0 | (isWanted($1.element) ? 1 << $1.offset : 0) }
      }
      bytes.withUnsafeBytes { all in
        guard let base = all.baseAddress else { return }
        let own = ChunkPatterns(delimiter: delimiter)
        let portable = PortableChunkPatterns(delimiter: delimiter)
        for found in [own.masks(of: base), portable.masks(of: base)] {
          #expect(found.delimiters == mask { $0 == delimiter })
          #expect(found.quotes == mask { $0 == 0x22 })
          #expect(found.hasControls == (mask { $0 < 0x10 } != 0))
        }
        for found in [own.lineEnds(of: base), portable.lineEnds(of: base)] {
          #expect(found.lineFeeds == mask { $0 == 0x0a })
          #expect(found.carriageReturns == mask { $0 == 0x0d })
        }
      }
    }
  }

  @Test("where quotes are only where they belong, libcsv finds the same fields")
  func againstLibCSV() throws {
    for seed in 0..<UInt64(Effort.rounds(1_000, long: 5_000)) {
      var grammar = InputGrammar(seed: seed)
      let bytes = grammar.records(mostFields: 5, faults: 0)
      let delimiter = grammar.delimiter
      let oracle = bytes.withUnsafeBytes { LibCSVParser(delimiter: delimiter).records(of: $0) }
      let found = try readItems(
        bytes, delimiter: delimiter, maximum: 1 << 20, Self.reading(&grammar.random))
      guard found.compactMap(\.fields) != oracle else { continue }
      Issue.record(
        "seed \(seed): \(String(decoding: bytes, as: UTF8.self).debugDescription): \(found)")
      return
    }
  }

  @Test("what the writer writes is read back")
  func roundTrip() throws {
    for seed in 0..<300 as Range<UInt64> {
      var grammar = InputGrammar(seed: seed)
      var rows: [[String]] = []
      var writer = CSVWriter()
      for _ in 0..<Int.random(in: 1...5, using: &grammar.random) {
        let row = (0..<Int.random(in: 1...4, using: &grammar.random)).map { _ in
          String(decoding: grammar.soup(9), as: UTF8.self)
        }
        rows.append(row)
        writer.record(row)
      }
      let found = try readItems(writer.bytes).map { item in
        item.fields?.map { String(decoding: $0, as: UTF8.self) }
      }
      #expect(found == rows, "seed \(seed)")
    }
  }
}

/// Found by hand, or by a test that once failed.
private let awkwardInputs = [
  "", "\n", "\r", "\r\n", "\r\r\n\n", "a", ",", ",\n", "a,", "\"", "\"\"", "\"\"\"", "\"\"\"\"",
  "\"\n",
  "\"\"\n", "\"\",\"\"\r\n", "a\"", "a\"b\"c\n", " \"a\"\n", "\"a\"", "\"a\"\r", "\"a\" ",
  "\"a\" \t\n",
  "\"a\" b\nc\n", "\"a\"b\nc\n", "\"a\"b\"\nc\n", "\"a\nb", "\"a\nb\nc\"x\nd\n",
  "\"a\r\nb\"\r\nc\r\n",
  "\"a\rb\"\rc\r", "\"\r\n\"\r\n", "\"\n\n\"\n\n", "\"a\"\"\"\n", "\"\"\"a\"\n",
  "\"a\"\"b\",\"\"\"\"\n",
  "\"a\"\"b\" \t,\"c\"\"\"\n", "\"a\"\"\nb\"\n", "\"a\"\" ,b\nc\n", "5\" disk,\"x\"\n",
  "5\"\",\"x\"\"y\"\n",
  "\"\0\"\0\n", "\0\n\0", "a\tb\u{b}c\u{c}d\u{e}\u{f}\n", "\u{feff}\"a\",b\n", "é,\"é\"\"é\"\n",
  "a\n\"b\nc\nd\n",
  "\"a,b\nc,d\n\",e\nf,g\n", "\"1,2\n3,4\"\n5,6\n\"7,8\n9,0\n", "a,b\n\"c\n,d\n,e\n,f\",g\nh,i\n",
  "a,b\r\n\r\n\"c\",\"d\"\"\"\r\n\r\n",
]
