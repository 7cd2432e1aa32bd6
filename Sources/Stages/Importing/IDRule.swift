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
  var label = ""

  /// Gives `body` the id of a row; a row without one is rejected.
  @inline(__always)
  func withID<Result>(
    _ cells: RowCells, missing: MissingTokens,
    _ body: (UnsafeRawBufferPointer) throws(Rejection) -> Result
  ) throws(Rejection) -> Result {
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
}
