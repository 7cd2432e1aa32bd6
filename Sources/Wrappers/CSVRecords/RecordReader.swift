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
/// Several threads may read, each with a batch of its own. A block is scanned as if a record
/// started at its first byte, while the block before is still being scanned. Then the block before
/// says where it really ended; if something is left over, the block is scanned again behind that.
/// So the records are those of a scan from the first byte to the last, for any number of threads
/// and any size of the blocks.
///
/// Memory stays at a few blocks a thread, or twice the longest record.
// `source` is used under `reading` only, `end` only by the thread whose turn it is, and `columns`
// is written before there are several threads; all else is constant.
package final class RecordReader: @unchecked Sendable {
  /// Half of what the cache of a processor usually holds.
  package static let usualBlockSize = 512 << 10

  package typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

  private let scanner: RecordScanner
  private let reading = Lock()
  private var source: BlockSource
  private let mostBytes: Int
  private let turns = Turns()
  private var end = BlockEnd()
  private var columns: [Int]?

  /// Where the records ended that the blocks so far hold.
  private struct BlockEnd {
    /// Bytes that belong to no record yet.
    var leftOver: [UInt8] = []
    /// How many of them were scanned in vain.
    var scanned = 0
    /// The line and the offset of the first byte left over, or of the next block.
    var line = 1
    var offset = 0
    /// Whether the line goes on that belongs to a rejected record.
    var skipping = false
    /// How many batches there were.
    var batches = 0
  }

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - delimiter: Any byte but a quote, CR or LF.
  ///   - blockSize: How many bytes are read before records are looked for.
  ///   - maximumRecordBytes: A record with more bytes than this is rejected.
  ///   - read: Fills the start of a buffer and returns how many bytes; 0 is the end. It is called
  ///     by one thread at a time.
  package init(
    delimiter: UInt8, blockSize: Int = usualBlockSize, maximumRecordBytes: Int = 32 << 20,
    read: @escaping Read
  ) {
    precondition(
      delimiter != Byte.quote && delimiter != Byte.cr && delimiter != Byte.lf,
      "a quote or a line end cannot be the delimiter")
    precondition(
      blockSize > 0 && maximumRecordBytes > 0 && maximumRecordBytes <= 1 << 29,
      "sizes are positive, and fields are found by 32-bit places")
    source = BlockSource(delimiter: delimiter, blockSize: min(blockSize, 1 << 29), read: read)
    mostBytes = source.mostBytes
    scanner = RecordScanner(delimiter: delimiter, maximumRecordBytes: maximumRecordBytes)
  }

  /// Creates a reader of a source.
  package convenience init(
    delimiter: UInt8, blockSize: Int = usualBlockSize, maximumRecordBytes: Int = 32 << 20,
    source: some ByteSource
  ) {
    var source = source
    self.init(delimiter: delimiter, blockSize: blockSize, maximumRecordBytes: maximumRecordBytes) {
      try source.read(into: $0)
    }
  }

  /// Says that only these columns of the batches to come will be looked at, so that doubled quotes
  /// are undone in them alone.
  ///
  /// To be called while one thread reads: before the first batch, or after it and before other
  /// threads start.
  package func keepOnly(columns: [Int]) {
    self.columns = Set(columns).sorted()
  }

  /// Fills a batch with the next records, in place of those it held.
  ///
  /// May be called by several threads at the same time. Batches are numbered in the order of the
  /// file, without gaps. An error of the source is thrown to every thread that asks for more; the
  /// batches before it are still given to the threads that work on them.
  ///
  /// - Returns: `false` at the end, with an empty batch.
  package func next(_ batch: inout RecordBatch) throws -> Bool {
    while let block = try nextBlock(&batch) {
      let guess = scanner.scan(
        &batch, filled: block.filled, ended: block.ended, skipping: false)
      turns.wait(for: block.number)
      take(block, guess, &batch)
      turns.pass()
      if batch.count > 0 || !batch.rejects.isEmpty {
        QuoteUndoing(columns: columns, delimiter: scanner.delimiter).undo(in: &batch)
        return true
      }
    }
    batch.removeAll()
    return false
  }

  private func nextBlock(_ batch: inout RecordBatch) throws -> BlockSource.Block? {
    batch.reserve(mostBytes)
    return try reading.holding { try source.next(into: &batch.storage) }
  }

  /// Makes the records of a block final, now that it is known where the block before ended.
  private func take(
    _ block: BlockSource.Block, _ guess: RecordScanner.Used, _ batch: inout RecordBatch
  ) {
    var used = guess
    var filled = block.filled
    if end.skipping || !end.leftOver.isEmpty {
      if !end.leftOver.isEmpty {
        end.leftOver.append(contentsOf: batch.storage[..<filled])
        filled = end.leftOver.count
        // Scanning only what has doubled keeps a long record's cost in proportion to its length.
        let isWorthIt = filled >= min(2 * end.scanned, scanner.maximum + 2) || block.ended
        guard isWorthIt else { return batch.removeAll() }
        batch.reserve(filled)
        batch.storage.replaceSubrange(..<filled, with: end.leftOver)
      }
      used = scanner.scan(
        &batch, filled: filled, ended: block.ended, skipping: end.skipping)
    }
    end.leftOver.replaceSubrange(0..., with: batch.storage[used.bytes..<filled])
    end.scanned = end.leftOver.count
    batch.settle(number: end.batches, firstLine: end.line, byteOffset: end.offset)
    end.line += used.lines
    end.offset += used.bytes
    end.skipping = used.skipping
    if batch.count > 0 || !batch.rejects.isEmpty { end.batches += 1 }
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
