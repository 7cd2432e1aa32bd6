import Tickets

/// Versions of tickets, taken batch by batch.
extension HistorySink: RowStore {
  mutating func begin(file: Int) {
    self.file = UInt16(clamping: file)
  }

  mutating func append(
    _ rows: inout RowColumns, from worker: Int, dictionaries: [TextDictionary]
  ) {
    let first = history.count
    for field in history.codes.indices {
      texts.translate(&rows.codes[field], field: field, worker: worker, dictionaries[field])
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: rows.count) { tickets in
      index.tickets(of: rows) { row, found in
        tickets.initializeElement(at: row, to: UInt32(truncatingIfNeeded: found.ticket))
      }
      history.chains.append(UnsafeBufferPointer(tickets))
    }
    history.append(rows, file: file)
    for (row, second) in rows.secondUpdated { history.seconds2[first + row] = second }
    for (row, found) in rows.stretches { history.stretches[first + row] = found }
  }

  /// Lets the fields know the texts of all workers.
  mutating func finishBatches() {
    for field in rows.fields.indices { rows.fields[field].adopt(texts.dictionaries[field]) }
  }
}

extension HistoryRows {
  /// Appends all columns of a batch but the tickets.
  fileprivate mutating func append(_ rows: RowColumns, file: UInt16) {
    if rows.orders.isEmpty {
      orders.append(repeating: Int64.min, count: rows.count)
    } else {
      orders.append(contentsOf: rows.orders)
    }
    files.append(repeating: Int64(file), count: rows.count)
    lines.append(contentsOf: rows.lines)
    for field in codes.indices { codes[field].append(contentsOf: rows.codes[field]) }
    for moment in seconds.indices { seconds[moment].append(contentsOf: rows.moments[moment]) }
    pausedSeconds.append(contentsOf: rows.pausedSeconds)
    verdicts += rows.verdicts
  }
}
