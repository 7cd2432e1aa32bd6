import CSVRecords
import Dispatch
import Messages
import Synchronization
import Tickets

/// What a worker has made of one batch.
struct FinishedBatch: Sendable {
  let report: BatchReport
  let worker: Int
  /// Rows that are to be held; `nil` if there are none.
  var rows: RowColumns?
  /// How many rows were judged and need not be held.
  var judged = 0
  /// The worker's dictionaries as of this batch, where `rows` is not `nil`.
  var dictionaries: [TextDictionary] = []
}

/// Lets several workers read a file, and puts what they make of it in the order of the file.
///
/// Each worker takes the next batch, reads its columns, and hands them over. Nothing that comes
/// out depends on the number of workers or on the size of a batch.
///
/// Sendable because a worker uses nothing but its own place in `workers`, and all else only while
/// it is the one that stores.
final class BatchGathering<Store: RowStore>: @unchecked Sendable {
  enum End {
    case done
    /// A cell on this line is not UTF-8, though nobody has said what the encoding is.
    case notUTF8(line: Int)
    case unreadable(reason: String)
  }

  var store: Store
  private let workers: [BatchWorker]
  private let queue = Mutex(Queue())
  /// Held by the worker that stores.
  private let storing = Mutex(())
  private var findings = FindingList()
  private var name = ""
  private var end = End.done
  private var notedTrailing = false

  /// What is finished and not stored yet.
  private struct Queue: Sendable {
    var next = 0
    /// By number.
    var waiting: [Int: FinishedBatch] = [:]
    /// Whether a worker stores what waits, so that the others need not wait for it.
    var isStoring = false
    var isEnded = false
    /// Columns whose memory can be used again.
    var spare: [RowColumns] = []
  }

  /// With more batches than this in the queue, who brings one waits.
  private var mostWaiting: Int { 4 * workers.count }

  init(_ store: Store, workers: [BatchWorker]) {
    self.store = store
    self.workers = workers
  }

  /// Reads a file to its end.
  ///
  /// - Parameters:
  ///   - findings: Gets what is told of the rows, in their order.
  ///   - mayBeRecoded: Whether a cell that is not UTF-8 ends the reading.
  func gather(
    _ reader: RecordReader, name: String, findings: inout FindingList, mayBeRecoded: Bool
  ) -> End {
    swap(&self.findings, &findings)
    self.name = name
    (end, notedTrailing) = (.done, false)
    queue.withLock { $0 = Queue() }
    DispatchQueue.concurrentPerform(iterations: workers.count) { number in
      work(workers[number], reader, mayBeRecoded: mayBeRecoded)
    }
    swap(&self.findings, &findings)
    return end
  }

  private func work(_ worker: BatchWorker, _ reader: RecordReader, mayBeRecoded: Bool) {
    do {
      while try worker.next(reader) {
        guard hand(over: worker.finished(mayBeRecoded: mayBeRecoded)) else { return }
        if let spare = queue.withLock({ $0.spare.popLast() }) { worker.reader.columns = spare }
      }
    } catch {
      storing.withLock { _ in stop(.unreadable(reason: "\(error)")) }
    }
  }

  /// Stores a batch and all that wait for it, unless another worker is at it and will do so.
  ///
  /// - Returns: Whether there is any use in reading on.
  private func hand(over finished: FinishedBatch) -> Bool {
    let (stores, isFull) = queue.withLock { queue in
      queue.waiting[finished.report.number] = finished
      let stores = !queue.isStoring
      queue.isStoring = true
      return (stores, queue.waiting.count > mostWaiting)
    }
    if stores {
      storing.withLock { _ in
        while let batch = following() { store(batch) }
      }
    } else if isFull {
      storing.withLock { _ in }
    }
    return queue.withLock { !$0.isEnded }
  }

  /// The batch whose turn it is; without one, nobody stores any more.
  private func following() -> FinishedBatch? {
    queue.withLock { queue in
      guard let batch = queue.waiting.removeValue(forKey: queue.next) else {
        queue.isStoring = false
        return nil
      }
      queue.next += 1
      return batch
    }
  }

  /// Keeps the first reason to end.
  private func stop(_ end: End) {
    let isFirst = queue.withLock { queue in
      let isFirst = !queue.isEnded
      queue.isEnded = true
      return isFirst
    }
    if isFirst { self.end = end }
  }

  private func store(_ finished: consuming FinishedBatch) {
    guard queue.withLock({ !$0.isEnded }) else { return }
    let report = finished.report
    tell(report)
    store.ledger.read += report.read
    store.ledger.rejected += report.rejected
    store.ledger.adjusted += report.adjusted
    store.ledger.tickets += finished.judged
    if var rows = finished.rows.take() {
      store.append(&rows, from: finished.worker, dictionaries: finished.dictionaries)
      queue.withLock { $0.spare.append(rows) }
    }
    if let line = report.notUTF8Line { stop(.notUTF8(line: line)) }
  }

  private func tell(_ report: BatchReport) {
    var trailing = notedTrailing ? nil : report.trailingLine
    for remark in report.remarks {
      if let line = trailing, line <= remark.line {
        findings.add(.note, file: name, line: line, .trailingDelimiter)
        trailing = nil
      }
      findings.add(remark.severity, file: name, line: remark.line, remark.message)
    }
    if let line = trailing { findings.add(.note, file: name, line: line, .trailingDelimiter) }
    if report.trailingLine != nil { notedTrailing = true }
  }
}
