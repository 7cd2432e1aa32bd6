/// Takes one record, looking at every rule: the way for what a ``PlainScan`` leaves.
struct CarefulRecord {
  enum End {
    /// `place` is behind the record, or behind an empty line.
    case taken
    case needsBytes
    case needsRoom
    case rejected(RejectedRecord.Reason)
  }

  private let bytes: UnsafeRawPointer
  private let delimiter: UInt8
  private let maximum: Int
  private let filled: Int
  /// The end of what this record may touch.
  private let window: Int
  /// Whether the file ends with the window; where the limit ends it, what follows plays no part.
  private let isLast: Bool
  private let ends: UnsafeMutablePointer<UInt32>
  private let capacity: Int

  private(set) var place: PlainScan.Place
  private var fields: Int
  private var hasDoubledQuotes = false
  private var suitsLibCSV = true

  // The field at hand.
  private(set) var line: Int
  private(set) var fieldStart: Int
  /// Where the closing quote of the field is; -1 before there is one.
  private(set) var quotedEnd = -1
  private(set) var quoteAt = 0
  private(set) var quoteLine = 0

  init(
    bytes: UnsafeRawPointer, filled: Int, ended: Bool, delimiter: UInt8, maximum: Int,
    ends: UnsafeMutablePointer<UInt32>, capacity: Int, place: PlainScan.Place
  ) {
    self.bytes = bytes
    self.filled = filled
    self.delimiter = delimiter
    self.maximum = maximum
    self.ends = ends
    self.capacity = capacity
    self.place = place
    window = min(filled, place.position + maximum + 2)
    isLast = ended && filled < place.position + maximum + 2
    fields = place.fields
    line = place.line
    fieldStart = place.position
  }

  private func byte(at place: Int) -> UInt8 {
    bytes.load(fromByteOffset: place, as: UInt8.self)
  }

  /// Takes the record at `place`, and writes down the ends of its fields and its entry.
  mutating func take(_ entries: UnsafeMutablePointer<RecordBatch.Entry>) -> End {
    while true {
      var at = fieldStart
      if at < window && byte(at: at) == Byte.quote {
        if let failure = closeQuotes(openedAt: at, next: &at) { return failure }
      } else {
        at = fieldEnd(from: at)
      }
      guard fields < capacity else { return .needsRoom }
      guard at < window else { return endOfWindow(entries) }
      guard byte(at: at) == delimiter else { return lineEnd(at: at, entries) }
      ends[fields] = UInt32(truncatingIfNeeded: at)
      fields += 1
      fieldStart = at + 1
      quotedEnd = -1
    }
  }

  /// The end of an unquoted field, in which a quote is text.
  private mutating func fieldEnd(from start: Int) -> Int {
    let end = WordScan.findSeparator(delimiter, in: bytes, from: start, to: window)
    if WordScan.find(Byte.quote, in: bytes, from: start, to: end) < end { suitsLibCSV = false }
    return end
  }

  private var needsBytesOr: End {
    // Only a window that the limit cuts, and not the block, says anything about the record.
    filled - place.position < maximum + 2 && !isLast
      ? .needsBytes : .rejected(.quoteNeverClosed)
  }

  /// Finds what closes a quoted field, and the separator behind it or the end of the file.
  private mutating func closeQuotes(openedAt open: Int, next: inout Int) -> End? {
    quoteAt = open
    quoteLine = line
    var close = WordScan.find(Byte.quote, in: bytes, from: open + 1, to: window)
    while close + 1 < window && byte(at: close + 1) == Byte.quote {
      hasDoubledQuotes = true
      close = WordScan.find(Byte.quote, in: bytes, from: close + 2, to: window)
    }
    guard close < window else { return needsBytesOr }
    next = close + 1
    while next < window && isBlank(byte(at: next)) {
      suitsLibCSV = false
      next += 1
    }
    if next < window {
      let following = byte(at: next)
      guard following == delimiter || following == Byte.lf || following == Byte.cr else {
        return .rejected(.textAfterClosingQuote)
      }
    } else if !isLast {
      return needsBytesOr
    }
    quotedEnd = close
    line += WordScan.countLineEnds(in: bytes, from: open + 1, to: close)
    return nil
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == Byte.space || byte == Byte.tab) && byte != delimiter
  }

  private mutating func lineEnd(
    at: Int, _ entries: UnsafeMutablePointer<RecordBatch.Entry>
  ) -> End {
    var next = at + 1
    if at - place.position > maximum { return .rejected(.tooLong(limit: maximum)) }
    if byte(at: at) == Byte.cr {
      if next < window {
        if byte(at: next) == Byte.lf { next += 1 }
      } else if !isLast {
        return .needsBytes
      }
    }
    close(at: at, entries)
    place.position = next
    place.line = line + 1
    return .taken
  }

  private mutating func endOfWindow(_ entries: UnsafeMutablePointer<RecordBatch.Entry>) -> End {
    guard isLast else {
      return filled - place.position < maximum + 2
        ? .needsBytes : .rejected(.tooLong(limit: maximum))
    }
    guard filled - place.position <= maximum else { return .rejected(.tooLong(limit: maximum)) }
    close(at: filled, entries)
    place.position = filled
    place.line = line
    return .taken
  }

  /// Writes the record down, unless it is an empty line.
  private mutating func close(at end: Int, _ entries: UnsafeMutablePointer<RecordBatch.Entry>) {
    guard end > place.position else { return }
    ends[fields] = UInt32(truncatingIfNeeded: end)
    entries[place.records] = RecordBatch.Entry(
      start: place.position, firstField: place.fields, line: place.line, lines: line - place.line,
      hasDoubledQuotes: hasDoubledQuotes, suitsLibCSV: suitsLibCSV)
    place.fields = fields + 1
    place.records += 1
  }
}
