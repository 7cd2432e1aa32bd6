import Tickets

/// Reads what the source system itself says of one clock.
///
/// A class, so that a row's reading copies a reference and not the lists inside.
final class VerdictLoader {
  let rule: Mapping.ReportedRule
  private(set) var columns: [Int] = []
  private var seen = ByteCodes()

  init(_ rule: Mapping.ReportedRule) {
    self.rule = rule
  }

  var isBound: Bool { !columns.isEmpty }

  func bind(_ header: Header) {
    columns = header.indices(of: rule.source)
  }

  func verdict(_ cells: RowCells, missing: MissingTokens) -> ReportedVerdicts.Value {
    for column in columns {
      let code = seen.code(for: cells.cell(column)) { cell in
        UInt32(read(cell, missing: missing).rawValue)
      }
      if let value = ReportedVerdicts.Value(rawValue: UInt8(truncatingIfNeeded: code)),
        value != .unknown
      {
        return value
      }
    }
    return .unknown
  }

  private func read(
    _ cell: UnsafeRawBufferPointer, missing: MissingTokens
  ) -> ReportedVerdicts.Value {
    let text = rule.source.isPlain ? Array(cell) : cleaned(cell, rule.source)
    if text.withUnsafeBytes({ missing.contains($0) }) { return .unknown }
    let word = String(decoding: text, as: UTF8.self)
    if let breached = rule.breached { return breached.contains(word) ? .breached : .met }
    if let met = rule.met { return met.contains(word) ? .met : .breached }
    return .unknown
  }
}
