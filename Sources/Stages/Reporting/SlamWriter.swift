import ReportDocuments
import Results
import ServiceTime

/// The months x targets chart.
struct SlamWriter {
  let pack: PackView

  var grid: SlamGrid {
    SlamGrid(
      title: title,
      subtitle: "Share kept, in per cent of the promises \(rule) in the month. As known on "
        + "\(Words.dated(localSeconds: pack.agreement.localSeconds(at: pack.asOf))).",
      months: months, groups: groups)
  }

  private var rule: String {
    pack.agreement.countBy == "decided" ? "decided" : "counted (by \(pack.agreement.countBy))"
  }

  private var months: [SlamGrid.Month] {
    pack.periods.map { period in
      let local = CivilDateTime(localSeconds: pack.agreement.localSeconds(at: period.start))
      let name = Words.period(period.label, year: false)
      return SlamGrid.Month(
        name: TrendWriter.monthName(period.label) ?? name, year: local.date.year,
        isCurrent: period.label == pack.reported.label)
    }
  }

  private var groups: [SlamGrid.Group] {
    pack.agreement.clocks.compactMap { clock -> SlamGrid.Group? in
      let targets = pack.targets.filter { $0.clock == clock.clock }
      guard let first = targets.first else { return nil }
      let isOne = targets.allSatisfy { $0.objective == first.objective }
      return SlamGrid.Group(
        name: Words.capitalised(clock.clock),
        objective: isOne ? "objective \(first.objectiveText)" : "",
        rows: targets.map { target in
          SlamGrid.Row(
            name: target.tier,
            within: target.withinShort + (isOne ? "" : ", \(target.objectiveText)"),
            entries: pack.periods.map { entry(target, $0) },
            anchor: PackReporter.hasOwnSection(target, in: pack) ? target.anchor : nil)
        })
    } + [ObligationsWriter(pack: pack).group].compactMap { $0 }
  }

  private func entry(_ target: TargetView, _ period: AgreementSummary.PeriodSummary)
    -> SlamGrid.Entry
  {
    SlamGrid.Entry(
      grade: Grade(target.grading(period.label)), share: target.row(period.label)?.share,
      isToDate: period.isToDate, issued: ChangesWriter(pack: pack).issuedText(target, period.label))
  }

  /// The run that matters.
  var title: String {
    if pack.hasObligationsAlone { return obligationsTitle }
    if let run = longestRun(.missed), run.length > 1 {
      return "\(run.target.name) has been missed since \(since(run.length))"
    }
    let missed = pack.periods.compactMap { period -> (name: String, count: Int)? in
      let count = pack.targets.count { $0.grading(period.label) == .missed }
      return count > 0 ? (Words.period(period.label, year: false), count) : nil
    }
    if !missed.isEmpty {
      let parts = missed.suffix(3).enumerated().map { index, entry in
        let noun = index == 0 ? " target\(entry.count == 1 ? "" : "s") missed" : ""
        return "\(Words.number(entry.count))\(noun) in \(entry.name)"
      }
      let before =
        missed.count > 3 ? ", and in \(Words.counted(missed.count - 3, "month")) before" : ""
      return Words.capitalised(Words.list(parts)) + before
    }
    if let run = longestRun(.underPressure) {
      if run.length == 1 {
        return "No target was missed; \(run.target.name) came close in \(pack.periodWords)"
      }
      return "\(run.target.name) has been under pressure since \(since(run.length)); none missed"
    }
    let judged = pack.periods.count { period in
      pack.targets.contains { $0.grading(period.label).isJudged }
    }
    if judged == 0 { return "No month can be judged yet" }
    return judged == 1
      ? "Every target was met" : "Every target was met in all \(Words.number(judged)) months judged"
  }

  /// The obligation that has been missed longest, or how many months kept all.
  private var obligationsTitle: String {
    let labels = pack.periods.map(\.label)
    let runs = pack.obligations.map { record in
      (record.title, labels.reversed().prefix { record.period($0)?.state == .missed }.count)
    }
    if let most = runs.max(by: { $0.1 < $1.1 }), most.1 > 0 {
      let first = runs.first { $0.1 == most.1 } ?? most
      return first.1 == 1
        ? "\(first.0) was missed in \(pack.periodWords)"
        : "\(first.0) has been missed since \(since(first.1))"
    }
    let bad = labels.filter { label in
      pack.obligations.contains { $0.period(label)?.state == .missed }
    }
    guard let last = bad.last else { return "No obligation was missed in the months shown" }
    return "No obligation has been missed since \(Words.period(last, year: false))"
  }

  private func since(_ length: Int) -> String {
    Words.period(pack.periods[pack.periods.count - length].label, year: false)
  }

  /// The longest run of one grade that reaches the reported period; the first among equals.
  private func longestRun(_ grading: Grading) -> (target: TargetView, length: Int)? {
    var best: (target: TargetView, length: Int)?
    for target in pack.targets {
      let length = pack.periods.reversed().prefix { target.grading($0.label) == grading }.count
      if length > (best?.length ?? 0) { best = (target, length) }
    }
    return best
  }
}
