import ReportDocuments
import Results

/// Why a quarter or a year is not the sum of its months: what was reversed inside it.
///
/// See docs/DECISIONS.md, "A longer period and its months".
struct BridgeWriter {
  let pack: PackView

  /// `nil` if the reported period is a month, or has no whole month of its own in the results.
  var table: Table? {
    let months = pack.agreement.periods.filter { month in
      month.label != pack.reported.label && month.start >= pack.reported.start
        && month.end <= pack.reported.end
    }
    guard months.first?.start == pack.reported.start, months.last?.end == pack.reported.end else {
      return nil
    }
    let rows = pack.targets.compactMap { row($0, months: months) }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "The months of \(Words.period(pack.reported.label, year: true)) add up",
      subtitle: """
        A promise met in one month and lost in a later one, after it was reopened, is counted in \
        both months and once in the whole.
        """,
      columns: [
        .init("Target"), .init("Sum of months", isNumeric: true),
        .init("Reversed", isNumeric: true), .init("In the whole", isNumeric: true),
      ], rows: rows)
  }

  private func row(_ target: TargetView, months: [AgreementSummary.PeriodSummary]) -> [Cell]? {
    let monthly = months.compactMap { target.row($0.label)?.counts }
    let sum = monthly.reduce(0) { $0 + $1.decided }
    let whole = target.current.counts
    guard sum > 0 || whole.decided > 0 else { return nil }
    let reversed = monthly.reduce(0) { $0 + $1.reversed } - whole.reversed
    return [.text(target.name), .count(sum), .count(reversed), .count(whole.decided)]
  }
}
