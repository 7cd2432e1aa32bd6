import CSVRecords
import ServiceTime
import Tickets

/// Reading plain cells column by column.
///
/// A cell that would have to be told of leaves its row to the careful way, silently.
extension BatchReader {
  func readMoments(_ batch: RecordBatch, _ base: UnsafeRawBufferPointer) {
    for index in rows.readingOrder {
      let time = rows.moments[index].time
      if rows.moments[index].after == nil, let column = time.onlyColumn, let form = time.form {
        withCells(batch, base, column: column) { readTimes(of: index, time, form, $0) }
      } else {
        readQuietly(batch, base) { cells, record throws(Rejection) in
          let after = rows.moments[index].after
          columns.moments[index][record] =
            if let after {
              try rows.derived(index, base: columns.moments[after][record], cells)
            } else {
              try time.instant(cells, missing: rows.missing, clock: &rows.clock)
            }
        }
      }
    }
  }

  private func readTimes(
    of index: Int, _ time: TimeLoader, _ form: WallClockForm, _ cells: PlainCells
  ) {
    let missing = rows.missing
    let (none, varies) = (MomentColumn.missing, LocalDays.varies)
    var unread: [Int] = []
    var sawNaive = false
    months.withLookUp { lookUp in
      days.offsets.withUnsafeBufferPointer { offsets in
        columns.moments[index].withUnsafeMutableBufferPointer { seconds in
          for record in 0..<cells.count where cells.isPlain(record) {
            let cell = cells[record]
            if missing.contains(cell) {
              seconds[record] = none
              continue
            }
            let (day, second) = lookUp.read(cell, form)
            if day >= 0, day < offsets.count, offsets[day] != varies {
              seconds[record] = Int64(day &* 86_400 &+ second) &- Int64(offsets[day])
              sawNaive = true
            } else {
              unread.append(record)
            }
          }
        }
      }
    }
    if sawNaive { rows.clock.sawNaive = true }
    for record in unread {
      quietly(cells, record) { () throws(Rejection) in
        columns.moments[index][record] = try time.instant(
          of: cells[record], clock: &rows.clock, after: MomentColumn.missing)
      }
    }
  }

  func readFields(_ batch: RecordBatch, _ base: UnsafeRawBufferPointer) {
    let missing = rows.missing
    for index in rows.fields.indices {
      for (number, column) in rows.fields[index].columns.enumerated() {
        withCells(batch, base, column: column) { cells in
          columns.codes[index].withUnsafeMutableBufferPointer { codes in
            rows.fields[index].read(
              cells, missing: missing, into: codes, onlyMissing: number > 0)
          }
        }
      }
      let constant = rows.fields[index].constant
      guard rows.fields[index].columns.isEmpty || constant != 0 else { continue }
      for record in 0..<batch.count
      where rows.fields[index].columns.isEmpty || columns.codes[index][record] == 0 {
        columns.codes[index][record] = constant
      }
    }
  }

  func readRest(_ batch: RecordBatch, _ base: UnsafeRawBufferPointer) {
    if rows.hasOrder { readOrders(batch, base) }
    if rows.hasPaused {
      readQuietly(batch, base) { cells, record throws(Rejection) in
        columns.pausedSeconds[record] = try rows.readPaused(cells)
      }
    }
    if let loader = rows.verdictLoader {
      readQuietly(batch, base) { cells, record throws(Rejection) in
        columns.verdicts[record] = loader.verdict(cells, missing: rows.missing)
      }
    }
    if rows.hasStretches {
      readQuietly(batch, base) { cells, record throws(Rejection) in
        try rows.readStretches(cells)
        if !rows.stretches.isEmpty { columns.stretches[record] = rows.stretches }
      }
    }
  }

  /// Reads the numbers that order versions; all but a few digits are left to the careful way.
  private func readOrders(_ batch: RecordBatch, _ base: UnsafeRawBufferPointer) {
    guard let column = rows.orderColumn, column.places.count == 1, column.source.isPlain else {
      for record in marks.indices where marks[record] == .plain { marks[record] = .careful }
      return
    }
    let missing = rows.missing
    withCells(batch, base, column: column.places[0]) { cells in
      columns.orders.withUnsafeMutableBufferPointer { orders in
        for record in 0..<cells.count where cells.isPlain(record) {
          let cell = cells[record]
          var number: Int64 = 0
          var isNumber = cell.count <= 9 && !missing.contains(cell)
          for byte in cell where isNumber {
            isNumber = byte &- 0x30 < 10
            number = number &* 10 &+ Int64(byte & 0xf)
          }
          if isNumber { orders[record] = number } else { cells.leaveToCarefulWay(record) }
        }
      }
    }
  }

  private func readQuietly(
    _ batch: RecordBatch, _ base: UnsafeRawBufferPointer,
    _ read: (RowCells, Int) throws(Rejection) -> Void
  ) {
    var row = RowCells(batch: batch, base: base)
    withCells(batch, base, column: 0) { cells in
      for record in 0..<cells.count where cells.isPlain(record) {
        row.record = record
        quietly(cells, record) { () throws(Rejection) in try read(row, record) }
      }
    }
  }

  /// Reads something of a row; if there is anything to say of it, the row is left to the careful
  /// way, which will say it.
  private func quietly(
    _ cells: PlainCells, _ record: Int, _ read: () throws(Rejection) -> Void
  ) {
    do throws(Rejection) {
      try read()
      if rows.clock.remarks.isEmpty { return }
    } catch {}
    rows.clock.forgetRow()
    cells.leaveToCarefulWay(record)
  }

  /// Gives `body` the cells of one column.
  func withCells(
    _ batch: RecordBatch, _ base: UnsafeRawBufferPointer, column: Int,
    _ body: (PlainCells) -> Void
  ) {
    batch.places(ofColumn: column, into: &places)
    withCells(base, at: places, body)
  }

  func withCells(
    _ base: UnsafeRawBufferPointer, at places: [FieldPlace], _ body: (PlainCells) -> Void
  ) {
    var marks = marks
    self.marks = []
    places.withUnsafeBufferPointer { places in
      marks.withUnsafeMutableBufferPointer { marks in
        body(PlainCells(base: base, places: places, marks: marks))
      }
    }
    self.marks = marks
  }
}

/// The cells of one column of a batch, without the blanks around them.
struct PlainCells {
  let base: UnsafeRawBufferPointer
  let places: UnsafeBufferPointer<FieldPlace>
  private let marks: UnsafeMutableBufferPointer<BatchReader.Mark>

  init(
    base: UnsafeRawBufferPointer, places: UnsafeBufferPointer<FieldPlace>,
    marks: UnsafeMutableBufferPointer<BatchReader.Mark>
  ) {
    self.base = base
    self.places = places
    self.marks = marks
  }

  var count: Int { marks.count }

  @inline(__always)
  func isPlain(_ record: Int) -> Bool { marks[record] == .plain }

  func leaveToCarefulWay(_ record: Int) { marks[record] = .careful }

  @inline(__always)
  subscript(record: Int) -> UnsafeRawBufferPointer { trimmed(places[record].bytes(in: base)) }
}
