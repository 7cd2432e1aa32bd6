/// Undoes doubled quotes in the fields of a batch, in place.
///
/// A field's bytes become those it stands for, the closing quote moves up to them, and blanks fill
/// what is left, so that the field is still one in quotes with blanks behind it, and its place in
/// the tables stays.
struct QuoteUndoing {
  /// The columns in which it matters; `nil` is all.
  let columns: [Int]?
  let delimiter: UInt8

  func undo(in batch: inout RecordBatch) {
    for record in 0..<batch.count {
      let entry = batch.entries[record]
      if entry.isPlain { continue }
      if entry.isForLibCSV, let fields = parsed(record, of: batch) {
        for column in wanted(of: record, in: batch) {
          replace(column, of: record, in: &batch, by: fields[column])
        }
      } else if entry.hasDoubledQuotes {
        for column in wanted(of: record, in: batch) { undo(column, of: record, in: &batch) }
      }
    }
  }

  private func wanted(of record: Int, in batch: RecordBatch) -> [Int] {
    let count = batch.fieldCount(of: record)
    return columns.map { $0.filter { $0 < count } } ?? Array(0..<count)
  }

  /// The fields of a record as libcsv reads them; `nil` if it sees other fields.
  private func parsed(_ record: Int, of batch: RecordBatch) -> [[UInt8]]? {
    let count = batch.fieldCount(of: record)
    let start = Int(batch.entries[record].start)
    let end = Int(batch.ends[Int(batch.entries[record].firstField) + count - 1])
    let records = batch.storage.withUnsafeBytes { all in
      LibCSVParser(delimiter: delimiter).records(
        of: UnsafeRawBufferPointer(rebasing: all[start..<end]))
    }
    guard let records, records.count == 1, records[0].count == count else { return nil }
    for (column, field) in records[0].enumerated()
    where field.count > batch.bytes(record, column).count { return nil }
    return records[0]
  }

  private func replace(
    _ column: Int, of record: Int, in batch: inout RecordBatch, by field: [UInt8]
  ) {
    let range = batch.bytes(record, column)
    let end = range.lowerBound + field.count
    batch.storage.withUnsafeMutableBufferPointer { storage in
      for (offset, byte) in field.enumerated() { storage[range.lowerBound + offset] = byte }
      close(storage, at: end, before: range.upperBound)
    }
  }

  private func undo(_ column: Int, of record: Int, in batch: inout RecordBatch) {
    let range = batch.bytes(record, column)
    guard range.lowerBound > 0, batch.storage[range.lowerBound - 1] == Byte.quote else { return }
    batch.storage.withUnsafeMutableBufferPointer { storage in
      var target = range.lowerBound
      var source = range.lowerBound
      while source < range.upperBound {
        let byte = storage[source]
        storage[target] = byte
        target += 1
        source += byte == Byte.quote ? 2 : 1
      }
      close(storage, at: target, before: range.upperBound)
    }
  }

  /// Moves the closing quote from `old` up to `new`.
  private func close(
    _ storage: UnsafeMutableBufferPointer<UInt8>, at new: Int, before old: Int
  ) {
    guard new < old else { return }
    storage[new] = Byte.quote
    for place in (new + 1)...old { storage[place] = Byte.space }
  }
}
