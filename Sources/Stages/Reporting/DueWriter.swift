import ReportDocuments
import Results

/// The targets whose share would differ by more than a point if promises were counted where they
/// are due.
///
/// See docs/DECISIONS.md, "Due beside decided".
struct DueWriter {
  let pack: PackView

  /// `nil` if no target differs, or if the report counts otherwise.
  var table: Table? {
    guard pack.hasPromises, pack.agreement.countBy == "decided" else { return nil }
    let rows = pack.targets.compactMap(row)
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "Counted by due date, some shares differ by more than a point",
      subtitle:
        "A promise is counted in the period in which it was decided; here, in that of its due date.",
      columns: [
        .init("Target"), .init("By decision", isNumeric: true), .init("Kept", isNumeric: true),
        .init("By due date", isNumeric: true), .init("Kept", isNumeric: true),
      ], rows: rows)
  }

  private func row(_ target: TargetView) -> [Cell]? {
    let due = pack.promises.filter { promise in
      promise.clock == target.clock && promise.tier == target.tier
        && (promise.verdict == .met || promise.isMissed)
        && promise.due.map { $0 >= pack.reported.start && $0 < pack.reported.end } ?? false
    }
    let met = due.count { $0.verdict == .met }
    let counts = target.current.counts
    guard Self.differ(met, of: due.count, from: counts.met, of: counts.decided) else { return nil }
    return [
      .text(target.name), target.current.shareCell,
      .text("\(Words.grouped(counts.met)) of \(Words.grouped(counts.decided))"),
      Share(met, of: due.count, objective: target.objective).map { .share($0) } ?? .notMeasured,
      .text("\(Words.grouped(met)) of \(Words.grouped(due.count))"),
    ]
  }

  /// Whether two shares are more than one per cent of the whole apart, in integers; no data
  /// differs from nothing.
  static func differ(_ part: Int, of whole: Int, from otherPart: Int, of otherWhole: Int) -> Bool {
    guard whole > 0, otherWhole > 0 else { return false }
    return abs(part * otherWhole - otherPart * whole) * 100 > whole * otherWhole
  }
}
