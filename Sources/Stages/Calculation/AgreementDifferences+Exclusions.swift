import Agreements
import Results
import ServiceTime
import Tickets

/// The registers of exclusions on each side.
enum ExclusionPair {
  /// Entries that only one side has, and those that are approved on one side alone; in the order of
  /// the new register, what is gone last.
  static func all(_ was: [Exclusion], _ now: [Exclusion]) -> [RuleDifference] {
    let (old, new) = (states(was), states(now))
    var names: [String] = []
    for exclusion in now + was where !names.contains(exclusion.words) {
      names.append(exclusion.words)
    }
    return names.compactMap { name in
      guard old[name] != new[name] else { return nil }
      return RuleDifference(
        place: "Exclusions", what: name, was: old[name] ?? "", is: new[name] ?? "",
        cause: .exclusion)
    }
  }

  private static func states(_ exclusions: [Exclusion]) -> [String: String] {
    Dictionary(
      exclusions.map { ($0.words, $0.state) },
      uniquingKeysWith: { $0 == $1 ? $0 : "\($0); \($1)" })
  }
}

extension Exclusion {
  /// What it is about.
  fileprivate var words: String {
    let what =
      switch subject {
      case .tickets(let ids, let source):
        (ids.count == 1 ? "ticket " : "tickets ") + ids.joined(separator: ", ")
          + (source.map { " of \($0)" } ?? "")
      case .interval(let from, let to, let condition):
        "\(from.iso) to \(to.iso)" + (condition.isAnything ? "" : " where \(condition.words)")
      }
    return clocks.isEmpty ? what : "\(what), \(clocks.joined(separator: " and "))"
  }

  fileprivate var state: String {
    guard let approved else { return "asked for: \(reason)" }
    return "approved by \(approver) at \(approved.iso): \(reason)"
  }
}
