import ReportDocuments
import Workbooks

/// Attainment as a formula over the counts of its own row, so that a reader can check it.
struct AttainmentFormulas {
  static let key = "attainment"

  private let part: WorkbookPlan.Part
  private let met: Int
  private let missed: [Int]

  /// `nil` if the sheet lacks the counts.
  init?(_ part: WorkbookPlan.Part) {
    guard let met = part.data.columnIndex("met") else { return nil }
    var missed = ["breached", "overdue"].compactMap { part.data.columnIndex($0) }
    if missed.count < 2 { missed = ["missed"].compactMap { part.data.columnIndex($0) } }
    guard !missed.isEmpty else { return nil }
    self.part = part
    self.met = met
    self.missed = missed
  }

  /// The formula, or `nil` if the row's counts do not give this share.
  func formula(row: Int, share: Share) -> String? {
    let cells = part.data.rows[row]
    var missedCount = 0
    for column in missed {
      guard case .count(let count) = cells[column] else { return nil }
      missedCount += count
    }
    guard cells[met] == .count(share.part), missedCount == share.whole - share.part else {
      return nil
    }
    let metName = part.place(row: row, column: met).name
    let names = [metName] + missed.map { part.place(row: row, column: $0).name }
    return "=\(metName)/(\(names.joined(separator: "+")))"
  }
}
