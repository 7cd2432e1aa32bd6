import Agreements
import Calculation
import Files
import Messages
package import Results
package import ServiceTime
import Workspace

/// Compares two packs, results, readings of the past, or agreements.
package struct DiffJob {
  private let operands: (a: String, b: String)
  private let sides: DiffSides
  private let bench: CauseBench?

  /// - Parameters:
  ///   - workspace: What readings are made from, and where inputs of packs are looked up.
  ///   - job: Agreements, period and as-of of readings.
  package init(
    _ a: String, _ b: String, workspace: String?, knownAt: Instant?, job: CalculateJob,
    rules: RuleLibrary, surroundings: Surroundings
  ) {
    operands = (a, b)
    var job = job
    (job.collectsPromises, job.comparesIssues) = (true, false)
    sides = DiffSides(
      workspace: workspace, knownAt: knownAt, job: job, rules: rules, surroundings: surroundings)
    bench = workspace.map { CauseBench(path: $0, library: rules, surroundings: surroundings) }
  }

  package func run() throws(CommandFailure) -> ResultsDifference {
    let (a, b) = (try DiffOperand(operands.a), try DiffOperand(operands.b))
    if let workspace = sides.workspace { try WorkspaceJob.checkExists(workspace) }
    if case .agreement(let first) = a, case .agreement(let second) = b {
      return try agreements(first, second)
    }
    return try difference(try sides.side(a), try sides.side(b))
  }

  private func agreements(
    _ a: String, _ b: String
  ) throws(CommandFailure) -> ResultsDifference {
    let was = try sides.rules.agreements([a]).first ?? []
    let now = try sides.rules.agreements([b]).first ?? []
    var difference = ResultsDifference(a: .init(name: a), b: .init(name: b))
    difference.rules = AgreementDifferences.between(was, and: now)
    difference.countBy = now.last?.countBy.rawValue ?? difference.countBy
    return difference
  }

  // MARK: results

  private func difference(_ a: DiffSide, _ b: DiffSide) throws(CommandFailure) -> ResultsDifference
  {
    var difference = ResultsDifference(
      a: .init(name: a.name, a.results), b: .init(name: b.name, b.results))
    try checkAlike(a, b)
    var missing = 0
    for old in a.results.agreements {
      guard let new = b.results.agreements.first(where: { $0.name == old.name }) else { continue }
      difference.countBy = new.countBy
      let (first, second) = (old.periods.map(\.label), new.periods.map(\.label))
      difference.onlyInA += first.filter { !second.contains($0) }
      difference.onlyInB += second.filter { !first.contains($0) }
      let customers = Set(a.results.customers(of: old.name) + b.results.customers(of: old.name))
      for customer in customers.sorted() {
        for period in first where second.contains(period) {
          let part = DiffPart(agreement: old.name, customer: customer, period: period)
          let (month, isProven) = try month(part, a, b)
          difference.months.append(month)
          if !month.promises.isEmpty, !isProven { missing += 1 }
        }
      }
      difference.rules += ruleDifferences(old.name, a, b)
    }
    difference.isProven = missing == 0
    difference.notes = notes(difference, a, b, isUnproven: missing > 0)
    return difference
  }

  /// What is compared must be of the same agreement, and packs of the same client.
  private func checkAlike(_ a: DiffSide, _ b: DiffSide) throws(CommandFailure) {
    let (first, second) = (a.results.agreements.map(\.name), b.results.agreements.map(\.name))
    guard first.contains(where: second.contains) else {
      throw CommandFailure(
        .usage,
        """
        \(b.name): error: this is of agreement "\(second.joined(separator: ", "))", but \(a.name) of \
        "\(first.joined(separator: ", "))"; compare what is of one agreement
        """)
    }
    if let old = a.customer, let new = b.customer, old != new {
      throw CommandFailure(
        .usage,
        """
        \(b.name): error: this is the pack of "\(new)", but \(a.name) that of "\(old)"; compare \
        packs of one client
        """)
    }
    let periods = [a, b].map { side in
      Set(side.results.agreements.flatMap { $0.periods.map(\.label) })
    }
    guard periods[0].isDisjoint(with: periods[1]) else { return }
    throw CommandFailure(
      .usage,
      """
      \(b.name): error: this is of \(Self.span(periods[1])), but \(a.name) of \
      \(Self.span(periods[0])); they have no month in common
      """)
  }

  private static func span(_ labels: Set<String>) -> String {
    let sorted = labels.sorted()
    guard let first = sorted.first, let last = sorted.last, first != last else {
      return sorted.first ?? "no period"
    }
    return "\(first) to \(last)"
  }

  /// Compares a month; where it differs and both sides can be replayed, at its own horizon.
  private func month(
    _ part: DiffPart, _ a: DiffSide, _ b: DiffSide
  ) throws(CommandFailure) -> (MonthDifference, isProven: Bool) {
    let differences = IssueCauses.Differences(
      from: IssueCauses.Made(a.results), to: IssueCauses.Made(b.results))
    var (was, now) = (
      a.side(part.agreement, part.customer, part.period),
      b.side(part.agreement, part.customer, part.period)
    )
    let plain = part.difference(was, now) { _, _ in [] }
    guard !plain.isEmpty else { return (plain, true) }
    let possible = IssueCauses(
      differences: differences, changedTickets: try changedTickets(plain, a, b))
    guard let bench, let first = a.basis(part.agreement, part.customer),
      let second = b.basis(part.agreement, part.customer)
    else {
      // Where nothing but rows is another, no replay is needed.
      let isCertain = differences.isNone && !differences.mapping
      return (part.difference(was, now, causes: possible.causes), isCertain)
    }
    let steps = try bench.replays(from: first, to: second, period: part.period)
    let proof = try bench.proof(
      from: first, to: second, period: part.period, customer: part.customer,
      rest: differences.rest)
    was.month = part.month(was.month, steps.first?.results, of: a)
    now.month = part.month(now.month, steps.last?.results, of: b)
    var isProven = true
    let month = part.difference(was, now) { was, now in
      if let causes = proof.causes(was, now) { return causes }
      isProven = false
      return possible.causes(was, now)
    }
    return (month, isProven)
  }

  /// Tickets of which an import between what the two sides knew told something else.
  private func changedTickets(
    _ month: MonthDifference, _ a: DiffSide, _ b: DiffSide
  ) throws(CommandFailure) -> [String: Set<String>]? {
    func hashes(_ side: DiffSide) -> [String] { side.results.inputs.map(\.sha256).sorted() }
    if hashes(a) == hashes(b), a.results.asOf == b.results.asOf { return [:] }
    guard let path = sides.workspace, a.results.asOf == b.results.asOf,
      let since = a.results.knownAt, let until = b.results.knownAt
    else { return nil }
    let tickets = Dictionary(grouping: month.promises, by: \.source)
      .mapValues { Set($0.map(\.ticket)) }
    return try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying {
        try workspace.changed(
          tickets, between: Instant(seconds: since), and: Instant(seconds: until))
      }
    }
  }

  // MARK: words

  private func ruleDifferences(_ agreement: String, _ a: DiffSide, _ b: DiffSide)
    -> [RuleDifference]
  {
    func versions(_ side: DiffSide) -> [Agreement]? {
      side.bases.first { $0.agreement == agreement }?.basis.versions
    }
    guard let was = versions(a), let now = versions(b) else { return [] }
    return AgreementDifferences.between(was, and: now)
  }

  private func notes(
    _ difference: ResultsDifference, _ a: DiffSide, _ b: DiffSide, isUnproven: Bool
  ) -> [String] {
    var notes: [String] = []
    let (first, second) = (difference.a.periods ?? [], difference.b.periods ?? [])
    if first != second {
      let both = Set(difference.months.map(\.period)).sorted().joined(separator: ", ")
      notes.append(
        """
        \(a.name) reports \(first.joined(separator: ", ")) and \(b.name) \
        \(second.joined(separator: ", ")): compared is what both hold, \(both).
        """)
    }
    for side in [a, b] where !side.results.hasPromises {
      notes.append("\(side.name) holds no promises, so that figures alone are compared.")
    }
    if difference.a.tzdata != difference.b.tzdata {
      notes.append(
        "The zone data were \(difference.a.tzdata ?? ""), and are \(difference.b.tzdata ?? "").")
    }
    if difference.a.tool != difference.b.tool {
      notes.append("The program was \(difference.a.tool ?? ""), and is \(difference.b.tool ?? "").")
    }
    if isUnproven {
      let reasons = Set([a.loss, b.loss].compactMap { $0 }).sorted()
      let why =
        reasons.isEmpty
        ? "replaying does not come to what was said" : reasons.joined(separator: "; ")
      notes.append("Causes are not proven (\(why)): all that are possible are named.")
    }
    let untold = difference.months.flatMap(\.figures).contains {
      $0.untoldMet != nil || $0.untoldMissed != nil
    }
    if untold, a.results.hasPromises, b.results.hasPromises {
      notes.append(
        """
        Not every figure has its tickets listed: results of a later month do not tell which of its \
        promises were met and are open again.
        """)
    }
    return notes
  }
}

/// One client's month.
private struct DiffPart {
  let agreement: String
  let customer: String
  let period: String

  func difference(
    _ was: MonthDifference.Side, _ now: MonthDifference.Side,
    causes: (IssuedMonth.Promise?, IssuedMonth.Promise?) -> [ChangeCause]
  ) -> MonthDifference {
    MonthDifference(
      agreement: agreement, customer: customer, period: period, from: was, to: now, causes: causes)
  }

  /// The promises at the month's own horizon: what was said of the period reported, else the replay.
  func month(
    _ said: IssuedMonth, _ replay: CalculationResults?, of side: DiffSide
  ) -> IssuedMonth {
    let isReported = side.results.agreements.contains {
      $0.name == agreement && $0.period == period
    }
    guard !isReported, let replay else { return said }
    return IssuedMonth(replay.limited(to: agreement, customer: customer))
  }
}
