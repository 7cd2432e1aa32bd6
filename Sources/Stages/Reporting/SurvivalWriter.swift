import ReportDocuments
import Results

/// Percentiles with clocks taken into account that have not stopped.
struct SurvivalWriter {
  let pack: PackView

  private static let names = ["p50", "p75", "p90", "p95", "p99"]

  /// The tiers of one clock of which so many are censored that it is due; `nil` if none is.
  func block(clock: String) -> Block? {
    let records = (pack.results.survival ?? []).filter {
      $0.clock == clock && $0.by.isEmpty && $0.period == pack.reported.label
    }
    guard !records.isEmpty else { return nil }
    return .table(
      Table(
        title: "With the clocks that have not stopped (Kaplan-Meier)",
        subtitle: "All \(clock) clocks that were open in \(pack.periodWords), each from the time "
          + "that it had at the beginning on; those still open, or cancelled, count for as long as "
          + "they were seen. Tiers with more than 5\(Words.space)% of them.",
        columns: [
          .init("Tier"), .init("At risk", isNumeric: true), .init("Stopped", isNumeric: true),
          .init("Not stopped", isNumeric: true),
        ] + Self.names.map { .init($0, isNumeric: true) },
        rows: records.map { record in
          [
            .text(record.tier), .count(record.atRisk), .count(record.events),
            .count(record.censored),
          ] + record.percentiles.map(Self.cell)
        }))
  }

  private static func cell(_ value: AgainstWithin.Value) -> Cell {
    value.isOver ? .over(seconds: value.seconds) : .duration(seconds: value.seconds)
  }

  /// One row a group; `nil` if it is due nowhere.
  var sheet: DataSheet? {
    guard let records = pack.results.survival, !records.isEmpty else { return nil }
    let by = pack.agreement.by
    return DataSheet(
      role: .survival, name: "Kaplan-Meier", file: "survival",
      columns: ["clock", "tier"].map { .init($0, Words.capitalised($0)) }
        + by.map { .init($0, $0) } + [
          .init("period", "Period"), .init("at_risk", "At risk"), .init("stopped", "Stopped"),
          .init("censored", "Not stopped"),
        ]
        + Self.names.flatMap { name -> [DataSheet.Column] in
          [.init(name + "_seconds", name), .init(name + "_is_over", name + " is over")]
        },
      rows: records.map { record in
        let values = by.indices.map { $0 < record.by.count ? record.by[$0] : "" }
        let names: [Cell] = ([record.clock, record.tier] + values + [record.period]).map {
          .text($0)
        }
        let counts: [Cell] = [record.atRisk, record.events, record.censored].map { .count($0) }
        return names + counts
          + record.percentiles.flatMap { value -> [Cell] in
            [.duration(seconds: value.seconds), .text(value.isOver ? "yes" : "no")]
          }
      },
      note:
        "Elapsed of all clocks open in the period, by Kaplan-Meier; where more than 5 % of them "
        + "have not stopped. Over: the percentile is longer than anything seen.")
  }
}
