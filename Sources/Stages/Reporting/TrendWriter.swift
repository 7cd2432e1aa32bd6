import ReportDocuments
import Results
import ServiceTime

/// Attainment of one target over the periods.
struct TrendWriter {
  let pack: PackView
  let target: TargetView

  /// `Oct` of `2026-10`; `nil` for other periods.
  static func monthName(_ label: String) -> String? {
    let parts = label.split(separator: "-")
    guard parts.count == 2, let month = Int(parts[1]), (1...12).contains(month) else { return nil }
    return String(Words.months[month - 1].prefix(3))
  }

  private var periods: [AgreementSummary.PeriodSummary] {
    pack.periods.filter { Self.monthName($0.label) != nil }
  }

  private var process: ProcessWriter { ProcessWriter(pack: pack, target: target) }

  var figure: Figure {
    var figure = plainFigure
    figure.statements = process.statements
    return figure
  }

  private var plainFigure: Figure {
    let process = process
    return Figure(
      id: target.anchor + "-trend", title: title,
      subtitle: "Share of \(target.name) promises kept within \(target.withinText), by month."
        + (process.hasLimits ? " Shaded: what chance explains, with its mean." : ""),
      alternative: alternative, notes: notes,
      chart: .trend(
        TrendChart(
          points: periods.map { point($0, process) },
          objectivePercent: target.objective.map { Double($0) / 1_000_000 },
          objectiveText: target.objectiveText)),
      table: table)
  }

  private func point(
    _ period: AgreementSummary.PeriodSummary, _ process: ProcessWriter
  ) -> TrendChart.Point {
    let local = CivilDateTime(localSeconds: pack.agreement.localSeconds(at: period.start))
    var point = TrendChart.Point(
      month: Self.monthName(period.label) ?? period.label, year: local.date.year,
      share: target.row(period.label)?.share, isToDate: period.isToDate)
    process.mark(&point, period.label)
    point.changes = changes(period)
    return point
  }

  private func changes(_ period: AgreementSummary.PeriodSummary) -> [String] {
    ServiceChangesWriter(pack: pack).marks(in: period.start..<max(period.start, period.end))
  }

  private var hasChanges: Bool { periods.contains { !changes($0).isEmpty } }

  private var below: [AgreementSummary.PeriodSummary] {
    periods.filter { target.grading($0.label) == .missed }
  }

  private var shares: [(label: String, share: Share)] {
    periods.compactMap { period in
      target.row(period.label)?.share.map { (period.label, $0) }
    }
  }

  private var title: String {
    guard let last = shares.last else { return "\(target.name): no data" }
    if below.isEmpty {
      let judged = periods.count { target.grading($0.label).isJudged }
      return judged < 2
        ? "\(target.name) reached \(Words.percent(last.share))"
        : "\(target.name) met its objective of \(target.objectiveText) in every month judged"
    }
    let names = below.suffix(3).map { Words.period($0.label, year: false) }
    let count = below.count > 3 ? "in \(Words.number(below.count)) months, last " : ""
    return "\(target.name) fell short of \(target.objectiveText) \(count)in \(Words.list(names))"
  }

  private var alternative: String {
    guard let first = shares.first, let last = shares.last else {
      return "No data: no promise was decided."
    }
    let span =
      "\(Words.period(first.label, year: true)) to \(Words.period(last.label, year: true)); "
      + "objective \(target.objectiveText)."
    let short = below.compactMap { period in
      target.row(period.label)?.share.map {
        "\(Words.period(period.label, year: false)) with \(Words.percent($0))"
      }
    }
    return span
      + (short.isEmpty ? " No month below the objective." : " Below it: \(Words.list(short)).")
  }

  private var notes: [String] {
    let counts = target.current.counts
    guard let share = target.current.share else { return ["No data in \(pack.periodWords)."] }
    var notes = [
      "Attained \(Words.percent(share))",
      "Kept \(Words.grouped(counts.met)) of \(Words.grouped(counts.decided))",
    ]
    if let wilson = WilsonInterval(met: counts.met, decided: counts.decided) {
      notes.append("95\(Words.space)% interval \(Words.interval(wilson))")
    }
    let left = target.missesAllowed - counts.missed
    notes.append(
      "Misses allowed \(target.missesAllowed), used \(counts.missed), "
        + (left < 0 ? "\(-left) too many" : "left \(left)"))
    if hasChanges { notes.append("Ticks on the axis: changes of services in the month.") }
    return notes + process.notes
  }

  private var table: Table {
    let process = process
    return Table(
      columns: [
        .init("Month"), .init("Attained", isNumeric: true), .init("Met", isNumeric: true),
        .init("Missed", isNumeric: true), .init("Decided", isNumeric: true), .init("Grade"),
      ] + process.columns + (hasChanges ? [.init("Changes", isNumeric: true)] : []),
      rows: periods.map { period in
        let counts = target.row(period.label)?.counts ?? PromiseCounts()
        return [
          .text(Words.period(period.label, year: true) + (period.isToDate ? ", to date" : "")),
          target.row(period.label)?.shareCell ?? .notMeasured, .count(counts.met),
          .count(counts.missed), .count(counts.decided),
          .grade(Grade(target.grading(period.label))),
        ] + process.cells(period.label)
          + (hasChanges ? [.count(changes(period).count)] : [])
      })
  }
}
