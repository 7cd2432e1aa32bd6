import ReportDocuments
import Workbooks

/// The colours and formats of a workbook: those of the page, in its light dress.
enum Looks {
  static let ink: Colour = 0x14181f
  static let ink2: Colour = 0x404854
  static let ink3: Colour = 0x5b6470
  static let line: Colour = 0xe1e5ea
  static let line2: Colour = 0xaeb7c2
  static let surface: Colour = 0xf5f6f8
  static let blue: Colour = 0x2567ab
  static let blue2: Colour = 0x6194c8
  static let blue3: Colour = 0xa9c6e3
  static let late: Colour = 0xa62c13

  static let body = CellFormat().with {
    $0.colour = ink
    $0.vertical = .top
  }

  static let title = body.with {
    $0.size = 18
    $0.isBold = true
  }

  static let sheetTitle = title.with { $0.size = 14 }

  static let note = body.with {
    $0.colour = ink3
    $0.wraps = true
  }

  /// Of a table; numbers keep clear of the filter's button.
  static func heading(isNumeric: Bool) -> CellFormat {
    heading.with {
      $0.horizontal = isNumeric ? .right : .left
      $0.indent = isNumeric ? 2 : 0
    }
  }

  static let heading = body.with {
    $0.isBold = true
    $0.colour = ink
    $0.background = surface
    $0.wraps = true
    $0.vertical = .middle
    $0.bottom = .init(.medium, colour: line2)
  }

  static let link = body.with {
    $0.colour = blue
    $0.isUnderlined = true
  }

  static let warning = CellFormat().with {
    $0.colour = late
    $0.isBold = true
  }

  /// Durations over 24 hours go on counting hours.
  static let duration = "[h]:mm:ss"
  static let moment = "yyyy-mm-dd hh:mm:ss"

  /// Letter and colour, never colour alone.
  static func grade(_ grade: Grade, in base: CellFormat) -> CellFormat {
    base.with {
      switch grade {
      case .met: ($0.background, $0.colour) = (0xc6e4da, 0x08483c)
      case .underPressure: ($0.background, $0.colour) = (0xf4c653, 0x3a2900)
      case .missed: ($0.background, $0.colour) = (late, 0xffffff)
      case .noData, .partial, .startingUp: ($0.background, $0.colour) = (0xf3f5f7, 0x535c68)
      }
      $0.isBold = grade == .missed
    }
  }

  /// A code for a share that keeps it on its side of the objective, and off a false 100 %.
  static func percent(_ share: Share) -> String {
    if share.part == share.whole { return "0%" }
    var decimals = share.decimals
    while decimals < 6, isShownAsWhole(share, decimals: decimals) { decimals += 1 }
    return percent(decimals: decimals)
  }

  static func percent(decimals: Int) -> String {
    decimals == 0 ? "0%" : "0." + String(repeating: "0", count: decimals) + "%"
  }

  private static func isShownAsWhole(_ share: Share, decimals: Int) -> Bool {
    var unit = 100
    for _ in 0..<decimals { unit *= 10 }
    return 2 * share.part * unit + share.whole >= 2 * unit * share.whole
  }
}
