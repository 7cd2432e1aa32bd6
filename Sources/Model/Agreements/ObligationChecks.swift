import Messages
import Tickets

/// Obligations that the rules alone decide, whatever is delivered.
struct ObligationChecks {
  let agreement: Agreement
  let places: RulePlaces

  var findings: [Finding] {
    agreement.obligations.enumerated().flatMap { number, obligation in
      reasons(obligation).map { key, reason in
        Finding(
          .obligationSettled, at: places.place("obligations", String(number), key),
          "obligation \"\(obligation.name)\" \(reason)")
      }
    }
  }

  private func reasons(_ obligation: Obligation) -> [(key: String, reason: String)] {
    var reasons: [(String, String)] = []
    if obligation.rows.condition.isImpossible {
      reasons.append(("rows", .noRow))
    }
    switch obligation.terms {
    case .volume(let terms):
      if terms.quality.takesNothing(of: obligation.rows.condition) {
        reasons.append(("when", .nothingCounts))
      }
    case .ratio(let terms):
      if terms.part.isAnything { reasons.append(("when", .everythingCounts)) }
      if terms.part.takesNothing(of: obligation.rows.condition) {
        reasons.append(("when", .nothingCounts))
      }
    case .deliverable(let terms):
      for condition in [terms.complete, terms.accepted].compactMap({ $0 })
      where condition.takesNothing(of: obligation.rows.condition) {
        reasons.append(("rows", .nothingCounts))
      }
    case .availability, .responseTo: break
    }
    return reasons
  }
}

extension Condition {
  /// Whether surely no row of `rows` meets it.
  fileprivate func takesNothing(of rows: Condition) -> Bool {
    isImpossible || rows.excludes(self)
  }
}

extension String {
  fileprivate static let noRow = """
    looks at no row, because "not" excludes all that its "when" names; change one of them
    """
  fileprivate static let nothingCounts = """
    can never be met: what makes a row count excludes every row that "rows" takes; change one of \
    them
    """
  fileprivate static let everythingCounts = """
    has a "when" that holds for every row, so that its share is always 100 %; name a field
    """
}
