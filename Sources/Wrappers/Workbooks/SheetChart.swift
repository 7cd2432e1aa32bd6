/// A native chart over cells of the workbook.
package struct SheetChart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case line, column, stackedColumn, bar
    /// Points joined by lines, over a numeric axis.
    case scatterLine
  }

  package enum Dash: Hashable, Sendable {
    case solid, dash, dot
  }

  /// Cells on a sheet, which may be another one than the chart's.
  package struct Source: Hashable, Sendable {
    package var sheet: String
    package var range: CellRange

    package init(sheet: String, range: CellRange) {
      self.sheet = sheet
      self.range = range
    }
  }

  package struct Series: Hashable, Sendable {
    package var name: String
    package var categories: Source
    package var values: Source
    package var colour: Colour
    package var dash = Dash.solid
    /// In points.
    package var width = 1.75
    package var hasMarkers = false

    package init(name: String, categories: Source, values: Source, colour: Colour) {
      self.name = name
      self.categories = categories
      self.values = values
      self.colour = colour
    }
  }

  package struct Axis: Hashable, Sendable {
    package var name = ""
    /// Excel's code for the numbers along the axis; `nil` is that of the cells.
    package var number: String?
    package var minimum: Double?
    package var maximum: Double?
    package var unit: Double?
    package var isLogarithmic = false
    package var isReversed = false

    package init() {}
  }

  package var kind: Kind
  package var title: String
  package var series: [Series]
  package var horizontal = Axis()
  package var vertical = Axis()
  package var hasLegend = true
  /// In pixels.
  package var width = 720
  package var height = 300
  /// What a screen reader says instead of the picture.
  package var alternativeText = ""

  package init(_ kind: Kind, title: String, series: [Series]) {
    self.kind = kind
    self.title = title
    self.series = series
  }
}
