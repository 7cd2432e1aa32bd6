import Foundation

@testable import CSVRecords

/// How a file is read; none of it may change what is found.
struct Reading: CustomStringConvertible {
  var blockSize = 4096
  /// The most bytes that are handed over a call.
  var piece = Int.max
  var threads = 1
  /// The columns that are kept; `nil` is all.
  var columns: [Int]?

  var description: String {
    "blocks of \(blockSize), pieces of \(piece), \(threads) threads, columns \(columns ?? [])"
  }
}

/// Reads all of `bytes` with the reader under test.
func readItems(
  _ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), blockSize: Int = 4096,
  piece: Int = .max, maximum: Int = 1 << 20
) throws -> [Item] {
  try readItems(
    bytes, delimiter: delimiter, maximum: maximum, Reading(blockSize: blockSize, piece: piece))
}

func readItems(
  _ bytes: [UInt8], delimiter: UInt8, maximum: Int, _ reading: Reading
) throws -> [Item] {
  var place = 0
  let reader = RecordReader(
    delimiter: delimiter, blockSize: reading.blockSize, maximumRecordBytes: maximum
  ) { buffer in
    let count = min(buffer.count, reading.piece, bytes.count - place)
    buffer.copyBytes(from: bytes[place..<place + count])
    place += count
    return count
  }
  if let columns = reading.columns { reader.keepOnly(columns: columns) }
  let found = onThreads(reading.threads) {
    var batches: [NumberedItems] = []
    var batch = RecordBatch()
    while try reader.next(&batch) { batches.append(try NumberedItems(batch, reading.columns)) }
    return batches
  }
  return try joined(found.flatMap { try $0.get() })
}

/// What a batch said of itself.
struct BatchError: Error {
  let message: String
}

/// The items of all batches, which must be numbered without gaps.
func joined(_ batches: [NumberedItems]) throws -> [Item] {
  let sorted = batches.sorted { $0.number < $1.number }
  guard sorted.map(\.number) == Array(0..<sorted.count) else {
    throw BatchError(message: "numbers \(sorted.map(\.number))")
  }
  return sorted.flatMap(\.items)
}

/// What a batch holds, in the order of the file.
struct NumberedItems {
  let number: Int
  private(set) var items: [Item] = []

  /// - Parameter columns: The fields of others are left empty.
  init(_ batch: RecordBatch, _ columns: [Int]? = nil) throws {
    number = batch.number
    try Self.check(batch)
    var rejects = batch.rejects[...]
    for record in 0...batch.count {
      while let reject = rejects.first, reject.precedingRecords == record {
        rejects.removeFirst()
        items.append(
          .reject(
            line: reject.line, firstLine: reject.firstLine, offset: reject.byteOffset,
            reason: reject.reason, raw: reject.raw))
      }
      guard record < batch.count else { break }
      let fields = (0..<batch.fieldCount(of: record)).map { field -> [UInt8] in
        let isKept = columns?.contains(field) ?? true
        return isKept ? batch.withField(record, field) { Array($0) } : []
      }
      items.append(
        .record(
          fields: fields, firstLine: batch.firstLine(of: record),
          lastLine: batch.lastLine(of: record), offset: batch.byteOffset(of: record)))
    }
  }

  /// Whether the ways to ask for a field and for the width agree.
  private static func check(_ batch: RecordBatch) throws {
    let widths = (0..<batch.count).map { batch.fieldCount(of: $0) }
    let uniform = Set(widths).count == 1 ? widths.first : nil
    guard batch.uniformFieldCount == uniform else {
      throw BatchError(message: "width \(batch.uniformFieldCount ?? -1) of \(widths)")
    }
    guard batch.count > 0 || !batch.rejects.isEmpty else { throw BatchError(message: "empty") }
    var places: [FieldPlace] = [FieldPlace(start: 7, end: 9)]
    for column in 0...(widths.max() ?? 0) {
      batch.places(ofColumn: column, into: &places)
      guard places.count == batch.count else { throw BatchError(message: "places") }
      for (record, place) in places.enumerated() {
        let range = Int(place.start)..<Int(place.end)
        let isRight =
          column < widths[record] ? batch.bytes(record, column) == range : range.isEmpty
        guard isRight else {
          throw BatchError(message: "place \(range) of field \(column) of record \(record)")
        }
      }
    }
  }
}

/// What `body` gives on each of some threads that run at the same time.
func onThreads<Success: Sendable>(
  _ count: Int, _ body: @escaping @Sendable () throws -> Success
) -> [Result<Success, any Error>] {
  guard count > 1 else { return [Result { try body() }] }
  // A lock that the thread sanitizer knows, unlike a Mutex.
  let lock = NSLock()
  nonisolated(unsafe) var results: [Result<Success, any Error>] = []
  let group = DispatchGroup()
  for _ in 0..<count {
    group.enter()
    Thread.detachNewThread {
      let result = Result { try body() }
      lock.withLock { results.append(result) }
      group.leave()
    }
  }
  group.wait()
  return lock.withLock { results }
}
