import ReportDocuments
import Results

/// A row for each promise that is not as it was issued: `changes.csv`.
struct ChangesSheet {
  let pack: PackView

  /// Left out if nothing differs from what was issued.
  var sheet: DataSheet? {
    guard let changes = pack.results.changes else { return nil }
    return DataSheet(
      role: .changes, name: "Changes", file: "changes", columns: Self.columns,
      rows: changes.flatMap { change in change.promises.map { cells($0, of: change) } },
      note: """
        Promises that are not as in the pack issued last. Several causes are named where it cannot \
        be told which it was.
        """)
  }

  private static let columns: [DataSheet.Column] = [
    .init("ticket", "Ticket"), .init("agreement", "Agreement"), .init("customer", "Customer"),
    .init("period", "Period"), .init("issue", "Issue"), .init("issued_as_of", "Issued as of"),
    .init("clock", "Clock"), .init("change", "Change"), .init("cause", "Cause"),
    .init("tier_was", "Tier was"), .init("tier", "Tier is"),
    .init("verdict_was", "Verdict was"), .init("verdict", "Verdict"),
    .init("counted_was", "Counted was"), .init("counted", "Counted is"),
    .init("decided_was", "Decided was"), .init("decided", "Decided is"),
    .init("elapsed_seconds_was", "Elapsed was"), .init("elapsed_seconds", "Elapsed is"),
    .init("within_seconds_was", "Within was"), .init("within_seconds", "Within is"),
    .init("source", "Source"), .init("cycle", "Cycle"),
  ]

  private func cells(_ promise: IssueChanges.Promise, of change: IssueChanges) -> [Cell] {
    func pair(_ cell: (IssueChanges.State) -> Cell?) -> [Cell] {
      [promise.was, promise.is].map { $0.flatMap(cell) ?? .notMeasured }
    }
    func duration(_ seconds: Int64?) -> Cell? { seconds.map { .duration(seconds: $0) } }
    let first: [Cell] =
      [.identifier(promise.ticket), .text(change.agreement), .text(change.customer)]
      + [
        .text(change.period), .count(change.issue), .moment(pack.moment(change.issuedAsOf)),
        .text(promise.clock), .text(promise.kind.rawValue),
        .text(ChangesWriter.words(promise.causes)),
      ]
    return first + pair { .text($0.tier) } + pair { .text($0.verdict.rawValue) }
      + pair { .text($0.isCounted ? "yes" : "no") }
      + pair { $0.decided.map { .moment(pack.moment($0)) } } + pair { duration($0.elapsedSeconds) }
      + pair { duration($0.withinSeconds) } + [
        .text(promise.source), promise.cycle.map { .count($0) } ?? .notMeasured,
      ]
  }
}
