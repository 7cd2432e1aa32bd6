package import ReportDocuments
package import Results

extension Reporting {
  /// The matrix of verdicts, and a row for each disagreement: `reconciliation.csv`.
  ///
  /// - Returns: No sheets where no source gives verdicts of its own.
  package static func reconciliationSheets(_ results: CalculationResults) -> [DataSheet] {
    guard let rows = results.reconciliation else { return [] }
    return [matrix(rows), disagreements(results.disagreements ?? [])]
  }

  private static func matrix(_ rows: [ReconciliationRow]) -> DataSheet {
    let causes = DisagreementCause.allCases
    return DataSheet(
      role: .reconciliation, name: "Reconciliation", file: nil,
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("clock", "Clock"),
        .init("tier", "Tier"), .init("met_met", "Both met"),
        .init("missed_breached", "Both missed"), .init("met_breached", "Met here, breached there"),
        .init("missed_met", "Missed here, met there"), .init("not_judged", "Not judged here"),
        .init("not_reported", "Not judged there"), .init("agreed", "Agreed"),
      ] + causes.map { .init($0.rawValue, ReconciliationWriter.name($0)) },
      rows: rows.map { row in
        let names: [Cell] = [row.agreement, row.customer, row.clock, row.tier].map { .text($0) }
        let counts: [Cell] = [
          row.metMet, row.missedBreached, row.metBreached, row.missedMet, row.notJudged,
          row.notReported,
        ].map { .count($0) }
        return names + counts + [ReconciliationWriter.share(row)]
          + causes.map { .count(row.count($0)) }
      },
      note: "Promises that the period counts, beside what the source system says of them.")
  }

  private static func disagreements(_ disagreements: [Disagreement]) -> DataSheet {
    DataSheet(
      role: .disagreements, name: "Disagreements", file: "reconciliation",
      columns: [
        .init("ticket", "Ticket"), .init("agreement", "Agreement"),
        .init("customer", "Customer"), .init("clock", "Clock"), .init("tier", "Tier"),
        .init("ours", "Here"), .init("theirs", "There"), .init("class", "Class"),
        .init("reading", "It follows"), .init("elapsed_seconds", "Elapsed"),
        .init("within_seconds", "Within"), .init("elapsed_seconds_there", "Elapsed so"),
        .init("within_seconds_there", "Within so"), .init("source", "Source"),
        .init("cycle", "Cycle"),
      ], rows: disagreements.map(cells),
      note: """
        Promises of which the source system says another verdict. Class is the first reading of the \
        rules from which its verdict follows.
        """)
  }

  private static func cells(_ promise: Disagreement) -> [Cell] {
    func duration(_ seconds: Int64?) -> Cell {
      seconds.map { .duration(seconds: $0) } ?? .notMeasured
    }
    let names: [Cell] =
      [.identifier(promise.ticket)]
      + [promise.agreement, promise.customer, promise.clock, promise.tier].map { .text($0) }
    let verdicts: [Cell] = [
      promise.ours.rawValue, promise.theirs.rawValue, promise.cause.rawValue, promise.reading,
    ].map { .text($0) }
    let times = [
      promise.elapsedSeconds, promise.withinSeconds, promise.elapsedThere, promise.withinThere,
    ].map(duration)
    return names + verdicts + times + [
      .text(promise.source), promise.cycle.map { .count($0) } ?? .notMeasured,
    ]
  }
}
