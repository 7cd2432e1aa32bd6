import Results
import ServiceTime
import Workspace

/// Which causes can be behind a promise that differs from the pack issued, as far as that is known
/// without judging it again.
///
/// See docs/DECISIONS.md, "Causes of a change".
struct IssueCauses {
  /// Whether rule files, zone data or the program are others than those of the pack.
  struct Differences {
    var agreement = false
    var calendar = false
    var mapping = false
    var exclusions = false
    var tool = false

    init() {}

    /// - Parameters:
    ///   - old: What the pack was made from; `nil` if that is not known any more.
    ///   - new: The results of the same agreement and customer.
    init(from old: Manifest?, to new: CalculationResults) {
      guard let old else { return }
      func differ(_ kinds: Set<String>) -> Bool {
        func hashes(_ rules: [RuleRecord]) -> Set<String> {
          Set(rules.filter { kinds.contains($0.kind) }.map(\.sha256))
        }
        return hashes(old.rules) != hashes(new.rules)
      }
      agreement = differ(["agreement"])
      calendar = differ(["calendar", "holidays"]) || old.tzdata != new.tzdata
      mapping = differ(["mapping"])
      exclusions = differ(["exclusions"]) || new.approvesSince(old)
      tool = old.tool != new.tool
    }

    /// Whether the rows are all that can have changed.
    var isNone: Bool { !agreement && !calendar && !exclusions && !tool }
  }

  let differences: Differences
  /// Tickets of which another import told something else since, by source.
  let changedTickets: [String: Set<String>]

  /// The causes that are possible, in their order; one alone is the cause.
  func causes(_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> [ChangeCause] {
    guard let key = (was ?? now)?.key else { return [] }
    // Where nothing else differs it is the rows, be it those of another ticket.
    if differences.isNone { return [.data] }
    var causes: Set<ChangeCause> = []
    if changedTickets[key.source]?.contains(key.ticket) == true || differences.mapping {
      causes.insert(.data)
    }
    if differences.agreement { causes.formUnion(agreementCauses(was, now)) }
    if differences.exclusions, was?.pausedSeconds != now?.pausedSeconds || isTaken(was, now) {
      causes.insert(.exclusion)
    }
    if differences.calendar { causes.insert(.calendar) }
    if differences.tool { causes.insert(.tool) }
    // An exclusion that leaves the promise alone is not why it differs.
    if causes.isEmpty { causes.insert(.data) }
    return ChangeCause.allCases.filter(causes.contains)
  }

  /// What in the agreement's file it can be.
  private func agreementCauses(
    _ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?
  ) -> [ChangeCause] {
    guard let was, let now, was.tier == now.tier else { return [.pause, .exclusion, .target] }
    let (pause, target) = (
      was.pausedSeconds != now.pausedSeconds, was.withinSeconds != now.withinSeconds
    )
    if target, !pause { return [.target] }
    return pause && !target ? [.pause] : [.pause, .exclusion, .target]
  }
}
