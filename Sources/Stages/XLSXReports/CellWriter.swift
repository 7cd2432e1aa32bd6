import ReportDocuments
import Workbooks

/// Puts cells by meaning into a sheet: numbers stay numbers, text stays text.
struct CellWriter {
  let sheet: Sheet
  var base = Looks.body
  /// Of the column, in characters; longer text is wrapped.
  var width = 60.0

  /// Seconds of a day: Excel counts time in days.
  static let secondsPerDay = 86_400.0
  /// Days from Excel's day 0 to 1970-01-01.
  static let daysBefore1970 = 25_569.0

  /// What a decimal of a column counts.
  enum DecimalUnit {
    case plain
    /// Per cent, shown with one decimal.
    case percent
    /// Per cent, shown as written in the agreement.
    case objective
  }

  func write(
    _ cell: Cell, at place: CellPlace, unit: DecimalUnit = .plain
  ) throws(WorkbookError) {
    switch cell {
    case .text(let text), .late(let text): try write(text: text, at: place)
    case .identifier(let text): try write(text: text, at: place)
    case .count(let count):
      try sheet.write(number: Double(count), at: place, number("#,##0"))
    case .share(let share), .used(let share):
      try sheet.write(number: Self.value(of: share), at: place, number(Looks.percent(share)))
    case .duration(let seconds):
      try sheet.write(number: Self.days(seconds), at: place, number(Looks.duration))
    case .over(let seconds):
      let format = number("\"over \"" + Looks.duration)
      try sheet.write(number: Self.days(seconds), at: place, format)
    case .moment(let moment):
      let days = Self.days(moment.localSeconds) + Self.daysBefore1970
      try sheet.write(
        number: days, at: place,
        base.with {
          $0.number = Looks.moment
          $0.horizontal = .left
        })
    case .grade(let grade):
      let format = Looks.grade(grade, in: base).with { $0.horizontal = .centre }
      try sheet.write(text: grade.letter, at: place, format)
    case .result(let grade, let figure):
      let text = "\(grade.letter)\u{a0}\(figure)"
      try sheet.write(text: text, at: place, Looks.grade(grade, in: base))
    case .decimal(let thousandths):
      try write(thousandths: thousandths, unit: unit, at: place)
    case .link(let text, let target): try write(link: text, target: target, at: place)
    case .notMeasured:
      let format = base.with {
        $0.colour = Looks.ink3
        $0.horizontal = .right
        $0.indent = 1
      }
      try sheet.write(text: "–", at: place, format)
    }
  }

  static func value(of share: Share) -> Double { Double(share.part) / Double(share.whole) }

  static func days(_ seconds: Int64) -> Double { Double(seconds) / secondsPerDay }

  func number(_ code: String) -> CellFormat {
    base.with {
      $0.number = code
      $0.horizontal = .right
      $0.indent = 1
    }
  }

  private func write(text: String, at place: CellPlace) throws(WorkbookError) {
    let wraps = Double(text.count) > width
    try sheet.write(text: text, at: place, wraps ? base.with { $0.wraps = true } : base)
  }

  private func write(
    thousandths: Int64, unit: DecimalUnit, at place: CellPlace
  ) throws(WorkbookError) {
    switch unit {
    case .plain:
      let decimals = thousandths % 10 != 0 ? 3 : thousandths % 100 != 0 ? 2 : 1
      let code = "#,##0." + String(repeating: "0", count: decimals)
      try sheet.write(number: Double(thousandths) / 1_000, at: place, number(code))
    case .percent:
      try sheet.write(number: Double(thousandths) / 100_000, at: place, number("0.0%"))
    case .objective:
      let decimals = [1_000, 100, 10].firstIndex { thousandths % $0 == 0 } ?? 3
      let code = Looks.percent(decimals: decimals)
      try sheet.write(number: Double(thousandths) / 100_000, at: place, number(code))
    }
  }

  /// Anchors are places of the page, which the workbook does not have.
  private func write(
    link text: String, target: String, at place: CellPlace
  ) throws(WorkbookError) {
    if target.hasPrefix("#") || target.contains(":") {
      try sheet.write(text: text, at: place, base)
    } else {
      try sheet.write(link: text, toFile: target, at: place, Looks.link)
    }
  }
}
