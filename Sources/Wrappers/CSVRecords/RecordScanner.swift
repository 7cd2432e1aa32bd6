/// Finds the records in a block of bytes, and remembers line and place from block to block.
///
/// Whatever the blocks are, the records are the same: a record that is cut by the end of a block
/// is left for the next one, and a record's fate depends on its first `maximum + 2` bytes alone.
struct RecordScanner {
  /// How many bytes must be readable behind a block.
  static let slack = 16

  /// A record whose bytes are not its fields' bytes.
  struct Unusual {
    var record: Int
    /// Where the record lies in the block, without its line end.
    var range: Range<Int>
    /// Whether the record spans lines, and libcsv, in its strict mode, reads it as we do.
    var suitsLibCSV: Bool
  }

  let delimiter: UInt8
  let maximum: Int
  private(set) var unusual: [Unusual] = []
  /// The line of the first byte that no record has taken yet.
  private var line = 1
  /// How many bytes the earlier blocks held.
  private var offset = 0
  /// Whether the rest of the current line belongs to a rejected record.
  private var skipping = false

  init(delimiter: UInt8, maximumRecordBytes: Int) {
    self.delimiter = delimiter
    self.maximum = maximumRecordBytes
  }

  /// Adds to `batch` all records that end in the first `filled` bytes of its storage.
  ///
  /// - Parameter ended: Whether nothing follows these bytes.
  /// - Returns: How many bytes were used; the rest must start the next block.
  mutating func scan(_ batch: inout RecordBatch, filled: Int, ended: Bool) -> Int {
    unusual.removeAll(keepingCapacity: true)
    var place = Place(position: 0, line: line, fields: 0)
    if skipping { skipLine(in: batch.storage, filled: filled, ended: ended, &place) }
    while place.position < filled && !skipping {
      let stop = run(&batch, filled: filled, ended: ended, &place)
      if case .needsBytes = stop { break }
      if case .needsRoom = stop {
        let room = max(1024, batch.starts.count)
        batch.starts.append(contentsOf: repeatElement(0, count: room))
        batch.ends.append(contentsOf: repeatElement(0, count: room))
      }
      if case .rejected(let cause) = stop {
        guard reject(cause, &batch, filled: filled, ended: ended, &place) else { break }
      }
    }
    line = place.line
    offset += place.position
    batch.fieldTotal = place.fields
    return place.position
  }
}

extension RecordScanner {
  /// Where the next record starts.
  private struct Place {
    var position: Int
    var line: Int
    /// How many fields the records before it have.
    var fields: Int
  }

  private struct Cause {
    var reason: RejectedRecord.Reason
    var line: Int
    /// The first line end from here on ends `line`.
    var within: Int
  }

  private enum Stop {
    case needsBytes
    case needsRoom
    case rejected(Cause)
  }

  private enum LineEnd {
    case found(contentEnd: Int, next: Int)
    /// The bytes before this place hold none, and what follows is not known yet.
    case unknown(Int)
  }

  private func lineEnd(
    in storage: [UInt8], from start: Int, filled: Int, ended: Bool
  ) -> LineEnd {
    storage.withUnsafeBytes { all in
      guard let base = all.baseAddress else { return .unknown(start) }
      let found = WordScan.findLineEnd(in: base, from: start, to: filled)
      if found == filled { return ended ? .found(contentEnd: found, next: found) : .unknown(found) }
      guard all[found] == Byte.cr else { return .found(contentEnd: found, next: found + 1) }
      if found + 1 == filled && !ended { return .unknown(found) }
      let isPair = found + 1 < filled && all[found + 1] == Byte.lf
      return .found(contentEnd: found, next: found + (isPair ? 2 : 1))
    }
  }

  private mutating func skipLine(
    in storage: [UInt8], filled: Int, ended: Bool, _ place: inout Place
  ) {
    switch lineEnd(in: storage, from: 0, filled: filled, ended: ended) {
    case .found(_, let next):
      place.position = next
      place.line += 1
      skipping = false
    case .unknown(let seen):
      place.position = seen
    }
  }

  /// Lists the record at `place` as rejected and moves on to the next line; `false` if the end of
  /// the line is needed first.
  private mutating func reject(
    _ cause: Cause, _ batch: inout RecordBatch, filled: Int, ended: Bool, _ place: inout Place
  ) -> Bool {
    let start = place.position
    let end: Int
    let next: Int
    switch lineEnd(in: batch.storage, from: cause.within, filled: filled, ended: ended) {
    case .found(let contentEnd, let following):
      (end, next) = (contentEnd, following)
    case .unknown(let seen):
      guard filled - start >= maximum + 2 else { return false }
      (end, next) = (seen, seen)
      skipping = true
    }
    let rawEnd = min(end, start + min(RejectedRecord.rawLimit, maximum))
    batch.rejects.append(
      RejectedRecord(
        line: cause.line, firstLine: place.line, byteOffset: offset + start,
        reason: cause.reason, raw: Array(batch.storage[start..<rawEnd]),
        precedingRecords: batch.count))
    place.position = next
    place.line = cause.line + (skipping ? 0 : 1)
    return true
  }

  /// Takes records from `place` on until one cannot be taken.
  private mutating func run(
    _ batch: inout RecordBatch, filled: Int, ended: Bool, _ place: inout Place
  ) -> Stop {
    // The arrays are taken out of the batch so that their memory can be written without checks.
    var entries = batch.entries
    batch.entries = []
    defer { batch.entries = entries }
    let delimiter = delimiter
    let maximum = maximum
    let offset = offset
    return batch.storage.withUnsafeBytes { all -> Stop in
      batch.starts.withUnsafeMutableBufferPointer { starts -> Stop in
        batch.ends.withUnsafeMutableBufferPointer { ends -> Stop in
          guard let bytes = all.baseAddress, let starts = starts.baseAddress,
            let endsBase = ends.baseAddress
          else { return .needsRoom }
          var pass = RecordPass(
            bytes: bytes, filled: filled, ended: ended, delimiter: delimiter, maximum: maximum,
            offset: offset, starts: starts, ends: endsBase, capacity: ends.count)
          return Self.drive(&pass, &entries, &unusual, &place)
        }
      }
    }
  }

  @inline(__always)
  private static func drive(
    _ pass: inout RecordPass, _ entries: inout [RecordBatch.Entry], _ unusual: inout [Unusual],
    _ place: inout Place
  ) -> Stop {
    pass.begin(at: place.position, line: place.line, fields: place.fields)
    let end = pass.run(&entries, &unusual)
    place = Place(position: pass.recordStart, line: pass.recordLine, fields: pass.firstField)
    switch end {
    case .needsBytes: return .needsBytes
    case .needsRoom: return .needsRoom
    case .rejected(let reason):
      let isQuote = reason == .quoteNeverClosed || reason == .textAfterClosingQuote
      let within = pass.quotedEnd >= 0 ? pass.quotedEnd : pass.fieldStart
      return .rejected(
        Cause(
          reason: reason, line: isQuote ? pass.quoteLine : pass.line,
          within: isQuote ? pass.quoteAt : within))
    }
  }
}
