import CSVRecords
import Messages
import ServiceTime
import Tickets

/// Reads the rows of batches for one worker of an import.
///
/// What is plain (a time in a usual form, a value seen before, an id in ASCII) is read column by
/// column. Every other row is read once more, the careful way, by ``RowReader``, which alone
/// decides what is rejected and what is said.
final class BatchReader {
  var rows: RowReader
  var columns: RowColumns
  let days: LocalDays
  let needsUpdated: Bool
  let months = MonthTable()
  /// By record of the batch.
  var marks: [Mark] = []
  /// Where the cells of the column at hand are.
  var places: [FieldPlace] = []
  private var idPlaces: [FieldPlace] = []
  /// Ids that are not as they stand in the file, by record.
  private var otherIDs: [Int: [UInt8]] = [:]
  /// The order of the ids of all rows that were given to a taker.
  private(set) var idRuns = IDRuns()
  private var header = Header([])
  private var firstName: [UInt8] = []

  enum Mark: UInt8 {
    case plain
    /// To be read the careful way.
    case careful
    /// Rejected, or the header.
    case dropped
    /// To be held whole, because other rows may have its id.
    case held
  }

  /// - Parameter needsUpdated: Whether a row without an `updated` is rejected.
  init(_ rows: RowReader, days: LocalDays, needsUpdated: Bool) {
    self.rows = rows
    self.days = days
    self.needsUpdated = needsUpdated
    columns = RowColumns(moments: rows.moments.count, fields: rows.fields.count)
  }

  func bind(_ header: Header, file: String, findings: inout FindingList) throws(ImportError) {
    self.header = header
    firstName = Array((header.names.first ?? "").utf8)
    try rows.bind(header, file: file, findings: &findings)
    if needsUpdated, let updated = rows.updated {
      try rows.require(rows.moments[updated].time.source, "updated", in: header, file: file)
    }
  }

  /// The columns of the file that are looked at.
  var columnsInUse: [Int] { rows.columnsInUse + [0, header.count] }

  /// The columns; others take their place, without memory yet.
  func takeColumns() -> RowColumns {
    var taken = RowColumns(moments: columns.moments.count, fields: columns.codes.count)
    swap(&taken, &columns)
    return taken
  }

  /// The hashes of the ids in ``columns``, which are gone then.
  func takeHashes() -> [UInt64] {
    let hashes = columns.hashes
    columns.hashes = []
    return hashes
  }

  /// Reads a batch into ``columns``, one row for each record, whatever its mark.
  ///
  /// - Parameters:
  ///   - headerRecords: How many records at the start are the header.
  ///   - mayBeRecoded: Whether a cell that is not UTF-8 is no fault of its row.
  /// - Returns: What is to be told of the batch.
  func read(_ batch: RecordBatch, headerRecords: Int, mayBeRecoded: Bool) -> BatchReport {
    var report = BatchReport(number: batch.number)
    let count = batch.count
    columns.begin(rows, count: count)
    marks.removeAll(keepingCapacity: true)
    marks.append(contentsOf: repeatElement(.plain, count: count))
    otherIDs.removeAll(keepingCapacity: true)
    for record in 0..<min(headerRecords, count) { marks[record] = .dropped }
    batch.storage.withUnsafeBytes { base in
      markWidths(batch, base, &report)
      markRepeatedHeaders(batch, base)
      readMoments(batch, base)
      if needsUpdated { markMissingUpdated() }
      readFields(batch, base)
      readRest(batch, base)
      readIDs(batch, base)
      readCarefully(
        batch, base, headerRecords: headerRecords, mayBeRecoded: mayBeRecoded, &report)
    }
    return report
  }

  /// Appends the id of a record of the batch that was read last, whose bytes are `base`.
  @inline(__always)
  func appendID(of record: Int, in base: UnsafeRawBufferPointer, to ids: inout IDList) {
    if !otherIDs.isEmpty, let other = otherIDs[record] {
      other.withUnsafeBytes { ids.append($0) }
    } else {
      ids.append(trimmed(idPlaces[record].bytes(in: base)))
    }
  }

  /// Whether two records of the batch that was read last have the same id, as it stands in the file.
  @inline(__always)
  func hasPlainID(_ record: Int, equalTo other: Int, in base: UnsafeRawBufferPointer) -> Bool {
    guard otherIDs.isEmpty else { return false }
    return areEqual(
      trimmed(idPlaces[record].bytes(in: base)), trimmed(idPlaces[other].bytes(in: base)))
  }

  private func markWidths(
    _ batch: RecordBatch, _ base: UnsafeRawBufferPointer, _ report: inout BatchReport
  ) {
    let width = header.count
    if batch.uniformFieldCount == width { return }
    withCells(batch, base, column: width) { cells in
      for record in 0..<cells.count where cells.isPlain(record) {
        let found = batch.fieldCount(of: record)
        if found == width + 1, cells[record].isEmpty {
          report.trailingLine = report.trailingLine ?? batch.firstLine(of: record)
        } else if found != width {
          cells.leaveToCarefulWay(record)
        }
      }
    }
  }

  private func markRepeatedHeaders(_ batch: RecordBatch, _ base: UnsafeRawBufferPointer) {
    batch.places(ofColumn: 0, into: &idPlaces)
    withCells(base, at: idPlaces) { cells in
      firstName.withUnsafeBytes { name in
        // The first letter tells nearly all cells from the name.
        let letter = name.first ?? 0
        for record in 0..<cells.count where cells.isPlain(record) {
          let cell = cells[record]
          if cell.count == name.count, cell.first ?? 0 == letter, areEqual(name, cell) {
            cells.leaveToCarefulWay(record)
          }
        }
      }
    }
  }

  private func markMissingUpdated() {
    guard let updated = rows.updated else { return }
    for record in marks.indices
    where columns.moments[updated][record] <= MomentColumn.unreadable && marks[record] == .plain {
      marks[record] = .careful
    }
  }

  /// Hashes the ids; those that are not plain ASCII, or stand in several columns, are left to the
  /// careful way.
  private func readIDs(_ batch: RecordBatch, _ base: UnsafeRawBufferPointer) {
    let column = rows.id.columns.first ?? 0
    // The places of the first column were found to look for repeated headers.
    if column != 0 { batch.places(ofColumn: column, into: &idPlaces) }
    guard rows.id.columns.count == 1, rows.id.source.isPlain else {
      for record in marks.indices where marks[record] == .plain { marks[record] = .careful }
      return
    }
    let missing = rows.missing
    withCells(base, at: idPlaces) { cells in
      columns.hashes.withUnsafeMutableBufferPointer { hashes in
        for record in 0..<cells.count where cells.isPlain(record) {
          let id = cells[record]
          if isPlainText(id), !missing.contains(id) {
            hashes[record] = cellHash(id)
          } else {
            cells.leaveToCarefulWay(record)
          }
        }
      }
    }
  }

  /// Notes in which order the ids of the plain rows stand.
  func noteOrder(of batch: RecordBatch) {
    // Ids that are put together from several cells are hardly ever in order.
    guard otherIDs.isEmpty else { return idRuns.giveUp() }
    var runs = IDRuns()
    swap(&runs, &idRuns)
    batch.storage.withUnsafeBytes { base in
      withCells(base, at: idPlaces) { cells in
        for record in 0..<cells.count where cells.isPlain(record) { runs.add(cells[record]) }
      }
    }
    runs.endRun()
    swap(&runs, &idRuns)
  }
}

extension BatchReader {
  /// Reads the rows that are not plain, and tells of them and of the rejected records in order.
  private func readCarefully(
    _ batch: RecordBatch, _ base: UnsafeRawBufferPointer, headerRecords: Int, mayBeRecoded: Bool,
    _ report: inout BatchReport
  ) {
    report.read = batch.count - min(headerRecords, batch.count) + batch.rejects.count
    guard !batch.rejects.isEmpty || marks.contains(.careful) else { return }
    var rejects = batch.rejects[...]
    var cells = RowCells(batch: batch, base: base)
    for record in 0..<batch.count {
      while let reject = rejects.first, reject.precedingRecords <= record {
        report.reject(line: reject.line, .badRecord(reject.reason))
        rejects.removeFirst()
      }
      guard marks[record] == .careful else { continue }
      cells.record = record
      do {
        try check(cells)
        try rows.read(cells)
        if needsUpdated { _ = try rows.readUpdated() }
        let missing = rows.missing
        try rows.id.withID(cells, missing: missing) { id throws(Rejection) in
          columns.hashes[record] = cellHash(id)
          if !areEqual(id, trimmed(idPlaces[record].bytes(in: base))) {
            otherIDs[record] = Array(id)
          }
        }
        keep(record)
        report.tell(&rows.clock, line: cells.line)
      } catch {
        rows.clock.forgetRow()
        if error.isNotText, mayBeRecoded {
          report.notUTF8Line = cells.line
          return
        }
        marks[record] = .dropped
        report.reject(line: cells.line, error.message)
      }
    }
    for reject in rejects { report.reject(line: reject.line, .badRecord(reject.reason)) }
  }

  private func check(_ cells: RowCells) throws(Rejection) {
    let width = header.count
    let found = cells.batch.fieldCount(of: cells.record)
    guard found == width || (found == width + 1 && cells.cell(width).isEmpty) else {
      throw Rejection(message: .wrongWidth(found, header: width))
    }
    if firstName.withUnsafeBytes({ areEqual($0, cells.cell(0)) }), header.isRepeated(by: cells) {
      throw Rejection(message: .repeatedHeader)
    }
  }

  /// Puts what the careful way read into the columns.
  private func keep(_ record: Int) {
    marks[record] = .plain
    for index in columns.moments.indices { columns.moments[index][record] = rows.seconds[index] }
    for index in columns.codes.indices { columns.codes[index][record] = rows.codes[index] }
    if rows.hasOrder { columns.orders[record] = rows.order }
    if rows.hasPaused { columns.pausedSeconds[record] = rows.pausedSeconds }
    if rows.hasReported { columns.verdicts[record] = rows.verdict }
    columns.stretches[record] = rows.stretches.isEmpty ? nil : rows.stretches
    if let updated = rows.updated, rows.secondUpdated != rows.seconds[updated] {
      columns.secondUpdated[record] = rows.secondUpdated
    }
  }
}

extension FieldPlace {
  @inline(__always)
  func bytes(in base: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: base.baseAddress.map { $0 + Int(start) }, count: Int(end) &- Int(start))
  }

  @inline(__always)
  func bytes(from base: UnsafeRawPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base + Int(start), count: Int(end) &- Int(start))
  }
}
