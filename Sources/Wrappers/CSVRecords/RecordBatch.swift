/// Some consecutive records of a file, held as one block of bytes and the places of the fields.
///
/// A batch is filled by ``RecordReader/next(_:)``, which uses its memory again. Records and fields
/// are counted from 0, lines from 1, bytes from 0. Fields come without their quotes and with
/// doubled quotes undone, unless ``RecordReader/keepOnly(columns:)`` says that nobody looks.
package struct RecordBatch: Sendable {
  /// A record in 16 bytes; places and lines are counted from the start of the block.
  struct Entry {
    var start: UInt32
    var firstField: UInt32
    var line: UInt32
    /// The number of lines behind the first, times 4, and two bits.
    private(set) var mark: UInt32

    @inline(__always)
    init(
      start: Int, firstField: Int, line: Int, lines: Int, hasDoubledQuotes: Bool, suitsLibCSV: Bool
    ) {
      self.start = UInt32(truncatingIfNeeded: start)
      self.firstField = UInt32(truncatingIfNeeded: firstField)
      self.line = UInt32(truncatingIfNeeded: line)
      let spans = suitsLibCSV && lines != 0
      mark =
        UInt32(truncatingIfNeeded: lines) << 2 | (spans ? 2 : 0) | (hasDoubledQuotes ? 1 : 0)
    }

    var lines: Int { Int(mark >> 2) }
    var hasDoubledQuotes: Bool { mark & 1 != 0 }
    /// Whether the record spans lines, and libcsv, in its strict mode, reads it as we do.
    var isForLibCSV: Bool { mark & 2 != 0 }
    /// Whether its fields' bytes may not be those of the file.
    var isPlain: Bool { mark & 3 == 0 }
  }

  /// The bytes that ``bytes(_:_:)`` points into; what lies between fields means nothing.
  package internal(set) var storage: [UInt8] = []

  /// The records that could not be read, in the order of the file.
  package internal(set) var rejects: [RejectedRecord] = []

  /// Which batch of the reader this is, counted from 0 in the order of the file.
  package internal(set) var number: Int = 0

  /// How many records there are.
  package internal(set) var count: Int = 0

  /// How many fields every record has, or `nil` if they differ or there is no record.
  package internal(set) var uniformFieldCount: Int?

  /// The first `count` mean something; behind them stands one that ends the last record's fields.
  var entries: [Entry] = []
  /// Where each field ends; it starts behind the end before it, or with the record.
  var ends: [UInt32] = []
  /// The line and the offset of the first byte.
  var firstLine = 1
  var byteOffset = 0

  /// Creates a batch without records.
  package init() {}

  /// How many fields a record has; at least 1.
  @inline(__always)
  package func fieldCount(of record: Int) -> Int {
    Int(entries[record + 1].firstField - entries[record].firstField)
  }

  /// The line on which a record starts.
  package func firstLine(of record: Int) -> Int { firstLine + Int(entries[record].line) }

  /// The line on which a record ends; greater than the first if a quoted field holds line ends.
  package func lastLine(of record: Int) -> Int { firstLine(of: record) + entries[record].lines }

  /// Where a record starts in the bytes that were read.
  package func byteOffset(of record: Int) -> Int { byteOffset + Int(entries[record].start) }

  /// Where a field's bytes lie in ``storage``.
  package func bytes(_ record: Int, _ field: Int) -> Range<Int> {
    let index = Int(entries[record].firstField) + field
    let start = field == 0 ? Int(entries[record].start) : Int(ends[index - 1]) + 1
    let end = Int(ends[index])
    guard start < end, storage[start] == Byte.quote else { return start..<end }
    return storage.withUnsafeBufferPointer { storage in
      (start + 1)..<closingQuote(in: storage, before: end)
    }
  }

  /// Gives `body` the bytes of a field.
  package func withField<Result>(
    _ record: Int, _ field: Int, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    let range = bytes(record, field)
    return try storage.withUnsafeBytes { all in
      try body(UnsafeRawBufferPointer(rebasing: all[range]))
    }
  }

  /// A field as text, with a replacement character for every byte that is not UTF-8.
  package func text(_ record: Int, _ field: Int) -> String {
    String(decoding: storage[bytes(record, field)], as: UTF8.self)
  }

  /// Whether a field is valid UTF-8.
  package func isValidUTF8(_ record: Int, _ field: Int) -> Bool {
    withField(record, field) { CSVRecords.isValidUTF8($0) }
  }

  /// All fields of a record as text.
  package func texts(of record: Int) -> [String] {
    (0..<fieldCount(of: record)).map { text(record, $0) }
  }
}

/// The place of the quote that closes a field: between it and the field's end are only blanks.
@inline(__always)
func closingQuote(in storage: UnsafeBufferPointer<UInt8>, before end: Int) -> Int {
  var close = end &- 1
  while storage[close] != Byte.quote { close &-= 1 }
  return close
}
