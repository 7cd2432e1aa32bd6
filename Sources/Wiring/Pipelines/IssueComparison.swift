import Agreements
import Results
import ServiceTime
import Workspace

/// Holds results against the packs that were issued, month by month.
///
/// A month that looks other than it was issued is worked out once more at its own horizon: only then
/// can its promises be compared one by one.
struct IssueComparison {
  let path: String
  let knownAt: Instant?
  let job: CalculateJob
  let rules: RuleLibrary
  let surroundings: Surroundings
  /// Where causes are proven.
  let bench: CauseBench

  init(
    path: String, knownAt: Instant?, job: CalculateJob, rules: RuleLibrary,
    surroundings: Surroundings
  ) {
    (self.path, self.knownAt, self.job, self.rules) = (path, knownAt, job, rules)
    self.surroundings = surroundings
    bench = CauseBench(path: path, library: rules, surroundings: surroundings)
  }

  /// One client's pack of one period.
  private struct Part {
    let agreement: AgreementSummary
    let customer: String
    let issues: [IssuedPack]
    var limited: CalculationResults
  }

  /// Adds which issue each reported period is, and what differs from what was issued.
  func add(to results: inout CalculationResults) throws(CommandFailure) {
    let packs = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      // What was issued from more than is known here had not been issued yet.
      try WorkspaceJob.trying { try workspace.issuedPacks() }
        .filter { $0.knownAt.seconds <= results.knownAt ?? .max }
    }
    var replays: [String: CalculationResults] = [:]
    var (issues, changes): ([IssueRecord], [IssueChanges]) = ([], [])
    for agreement in results.agreements {
      let own = packs.filter { $0.agreement == agreement.name }
      guard !own.isEmpty else { continue }
      for customer in results.customers(of: agreement.name) {
        var part = Part(
          agreement: agreement, customer: customer, issues: own.filter { $0.client == customer },
          limited: results.limited(to: agreement.name, customer: customer))
        guard !part.issues.isEmpty else { continue }
        let before = try packsBefore(&part)
        let found = try compare(part, before, &replays)
        if let credits = part.limited.credits?.first { results.replace(credits) }
        issues += found.issue.map { [$0] } ?? []
        changes += found.changes
      }
    }
    results.issues = issues.isEmpty ? nil : issues
    results.changes = changes.isEmpty ? nil : changes
  }

  /// How many of the packs were issued before this one, which may be one of them that is made again;
  /// what they granted of credits is in its results then.
  private func packsBefore(_ part: inout Part) throws(CommandFailure) -> Int {
    for index in part.issues.indices.reversed()
    where part.issues[index].period == part.agreement.period {
      try settle(&part, after: part.issues.prefix(index))
      if try said(by: part.issues[index]) == IssuedMonth(part.limited) { return index }
    }
    try settle(&part, after: part.issues[...])
    return part.issues.count
  }

  private func settle(
    _ part: inout Part, after packs: ArraySlice<IssuedPack>
  ) throws(CommandFailure) {
    guard part.limited.credits?.isEmpty == false else { return }
    let issued = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying { try workspace.credits(of: Array(packs)) }
    }
    part.limited.credits?[0].settle(issued, reported: part.agreement.period)
  }

  /// What differs from the packs of one client; of the reported period, which issue it is.
  private func compare(
    _ part: Part, _ before: Int, _ replays: inout [String: CalculationResults]
  ) throws(CommandFailure) -> (issue: IssueRecord?, changes: [IssueChanges]) {
    var issue: IssueRecord?
    var changes: [IssueChanges] = []
    for period in part.agreement.periods {
      var issued = part.issues.filter { $0.period == period.label }
      var limited: CalculationResults? = part.limited
      if period.label == part.agreement.period {
        if before < part.issues.count {
          let same = part.issues[before]
          issued.removeAll { $0.number >= same.number }
          issue = IssueRecord(same, replaces: issued.last)
        }
      } else if let last = issued.last, let said = try said(by: last) {
        limited = try replay(period.label, part, ifOtherThan: said, &replays)
      }
      guard let last = issued.last, let limited, let said = try said(by: last) else { continue }
      changes.append(try difference(said, IssuedMonth(limited), last, limited))
    }
    return (issue, changes.filter { !$0.isEmpty })
  }

  private func said(by pack: IssuedPack) throws(CommandFailure) -> IssuedMonth? {
    try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying { try workspace.said(by: pack) }
    }
  }

  /// The results of a month of the history at its own horizon; `nil` if it is as it was issued.
  private func replay(
    _ period: String, _ part: Part, ifOtherThan said: IssuedMonth,
    _ replays: inout [String: CalculationResults]
  ) throws(CommandFailure) -> CalculationResults? {
    let figures = IssuedMonth.figures(part.limited.figures, period: period)
    if figures == said.figures, !said.isContradicted(by: part.limited.promises, period: period) {
      return nil
    }
    if replays[period] == nil {
      var job = job
      job.period = period
      job.history = 1
      job.by = []
      job.traces = 0
      job.collectsPromises = true
      job.comparesIssues = false
      replays[period] = try job.run(
        .workspace(path, knownAt: knownAt), rules: rules,
        surroundings: surroundings.silent)
    }
    return replays[period]?.limited(to: part.agreement.name, customer: part.customer)
  }

  private func difference(
    _ said: IssuedMonth, _ now: IssuedMonth, _ pack: IssuedPack, _ limited: CalculationResults
  ) throws(CommandFailure) -> IssueChanges {
    let record = IssueRecord(pack, replaces: nil)
    let plain = IssueChanges.between(said, and: now, of: record) { _, _ in [] }
    let tickets = Dictionary(grouping: plain.promises, by: \.source)
      .mapValues { Set($0.map(\.ticket)) }
    let known = limited.knownAt.map { Instant(seconds: $0) } ?? surroundings.now
    let (changed, manifest) = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying {
        (
          try workspace.changed(tickets, between: pack.knownAt, and: known),
          try workspace.manifest(of: pack)
        )
      }
    }
    let old = manifest.flatMap { Manifest.read($0) }
    let differences = old.map {
      IssueCauses.Differences(from: IssueCauses.Made($0), to: IssueCauses.Made(limited))
    }
    let possible = IssueCauses(
      differences: differences ?? .init(), changedTickets: changed)
    var proof: CauseProof?
    if let old, !plain.promises.isEmpty {
      proof = self.proof(pack, old, limited, possible.differences)
    }
    return IssueChanges.between(said, and: now, of: record) { was, now in
      proof?.causes(was, now) ?? possible.causes(was, now)
    }
  }

  /// What proves causes by replaying; `nil` if what the pack was made from is not there any more,
  /// or nothing but rows is another.
  private func proof(
    _ pack: IssuedPack, _ old: Manifest, _ limited: CalculationResults,
    _ differences: IssueCauses.Differences
  ) -> CauseProof? {
    guard !differences.isNone || differences.mapping else { return nil }
    let new = IssueCauses.Made(limited)
    do {
      let kept = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
        try WorkspaceJob.trying {
          try rules.rules(from: old.rules, of: pack.agreement) {
            try workspace.ruleText(sha256: $0)
          }
        }
      }
      let versions = try job.agreementsInForce(rules).filter { $0.first?.name == pack.agreement }
      return try bench.proof(
        from: ReplayBasis(
          asOf: pack.asOf, knownAt: pack.knownAt, rules: kept,
          mappings: IssueCauses.Made(old).mappings),
        to: ReplayBasis(
          asOf: Instant(seconds: limited.asOf),
          knownAt: limited.knownAt.map(Instant.init(seconds:)),
          rules: RulesInForce(
            agreements: versions, records: new.rules.filter { $0.kind != "mapping" }),
          mappings: new.mappings),
        period: pack.period, customer: pack.client, rest: differences.rest)
    } catch {
      return nil
    }
  }
}

extension CalculationResults {
  fileprivate mutating func replace(_ record: CreditRecord) {
    let place = credits?.firstIndex {
      $0.agreement == record.agreement && $0.customer == record.customer
    }
    if let place { credits?[place] = record }
  }
}

extension IssueRecord {
  init(_ pack: IssuedPack, replaces earlier: IssuedPack?) {
    self.init(
      agreement: pack.agreement, customer: pack.client, period: pack.period, number: pack.number,
      asOf: pack.asOf.seconds, replacedAsOf: earlier?.asOf.seconds)
  }
}

extension IssuedMonth {
  /// Whether promises seen from a later month tell that other promises are counted in this one.
  ///
  /// A promise that runs again tells nothing, as it may have been met before it was reopened.
  func isContradicted(by rows: [PromiseRow], period: String) -> Bool {
    var now: [PromiseKey: PromiseRow] = [:]
    for row in rows { now[PromiseKey(row)] = row }
    let was = Dictionary(
      promises.filter(\.isCounted).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    for (key, promise) in was {
      guard let row = now[key] else { return true }
      if row.verdict == .running || row.reversedFrom == period { continue }
      if row.period != period || row.tier != promise.tier { return true }
      if row.isMissed != promise.isMissed { return true }
    }
    return now.values.contains { row in
      row.period == period && was[PromiseKey(row)] == nil
    }
  }
}

extension PromiseRow {
  fileprivate var isMissed: Bool { verdict == .breached || verdict == .overdue }
}
