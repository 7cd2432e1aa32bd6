/// How a scan fills a batch: its arrays are longer than what they hold, so that their memory is
/// used again and not written twice.
extension RecordBatch {
  /// The most fields that a chunk may write: one for each byte, and what is written in vain.
  static let fieldsOfChunk = ChunkMasks.width + 8
  /// The most records, and the entry behind the last.
  static let recordsOfChunk = ChunkMasks.width + 1

  mutating func removeAll() {
    count = 0
    uniformFieldCount = nil
    rejects.removeAll(keepingCapacity: true)
  }

  /// Makes the storage long enough for so many bytes and what a scan reads behind them; if it has
  /// to grow, it forgets what it held.
  mutating func reserve(_ bytes: Int) {
    let needed = bytes + RecordScanner.slack
    if storage.count < needed { storage = Array(repeating: 0, count: needed) }
  }

  /// Gives a scan that stands at `place` more room for what it lacks.
  mutating func makeRoom(at place: PlainScan.Place) {
    if place.records + Self.recordsOfChunk >= entries.count {
      let none = Entry(
        start: 0, firstField: 0, line: 0, lines: 0, hasDoubledQuotes: false, suitsLibCSV: false)
      entries.append(contentsOf: repeatElement(none, count: max(256, entries.count)))
    } else {
      ends.append(contentsOf: repeatElement(0, count: max(1024, ends.count)))
    }
  }

  /// Gives `body` the memory of the bytes, of the fields' ends and of the entries.
  mutating func withTables<Result>(
    _ body: (
      UnsafeRawPointer, UnsafeMutableBufferPointer<UInt32>, UnsafeMutableBufferPointer<Entry>
    ) -> Result
  ) -> Result? {
    storage.withUnsafeBytes { bytes in
      ends.withUnsafeMutableBufferPointer { ends in
        entries.withUnsafeMutableBufferPointer { entries in
          bytes.baseAddress.map { body($0, ends, entries) }
        }
      }
    }
  }

  /// Says how much of the tables counts.
  mutating func finish(_ place: PlainScan.Place) {
    count = place.records
    uniformFieldCount = nil
    guard count > 0 else { return }
    entries[count] = Entry(
      start: place.position, firstField: place.fields, line: place.line, lines: 0,
      hasDoubledQuotes: false, suitsLibCSV: false)
    let width = entries[1].firstField - entries[0].firstField
    let isUniform = entries.withUnsafeBufferPointer { entries in
      var expected: UInt32 = 0
      var difference: UInt32 = 0
      for record in 0...count {
        difference |= entries[record].firstField ^ expected
        expected &+= width
      }
      return difference == 0
    }
    if isUniform { uniformFieldCount = Int(width) }
  }

  /// Counts lines and bytes from the start of the file from now on.
  mutating func settle(number: Int, firstLine: Int, byteOffset: Int) {
    self.number = number
    self.firstLine = firstLine
    self.byteOffset = byteOffset
    for index in rejects.indices {
      rejects[index].line += firstLine
      rejects[index].firstLine += firstLine
      rejects[index].byteOffset += byteOffset
    }
  }
}
