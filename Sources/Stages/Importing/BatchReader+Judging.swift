import CSVRecords
import Tickets

/// Rows that were given away at once, and those that must be held.
struct JudgedRows: Sendable {
  /// How many rows were judged.
  var judged = 0
  /// With their ids.
  var held: RowColumns
}

extension BatchReader {
  /// Leaves out the rejected rows, and puts the ids and lines of the others beside them.
  func complete(_ batch: RecordBatch) {
    var lines: [UInt32] = []
    var ids = IDList()
    swap(&lines, &columns.lines)
    swap(&ids, &columns.ids)
    let marks = marks
    batch.storage.withUnsafeBytes { base in
      var above: Int?
      for record in 0..<batch.count where marks[record] != .dropped {
        lines[record] = UInt32(clamping: batch.firstLine(of: record))
        // The versions of a ticket often stand together.
        if let above, columns.hashes[above] == columns.hashes[record],
          hasPlainID(record, equalTo: above, in: base)
        {
          ids.appendRepeated()
        } else {
          appendID(of: record, in: base, to: &ids)
        }
        above = record
      }
    }
    swap(&lines, &columns.lines)
    swap(&ids, &columns.ids)
    if columns.ids.count < batch.count { columns.keep { marks[$0] != .dropped } }
  }

  /// Gives the rows of the batch to a taker.
  ///
  /// - Parameters:
  ///   - table: Used again from batch to batch; see ``RowReader/emptyTable(source:)``.
  ///   - repeated: Hashes of ids that more than one row may have.
  /// - Returns: What the taker did not take, in the order of the file.
  func judge(
    _ batch: RecordBatch, by taker: any TicketTaker, worker: Int, in table: inout TicketTable,
    repeated: Set<UInt64>
  ) -> JudgedRows {
    if !repeated.isEmpty {
      for record in marks.indices
      where marks[record] == .plain && repeated.contains(columns.hashes[record]) {
        marks[record] = .held
      }
    }
    noteOrder(of: batch)
    let leftOut = marks.contains { $0 != .plain }
    let whole = leftOut ? columns : nil
    let records = leftOut ? marks.indices.filter { marks[$0] == .plain } : nil
    if leftOut { columns.keep { marks[$0] == .plain } }
    fill(&table)
    let unjudged = taker.take(table, worker: worker)
    empty(&table)
    var held = marks.indices.filter { marks[$0] == .held } + unjudged.map { records?[$0] ?? $0 }
    held.sort()
    var judged = JudgedRows(
      judged: columns.count - unjudged.count,
      held: RowColumns(moments: columns.moments.count, fields: columns.codes.count))
    for record in held {
      batch.storage.withUnsafeBytes { base in
        judged.held.append(
          row: record, of: whole ?? columns, line: batch.firstLine(of: record))
        appendID(of: record, in: base, to: &judged.held.ids)
      }
    }
    return judged
  }

  /// Lends the columns to a table, without copying them.
  private func fill(_ table: inout TicketTable) {
    table.unnamed = columns.count
    for index in columns.moments.indices {
      swap(&table.moments[index].seconds, &columns.moments[index])
    }
    for index in columns.codes.indices {
      swap(&table.fields[index].codes, &columns.codes[index])
      table.fields[index].dictionary = rows.fields[index].dictionary
    }
    table.pausedTotals?.seconds = columns.pausedSeconds
    table.reported?.values = columns.verdicts
    table.suspensions = suspensions(of: columns.stretches)
  }

  private func empty(_ table: inout TicketTable) {
    for index in columns.moments.indices {
      swap(&table.moments[index].seconds, &columns.moments[index])
    }
    for index in columns.codes.indices {
      swap(&table.fields[index].codes, &columns.codes[index])
      // So that the worker's own can grow in place.
      table.fields[index].dictionary = .empty
    }
    table.pausedTotals?.seconds = []
    table.reported?.values = []
  }
}
