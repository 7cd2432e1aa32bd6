import ReportDocuments

/// How wide the columns of a data sheet have to be, in characters, and how high its rows.
struct ColumnWidths {
  let widths: [Double]

  private static let shortest = 8
  /// Rows beyond these are not looked at.
  private static let rowsMeasured = 500
  /// The button of the filter stands on the heading.
  private static let filterButton = 4
  /// Height of a line of text, in points.
  private static let line = 15.0

  init(_ data: DataSheet, headings: [String]) {
    // A sheet of few columns has room for long text.
    let longest = data.columns.count <= 4 ? 100 : 60
    widths = headings.indices.map { column in
      let heading = headings[column]
      let longestWord = heading.split(separator: " ").map(\.count).max() ?? 0
      var width = max(Self.shortest, longestWord + Self.filterButton)
      width = max(width, min(heading.count + Self.filterButton, 14))
      for row in data.rows.prefix(Self.rowsMeasured) where column < row.count {
        width = max(width, Self.length(of: row[column]) + 2)
      }
      return Double(min(width, longest))
    }
  }

  /// The height of a heading row or of a row of cells, in points; `nil` if one line will do.
  func height(of texts: [String], isBold: Bool = false) -> Double? {
    let spare = isBold ? 4.0 : 0
    let lines = zip(texts, widths).map { text, width in
      (Double(text.count) * (isBold ? 1.15 : 1.05) / max(width - spare, 1)).rounded(.up)
    }
    let most = lines.max() ?? 1
    /// Excel's limit for the height of a row.
    let tallest = 409.0
    return most > 1 ? min(most * Self.line + 2, tallest) : nil
  }

  private static func length(of cell: Cell) -> Int {
    switch cell {
    case .text(let text), .late(let text), .identifier(let text), .link(let text, _): text.count
    case .count(let count): String(count).count * 4 / 3 + 1
    case .share, .used: 8
    case .duration(let seconds): String(seconds / 3600).count + 7
    case .over(let seconds): String(seconds / 3600).count + 12
    case .moment: 19
    case .grade, .notMeasured: 1
    case .result(_, let figure): figure.count + 2
    case .decimal: 9
    }
  }
}
