/// One walk over a block: from the start of a record until a record cannot be taken.
///
/// The loop looks at eight bytes at a time and visits only delimiters, quotes and line ends.
struct RecordPass {
  enum End {
    case needsBytes
    case needsRoom
    case rejected(RejectedRecord.Reason)
  }

  let bytes: UnsafeRawPointer
  let filled: Int
  let ended: Bool
  let delimiter: UInt8
  let maximum: Int
  let offset: Int
  let starts: UnsafeMutablePointer<UInt32>
  let ends: UnsafeMutablePointer<UInt32>
  let capacity: Int

  // The record at hand.
  private(set) var recordStart = 0
  private(set) var recordLine = 1
  private(set) var firstField = 0
  private var fields = 0
  /// The end of what this record may touch.
  private var window = 0
  /// Whether the file ends with the window.
  private var isLast = false
  private var isUnusual = false
  private var suitsLibCSV = true
  private var spansLines = false

  // The field at hand.
  private(set) var line = 1
  private(set) var fieldStart = 0
  /// Where the closing quote of the field is; -1 before there is one.
  private(set) var quotedEnd = -1
  private(set) var quoteAt = 0
  private(set) var quoteLine = 0

  init(
    bytes: UnsafeRawPointer, filled: Int, ended: Bool, delimiter: UInt8, maximum: Int,
    offset: Int, starts: UnsafeMutablePointer<UInt32>, ends: UnsafeMutablePointer<UInt32>,
    capacity: Int
  ) {
    self.bytes = bytes
    self.filled = filled
    self.ended = ended
    self.delimiter = delimiter
    self.maximum = maximum
    self.offset = offset
    self.starts = starts
    self.ends = ends
    self.capacity = capacity
  }

  @inline(__always)
  mutating func begin(at position: Int, line: Int, fields: Int) {
    recordStart = position
    fieldStart = position
    self.line = line
    recordLine = line
    self.fields = fields
    firstField = fields
    window = min(filled, position + maximum + 2)
    isLast = ended && window == filled
    isUnusual = false
    suitsLibCSV = true
    spansLines = false
  }

  @inline(__always)
  private func byte(at place: Int) -> UInt8 {
    bytes.load(fromByteOffset: place, as: UInt8.self)
  }

  @inline(__always)
  private mutating func closeField(at place: Int) {
    starts[fields] = UInt32(truncatingIfNeeded: fieldStart)
    ends[fields] = UInt32(truncatingIfNeeded: quotedEnd >= 0 ? quotedEnd : place)
    fields += 1
    fieldStart = place + 1
    quotedEnd = -1
  }

  @inline(__always)
  mutating func run(
    _ entries: inout [RecordBatch.Entry], _ unusual: inout [RecordScanner.Unusual]
  ) -> End {
    let delimiters = WordScan.pattern(delimiter)
    let quotes = WordScan.pattern(Byte.quote)
    let crs = WordScan.pattern(Byte.cr)
    let lfs = WordScan.pattern(Byte.lf)
    var cursor = recordStart
    var base = recordStart
    var hits: UInt64 = 0
    // What changes with every field is kept in locals, which live in registers.
    var hot = Hot(of: self)
    while true {
      while hits == 0 {
        guard cursor < hot.window else {
          hot.store(in: &self)
          return endOfWindow(&entries, &unusual)
        }
        let word = WordScan.load(bytes, at: cursor)
        hits =
          WordScan.matches(word, delimiters) | WordScan.matches(word, quotes)
          | WordScan.matches(word, crs) | WordScan.matches(word, lfs)
        base = cursor
        cursor += 8
      }
      let at = base + hits.trailingZeroBitCount >> 3
      hits &= hits &- 1
      guard at < hot.window else {
        hot.store(in: &self)
        return endOfWindow(&entries, &unusual)
      }
      guard hot.fields < capacity else { return .needsRoom }
      let found = byte(at: at)
      if found == delimiter {
        starts[hot.fields] = UInt32(truncatingIfNeeded: hot.fieldStart)
        ends[hot.fields] = UInt32(truncatingIfNeeded: hot.quotedEnd >= 0 ? hot.quotedEnd : at)
        hot.fields += 1
        hot.fieldStart = at + 1
        hot.quotedEnd = -1
      } else if found == Byte.quote {
        guard at == hot.fieldStart else {
          suitsLibCSV = false
          continue
        }
        hot.store(in: &self)
        switch quotedField(at: at) {
        case .closed(let following):
          cursor = following
          hits = 0
        case .failed(let end):
          return end
        }
        hot = Hot(of: self)
      } else if at >= hot.fieldStart {
        // A line end, but not the LF of a CRLF.
        hot.store(in: &self)
        if let end = lineEnd(at: at, found, &entries, &unusual) { return end }
        hot = Hot(of: self)
      }
    }
  }

  private struct Hot {
    var fields: Int
    var fieldStart: Int
    var quotedEnd: Int
    var window: Int

    @inline(__always)
    init(of pass: RecordPass) {
      fields = pass.fields
      fieldStart = pass.fieldStart
      quotedEnd = pass.quotedEnd
      window = pass.window
    }

    @inline(__always)
    func store(in pass: inout RecordPass) {
      pass.fields = fields
      pass.fieldStart = fieldStart
      pass.quotedEnd = quotedEnd
    }
  }
}

extension RecordPass {
  private enum Quoted {
    /// The field is closed, and a delimiter or line end or the end of the file is at the place.
    case closed(Int)
    case failed(End)
  }

  private var needsBytesOr: End {
    // Only a window that the limit cuts, and not the block, says anything about the record.
    filled - recordStart < maximum + 2 && !isLast
      ? .needsBytes : .rejected(.quoteNeverClosed)
  }

  @inline(__always)
  private mutating func quotedField(at open: Int) -> Quoted {
    quoteAt = open
    quoteLine = line
    var search = open + 1
    while true {
      let close = WordScan.find(Byte.quote, in: bytes, from: search, to: window)
      guard close < window else { return .failed(needsBytesOr) }
      var next = close + 1
      if next < window && byte(at: next) == Byte.quote {
        isUnusual = true
        search = next + 1
        continue
      }
      while next < window && isBlank(byte(at: next)) {
        suitsLibCSV = false
        next += 1
      }
      if next < window {
        let following = byte(at: next)
        guard following == delimiter || following == Byte.lf || following == Byte.cr else {
          return .failed(.rejected(.textAfterClosingQuote))
        }
      } else if !isLast {
        return .failed(needsBytesOr)
      }
      fieldStart = open + 1
      quotedEnd = close
      let lineEnds = WordScan.countLineEnds(in: bytes, from: fieldStart, to: close)
      if lineEnds > 0 {
        line += lineEnds
        isUnusual = true
        spansLines = true
      }
      return .closed(next)
    }
  }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == Byte.space || byte == Byte.tab) && byte != delimiter
  }

  /// Takes the record that ends at `at`; returns a reason to stop.
  @inline(__always)
  private mutating func lineEnd(
    at: Int, _ found: UInt8, _ entries: inout [RecordBatch.Entry],
    _ unusual: inout [RecordScanner.Unusual]
  ) -> End? {
    var next = at + 1
    if at - recordStart > maximum { return .rejected(.tooLong(limit: maximum)) }
    if found == Byte.cr {
      if next < window {
        if byte(at: next) == Byte.lf { next += 1 }
      } else if !isLast {
        return .needsBytes
      }
    }
    if at != recordStart { take(upTo: at, &entries, &unusual) }
    begin(at: next, line: line + 1, fields: fields)
    return nil
  }

  @inline(__always)
  private mutating func take(
    upTo end: Int, _ entries: inout [RecordBatch.Entry], _ unusual: inout [RecordScanner.Unusual]
  ) {
    closeField(at: end)
    if isUnusual {
      unusual.append(
        RecordScanner.Unusual(
          record: entries.count, range: recordStart..<end, suitsLibCSV: suitsLibCSV && spansLines))
    }
    entries.append(
      RecordBatch.Entry(
        firstField: firstField, firstLine: recordLine, lastLine: line,
        byteOffset: offset + recordStart))
  }

  private mutating func endOfWindow(
    _ entries: inout [RecordBatch.Entry], _ unusual: inout [RecordScanner.Unusual]
  ) -> End {
    guard isLast else {
      return filled - recordStart < maximum + 2
        ? .needsBytes : .rejected(.tooLong(limit: maximum))
    }
    guard recordStart < filled else { return .needsBytes }
    guard filled - recordStart <= maximum else { return .rejected(.tooLong(limit: maximum)) }
    guard fields < capacity else { return .needsRoom }
    take(upTo: filled, &entries, &unusual)
    begin(at: filled, line: line, fields: fields)
    return .needsBytes
  }
}
