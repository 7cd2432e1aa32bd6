import Agreements
import Tickets

// Parts of clocks in the words of reports.

extension Clock {
  /// One line per rule, such as `customer: status Awaiting User Info`; of a part first what is
  /// others' time.
  var pauseWords: [String] {
    let own = pauses.map { "\($0.party): \($0.condition.words)" }
    switch part {
    case nil: return own
    case .group(let condition)?:
      return ["\(PreparedPart.elsewhereName): unless \(condition.words)"] + own
    case .pauses(let party, let condition)?:
      let also = condition.isAnything ? "" : " while \(condition.words)"
      return ["\(PreparedPart.elsewhereName): all but pauses by \(party)\(also)"]
    }
  }
}
