package import ReportDocuments
package import Results

extension Reporting {
  /// A row for each rule and month, and for each credit and adjustment: `credits.csv`.
  ///
  /// - Returns: `nil` where no agreement has terms for credits.
  package static func creditsSheet(_ results: CalculationResults) -> DataSheet? {
    guard let records = results.credits else { return nil }
    return DataSheet(
      role: .credits, name: "Service credits", file: "credits",
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("period", "Period"),
        .init("kind", "Kind"), .init("figure", "Figure"), .init("reached", "Reached"),
        .init("possible", "Possible"), .init("from", "Band from"), .init("below", "Band below"),
        .init("share", "Of the fee"), .init("amount", "Amount"), .init("unit", "Unit"),
        .init("reason", "No credit because"),
      ], rows: records.flatMap(CreditRows.rows),
      note: "What is given back of the fee of each month.")
  }
}

/// The rows of one record.
private enum CreditRows {
  static func rows(_ record: CreditRecord) -> [[Cell]] {
    func row(
      _ period: String, _ kind: String, _ figure: String, _ measured: [Cell], _ amount: Int64?,
      _ unit: CreditUnit, _ reason: String
    ) -> [Cell] {
      [record.agreement, record.customer, period, kind, figure].map { .text($0) } + measured + [
        amount.map { Self.amount($0, unit) } ?? .notMeasured, .text(unit.name), .text(reason),
      ]
    }
    let none = Array(repeating: Cell.notMeasured, count: 5)
    let months = record.months.flatMap { month -> [[Cell]] in
      let lines = month.lines.map { line in
        row(
          month.period, "rule", line.title,
          line.whole > 0
            ? [
              number(line.part, line), number(line.whole, line), share(line.from),
              share(line.below),
              share(line.share),
            ] : none, line.amount, month.unit, line.reason)
      }
      let cap = month.cap.map { row(month.period, "cap", "", none, $0, month.unit, "") }
      let credit = row(
        month.period, "credit", "", none, month.credit, month.unit, month.reason)
      return lines + [cap].compactMap { $0 } + [credit]
    }
    let adjustments = (record.adjustments ?? []).flatMap { adjustment -> [[Cell]] in
      let unit = adjustment.unit
      let granted = adjustment.granted.filter { $0.unit == unit.name }.map {
        row(
          adjustment.period, "granted", "issue \($0.issue) of \($0.pack)", none, $0.amount, unit, ""
        )
      }
      let difference = adjustment.now.map { _ in adjustment.difference }
      return granted
        + [row(adjustment.period, "adjustment", "", none, difference, unit, adjustment.reason)]
    }
    return months + adjustments
  }

  /// Promises, or whatever an obligation is measured in.
  private static func number(_ value: Int64, _ line: CreditLine) -> Cell {
    line.obligation == nil ? .count(Int(value)) : exact(value, decimals: 6)
  }

  /// Per cent in thousandths where that is exact, else as text.
  private static func share(_ millionths: Int64?) -> Cell {
    guard let millionths else { return .notMeasured }
    return exact(millionths, decimals: 6)
  }

  private static func amount(_ amount: Int64, _ unit: CreditUnit) -> Cell {
    exact(amount, decimals: unit.decimals)
  }

  private static func exact(_ value: Int64, decimals: Int) -> Cell {
    let scale = (0..<abs(decimals - 3)).reduce(Int64(1)) { product, _ in product * 10 }
    if decimals <= 3 {
      let (thousandths, isTooMuch) = value.multipliedReportingOverflow(by: scale)
      return isTooMuch ? .text(String(value)) : .decimal(thousandths: thousandths)
    }
    if value.isMultiple(of: scale) { return .decimal(thousandths: value / scale) }
    let sign = value < 0 ? "-" : ""
    let digits = String(1_000_000 + value.magnitude % 1_000_000).dropFirst()
    return .text("\(sign)\(value.magnitude / 1_000_000).\(digits)")
  }
}
