import Messages
import Tickets

/// Rows that are two numbers and fields each: intervals, and things delivered.
///
/// With an id, of two rows for one thing the later stands; without, every row does.
struct StandingRows {
  private(set) var index = TicketIndex()
  private(set) var first: [Int64] = []
  private(set) var second: [Int64] = []
  private var codes: [[UInt32]]
  private let hasID: Bool

  init(fields: Int, hasID: Bool) {
    codes = Array(repeating: [], count: fields)
    self.hasID = hasID
  }

  /// Takes the row that `rows` has read, and counts it.
  mutating func take(
    _ numbers: (Int64, Int64), of rows: RowReader, _ cells: RowCells, _ ledger: inout RowLedger
  ) throws(Rejection) {
    guard hasID else {
      index.appendUnnamed()
      append(numbers, rows.codes, &ledger)
      return
    }
    let (row, isNew) = try rows.id.withID(cells, missing: rows.missing) { id throws(Rejection) in
      index.ticket(id)
    }
    if isNew {
      append(numbers, rows.codes, &ledger)
    } else if (first[row], second[row]) == numbers,
      codes.indices.allSatisfy({ codes[$0][row] == rows.codes[$0] })
    {
      ledger.unchanged += 1
    } else {
      ledger.superseded += 1
      (first[row], second[row]) = numbers
      for field in codes.indices { codes[field][row] = rows.codes[field] }
    }
  }

  private mutating func append(
    _ numbers: (Int64, Int64), _ values: [UInt32], _ ledger: inout RowLedger
  ) {
    first.append(numbers.0)
    second.append(numbers.1)
    for field in codes.indices { codes[field].append(values[field]) }
    ledger.history += 1
  }

  /// The fields of the rows, in the words of the loaders that read them.
  func columns(_ loaders: [FieldLoader]) -> [FieldColumn] {
    zip(loaders, codes).map { loader, codes in
      var column = FieldColumn(name: loader.name)
      column.dictionary = loader.dictionary
      column.codes = codes
      return column
    }
  }
}
