import CSVRecords
import Messages

extension Finding.Message {
  fileprivate static func blankID(_ column: String) -> Finding.Message {
    "column \"\(column)\", the id, is blank; correct the row"
  }
}

/// The id of a row.
struct IDRule {
  let source: Mapping.CellSource
  var columns: [Int] = []
  /// The columns of each part, where the id is joined of several.
  var parts: [[Int]] = []
  var label = ""

  /// Gives `body` the id of a row; a row without one is rejected.
  @inline(__always)
  func withID<Result>(
    _ cells: RowCells, missing: MissingTokens,
    _ body: (UnsafeRawBufferPointer) throws(Rejection) -> Result
  ) throws(Rejection) -> Result {
    if !parts.isEmpty {
      let bytes = try joined(cells, missing: missing)
      return try withBytes(bytes) { id throws(Rejection) in try body(id) }
    }
    for column in columns {
      let cell = cells.cell(column)
      if missing.contains(cell) { continue }
      if cell.contains(0) || !isValidUTF8(cell), let fault = textFault(of: cell, column: label) {
        throw fault
      }
      if source.isPlain { return try body(cell) }
      let bytes = cleaned(cell, source)
      if bytes.withUnsafeBytes({ missing.contains($0) }) { continue }
      return try withBytes(bytes) { cell throws(Rejection) in try body(cell) }
    }
    throw Rejection(message: .blankID(label))
  }

  /// The parts of the id with blanks between; only the first must be there.
  private func joined(_ cells: RowCells, missing: MissingTokens) throws(Rejection) -> [UInt8] {
    var bytes: [UInt8] = []
    for (part, columns) in zip(source.parts, parts) {
      let cell = columns.lazy.map { cells.cell($0) }.first { !missing.contains($0) }
      guard let cell else {
        if bytes.isEmpty { throw Rejection(message: .blankID(label)) }
        continue
      }
      if let fault = textFault(of: cell, column: label) { throw fault }
      if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
      bytes += cleaned(cell, part)
    }
    return bytes
  }
}
