/// Some consecutive records of a file, held as one block of bytes and the places of the fields.
///
/// A batch is filled by ``RecordReader/next(_:)``, which uses its memory again. Records and fields
/// are counted from 0, lines from 1, bytes from 0. Fields come without their quotes and with
/// doubled quotes undone.
package struct RecordBatch: Sendable {
  struct Entry {
    var firstField: Int
    var firstLine: Int
    var lastLine: Int
    var byteOffset: Int
  }

  /// The bytes that ``bytes(_:_:)`` points into; what lies between fields means nothing.
  package internal(set) var storage: [UInt8] = []

  /// The records that could not be read, in the order of the file.
  package internal(set) var rejects: [RejectedRecord] = []

  var entries: [Entry] = []
  var starts: [UInt32] = []
  var ends: [UInt32] = []
  var fieldTotal = 0

  /// Creates a batch without records.
  package init() {}

  /// How many records there are.
  package var count: Int { entries.count }

  /// How many fields a record has; at least 1.
  @inline(__always)
  package func fieldCount(of record: Int) -> Int {
    let next = record + 1 < entries.count ? entries[record + 1].firstField : fieldTotal
    return next - entries[record].firstField
  }

  /// The line on which a record starts.
  package func firstLine(of record: Int) -> Int { entries[record].firstLine }

  /// The line on which a record ends; greater than the first if a quoted field holds line ends.
  package func lastLine(of record: Int) -> Int { entries[record].lastLine }

  /// Where a record starts in the bytes that were read.
  package func byteOffset(of record: Int) -> Int { entries[record].byteOffset }

  /// Where a field's bytes lie in ``storage``.
  @inline(__always)
  package func bytes(_ record: Int, _ field: Int) -> Range<Int> {
    let index = entries[record].firstField + field
    return Int(starts[index])..<Int(ends[index])
  }

  /// Gives `body` the bytes of a field.
  @inline(__always)
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

  mutating func removeAll() {
    rejects.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
    fieldTotal = 0
  }
}

/// A record that breaks the rules of quotes, or is too long.
package struct RejectedRecord: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// No quote closes the field before the end of the file, or before the record gets too long.
    case quoteNeverClosed
    /// The closing quote is followed by something other than a delimiter or the end of the line.
    case textAfterClosingQuote
    /// The record has more bytes than a record may have.
    case tooLong(limit: Int)
  }

  /// The line on which the quote opened; for a record that is too long, the line on which it is.
  package let line: Int

  /// The line on which the record starts; less than `line` after a field with line ends.
  package let firstLine: Int

  /// Where the record starts in the bytes that were read.
  package let byteOffset: Int

  package let reason: Reason

  /// The record's bytes up to the end of `line`, at most ``rawLimit`` of them.
  package let raw: [UInt8]

  /// How many records of the batch come before this one.
  package let precedingRecords: Int

  package static let rawLimit: Int = 1024
}
