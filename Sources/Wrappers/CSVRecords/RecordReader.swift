/// Gives bytes to a reader: fills the start of a buffer and says how many bytes; 0 is the end.
package protocol ByteSource {
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// Splits a stream of bytes into records, a batch at a time.
///
/// A quote opens a field only as its first byte and closes it only before a delimiter, a line end
/// or the end of the file; blanks after the closing quote are dropped, and two quotes inside are
/// one. A quote inside an unquoted field is text. Whatever breaks this is one rejected record, and
/// reading goes on at the line after the one where its quote opened. CR, LF and CRLF each end one
/// line. Empty lines are no records, but count as lines. See docs/DECISIONS.md, "Records".
///
/// Memory stays at about two blocks, or twice the longest record.
package final class RecordReader {
  package typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

  private let read: Read
  private let blockSize: Int
  private var scanner: RecordScanner
  private let doubleChecker: LibCSVParser
  /// Bytes that were read but belong to no record yet.
  private var carry: [UInt8] = []
  private var ended = false

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - delimiter: Any byte but a quote, CR or LF.
  ///   - blockSize: How many bytes are read before records are looked for.
  ///   - maximumRecordBytes: A record with more bytes than this is rejected.
  ///   - read: Fills the start of a buffer and returns how many bytes; 0 is the end.
  package init(
    delimiter: UInt8, blockSize: Int = 4 << 20, maximumRecordBytes: Int = 32 << 20,
    read: @escaping Read
  ) {
    precondition(
      delimiter != Byte.quote && delimiter != Byte.cr && delimiter != Byte.lf,
      "a quote or a line end cannot be the delimiter")
    precondition(
      blockSize > 0 && maximumRecordBytes > 0 && maximumRecordBytes <= 1 << 30,
      "sizes are positive, and fields are found by 32-bit places")
    self.read = read
    self.blockSize = min(blockSize, 1 << 30)
    self.scanner = RecordScanner(delimiter: delimiter, maximumRecordBytes: maximumRecordBytes)
    self.doubleChecker = LibCSVParser(delimiter: delimiter)
  }

  /// Creates a reader of a source.
  package convenience init(
    delimiter: UInt8, blockSize: Int = 4 << 20, maximumRecordBytes: Int = 32 << 20,
    source: some ByteSource
  ) {
    var source = source
    self.init(delimiter: delimiter, blockSize: blockSize, maximumRecordBytes: maximumRecordBytes) {
      try source.read(into: $0)
    }
  }

  /// Fills a batch with the next records, in place of those it held.
  ///
  /// - Returns: `false` at the end, with an empty batch.
  package func next(_ batch: inout RecordBatch) throws -> Bool {
    batch.removeAll()
    var wanted = max(blockSize, carry.count * 2)
    while true {
      if ended && carry.isEmpty { return false }
      let filled = try fill(&batch.storage, upTo: wanted)
      let used = scanner.scan(&batch, filled: filled, ended: ended)
      carry.append(contentsOf: batch.storage[used..<filled])
      if batch.count > 0 || !batch.rejects.isEmpty {
        undoQuotes(in: &batch)
        return true
      }
      wanted = max(blockSize, carry.count * 2)
    }
  }

  /// Puts the carried bytes and what follows them into `storage`; returns how many there are.
  private func fill(_ storage: inout [UInt8], upTo wanted: Int) throws -> Int {
    let room = wanted + RecordScanner.slack
    if storage.count < room { storage = [UInt8](repeating: 0, count: room) }
    return try storage.withUnsafeMutableBytes { all in
      var filled = carry.count
      carry.withUnsafeBytes { all.copyMemory(from: $0) }
      carry.removeAll(keepingCapacity: true)
      while !ended && filled < wanted {
        let count = try read(UnsafeMutableRawBufferPointer(rebasing: all[filled..<wanted]))
        if count == 0 { ended = true }
        filled += count
      }
      return filled
    }
  }

  private func undoQuotes(in batch: inout RecordBatch) {
    for unusual in scanner.unusual {
      if unusual.suitsLibCSV, doubleChecker.parse(unusual, in: &batch) { continue }
      batch.undoDoubledQuotes(of: unusual.record)
    }
  }
}

enum Byte {
  static let tab: UInt8 = 0x09
  static let lf: UInt8 = 0x0a
  static let cr: UInt8 = 0x0d
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let comma: UInt8 = 0x2c
  static let semicolon: UInt8 = 0x3b
  static let bar: UInt8 = 0x7c
}

extension RecordBatch {
  /// Makes one quote of two in every quoted field of a record, in place.
  mutating func undoDoubledQuotes(of record: Int) {
    let first = entries[record].firstField
    for index in first..<(first + fieldCount(of: record)) {
      let range = Int(starts[index])..<Int(ends[index])
      guard range.lowerBound > 0, storage[range.lowerBound - 1] == Byte.quote else { continue }
      var target = range.lowerBound
      var source = range.lowerBound
      while source < range.upperBound {
        let byte = storage[source]
        storage[target] = byte
        target += 1
        source += byte == Byte.quote ? 2 : 1
      }
      ends[index] = UInt32(target)
    }
  }
}
