import CSVRecords
import Tickets

/// One worker of an import: its reader, and the batch at hand.
final class BatchWorker {
  let number: Int
  let reader: BatchReader
  /// The hashes of all ids that were read for a taker.
  private(set) var hashes: [[UInt64]] = []
  private let taker: (any TicketTaker)?
  private let repeated: Set<UInt64>
  private var table: TicketTable
  /// Where rows are handed on as texts.
  private var text: MappedRowText?
  private var batch = RecordBatch()
  private var hasBatch = false

  init(
    _ reader: BatchReader, number: Int, source: String, taker: (any TicketTaker)?,
    repeated: Set<UInt64>, text: MappedRowText?
  ) {
    self.reader = reader
    self.number = number
    self.taker = taker
    self.repeated = repeated
    self.text = text
    table = reader.rows.emptyTable(source: source)
  }

  /// Takes the batch that was read to find the header.
  func begin(with first: RecordBatch) {
    batch = first
    hasBatch = true
  }

  /// Takes the next batch of a file; `false` at its end.
  func next(_ source: RecordReader) throws -> Bool {
    if hasBatch {
      hasBatch = false
      return true
    }
    return try source.next(&batch)
  }

  /// Reads the batch at hand and gives away what it can.
  func finished(mayBeRecoded: Bool) -> FinishedBatch {
    // The header is the first record of a file.
    let headers = batch.number == 0 ? 1 : 0
    var finished = FinishedBatch(
      report: reader.read(batch, headerRecords: headers, mayBeRecoded: mayBeRecoded),
      worker: number)
    guard finished.report.notUTF8Line == nil else { return finished }
    if let taker {
      let judged = reader.judge(
        batch, by: taker, worker: number, in: &table, repeated: repeated)
      finished.judged = judged.judged
      if judged.held.count > 0 { finished.rows = judged.held }
      hashes.append(reader.takeHashes())
    } else {
      reader.complete(batch)
      finished.rows = completed()
    }
    if finished.rows != nil, text == nil {
      finished.dictionaries = reader.rows.fields.map(\.dictionary)
    }
    return finished
  }

  /// The columns of all rows, and their texts if they are wanted.
  private func completed() -> RowColumns {
    var rows = reader.takeColumns()
    guard text != nil else { return rows }
    rows.texts = text?.write(rows, nil, reader.rows) ?? IDList()
    rows.sawUnreadable = text?.sawUnreadable ?? false
    return rows
  }
}
