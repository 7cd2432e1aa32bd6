import Agreements
import Calculation
import Messages
import Results
import ServiceTime
import Tickets

/// What a run has to say of registers of exclusions, beside what their readers said.
extension CalculationRequest {
  /// Entries that are not known yet, and tickets that no source has; in the order of the registers.
  var exclusionNotes: [String] {
    let known = min(asOf, knownAt ?? asOf)
    var lines: [String] = []
    for exclusion in agreements.flatMap(\.allExclusions) {
      if let approved = exclusion.approved, approved > known {
        let finding = Finding(
          .note, at: exclusion.place,
          "approved at \(approved.iso), which is after \(known.iso): not known yet, not applied")
        lines.append(finding.line)
        continue
      }
      for ticket in missingTickets(of: exclusion) {
        let finding = Finding(
          .warning, at: exclusion.place,
          "no source has a ticket \(ticket), so that nothing of it is taken out; correct its id")
        lines.append(finding.line)
      }
    }
    return lines
  }

  private func missingTickets(of exclusion: Exclusion) -> [String] {
    guard case .tickets(let ids, let source) = exclusion.subject, !tables.isEmpty else { return [] }
    let wanted = Set(ids.map { ArraySlice($0.utf8) })
    var found: Set<ArraySlice<UInt8>> = []
    for table in tables where source == nil || source == table.source {
      for ticket in 0..<table.ids.count where wanted.contains(table.ids.slice(ticket)) {
        found.insert(table.ids.slice(ticket))
      }
    }
    return ids.filter { !found.contains(ArraySlice($0.utf8)) }
  }
}

extension CalculationResults {
  /// When the last of the exclusions was approved that these results apply: with an earlier
  /// `--known-at` they could not be made again.
  var lastApproval: Int64 { exclusions?.entries.compactMap(\.approved).max() ?? .min }
}

extension IssueCauses {
  /// Whether the promise is excluded in one of two states, and not in the other.
  func isTaken(_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> Bool {
    (was?.verdict == .excluded) != (now?.verdict == .excluded)
  }
}
