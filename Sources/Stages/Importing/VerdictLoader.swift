import Tickets

/// Reads what the source system itself says of one clock.
///
/// A class, so that a row's reading copies a reference and not the lists inside.
final class VerdictLoader {
  let rule: Mapping.ReportedRule
  private(set) var columns: [Int] = []
  private var seen = ByteCodes()
  private let breached: [ValuePattern]?
  private let met: [ValuePattern]?
  private let unless: [ValuePattern]

  init(_ rule: Mapping.ReportedRule) {
    self.rule = rule
    breached = rule.breached?.map { ValuePattern($0) }
    met = rule.met?.map { ValuePattern($0) }
    unless = rule.unless.map { ValuePattern($0) }
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
    if unless.contains(where: { $0.matches(word) }) { return .unknown }
    if let breached { return breached.contains { $0.matches(word) } ? .breached : .met }
    if let met { return met.contains { $0.matches(word) } ? .met : .breached }
    return .unknown
  }
}
