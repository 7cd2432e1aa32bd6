import CSVRecords
import Tickets

/// Hands the rows of shapes `tickets` and `snapshots` on, batch by batch.
struct MappedRowStore: RowStore {
  var ledger = RowLedger()
  private let taker: any MappedRowTaker
  private let updated: Int?
  private var index = TicketIndex()
  private var file = 0
  /// Whether a cell held no instant, so that the file may be written otherwise than others.
  private(set) var sawUnreadable = false
  private(set) var failure: (any Error)?

  /// - Parameter rows: Names the columns; nothing is read with it.
  init(_ rows: RowReader, taker: any MappedRowTaker) {
    self.taker = taker
    updated = rows.updated
  }

  mutating func begin(file: Int) {
    self.file = file
    trying { taker throws in try taker.begin(file: file) }
  }

  mutating func append(
    _ rows: inout RowColumns, from worker: Int, dictionaries: [TextDictionary]
  ) {
    if rows.sawUnreadable { sawUnreadable = true }
    ledger.history += rows.count
    guard failure == nil else { return }
    var numbers: [Int] = []
    var areNew: [Bool] = []
    numbers.reserveCapacity(rows.count)
    areNew.reserveCapacity(rows.count)
    index.tickets(of: rows) { _, found in
      numbers.append(found.ticket)
      areNew.append(found.isNew)
    }
    let batch = MappedBatch(
      count: rows.count, lines: rows.lines, numbers: numbers, areNew: areNew,
      instants: updated.map { rows.moments[$0] } ?? [], orders: rows.orders, ids: rows.ids,
      texts: rows.texts)
    trying { taker throws in try taker.take(batch) }
  }

  private mutating func trying(_ body: (any MappedRowTaker) throws -> Void) {
    guard failure == nil else { return }
    do {
      try body(taker)
    } catch {
      failure = error
    }
  }
}
