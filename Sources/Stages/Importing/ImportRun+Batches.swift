import CSVRecords
import Messages
import ServiceTime
import Tickets

/// Reading the rows of `tickets` and `snapshots` batch by batch.
extension ImportRun {
  /// Takes all rows of all inputs into a store that is empty yet.
  ///
  /// - Parameters:
  ///   - repeated: Hashes of ids that several rows may have, so that no taker may have these rows.
  ///   - text: Writes rows as texts, where they are handed on; each worker has its own.
  ///   - makeRows: A reader of rows for each worker.
  mutating func fill<Store: RowStore>(
    _ store: inout Store, taker: (any TicketTaker)?, repeated: Set<UInt64>,
    text: MappedRowText? = nil, makeRows: () -> RowReader
  ) throws(Stop) {
    let days = LocalDays(importer.zone ?? .utc)
    let workers = (0..<max(1, importer.workers)).map { number in
      BatchWorker(
        BatchReader(makeRows(), days: days, needsUpdated: importer.mapping.rows == .snapshots),
        number: number, source: importer.mapping.source, taker: taker, repeated: repeated,
        text: text)
    }
    let gathering = BatchGathering(store, workers: workers)
    for input in inputs.indices {
      progress.isCounting = true
      try fill(gathering, input, workers)
      progress.isCounting = false
    }
    store = gathering.store
    if workers.contains(where: { $0.reader.rows.clock.sawNaive }) { tellOfNaiveTimes() }
    // Looked for each time, because a file may have grown since it was read before.
    guard taker != nil, !IDRuns.areDifferent(workers.map(\.reader.idRuns)) else { return }
    let found = RepeatedHashes.find(in: workers.map(\.hashes))
    if !found.isEmpty { throw .repeatedIDs(found) }
  }

  private mutating func fill<Store: RowStore>(
    _ gathering: BatchGathering<Store>, _ input: Int, _ workers: [BatchWorker]
  ) throws(Stop) {
    let name = inputs[input].name
    var source = try open(input)
    for worker in workers { try bind(worker, source.header, name) }
    source.keepOnly(workers[0].reader.columnsInUse)
    workers[0].begin(with: source.takeFirst())
    gathering.store.begin(file: input)
    let end = gathering.gather(
      source.reader, name: name, findings: &findings, mayBeRecoded: encodings[input] == nil)
    switch end {
    case .done: return
    case .notUTF8(let line): throw .notUTF8(input: input, line: line)
    case .unreadable(let reason): throw .failed(.unreadable(file: name, reason: reason))
    }
  }

  private mutating func bind(
    _ worker: BatchWorker, _ header: Header, _ name: String
  ) throws(Stop) {
    // What is missing is told once, not by each worker.
    var unheard = FindingList()
    do throws(ImportError) {
      if worker.number == 0 {
        try worker.reader.bind(header, file: name, findings: &findings)
      } else {
        try worker.reader.bind(header, file: name, findings: &unheard)
      }
    } catch {
      throw .failed(error)
    }
  }
}
