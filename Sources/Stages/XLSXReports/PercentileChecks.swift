import ReportDocuments
import Workbooks

/// One percentile of each target once more, as a formula over its rows of the Tickets sheet.
///
/// The rows of a target are a plain range, because they are sorted by clock, tier and period; a
/// target whose rows are not gets no formula.
struct PercentileChecks {
  struct Check {
    let formula: String
    /// What the formula gives, in days.
    let days: Double
  }

  private static let percentileKey = "p95_seconds"
  private static let share = "0.95"

  let heading = "p95 from the Tickets sheet"
  private let figures: WorkbookPlan.Part
  private let tickets: WorkbookPlan.Part
  private let percentile: Int
  private let elapsed: Int
  /// First and last row of each target's stopped clocks; `nil` if others stand between them.
  private let ranges: [[Cell]: ClosedRange<Int>?]
  private let keys: [Int]

  init?(_ plan: WorkbookPlan) {
    guard let figures = plan.part(.percentiles), let tickets = plan.part(.tickets),
      !tickets.isLinkOnly, let percentile = figures.data.columnIndex(Self.percentileKey),
      let elapsed = tickets.data.columnIndex("elapsed_seconds"),
      tickets.data.columnIndex("stopped") != nil
    else { return nil }
    let names = figures.data.columns.prefix(percentile).map(\.key)
    var keys: [Int] = []
    var ticketKeys: [Int] = []
    for (column, name) in names.enumerated() {
      let own = name == "period" ? ["stopped_period", "period"] : [name]
      guard let ticketKey = own.compactMap({ tickets.data.columnIndex($0) }).first,
        Self.groupKeys.contains(name)
      else { continue }
      keys.append(column)
      ticketKeys.append(ticketKey)
    }
    guard keys.count >= 2 else { return nil }
    self.figures = figures
    self.tickets = tickets
    self.percentile = percentile
    self.elapsed = elapsed
    self.keys = keys
    ranges = Self.ranges(of: tickets.data, by: ticketKeys)
  }

  private static let groupKeys: Set<String> = [
    "agreement", "customer", "clock", "tier", "period",
  ]

  /// The formula, or `nil` where it would not give the figure of the row.
  func check(row: Int) -> Check? {
    let cells = figures.data.rows[row]
    guard case .duration(let stated) = cells[percentile],
      let found = ranges[keys.map { cells[$0] }], let range = found
    else { return nil }
    var seconds: [Int64] = []
    for ticket in tickets.data.rows[range] {
      guard case .duration(let value) = ticket[elapsed] else { continue }
      seconds.append(value)
    }
    guard let hundredths = Self.hundredths(seconds.sorted()),
      abs(hundredths - stated * 100) < 100
    else { return nil }
    let reference = tickets.rows(range, column: elapsed).reference(onSheet: tickets.name)
    return Check(
      formula: Formula.percentile(reference, share: Self.share),
      days: Double(hundredths) / 100 / CellWriter.secondsPerDay)
  }

  /// p95 by linear interpolation (type 7), exact in hundredths.
  private static func hundredths(_ sorted: [Int64]) -> Int64? {
    guard !sorted.isEmpty else { return nil }
    let position = (sorted.count - 1) * 95
    let low = sorted[position / 100]
    let high = sorted[min(position / 100 + 1, sorted.count - 1)]
    return low * 100 + (high - low) * Int64(position % 100)
  }

  private static func ranges(
    of tickets: DataSheet, by keys: [Int]
  ) -> [[Cell]: ClosedRange<Int>?] {
    guard let stopped = tickets.columnIndex("stopped") else { return [:] }
    var ranges: [[Cell]: ClosedRange<Int>?] = [:]
    for (index, row) in tickets.rows.enumerated() {
      guard case .moment = row[stopped] else { continue }
      let key = keys.map { row[$0] }
      if let known = ranges[key] {
        ranges[key] =
          known.flatMap {
            $0.upperBound == index - 1 ? $0.lowerBound...index : nil
          } as ClosedRange<Int>??
      } else {
        ranges[key] = index...index
      }
    }
    return ranges
  }
}
