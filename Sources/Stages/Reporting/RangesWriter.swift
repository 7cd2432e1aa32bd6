import ReportDocuments
import Results
import ServiceTime

/// Percentiles of all tiers of one clock against the time allowed.
struct RangesWriter {
  let pack: PackView
  let clock: String

  private var targets: [TargetView] { pack.measured.filter { $0.clock == clock } }

  /// Tiers whose percentile at the objective lies past `within`.
  private var late: [TargetView] {
    targets.filter { target in
      guard let value = target.current.againstWithin?.atObjective, let within = target.within
      else { return false }
      return value.isOver || value.seconds > within
    }
  }

  var figure: Figure {
    Figure(
      id: "ranges-" + String(pack.agreement.clocks.firstIndex { $0.clock == clock } ?? 0),
      title: title,
      subtitle: "Counted time of the \(clock) promises decided in \(pack.periodWords), p50 to "
        + "p99, by nearest rank (type 1); misses that are still open count as longest.",
      alternative: alternative,
      notes: [
        "The ring is the percentile that equals the objective: in time only if it is not past "
          + "the mark."
      ],
      chart: .ranges(RangesChart(rows: targets.map(row))), table: table)
  }

  private func row(_ target: TargetView) -> RangesChart.Row {
    func value(_ value: AgainstWithin.Value) -> RangesChart.Value {
      value.isOver ? .over(seconds: value.seconds) : .at(seconds: value.seconds)
    }
    let found = target.current.againstWithin
    return RangesChart.Row(
      tier: target.tier, decided: target.current.counts.decided,
      percentiles: found?.percentiles.map(value) ?? [], within: target.within,
      withinText: target.withinText, atObjective: found?.atObjective.map(value),
      objectiveText: target.objectiveText)
  }

  private var title: String {
    let judged = targets.filter { $0.objective != nil && $0.current.counts.decided > 0 }
    guard !judged.isEmpty else {
      return "\(Words.capitalised(clock)): no promise was judged in \(pack.periodWords)"
    }
    if late.isEmpty {
      return "In every tier, the share of \(clock) promises that the objective asks for is in time"
    }
    if late.count == 1, let only = late.first {
      let value = only.current.againstWithin?.atObjective
      return "\(only.tier) is the only tier whose \(only.objectiveText) of \(clock) promises take "
        + "\(value?.isOver == true ? "over " : "")\(DurationText.prose(value?.seconds ?? 0)), past "
        + "the \(only.withinText) allowed"
    }
    return "\(Words.list(late.prefix(3).map(\.tier))) run past the time allowed for \(clock)"
      + (late.count > 3 ? ", as do \(Words.number(late.count - 3)) more" : "")
  }

  private var alternative: String {
    let parts = targets.map { target -> String in
      guard let value = target.current.againstWithin?.atObjective else {
        return "\(target.tier): " + (target.current.counts.decided == 0 ? "no data" : "not judged")
      }
      return "\(target.tier): \(target.objectiveText) in "
        + "\(value.isOver ? "over " : "")\(DurationText.prose(value.seconds)), allowed "
        + target.withinText
    }
    return parts.joined(separator: "; ") + "."
  }

  private var table: Table {
    let names = ["p50", "p75", "p90", "p95", "p99"]
    return Table(
      columns: [.init("Tier"), .init("Decided", isNumeric: true)]
        + names.map { .init($0, isNumeric: true) }
        + [.init("At the objective", isNumeric: true), .init("Within")],
      rows: targets.map { target in
        let found = target.current.againstWithin
        let cells = names.indices.map { index -> Cell in
          guard let values = found?.percentiles, index < values.count else { return .notMeasured }
          return Self.cell(values[index])
        }
        return [.text(target.tier), .count(target.current.counts.decided)] + cells
          + [found?.atObjective.map(Self.cell) ?? .notMeasured, .text(target.withinText)]
      })
  }

  private static func cell(_ value: AgainstWithin.Value) -> Cell {
    value.isOver ? .over(seconds: value.seconds) : .duration(seconds: value.seconds)
  }
}
