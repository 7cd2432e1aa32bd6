import ReportDocuments
import Results
import ServiceTime

/// The availability of one service month by month, with the changes that were made to it.
struct AvailabilityTrend {
  let pack: PackView
  let record: ObligationRecord
  /// Its place in the section, from 1.
  let number: Int

  private var months: [(summary: AgreementSummary.PeriodSummary, period: ObligationPeriod)] {
    pack.periods.filter { TrendWriter.monthName($0.label) != nil }.compactMap { summary in
      record.period(summary.label).map { (summary, $0) }
    }
  }

  private func changes(_ summary: AgreementSummary.PeriodSummary) -> [String] {
    ServiceChangesWriter(pack: pack).marks(
      in: summary.start..<max(summary.start, summary.end), availability: record.name)
  }

  /// `nil` of less than two months that were measured.
  var figure: Figure? {
    let months = months
    let measured = months.filter { $0.period.share != nil }
    guard measured.count > 1, let last = measured.last?.period else { return nil }
    let below = months.filter { $0.period.state == .missed }
    let objective = last.objective.map { Words.percent(millionths: $0) } ?? ""
    let finding =
      below.isEmpty
      ? "kept \(objective) in every month judged"
      : "fell short of \(objective) in "
        + Words.list(below.suffix(3).map { Words.period($0.summary.label, year: false) })
    let hasChanges = months.contains { !changes($0.summary).isEmpty }
    return Figure(
      id: "availability-trend-\(number)", title: "\(record.title) \(finding)",
      subtitle: "Available share of the agreed service time, by month.",
      alternative: "\(record.title) \(finding). Last: \(last.reachedWords).",
      notes: hasChanges ? ["Ticks on the axis: changes of the service in the month."] : [],
      chart: .trend(chart(months, last, objective)),
      table: table(months, hasChanges))
  }

  private func chart(
    _ months: [(summary: AgreementSummary.PeriodSummary, period: ObligationPeriod)],
    _ last: ObligationPeriod, _ objective: String
  ) -> TrendChart {
    var chart = TrendChart(
      points: months.map(point), objectivePercent: last.objective.map { Double($0) / 1_000_000 },
      objectiveText: objective)
    // The share is one of time.
    chart.hasCounts = false
    return chart
  }

  private func point(
    _ summary: AgreementSummary.PeriodSummary, _ period: ObligationPeriod
  ) -> TrendChart.Point {
    let local = CivilDateTime(localSeconds: pack.agreement.localSeconds(at: summary.start))
    var point = TrendChart.Point(
      month: TrendWriter.monthName(summary.label) ?? summary.label, year: local.date.year,
      share: period.share, isToDate: summary.isToDate)
    point.changes = changes(summary)
    return point
  }

  private func table(
    _ months: [(summary: AgreementSummary.PeriodSummary, period: ObligationPeriod)],
    _ hasChanges: Bool
  ) -> Table {
    Table(
      columns: [
        .init("Month"), .init("Available", isNumeric: true), .init("Down", isNumeric: true),
        .init("Grade"),
      ] + (hasChanges ? [.init("Changes", isNumeric: true)] : []),
      rows: months.map { summary, period in
        [
          .text(Words.period(summary.label, year: true) + (summary.isToDate ? ", to date" : "")),
          period.share.map { .share($0) } ?? .notMeasured,
          period.availability.map { .duration(seconds: $0.downSeconds) } ?? .notMeasured,
          .grade(period.grade),
        ] + (hasChanges ? [.count(changes(summary).count)] : [])
      })
  }
}
