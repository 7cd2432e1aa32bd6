import CSVRecords
import Foundation
import Synchronization

/// Reads all of `bytes` with the reader under test, handing over at most `piece` bytes a call.
func readItems(
  _ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), blockSize: Int = 4096,
  piece: Int = .max, maximum: Int = 1 << 20, threads: Int = 1
) throws -> [Item] {
  var place = 0
  let reader = RecordReader(
    delimiter: delimiter, blockSize: blockSize, maximumRecordBytes: maximum
  ) { buffer in
    let count = min(buffer.count, piece, bytes.count - place)
    buffer.copyBytes(from: bytes[place..<place + count])
    place += count
    return count
  }
  let batches = try onThreads(threads) {
    var batches: [(number: Int, items: [Item])] = []
    var batch = RecordBatch()
    while try reader.next(&batch) { batches.append((batch.number, items(of: batch))) }
    return batches
  }
  return batches.flatMap(\.self).sorted { $0.number < $1.number }.flatMap(\.items)
}

/// What a batch holds, in the order of the file.
func items(of batch: RecordBatch) -> [Item] {
  var items: [Item] = []
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
    let fields = (0..<batch.fieldCount(of: record)).map { field in
      batch.withField(record, field) { Array($0) }
    }
    items.append(
      .record(
        fields: fields, firstLine: batch.firstLine(of: record),
        lastLine: batch.lastLine(of: record), offset: batch.byteOffset(of: record)))
  }
  return items
}

/// What `body` gives on each of some threads that run at the same time.
func onThreads<Result: Sendable>(
  _ count: Int, _ body: @escaping @Sendable () throws -> Result
) throws -> [Result] {
  guard count > 1 else { return [try body()] }
  let results = Mutex<[Swift.Result<Result, any Error>]>([])
  let group = DispatchGroup()
  for _ in 0..<count {
    group.enter()
    Thread.detachNewThread {
      let result = Swift.Result { try body() }
      results.withLock { $0.append(result) }
      group.leave()
    }
  }
  group.wait()
  return try results.withLock { try $0.map { try $0.get() } }
}
