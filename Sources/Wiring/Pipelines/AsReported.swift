import Agreements
import Results
import ServiceTime
import Workspace

/// Works out a period once more as it was when its packs were issued: with their rules, the rows
/// known then and their as-of instants.
struct AsReported {
  private let job: CalculateJob
  private let path: String
  private let knownAt: Instant?
  private let rules: RuleLibrary
  private let surroundings: Surroundings
  /// The issue in place of the last.
  private let number: Int?

  /// Packs that were made of one and the same.
  struct Issue {
    var packs: [IssuedPack]
    var basis: ReplayBasis

    var customers: Set<String> { Set(packs.map(\.client)) }
  }

  init(
    _ job: CalculateJob, _ origin: TicketOrigin, rules: RuleLibrary, surroundings: Surroundings,
    number: Int? = nil
  ) throws(CommandFailure) {
    guard case .workspace(let path, let knownAt) = origin else {
      throw CommandFailure(
        .usage,
        "--reading: error: only a workspace remembers what was issued; give one with -w")
    }
    (self.job, self.path, self.knownAt) = (job, path, knownAt)
    (self.rules, self.surroundings, self.number) = (rules, surroundings, number)
  }

  /// The results of all clients to whom the period was issued.
  ///
  /// - Throws: ``CommandFailure`` if it was not issued, or what it was made from was not kept.
  func results() throws(CommandFailure) -> CalculationResults {
    var parts: [(customers: Set<String>, results: CalculationResults)] = []
    for issue in try issues() {
      let results = try job(issue).run(
        .workspace(path, knownAt: issue.basis.knownAt), rules: rules, surroundings: surroundings)
      try compare(issue, results)
      parts.append((issue.customers, results))
    }
    var all = CalculationResults.joined(parts)
    all.reading = .asReported
    all.credits = nil
    return all
  }

  /// The job that makes an issue again.
  func job(_ issue: Issue) -> CalculateJob {
    var job = job
    job.reading = .asWas
    job.asOf = issue.basis.asOf
    job.rulesInForce = issue.basis.rules
    return job
  }

  /// The last issue of each client's pack of the period by the as-of instant asked for, put
  /// together where they were made of the same.
  func issues() throws(CommandFailure) -> [Issue] {
    let agreements = try rules.agreements(job.agreements)
    var issues: [Issue] = []
    for versions in agreements {
      guard let newest = versions.last else { continue }
      let label = try label(zone: newest.zone)
      let packs = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
        try WorkspaceJob.trying { try workspace.issuedPacks() }
      }.filter {
        $0.agreement == newest.name && $0.period == label && $0.asOf <= job.asOf
          && $0.knownAt <= knownAt ?? $0.knownAt && (number ?? $0.number) == $0.number
      }
      let last = Dictionary(packs.map { ($0.client, $0) }, uniquingKeysWith: { _, later in later })
      guard !last.isEmpty else { throw notIssued(newest.name, label) }
      for pack in last.values.sorted(by: { $0.client < $1.client }) {
        try add(pack, to: &issues)
      }
    }
    return issues
  }

  private func label(zone: ZoneRules) throws(CommandFailure) -> String {
    do throws(PeriodError) {
      switch try Period.parse(job.period, asOf: job.asOf, zone: zone) {
      case .all: return "all"
      case .period(let period): return period.label
      }
    } catch {
      throw CommandFailure(.usage, "--period: error: \(error)")
    }
  }

  private func notIssued(_ agreement: String, _ label: String) -> CommandFailure {
    let what = number.map { "issue \($0)" } ?? "no pack"
    return CommandFailure(
      .inputMissing,
      """
      \(path): error: \(what) of \(agreement), \(label) was \(number == nil ? "" : "not ")issued \
      by \(job.asOf.iso); give -p with a period that was, or issue it with attain export pack --issue
      """)
  }

  private func add(_ pack: IssuedPack, to issues: inout [Issue]) throws(CommandFailure) {
    let basis = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying { () throws -> ReplayBasis in
        do {
          guard let text = try workspace.manifest(of: pack), let manifest = Manifest.read(text)
          else { throw LostRules(description: "its manifest was not kept") }
          return ReplayBasis(
            asOf: pack.asOf, knownAt: pack.knownAt,
            rules: try rules.rules(from: manifest.rules, of: pack.agreement) {
              try workspace.ruleText(sha256: $0)
            }, mappings: IssueCauses.Made(manifest).mappings)
        } catch let error as LostRules {
          throw CommandFailure(
            .badData,
            """
            \(path): error: issue \(pack.number) of \(pack.agreement), \(pack.client), \
            \(pack.period) cannot be made again: \(error)
            """)
        }
      }
    }
    let same = issues.firstIndex {
      $0.basis.asOf == basis.asOf && $0.basis.knownAt == basis.knownAt
        && $0.basis.rules.hashes == basis.rules.hashes
    }
    if let same {
      issues[same].packs.append(pack)
    } else {
      issues.append(Issue(packs: [pack], basis: basis))
    }
  }

  /// Says where another program or other zone data come to something else than was issued.
  private func compare(
    _ issue: Issue, _ results: CalculationResults
  ) throws(CommandFailure) {
    guard results.hasPromises else { return }
    for pack in issue.packs where try said(pack, unlike: results) != nil {
      surroundings.say(
        """
        \(path): warning: issue \(pack.number) of \(pack.agreement), \(pack.client), \
        \(pack.period) said something else than its rules and rows come to today; attain diff \
        shows what
        """)
    }
  }

  /// What a pack said, if that is something else than the results do.
  private func said(
    _ pack: IssuedPack, unlike results: CalculationResults
  ) throws(CommandFailure) -> IssuedMonth? {
    let said = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying { try workspace.said(by: pack) }
    }
    let limited = results.limited(to: pack.agreement, customer: pack.client)
    return said == IssuedMonth(limited) ? nil : said
  }

  /// What packs said that is something else than the results do, by agreement, customer and period,
  /// and the manifest of one of them.
  func said(
    _ issues: [Issue], unlike results: CalculationResults
  ) throws(CommandFailure) -> (months: [[String]: IssuedMonth], manifest: Manifest?) {
    var months: [[String]: IssuedMonth] = [:]
    for pack in issues.flatMap(\.packs) {
      months[[pack.agreement, pack.client, pack.period]] = try said(pack, unlike: results)
    }
    let manifest = try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying {
        try issues.first?.packs.first.flatMap { try workspace.manifest(of: $0) }
      }
    }
    return (months, manifest.flatMap { Manifest.read($0) })
  }
}

extension CalculationResults {
  /// The results of several runs, each with the customers that it stands for.
  ///
  /// The as-of instant and what was known are those of the latest.
  fileprivate static func joined(
    _ parts: [(customers: Set<String>, results: CalculationResults)]
  ) -> CalculationResults {
    guard var all = parts.max(by: { $0.results.asOf < $1.results.asOf })?.results else {
      return CalculationResults(
        tool: Tool.name, asOf: 0, tzdata: "", inputs: [], rules: [], agreements: [])
    }
    func collect<Row>(
      _ rows: KeyPath<CalculationResults, [Row]>,
      _ name: (Row) -> (agreement: String, customer: String)
    ) -> [Row] {
      let own = parts.flatMap { part in
        part.results[keyPath: rows].filter { part.customers.contains(name($0).customer) }
      }
      return own.enumerated().sorted { left, right in
        let (a, b) = (name(left.element), name(right.element))
        return (a.agreement, a.customer, left.offset) < (b.agreement, b.customer, right.offset)
      }.map(\.element)
    }
    let ofRun = all.ledgers.filter(\.customer.isEmpty)
    all.figures = collect(\.figures) { ($0.agreement, $0.customer) }
    all.reported = collect(\.reported) { ($0.agreement, $0.customer) }
    all.ledgers = ofRun + collect(\.ledgers) { ($0.agreement, $0.customer) }
    all.promises = collect(\.promises) { ($0.agreement, $0.customer) }
    let traces = parts.flatMap(\.results.traces)
    let promised = Set(all.promises.map { PromiseKey($0) })
    all.traces = traces.filter { promised.contains(PromiseKey($0)) }
    var (agreements, rules): ([AgreementSummary], [RuleRecord]) = ([], [])
    for part in parts.map(\.results) {
      for summary in part.agreements where !agreements.contains(where: { $0.name == summary.name })
      {
        agreements.append(summary)
      }
      for rule in part.rules where !rules.contains(rule) { rules.append(rule) }
    }
    all.agreements = agreements.sorted { $0.name < $1.name }
    all.rules = RuleLibrary.sorted(rules)
    let issues = parts.flatMap { part in
      (part.results.issues ?? []).filter { part.customers.contains($0.customer) }
    }
    let changes = parts.flatMap { part in
      (part.results.changes ?? []).filter { part.customers.contains($0.customer) }
    }
    all.issues = issues.isEmpty ? nil : issues
    all.changes = changes.isEmpty ? nil : changes
    return all
  }
}
