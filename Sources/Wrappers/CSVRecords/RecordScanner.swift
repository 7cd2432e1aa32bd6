/// Finds the records in a block of bytes.
///
/// Plain records are found by a ``PlainScan``, the others one by one by a ``CarefulRecord``.
/// Whatever the blocks are, the records are the same: a record that is cut by the end of a block
/// is left for the next one, and a record's fate depends on its first `maximum + 2` bytes alone.
struct RecordScanner {
  /// How many bytes there must be behind a block.
  static let slack = ChunkMasks.width + 8

  /// What a scan has used.
  struct Used {
    /// How many bytes; the rest must start the next block.
    var bytes: Int
    /// How many lines ended in them, or were left behind.
    var lines: Int
    /// Whether the line goes on that belongs to the last rejected record.
    var skipping: Bool
  }

  let delimiter: UInt8
  let maximum: Int

  init(delimiter: UInt8, maximumRecordBytes: Int) {
    self.delimiter = delimiter
    self.maximum = maximumRecordBytes
  }

  /// Replaces the records of `batch` by those that end in the first `filled` bytes of its storage.
  ///
  /// Lines and places are counted from the start of the block.
  ///
  /// - Parameters:
  ///   - ended: Whether nothing follows these bytes.
  ///   - skipping: Whether the block starts in a line that belongs to a rejected record.
  func scan(_ batch: inout RecordBatch, filled: Int, ended: Bool, skipping: Bool) -> Used {
    batch.rejects.removeAll(keepingCapacity: true)
    for place in filled..<filled + Self.slack { batch.storage[place] = 0 }
    var run = Run(
      scanner: self, filled: filled, ended: ended, skipping: skipping, place: PlainScan.Place())
    if skipping { run.skipLine(in: batch.storage) }
    while run.place.position < filled && !run.skipping {
      guard let cause = run.take(&batch) else { break }
      guard run.reject(cause, &batch) else { break }
    }
    batch.finish(run.place)
    return Used(bytes: run.place.position, lines: run.place.line, skipping: run.skipping)
  }
}

/// Why a record is rejected.
private struct Cause {
  var reason: RejectedRecord.Reason
  var line: Int
  /// The first line end from here on ends `line`.
  var within: Int
}

/// The scan of one block.
private struct Run {
  let scanner: RecordScanner
  let filled: Int
  let ended: Bool
  var skipping: Bool
  var place: PlainScan.Place

  private enum LineEnd {
    case found(contentEnd: Int, next: Int)
    /// The bytes before this place hold none, and what follows is not known yet.
    case unknown(Int)
  }

  private func lineEnd(in storage: [UInt8], from start: Int) -> LineEnd {
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

  mutating func skipLine(in storage: [UInt8]) {
    switch lineEnd(in: storage, from: 0) {
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
  mutating func reject(_ cause: Cause, _ batch: inout RecordBatch) -> Bool {
    let start = place.position
    let end: Int
    let next: Int
    switch lineEnd(in: batch.storage, from: cause.within) {
    case .found(let contentEnd, let following):
      (end, next) = (contentEnd, following)
    case .unknown(let seen):
      guard filled - start >= scanner.maximum + 2 else { return false }
      (end, next) = (seen, seen)
      skipping = true
    }
    let rawEnd = min(end, start + min(RejectedRecord.rawLimit, scanner.maximum))
    batch.rejects.append(
      RejectedRecord(
        line: cause.line, firstLine: place.line, byteOffset: start, reason: cause.reason,
        raw: Array(batch.storage[start..<rawEnd]), precedingRecords: place.records))
    place.position = next
    place.line = cause.line + (skipping ? 0 : 1)
    return true
  }

  /// Takes records from `place` on until one is bad, or needs more bytes, or none is left.
  mutating func take(_ batch: inout RecordBatch) -> Cause? {
    while place.position < filled {
      let end = batch.withTables { bytes, ends, entries in takeSome(bytes, ends, entries) }
      switch end {
      case .taken: continue
      case .needsRoom: batch.makeRoom(at: place)
      case .needsBytes, nil: return nil
      case .rejected(let cause): return cause
      }
    }
    return nil
  }

  private enum End {
    case taken
    case needsRoom
    case needsBytes
    case rejected(Cause)
  }

  private mutating func takeSome(
    _ bytes: UnsafeRawPointer, _ ends: UnsafeMutableBufferPointer<UInt32>,
    _ entries: UnsafeMutableBufferPointer<RecordBatch.Entry>
  ) -> End {
    guard let firstEnd = ends.baseAddress, let firstEntry = entries.baseAddress,
      entries.count > RecordBatch.recordsOfChunk, ends.count > RecordBatch.fieldsOfChunk
    else { return .needsRoom }
    let endsWithCR = bytes.load(fromByteOffset: filled - 1, as: UInt8.self) == Byte.cr
    let plain = PlainScan(
      bytes: bytes, filled: filled, certain: endsWithCR && !ended ? filled - 1 : filled,
      patterns: ChunkPatterns(delimiter: scanner.delimiter), maximum: scanner.maximum,
      ends: firstEnd, entries: firstEntry, fieldRoom: ends.count - RecordBatch.fieldsOfChunk,
      recordRoom: entries.count - RecordBatch.recordsOfChunk)
    while place.position < filled {
      guard plain.run(&place) else { return .needsRoom }
      guard place.position < filled else { break }
      guard place.records < plain.recordRoom else { return .needsRoom }
      var record = CarefulRecord(
        bytes: bytes, filled: filled, ended: ended, delimiter: scanner.delimiter,
        maximum: scanner.maximum, ends: firstEnd, capacity: ends.count, place: place)
      let end = record.take(firstEntry)
      place = record.place
      switch end {
      case .taken: continue
      case .needsRoom: return .needsRoom
      case .needsBytes: return .needsBytes
      case .rejected(let reason): return .rejected(Self.cause(reason, record))
      }
    }
    return .taken
  }

  private static func cause(_ reason: RejectedRecord.Reason, _ record: CarefulRecord) -> Cause {
    if case .tooLong = reason {
      let within = record.quotedEnd >= 0 ? record.quotedEnd : record.fieldStart
      return Cause(reason: reason, line: record.line, within: within)
    }
    return Cause(reason: reason, line: record.quoteLine, within: record.quoteAt)
  }
}
