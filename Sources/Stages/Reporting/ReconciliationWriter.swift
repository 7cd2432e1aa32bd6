import ReportDocuments
import Results

/// Our verdicts beside those of the source system: how many agree, and what explains the others.
struct ReconciliationWriter {
  let pack: PackView

  private var rows: [ReconciliationRow] { pack.results.reconciliation ?? [] }

  private var disagreements: [Disagreement] { pack.results.disagreements ?? [] }

  /// Left out if no source gives verdicts of its own.
  var section: Section? {
    guard !rows.isEmpty else { return nil }
    let agreed = rows.reduce(0) { $0 + $1.agreed }
    let all = agreed + disagreements.count
    var blocks: [Block] = [.paragraph(introduction), .table(matrix)]
    if !disagreements.isEmpty { blocks += [.table(causes), .table(list)] }
    return Section(
      id: "reconciliation",
      title: all == 0
        ? "No verdict can be held against the source system's"
        : "\(Words.grouped(agreed)) of \(Words.grouped(all)) verdicts are those of the source "
          + "system",
      contents: "Reconciliation", mark: Words.grouped(disagreements.count), blocks: blocks)
  }

  private var introduction: String {
    "The promises that the period counts, beside what the source system says of them as "
      + "exported. A disagreement is explained by the first reading of the rules from which the "
      + "source's verdict follows, tried in the order of the table."
  }

  static func share(_ row: ReconciliationRow) -> Cell {
    Share(row.agreed, of: row.agreed + row.disagreed).map { .share($0) } ?? .notMeasured
  }

  private var matrix: Table {
    Table(
      title: "Verdicts here and there",
      columns: [
        .init("Target"), .init("Both met", isNumeric: true),
        .init("Both missed", isNumeric: true),
        .init("Met here, breached there", isNumeric: true),
        .init("Missed here, met there", isNumeric: true),
        .init("Not judged here", isNumeric: true), .init("Not judged there", isNumeric: true),
        .init("Agreed", isNumeric: true),
      ],
      rows: rows.map { row in
        [
          .text("\(row.tier) \(row.clock)"), .count(row.metMet), .count(row.missedBreached),
          .count(row.metBreached), .count(row.missedMet), .count(row.notJudged),
          .count(row.notReported), Self.share(row),
        ]
      })
  }

  /// Every class in the order of the tests, with its share of the disagreements.
  private var causes: Table {
    let total = disagreements.count
    return Table(
      title: total == 1
        ? "What explains the disagreement"
        : "What explains the \(Words.number(total)) disagreements",
      columns: [
        .init("Class"), .init("The source\u{2019}s verdict follows"),
        .init("Promises", isNumeric: true), .init("Share", isNumeric: true),
      ],
      rows: DisagreementCause.allCases.map { cause in
        let count = rows.reduce(0) { $0 + $1.count(cause) }
        return [
          .text(Self.name(cause)), .text(Self.meaning(cause)), .count(count),
          Share(count, of: total).map { .share($0) } ?? .notMeasured,
        ]
      })
  }

  private var list: Table {
    let listed = disagreements.prefix(MissedWriter.mostListed)
    let count = disagreements.count
    return Table(
      title: "Promises of which the source system says another verdict",
      columns: [
        .init("Ticket"), .init("Target"), .init("Here"), .init("There"), .init("Class"),
        .init("It follows"), .init("Elapsed", isNumeric: true), .init("Within", isNumeric: true),
      ],
      rows: listed.map { promise in
        [
          .identifier(promise.ticket), .text("\(promise.tier) \(promise.clock)"),
          .text(promise.ours.rawValue), .text(promise.theirs.rawValue),
          .text(Self.name(promise.cause)),
          promise.reading.isEmpty ? .notMeasured : .text(promise.reading),
          promise.elapsedSeconds.map { .duration(seconds: $0) } ?? .notMeasured,
          promise.withinSeconds.map { .duration(seconds: $0) } ?? .notMeasured,
        ]
      },
      note: count > listed.count
        ? "\(Words.grouped(listed.count)) of \(Words.grouped(count)) are listed; "
          + "csv/reconciliation.csv has all." : "", isRecords: true)
  }

  static func name(_ cause: DisagreementCause) -> String {
    switch cause {
    case .rounding: "Rounding"
    case .calendar: "Calendar"
    case .pause: "Pause"
    case .reopened: "Reopened"
    case .noHistory: "No history"
    case .targetChanged: "Target changed"
    case .unexplained: "Unexplained"
    }
  }

  private static func meaning(_ cause: DisagreementCause) -> String {
    switch cause {
    case .rounding: "with elapsed, or the time allowed, cut to what the source shows"
    case .calendar: "24 x 7, or on another calendar of the agreement"
    case .pause: "without pauses, or with those of every clock"
    case .reopened: "up to the first stop or the last, or with what happened after the period"
    case .noHistory: "from the row as last exported"
    case .targetChanged: "by the target of another tier of the ticket, or of other dates"
    case .unexplained: "from none of these"
    }
  }
}
