import Results
import ServiceTime
import Workspace

/// Which causes can be behind a promise that differs, as far as that is known without judging it
/// again: for where ``CauseProof`` has nothing to replay.
///
/// See docs/DECISIONS.md, "Causes of a change".
struct IssueCauses {
  /// What was not the same on both sides.
  struct Differences {
    var agreement = false
    var calendar = false
    var mapping = false
    var exclusions = false
    var tzdata = false
    var tool = false

    init() {}

    init(from old: Made, to new: Made) {
      func differ(_ kinds: Set<String>) -> Bool {
        func hashes(_ rules: [RuleRecord]) -> Set<String> {
          Set(rules.filter { kinds.contains($0.kind) }.map(\.sha256))
        }
        return hashes(old.rules) != hashes(new.rules)
      }
      agreement = differ(["agreement"])
      calendar = differ(["calendar", "holidays"])
      mapping = differ(["mapping"])
      exclusions = differ(["exclusions"]) || new.approves(after: old) || old.approves(after: new)
      tzdata = old.tzdata != new.tzdata
      tool = old.tool != new.tool
    }

    /// Whether the rows are all that can have changed.
    var isNone: Bool { !agreement && !calendar && !exclusions && !tzdata && !tool }

    /// What no replay can exchange.
    var rest: [ChangeCause] { (tzdata ? [.tzdata] : []) + (tool ? [.tool] : []) }
  }

  let differences: Differences
  /// Tickets of which another import told something else since, by source; `nil` if it is not
  /// known, and any of them can be one.
  let changedTickets: [String: Set<String>]?

  /// The causes that are possible, in their order; one alone is the cause.
  func causes(_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> [ChangeCause] {
    guard let key = (was ?? now)?.key else { return [] }
    // Where nothing else differs it is the rows, be it those of another ticket.
    if differences.isNone { return differences.mapping ? [.data, .mapping] : [.data] }
    var causes: Set<ChangeCause> = []
    if changedTickets?[key.source]?.contains(key.ticket) ?? (changedTickets == nil) {
      causes.insert(.data)
    }
    if differences.mapping { causes.insert(.mapping) }
    if differences.agreement { causes.formUnion(agreementCauses(was, now)) }
    if differences.exclusions, was?.pausedSeconds != now?.pausedSeconds || isTaken(was, now) {
      causes.insert(.exclusion)
    }
    if differences.calendar { causes.insert(.calendar) }
    causes.formUnion(differences.rest)
    // An exclusion that leaves the promise alone is not why it differs.
    if causes.isEmpty { causes.insert(.data) }
    return ChangeCause.allCases.filter(causes.contains)
  }

  /// What in the agreement's file it can be.
  private func agreementCauses(
    _ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?
  ) -> [ChangeCause] {
    // Calendars may be written in the agreement too.
    let any: [ChangeCause] = [.pause, .exclusion, .target, .calendar]
    guard let was, let now, was.tier == now.tier else { return any }
    let (pause, target) = (
      was.pausedSeconds != now.pausedSeconds, was.withinSeconds != now.withinSeconds
    )
    if target, !pause { return [.target] }
    return pause && !target ? [.pause] : any
  }
}

extension IssueCauses {
  /// What results were made from, besides rows.
  struct Made {
    var rules: [RuleRecord]
    var tzdata: String
    var tool: String
    /// What was approved later was not known.
    private var known: Instant
    /// When the exclusions that it applies were approved; empty of a manifest, which tells none.
    private var approvals: [Instant] = []

    init(_ results: CalculationResults) {
      (rules, tzdata, tool) = (results.rules, results.tzdata, results.tool)
      known = Instant(seconds: min(results.asOf, results.knownAt ?? results.asOf))
      approvals =
        results.exclusions?.entries.compactMap(\.approved).map { Instant(seconds: $0) } ?? []
    }

    init(_ manifest: Manifest) {
      (rules, tzdata, tool) = (manifest.rules, manifest.tzdata, manifest.tool)
      let asOf = Instant(iso: manifest.asOf) ?? .earliest
      known = min(asOf, manifest.knownAt.flatMap { Instant(iso: $0) } ?? asOf)
    }

    /// Whether an exclusion that it applies was approved after the other was made.
    func approves(after other: Made) -> Bool { approvals.contains { $0 > other.known } }

    /// Hashes of the mappings.
    var mappings: Set<String> { Set(rules.filter { $0.kind == "mapping" }.map(\.sha256)) }
  }
}
