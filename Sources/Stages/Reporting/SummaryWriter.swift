import ReportDocuments
import Results

/// All targets of the reported period in one table.
struct SummaryWriter {
  let pack: PackView

  var section: Section {
    guard !pack.targets.isEmpty else {
      return Section(
        id: "summary", title: "Summary",
        blocks: [.paragraph("None: this agreement sets no objective.")])
    }
    var blocks: [Block] = [.table(table)]
    if pack.reported.completeness == .partial {
      blocks.append(.paragraph("Partial, shown, not judged: \(pack.reported.reason)."))
    }
    if pack.reported.completeness == .startingUp {
      blocks.append(.paragraph("Starting up: shown, not judged."))
    }
    if let bounds = CoverWriter.boundsSentence(pack) { blocks.append(.paragraph(bounds)) }
    blocks += MixWriter(pack: pack).blocks
    if let bridge = BridgeWriter(pack: pack).table { blocks.append(.table(bridge)) }
    if let due = DueWriter(pack: pack).table { blocks.append(.table(due)) }
    if pack.total.unmeasurable > 0 { blocks.append(.table(unmeasurable)) }
    return Section(id: "summary", title: title, contents: "All targets", blocks: blocks)
  }

  private var title: String {
    let judged = pack.targets.filter(\.grading.isJudged)
    guard !judged.isEmpty else { return "All targets: none is judged" }
    let missed = judged.count { $0.grading == .missed }
    let pressed = judged.count { $0.grading == .underPressure }
    var parts: [String] = []
    if missed > 0 { parts.append("\(Words.number(missed)) missed") }
    if pressed > 0 { parts.append("\(Words.number(pressed)) under pressure") }
    let met = judged.count - missed - pressed
    if met > 0 {
      parts.append("\(Words.number(met)) met" + (pressed > 0 ? " with room to spare" : ""))
    }
    return "All targets: " + Words.list(parts)
  }

  private var table: Table {
    Table(
      columns: [
        .init("Target"), .init("Within"), .init("Grade"), .init("Attained", isNumeric: true),
        .init("Objective", isNumeric: true), .init("95\(Words.space)% interval", isNumeric: true),
        .init("Kept", isNumeric: true), .init("Misses", isNumeric: true),
      ],
      rows: pack.targets.map(row) + totals,
      sums: [
        .text("All targets"), .text(""), .text(""),
        Share(pack.total.met, of: pack.total.decided).map { .share($0) } ?? .notMeasured,
        .text(""), .text(""),
        .text("\(Words.grouped(pack.total.met)) of \(Words.grouped(pack.total.decided))"),
        .text(Words.grouped(pack.total.missed)),
      ], note: totals.isEmpty ? "No objective is set for the total." : "", isRecords: true)
  }

  /// A row for each clock of which the agreement sets an objective over all tiers.
  private var totals: [[Cell]] {
    pack.agreement.clocks.compactMap { clock in
      guard let objective = clock.totalObjective else { return nil }
      var counts = PromiseCounts()
      for target in pack.measured where target.clock == clock.clock {
        counts += target.current.counts
      }
      let grading = Grading(
        counts: counts, objective: objective, completeness: pack.reported.completeness)
      let wilson = WilsonInterval(met: counts.met, decided: counts.decided)
      return [
        .text("all tiers, \(clock.clock)"), .text(""), .grade(Grade(grading)),
        Share(counts.met, of: counts.decided, objective: objective).map { .share($0) }
          ?? .notMeasured,
        .text(Words.percent(millionths: objective)),
        wilson.map { .text(Words.interval($0)) } ?? .notMeasured,
        .text("\(Words.grouped(counts.met)) of \(Words.grouped(counts.decided))"),
        .text(
          "\(Words.grouped(counts.missed)) of "
            + "\(Words.grouped(Grading.missesAllowed(decided: counts.decided, objective: objective)))"
            + " allowed"),
      ]
    }
  }

  private func row(_ target: TargetView) -> [Cell] {
    let counts = target.current.counts
    let wilson = WilsonInterval(met: counts.met, decided: counts.decided)
    let interval = wilson.map(Words.interval)
    let allowed = target.missesAllowed
    let misses =
      allowed == 0
      ? "none allowed, \(counts.missed == 0 ? "none" : Words.grouped(counts.missed)) used"
      : "\(Words.grouped(counts.missed)) of \(Words.grouped(allowed)) allowed, "
        + (counts.missed > allowed
          ? "\(Words.grouped(counts.missed - allowed)) too many"
          : "\(Words.grouped(allowed - counts.missed)) left")
    let name: Cell =
      PackReporter.hasOwnSection(target, in: pack)
      ? .link(text: target.name, target: "#" + target.anchor) : .text(target.name)
    return [
      name, .text(target.withinText), .grade(Grade(target.grading)), target.current.shareCell,
      .text(target.objectiveText), interval.map { .text($0) } ?? .notMeasured,
      counts.decided > 0
        ? .text("\(Words.grouped(counts.met)) of \(Words.grouped(counts.decided))") : .notMeasured,
      counts.decided > 0 ? .text(misses) : .notMeasured,
    ]
  }

  /// Attainment a second time, with every unmeasurable promise as missed.
  private var unmeasurable: Table {
    let rows = pack.targets.filter { $0.current.counts.unmeasurable > 0 }
    return Table(
      title: "With every unmeasurable promise as missed",
      columns: [
        .init("Target"), .init("Unmeasurable", isNumeric: true),
        .init("Attained", isNumeric: true), .init("If all were missed", isNumeric: true),
      ],
      rows: rows.map { target in
        let counts = target.current.counts
        return [
          .text(target.name), .count(counts.unmeasurable), target.current.shareCell,
          Share(
            counts.met, of: counts.decided + counts.unmeasurable, objective: target.objective
          ).map { .share($0) } ?? .notMeasured,
        ]
      })
  }
}
