/// A cell of a sheet; rows and columns count from 0.
package struct CellPlace: Hashable, Sendable {
  package let row: Int
  package let column: Int

  package init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// The name a reader knows, such as `C7`.
  package var name: String { Self.letters(column) + String(row + 1) }

  /// The name that does not move when a formula is copied, such as `$C$7`.
  package var absoluteName: String { "$" + Self.letters(column) + "$" + String(row + 1) }

  /// The letters of a column: 0 is `A`, 26 is `AA`.
  package static func letters(_ column: Int) -> String {
    var text = ""
    var rest = column
    while rest >= 0 {
      text = String(UnicodeScalar(UInt8(65 + rest % 26))) + text
      rest = rest / 26 - 1
    }
    return text
  }
}

/// A rectangle of cells; both corners belong to it.
package struct CellRange: Hashable, Sendable {
  /// Excel's limits for a sheet.
  package static let maximumRows = 1_048_576
  package static let maximumColumns = 16_384

  package let first: CellPlace
  package let last: CellPlace

  package init(from first: CellPlace, to last: CellPlace) {
    self.first = first
    self.last = last
  }

  package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    first = CellPlace(row: rows.lowerBound, column: columns.lowerBound)
    last = CellPlace(row: rows.upperBound, column: columns.upperBound)
  }

  package var name: String { first.name + ":" + last.name }

  /// The range as a formula on another sheet names it, such as `'Near misses'!$A$2:$A$9`.
  package func reference(onSheet sheet: String) -> String {
    SheetName.quoted(sheet) + "!" + first.absoluteName + ":" + last.absoluteName
  }

  var isOnSheet: Bool {
    first.row >= 0 && first.column >= 0 && first.row <= last.row && first.column <= last.column
      && last.row < Self.maximumRows && last.column < Self.maximumColumns
  }
}
