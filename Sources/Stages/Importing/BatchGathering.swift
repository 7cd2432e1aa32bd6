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
/// it holds the lock.
final class BatchGathering<Store: RowStore>: @unchecked Sendable {
  enum End {
    case done
    /// A cell on this line is not UTF-8, though nobody has said what the encoding is.
    case notUTF8(line: Int)
    case unreadable(reason: String)
  }

  var store: Store
  private let workers: [BatchWorker]
  private let lock = Mutex(())
  private var findings = FindingList()
  private var name = ""
  private var end = End.done
  private var isEnded = false
  private var notedTrailing = false
  private var next = 0
  /// Batches that were finished before their turn, by number.
  private var waiting: [Int: FinishedBatch] = [:]

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
    (end, isEnded, notedTrailing, next) = (.done, false, false, 0)
    waiting = [:]
    DispatchQueue.concurrentPerform(iterations: workers.count) { number in
      work(workers[number], reader, mayBeRecoded: mayBeRecoded)
    }
    swap(&self.findings, &findings)
    return end
  }

  private func work(_ worker: BatchWorker, _ reader: RecordReader, mayBeRecoded: Bool) {
    do {
      while try worker.next(reader) {
        let finished = worker.finished(mayBeRecoded: mayBeRecoded)
        let goesOn = lock.withLock { _ in
          hand(over: finished)
          return !isEnded
        }
        if !goesOn { return }
      }
    } catch {
      lock.withLock { _ in stop(.unreadable(reason: "\(error)")) }
    }
  }

  private func stop(_ end: End) {
    guard !isEnded else { return }
    self.end = end
    isEnded = true
  }

  private func hand(over finished: FinishedBatch) {
    guard finished.report.number == next else {
      waiting[finished.report.number] = finished
      return
    }
    take(finished)
    next += 1
    while let following = waiting.removeValue(forKey: next) {
      take(following)
      next += 1
    }
  }

  private func take(_ finished: FinishedBatch) {
    guard !isEnded else { return }
    let report = finished.report
    tell(report)
    store.ledger.read += report.read
    store.ledger.rejected += report.rejected
    store.ledger.adjusted += report.adjusted
    store.ledger.tickets += finished.judged
    if let rows = finished.rows {
      store.append(rows, from: finished.worker, dictionaries: finished.dictionaries)
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
