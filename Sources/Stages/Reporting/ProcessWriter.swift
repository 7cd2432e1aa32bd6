import ReportDocuments
import Results
import ServiceTime

/// What the control chart of one target says, in words, marks and cells.
struct ProcessWriter {
  let pack: PackView
  let target: TargetView
  private let chart: ControlChart?
  private let months: [String: ControlChart.Month]

  init(pack: PackView, target: TargetView) {
    self.pack = pack
    self.target = target
    chart = Self.chart(.attainment, of: target, in: pack)
    months = Dictionary(
      (chart?.months ?? []).map { ($0.period, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func chart(
    _ measure: ControlChart.Measure, of target: TargetView, in pack: PackView
  ) -> ControlChart? {
    pack.results.charts?.first {
      $0.measure == measure && $0.clock == target.clock && $0.tier == target.tier && $0.by.isEmpty
    }
  }

  /// Two statements: variation, and with an objective assurance; none without a chart.
  var statements: [Statement] {
    [variation, assurance].compactMap { $0 }
  }

  private var variation: Statement? {
    guard let chart, let found = chart.variation else { return nil }
    guard let latest = chart.latest, let month = months[latest], found != .lineOnly else {
      return Statement(.lineOnly, answer: "Line only", text: whyLineOnly)
    }
    let name = Words.period(latest, year: false)
    let share = Words.percent(share(month.value))
    let signal = month.signals.first.map(Self.words)
    switch found {
    case .better:
      return Statement(
        .better, answer: "Better",
        text: "\(name), at \(share), is \(signal ?? ""): more than chance explains.")
    case .worse:
      return Statement(
        .worse, answer: "Worse",
        text: "\(name), at \(share), is \(signal ?? ""): more than chance explains.")
    case .commonCause, .lineOnly:
      return Statement(
        .commonCause, answer: "Common cause",
        text: "\(name), at \(share), is what this process does by chance.")
    }
  }

  private var whyLineOnly: String {
    let needed = ControlChart.needed
    guard let base = chart?.bases.last, base.months > 0 else {
      return "There is no complete month yet; limits need \(needed)."
    }
    if base.months >= needed {
      return "In the first \(needed) months all were kept, or none: there is nothing to vary."
    }
    let since =
      base.reason.isEmpty ? "" : " since the change of \(Words.period(base.from, year: true))"
    return "Limits need \(needed) complete months; there \(base.months == 1 ? "is" : "are") "
      + "\(Words.number(base.months))\(since)."
  }

  private var assurance: Statement? {
    guard let record = chart?.assurance else { return nil }
    let objective = Words.percent(millionths: record.objective)
    guard let limits = record.limits, let n = record.n else {
      let months = min(chart?.bases.last?.months ?? 0, ControlChart.needed)
      return Statement(
        .tooEarly, answer: "Too early to say",
        text: months < ControlChart.needed
          ? "\(months) of \(ControlChart.needed) months." : "The range is not known.")
    }
    let low = Words.percent(share(limits.lower ?? 0, objective: record.objective))
    let high = Words.percent(share(limits.upper ?? .max, objective: record.objective))
    let range =
      "Unless something changes, months of about \(Words.grouped(n)) promises lie between "
      + "\(low) and \(high)"
    switch record.answer {
    case .reliablyMet:
      return Statement(
        .reliablyMet, answer: "Reliably met", text: range + ", above the objective of \(objective)."
      )
    case .reliablyMissed:
      return Statement(
        .reliablyMissed, answer: "Reliably missed",
        text: range + ", below the objective of \(objective).")
    case .mayOrMayNot, .tooEarly:
      return Statement(
        .mayOrMayNot, answer: "May or may not be met",
        text: range + "; the objective of \(objective) is inside.")
    }
  }

  /// Millionths of a per cent as a share, within 0 to 100 %.
  private func share(_ millionths: Int64, objective: Int64? = nil) -> Share {
    let whole: Int64 = 100_000_000
    let part = min(whole, max(0, millionths))
    guard let share = Share(Int(part), of: Int(whole), objective: objective) else {
      preconditionFailure("the whole is not empty")
    }
    return share
  }

  static func words(_ signal: ControlChart.Signal) -> String {
    switch (signal.rule, signal.isHigh) {
    case (.outside, true): "above the expected range"
    case (.outside, false): "below the expected range"
    case (.sevenOnOneSide, true): "one of seven or more in a row above the mean"
    case (.sevenOnOneSide, false): "one of seven or more in a row below the mean"
    case (.sevenInOneDirection, true): "one of seven or more in a row that rise"
    case (.sevenInOneDirection, false): "one of seven or more in a row that fall"
    case (.twoOfThree, true): "one of three of which two are near the upper limit"
    case (.twoOfThree, false): "one of three of which two are near the lower limit"
    }
  }

  /// For the drawing, where there is little room.
  private static func name(_ signal: ControlChart.Signal) -> String {
    switch (signal.rule, signal.isHigh) {
    case (.outside, true): "above the range"
    case (.outside, false): "below the range"
    case (.sevenOnOneSide, true): "seven above the mean"
    case (.sevenOnOneSide, false): "seven below the mean"
    case (.sevenInOneDirection, true): "seven rising"
    case (.sevenInOneDirection, false): "seven falling"
    case (.twoOfThree, true): "two of three near the top"
    case (.twoOfThree, false): "two of three near the bottom"
    }
  }

  /// Adds to a point of the trend what the chart knows of its month.
  func mark(_ point: inout TrendChart.Point, _ period: String) {
    guard let chart, let month = months[period] else { return }
    if let limits = month.limits {
      point.range = TrendRange(
        lower: share(limits.lower ?? 0).percent, upper: share(limits.upper ?? .max).percent,
        mean: share(limits.centre).percent)
    }
    point.signal = month.signals.first.map { TrendSignal(Self.name($0), isWorse: !$0.isHigh) }
    point.change = chart.bases.first { $0.from == period && !$0.reason.isEmpty }?.reason
  }

  var hasLimits: Bool { chart?.months.contains { $0.limits != nil } ?? false }

  var columns: [Table.Column] {
    guard hasLimits else { return [] }
    return [
      .init("Lower limit", isNumeric: true), .init("Mean", isNumeric: true),
      .init("Upper limit", isNumeric: true), .init("Signals"),
    ]
  }

  func cells(_ period: String) -> [Cell] {
    guard hasLimits else { return [] }
    let month = months[period]
    func cell(_ value: Int64?) -> Cell {
      month?.limits == nil ? .notMeasured : .share(share(value ?? 0))
    }
    return [
      cell(month?.limits?.lower ?? 0), cell(month?.limits?.centre),
      cell(month?.limits?.upper ?? .max),
      .text((month?.signals ?? []).map(Self.words).joined(separator: "; ")),
    ]
  }

  /// Volume and the 95th percentile of the reported month against their own limits.
  var notes: [String] {
    [
      note(.volume, "Decided") { Words.grouped(Int($0 / 1_000)) },
      note(.p95, "p95") { DurationText.prose($0 / 100) },
    ].compactMap { $0 }
  }

  private func note(
    _ measure: ControlChart.Measure, _ name: String, _ words: (Int64) -> String
  ) -> String? {
    guard
      let month = Self.chart(measure, of: target, in: pack)?.months.last(
        where: { $0.period == pack.reported.label }),
      let limits = month.limits
    else { return nil }
    let (low, high) = (words(max(0, limits.lower ?? 0)), words(limits.upper ?? 0))
    let signal = month.signals.contains { $0.rule == .outside } ? ", outside of" : ", expected"
    return "\(name) \(words(month.value))\(signal) \(low) to \(high)"
  }
}

/// Sentences on totals that moved against their tiers.
struct MixWriter {
  let pack: PackView

  var blocks: [Block] {
    let mixes = pack.results.mixes?.filter { $0.period == pack.reported.label } ?? []
    // With one clock, its total is that of all targets.
    let told = mixes.filter { one in
      !one.clock.isEmpty || !mixes.contains { !$0.clock.isEmpty && $0.now == one.now }
    }
    return told.map { .paragraph(sentence($0)) }
  }

  private func sentence(_ mix: MixRecord) -> String {
    func percent(_ part: Int, _ whole: Int) -> String {
      Share(part, of: whole).map(Words.percent) ?? ""
    }
    let what = mix.clock.isEmpty ? "The total of all targets" : "The \(mix.clock) total"
    let before = Words.period(mix.before, year: false)
    return "\(what) \(mix.fell ? "fell" : "rose") from \(percent(mix.was.met, mix.was.decided)) in "
      + "\(before) to \(percent(mix.now.met, mix.now.decided)), although no tier "
      + "\(mix.fell ? "fell" : "rose"): other tickets came. At \(before)'s mix of tiers it would be "
      + "\(percent(Int(mix.atLastMix), 100_000_000))."
  }
}
