import ReportDocuments
import Results

/// Control charts in full: one row a month and measure, from the beginning of the data on.
struct ControlSheet {
  let results: CalculationResults

  /// Returns `nil` if no chart has limits yet.
  var sheet: DataSheet? {
    let charts = results.charts ?? []
    guard charts.contains(where: { $0.months.contains { $0.limits != nil } }) else { return nil }
    let by = results.agreements.first?.by ?? []
    return DataSheet(
      role: .control, name: "Control limits", file: "control",
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("clock", "Clock"),
        .init("tier", "Tier"),
      ] + by.map { .init($0, $0) } + Self.columns,
      rows: charts.flatMap { rows($0, by: by.count) },
      note:
        "What chance explains of each month: attainment in per cent, decided promises (volume), "
        + "percentiles of the stopped (p50, p95) in seconds. The limits come from the first 12 "
        + "complete months, or those since a rebase. No limit is shown where nothing can pass it.")
  }

  private static let columns: [DataSheet.Column] = [
    .init("measure", "Measure"), .init("period", "Period"), .init("value", "Value"),
    .init("n", "n"), .init("mean", "Mean"), .init("lower", "Lower limit"),
    .init("upper", "Upper limit"), .init("method", "Method"), .init("signals", "Signals"),
    .init("completeness", "Completeness"), .init("limits_from", "Limits from"),
    .init("limits_through", "Limits through"), .init("rebase_reason", "Reason of the rebase"),
    .init("laney_factor", "Laney's factor"), .init("variation", "Variation"),
    .init("assurance", "Assurance"), .init("changes", "Changes"),
  ]

  private func rows(_ chart: ControlChart, by count: Int) -> [[Cell]] {
    let values = (0..<count).map { $0 < chart.by.count ? chart.by[$0] : "" }
    let names = [chart.agreement, chart.customer, chart.clock, chart.tier] + values
    return chart.months.map { month in
      let base = month.limits == nil ? nil : chart.bases.last { $0.from <= month.period }
      let isLatest = month.period == chart.latest
      func cell(_ value: Int64?) -> Cell { Self.cell(value, chart.measure) }
      let text: [Cell] = (names + [chart.measure.rawValue, month.period]).map { .text($0) }
      return text + [
        cell(month.value), .count(month.n), cell(month.limits?.centre), cell(month.limits?.lower),
        cell(month.limits?.upper), .text(month.limits?.method.rawValue ?? ""),
        .text(month.signals.map(Self.name).joined(separator: " ")),
        .text(month.completeness.rawValue), .text(base?.from ?? ""), .text(base?.through ?? ""),
        .text(base?.reason ?? ""),
        base?.laneyFactor.map { .decimal(thousandths: ($0 + 500) / 1_000) } ?? .notMeasured,
        .text(isLatest ? chart.variation?.rawValue ?? "" : ""),
        .text(isLatest ? chart.assurance?.answer.rawValue ?? "" : ""),
        changes(of: chart, month.period),
      ]
    }
  }

  /// How many changes of services with tickets began in a month.
  private func changes(of chart: ControlChart, _ label: String) -> Cell {
    let record = results.serviceChanges?.first {
      $0.agreement == chart.agreement && $0.customer == chart.customer
    }
    let period = results.agreements.first { $0.name == chart.agreement }?.periods.first {
      $0.label == label
    }
    guard let record, let period else { return .notMeasured }
    return .count(
      record.changes.count {
        $0.isAboutTickets == true && $0.start >= period.start && $0.start < period.end
      })
  }

  private static func name(_ signal: ControlChart.Signal) -> String {
    signal.rule.rawValue + (signal.isHigh ? "-high" : "-low")
  }

  /// A value in the unit of its measure; one past the end of the scale is the end.
  private static func cell(_ value: Int64?, _ measure: ControlChart.Measure) -> Cell {
    guard let value = value.map({ max(0, $0) }) else { return .notMeasured }
    let whole: Int64 = 100_000_000
    switch measure {
    case .attainment:
      return Share(Int(min(value, whole)), of: Int(whole)).map { .share($0) } ?? .notMeasured
    case .volume: return .decimal(thousandths: value)
    case .p50, .p95: return .decimal(thousandths: value * 10)
    }
  }
}
