import ReportDocuments
import Workbooks

/// Attainment as a formula over the counts of its own row, so that a reader can check it.
struct AttainmentFormulas {
  static let key = "attainment"

  private let part: WorkbookPlan.Part
  private let met: Int
  private let missed: [Int]

  /// Columns of agreed and of lost time, of a sheet that has them.
  private let time: (agreed: Int, down: Int)?

  /// `nil` if the sheet lacks the counts.
  init?(_ part: WorkbookPlan.Part) {
    guard let met = part.data.columnIndex("met") else { return nil }
    var missed = ["breached", "overdue"].compactMap { part.data.columnIndex($0) }
    if missed.count < 2 { missed = ["missed"].compactMap { part.data.columnIndex($0) } }
    guard !missed.isEmpty else { return nil }
    self.part = part
    self.met = met
    self.missed = missed
    if let agreed = part.data.columnIndex("agreed_seconds"),
      let down = part.data.columnIndex("weighted_down_seconds")
    {
      time = (agreed, down)
    } else {
      time = nil
    }
  }

  /// What of the agreed time was not lost, where both are whole seconds.
  private func timeFormula(row: Int, share: Share) -> String? {
    let cells = part.data.rows[row]
    guard let time, case .duration(let agreed) = cells[time.agreed],
      case .duration(let down) = cells[time.down],
      Int128(agreed - down) * Int128(share.whole) == Int128(share.part) * Int128(agreed)
    else { return nil }
    let names = [time.agreed, time.down].map { part.place(row: row, column: $0).name }
    return "=(\(names[0])-\(names[1]))/\(names[0])"
  }

  /// The formula, or `nil` if the row's counts do not give this share.
  func formula(row: Int, share: Share) -> String? {
    let cells = part.data.rows[row]
    if let formula = timeFormula(row: row, share: share) { return formula }
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
