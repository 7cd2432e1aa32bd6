import Files
import Results
package import ServiceTime
import Workspace

/// Writes packs and records that they were issued.
package struct IssueJob {
  private let path: String
  private let job: CalculateJob
  private let knownAt: Instant?
  private let rules: RuleLibrary
  private let surroundings: Surroundings
  private let takesUnfinished: Bool

  /// - Parameter takesUnfinished: Whether a period that is not over may be issued.
  package init(
    _ job: CalculateJob, workspace: String, knownAt: Instant?, takesUnfinished: Bool,
    rules: RuleLibrary, surroundings: Surroundings
  ) {
    path = workspace
    self.job = job
    self.knownAt = knownAt
    self.takesUnfinished = takesUnfinished
    self.rules = rules
    self.surroundings = surroundings
  }

  /// Writes a pack for each agreement and customer below a folder, and records those that say
  /// something else than the last one issued.
  package func run(to output: String) throws(CommandFailure) {
    try WorkspaceJob.checkExists(path)
    let lock = try WorkspaceJob.lock(path)
    defer { withExtendedLifetime(lock) {} }
    var results = try job.run(
      .workspace(path, knownAt: knownAt), rules: rules, surroundings: surroundings)
    try checkOver(results)
    let known = Set((results.issues ?? []).map { [$0.agreement, $0.customer] })
    let packs = try WorkspaceJob.open(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying { try workspace.issuedPacks() }
    }
    for agreement in results.agreements {
      for customer in results.customers(of: agreement.name)
      where !known.contains([agreement.name, customer]) {
        let last = packs.last {
          $0.agreement == agreement.name && $0.client == customer
            && $0.period == agreement.period
        }
        let record = IssueRecord(
          agreement: agreement.name, customer: customer, period: agreement.period,
          number: (last?.number ?? 0) + 1, asOf: results.asOf, replacedAsOf: last?.asOf.seconds)
        results.issues = (results.issues ?? []) + [record]
      }
    }
    let export = ExportJob(kind: .pack, output: output, rules: rules) { _ in }
    try export.run(results) { agreement, customer, folder throws(CommandFailure) in
      guard
        let record = results.issues?.first(where: {
          $0.agreement == agreement && $0.customer == customer
        })
      else { return }
      let isKnown = known.contains([agreement, customer])
      if !isKnown { try keep(record, results, folder) }
      tell(record, isKnown: isKnown, folder)
    }
  }

  private func checkOver(_ results: CalculationResults) throws(CommandFailure) {
    guard !takesUnfinished else { return }
    for agreement in results.agreements {
      guard let period = agreement.periods.first(where: { $0.label == agreement.period }),
        period.isToDate
      else { continue }
      throw CommandFailure(
        .usage,
        """
        --issue: error: \(agreement.period) is not over as of \
        \(Instant(seconds: results.asOf).iso): it ends at \(Instant(seconds: period.end).iso); \
        issue it then, or add --unfinished
        """)
    }
  }

  private func keep(
    _ record: IssueRecord, _ results: CalculationResults, _ folder: String
  ) throws(CommandFailure) {
    let limited = results.limited(to: record.agreement, customer: record.customer)
    try WorkspaceJob.open(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.change(workspace) {
        let manifest = try FileTree.bytes(of: "\(folder)/\(Manifest.name)")
        try workspace.keep(rules: rules.texts.sorted { $0.sha256 < $1.sha256 })
        _ = try workspace.issue(
          client: record.customer, agreement: record.agreement, period: record.period,
          asOf: Instant(seconds: record.asOf),
          knownAt: limited.knownAt.map { Instant(seconds: $0) } ?? surroundings.now,
          manifestSHA256: SHA256Hex.of(manifest),
          manifest: String(decoding: manifest, as: UTF8.self), said: IssuedMonth(limited),
          issued: surroundings.now)
      }
    }
  }

  private func tell(_ record: IssueRecord, isKnown: Bool, _ folder: String) {
    let name = "\(record.agreement), \(record.customer), \(record.period)"
    let asOf = Instant(seconds: record.asOf).iso
    if isKnown {
      surroundings.say(
        """
        \(folder): note: \(name) was issued before as issue \(record.number), as of \(asOf), and \
        says the same; nothing was recorded
        """)
      return
    }
    let replaced = record.replacedAsOf.map {
      ", replaces issue \(record.number - 1), as of \(Instant(seconds: $0).iso)"
    }
    surroundings.say("\(folder): issue \(record.number) of \(name)\(replaced ?? "")")
  }
}
