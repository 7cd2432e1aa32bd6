/// Undoes doubled quotes in the fields of a batch, in place.
///
/// A field's bytes become those it stands for, the closing quote moves up to them, and blanks fill
/// what is left, so that the field is still one in quotes with blanks behind it, and its place in
/// the tables stays.
struct QuoteUndoing {
  /// The columns in which it matters, ascending; `nil` is all.
  let columns: [Int]?
  let delimiter: UInt8

  private typealias Bytes = UnsafeMutableBufferPointer<UInt8>

  func undo(in batch: inout RecordBatch) {
    let count = batch.count
    let (entries, ends) = (batch.entries, batch.ends)
    var parser: LibCSVParser?
    batch.storage.withUnsafeMutableBufferPointer { storage in
      for record in 0..<count where !entries[record].isPlain {
        let entry = entries[record]
        let places = ends[Int(entry.firstField)..<Int(entries[record + 1].firstField)]
        if entry.isForLibCSV {
          let libCSV = parser ?? LibCSVParser(delimiter: delimiter)
          parser = libCSV
          if replace(entry, places, in: storage, libCSV) { continue }
        }
        if entry.hasDoubledQuotes { undo(entry, places, in: storage) }
      }
    }
  }

  /// Calls `body` with the content of each field in quotes that matters.
  @inline(__always)
  private func forEachQuotedField(
    _ entry: RecordBatch.Entry, _ ends: ArraySlice<UInt32>, in storage: Bytes,
    _ body: (_ field: Int, _ start: Int, _ closing: Int) -> Void
  ) {
    for index in 0..<(columns?.count ?? ends.count) {
      let field = columns?[index] ?? index
      guard field < ends.count else { return }
      let place = ends.startIndex + field
      let start = field == 0 ? Int(entry.start) : Int(ends[place - 1]) + 1
      let end = Int(ends[place])
      guard start < end, storage[start] == Byte.quote else { continue }
      body(field, start + 1, closingQuote(in: UnsafeBufferPointer(storage), before: end))
    }
  }

  private func undo(_ entry: RecordBatch.Entry, _ ends: ArraySlice<UInt32>, in storage: Bytes) {
    forEachQuotedField(entry, ends, in: storage) { _, start, closing in
      var target = start
      var source = start
      while source < closing {
        let byte = storage[source]
        storage[target] = byte
        target += 1
        source += byte == Byte.quote ? 2 : 1
      }
      Self.close(storage, at: target, before: closing)
    }
  }

  /// Puts what libcsv reads into the fields; `false` if it sees other fields.
  private func replace(
    _ entry: RecordBatch.Entry, _ ends: ArraySlice<UInt32>, in storage: Bytes,
    _ parser: LibCSVParser
  ) -> Bool {
    let end = Int(ends.last ?? entry.start)
    let bytes = UnsafeRawBufferPointer(storage)[Int(entry.start)..<end]
    guard parser.parse(UnsafeRawBufferPointer(rebasing: bytes)) == ends.count else { return false }
    var fits = true
    forEachQuotedField(entry, ends, in: storage) { field, start, closing in
      fits = fits && parser.field(field).count <= closing - start
    }
    guard fits else { return false }
    forEachQuotedField(entry, ends, in: storage) { field, start, closing in
      var target = start
      for byte in parser.field(field) {
        storage[target] = byte
        target += 1
      }
      Self.close(storage, at: target, before: closing)
    }
    return true
  }

  /// Moves the closing quote up from `old` to `new`.
  private static func close(_ storage: Bytes, at new: Int, before old: Int) {
    guard new < old else { return }
    storage[new] = Byte.quote
    for place in (new + 1)...old { storage[place] = Byte.space }
  }
}
