/// How a cell looks; equal formats share one style in the workbook.
package struct CellFormat: Hashable, Sendable {
  package enum Horizontal: Hashable, Sendable {
    case left, centre, right
  }

  package enum Vertical: Hashable, Sendable {
    case top, middle, bottom
  }

  /// A line along edges of the cell.
  package struct Border: Hashable, Sendable {
    package enum Weight: Hashable, Sendable {
      case hair, thin, medium
    }

    package var weight: Weight
    package var colour: Colour

    package init(_ weight: Weight = .thin, colour: Colour) {
      self.weight = weight
      self.colour = colour
    }
  }

  /// Excel's code, such as `0.0%` or `[h]:mm:ss`; `nil` is General.
  package var number: String?
  package var isBold = false
  package var isItalic = false
  package var isUnderlined = false
  /// In points; `nil` is the workbook's 11.
  package var size: Int?
  package var colour: Colour?
  package var background: Colour?
  package var horizontal: Horizontal?
  package var vertical: Vertical?
  package var wraps = false
  /// Steps of about three spaces, 0...15.
  package var indent = 0
  package var top: Border?
  package var bottom: Border?
  package var left: Border?
  package var right: Border?

  package init(number: String? = nil) {
    self.number = number
  }

  /// The same format with some of it changed.
  package func with(_ change: (inout CellFormat) -> Void) -> CellFormat {
    var copy = self
    change(&copy)
    return copy
  }
}

/// A colour as `0xRRGGBB`.
package struct Colour: Hashable, Sendable, ExpressibleByIntegerLiteral {
  package let value: UInt32

  package init(integerLiteral value: UInt32) {
    precondition(value <= 0xff_ffff, "a colour is six hexadecimal digits")
    self.value = value
  }
}
