import Testing

@testable import CSVRecords

@Suite struct SharedReaderTests {
  private struct Broken: Error {}

  /// Lines with a number, and now and then a field of three lines.
  private static func lines(_ count: Int) -> [UInt8] {
    Array(
      (0..<count).map { number in
        number % 7 == 3 ? "\(number),\"x,\n\"\"y\"\"\n\"\n" : "\(number),plain\n"
      }.joined().utf8)
  }

  @Test(
    "an error of the source reaches every thread, and what came before it is given",
    .timeLimit(.minutes(1)), arguments: [1, 2, 3, 4])
  func failingSource(_ threads: Int) throws {
    let bytes = Self.lines(3000)
    let expected = ReferenceParser(bytes).items()
    for failing in [0, 1, 100, 5000, 20_000, bytes.count] {
      var place = 0
      let reader = RecordReader(delimiter: 0x2c, blockSize: 600) { buffer in
        guard place < failing else { throw Broken() }
        let count = min(buffer.count, failing - place, 100)
        buffer.copyBytes(from: bytes[place..<place + count])
        place += count
        return count
      }
      let found = onThreads(threads) {
        var batches: [NumberedItems] = []
        var batch = RecordBatch()
        do {
          while try reader.next(&batch) { batches.append(try NumberedItems(batch)) }
        } catch is Broken {
          return (batches, isBroken: true)
        }
        return (batches, isBroken: false)
      }
      let all = try found.map { try $0.get() }
      #expect(all.allSatisfy { $0.isBroken })
      let items = try joined(all.flatMap(\.0))
      #expect(items == Array(expected.prefix(items.count)))
      // What is missing was in the block that was never full, or cut before the error.
      let seen = items.last.map(Self.offset) ?? 0
      #expect(failing - seen < 600 + 600 + 100, "\(failing): \(seen)")
    }
  }

  private static func offset(of item: Item) -> Int {
    switch item {
    case .record(_, _, _, let offset): return offset
    case .reject(_, _, let offset, _, _): return offset
    }
  }

  @Test("after the end every thread is told so, again and again", .timeLimit(.minutes(1)))
  func end() throws {
    let bytes = Self.lines(2000)
    var place = 0
    let reader = RecordReader(delimiter: 0x2c, blockSize: 1000) { buffer in
      let count = min(buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<place + count])
      place += count
      return count
    }
    let counts = onThreads(4) {
      var batch = RecordBatch()
      var records = 0
      while try reader.next(&batch) { records += batch.count }
      for _ in 0..<3 {
        let more = try reader.next(&batch)
        #expect(!more && batch.count == 0 && batch.rejects.isEmpty)
      }
      return records
    }
    let total = try counts.reduce(0) { try $0 + $1.get() }
    #expect(total == 2000)
  }

  @Test("doubled quotes are undone in the columns that are kept, and the others keep their bytes")
  func keptColumns() throws {
    let text = "a,b,c\n\"1\"\"\",\"2\"\"\",\"3\"\"\"\"\"\n\"4\n\"\"\",\"5\"\"\",\"6\"\"\"\n"
    let bytes = Array(text.utf8)
    var place = 0
    let reader = RecordReader(delimiter: 0x2c, blockSize: 6) { buffer in
      let count = min(buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<place + count])
      place += count
      return count
    }
    var batch = RecordBatch()
    let hasHeader = try reader.next(&batch)
    #expect(hasHeader && batch.texts(of: 0) == ["a", "b", "c"])
    reader.keepOnly(columns: [9, 2, 0, 2])
    var rows: [[String]] = []
    while try reader.next(&batch) { rows += (0..<batch.count).map { batch.texts(of: $0) } }
    #expect(rows == [["1\"", "2\"\"", "3\"\""], ["4\n\"", "5\"\"", "6\""]])
  }

  @Test("a batch keeps its memory when it is filled again")
  func memory() throws {
    let bytes = Self.lines(20_000)
    var place = 0
    let reader = RecordReader(delimiter: 0x2c, blockSize: 4096) { buffer in
      let count = min(buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<place + count])
      place += count
      return count
    }
    var batch = RecordBatch()
    var addresses: Set<Int> = []
    var batches = 0
    while try reader.next(&batch) {
      batches += 1
      addresses.insert(batch.storage.withUnsafeBytes { Int(bitPattern: $0.baseAddress) })
    }
    #expect(batches > 20 && addresses.count <= 2)
  }
}
