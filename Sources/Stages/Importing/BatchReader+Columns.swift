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
    let unread = months.withLookUp { lookUp in
      switch form {
      case .dashed(let takesT):
        readTimes(of: index, cells, DashedTimes(months: lookUp, takesT: takesT))
      case .numbers(let steps):
        steps.withUnsafeBufferPointer { steps in
          readTimes(of: index, cells, NumberedTimes(months: lookUp, steps: steps))
        }
      }
    }
    let missing = rows.missing
    for record in unread {
      let cell = cells[record]
      if missing.contains(cell) {
        columns.moments[index][record] = MomentColumn.missing
        continue
      }
      quietly(cells, record) { () throws(Rejection) in
        columns.moments[index][record] = try time.instant(
          of: cell, clock: &rows.clock, after: MomentColumn.missing)
      }
    }
  }

  /// Reads the local times that fill their cells in a usual form.
  ///
  /// - Returns: The records that have something else in their cell.
  private func readTimes<Form: WallClockReader>(
    of index: Int, _ cells: PlainCells, _ form: Form
  ) -> [Int] {
    let (missing, varies) = (rows.missing, LocalDays.varies)
    var unread: [Int] = []
    var sawNaive = false
    let isLog = needsUpdated
    var above = CellAbove()
    var found: Int64 = 0
    days.offsets.withUnsafeBufferPointer { offsets in
      columns.moments[index].withUnsafeMutableBufferPointer { seconds in
        guard let base = cells.base.baseAddress else { return }
        for record in 0..<cells.count where cells.isPlain(record) {
          let cell = cells.places[record].bytes(from: base)
          // The versions of a ticket repeat its times.
          if isLog, above.isRepeated(by: cell) {
            seconds[record] = found
            continue
          }
          let (day, second) = form.read(cell)
          guard UInt(bitPattern: day) < UInt(bitPattern: offsets.count), offsets[day] != varies,
            !missing.mayBeTimes || !missing.contains(cell)
          else {
            above.forget()
            unread.append(record)
            continue
          }
          found = Int64(day &* 86_400 &+ second) &- Int64(offsets[day])
          seconds[record] = found
          sawNaive = true
        }
      }
    }
    if sawNaive { rows.clock.sawNaive = true }
    return unread
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
