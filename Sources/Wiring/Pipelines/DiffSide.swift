import Agreements
import Files
import Results
import ServiceTime
import Workspace

/// One of two results that are compared, and what it takes to work them out once more.
struct DiffSide {
  let name: String
  let results: CalculationResults
  /// By agreement; each stands for some customers, or for all.
  var bases: [(agreement: String, customers: Set<String>?, basis: ReplayBasis)] = []
  /// What packs said that is not what they come to today, by agreement, customer and period.
  var said: [[String]: IssuedMonth] = [:]
  /// Why it cannot be worked out once more; `nil` if it can.
  var loss: String?
  /// Of a pack.
  var customer: String?

  func basis(_ agreement: String, _ customer: String) -> ReplayBasis? {
    bases.first { $0.agreement == agreement && $0.customers?.contains(customer) ?? true }?.basis
  }

  func side(_ agreement: String, _ customer: String, _ period: String) -> MonthDifference.Side {
    let limited = results.limited(to: agreement, customer: customer)
    guard let said = said[[agreement, customer, period]] else {
      return MonthDifference.Side(limited, period: period)
    }
    var side = MonthDifference.Side(limited, period: period, month: said)
    side.rows = said.figures.map { figure in
      var row = FigureRow(
        agreement: agreement, customer: customer, clock: figure.clock, tier: figure.tier, by: [],
        period: period, objective: figure.objective)
      row.counts = figure.counts
      return row
    }
    return side
  }
}

/// Reads what the command line compares.
struct DiffSides {
  let workspace: String?
  let knownAt: Instant?
  /// Period, agreements and as-of of readings.
  let job: CalculateJob
  let rules: RuleLibrary
  let surroundings: Surroundings

  func side(_ operand: DiffOperand) throws(CommandFailure) -> DiffSide {
    switch operand {
    case .pack(let folder): try pack(folder)
    case .results(let file): try read(file)
    case .reported(let number): try reported(number, as: operand.name)
    case .reading(let reading, let knownAt):
      try read(as: reading, knownAt: knownAt ?? self.knownAt, named: operand.name)
    case .agreement(let file):
      throw CommandFailure(
        .usage,
        "\(file): error: an agreement is compared with an agreement, and figures with figures")
    }
  }

  // MARK: packs and files

  private func pack(_ folder: String) throws(CommandFailure) -> DiffSide {
    do {
      _ = try VerifyJob.verify(folder)
    } catch {
      guard error.status == .badData, Manifest.format(in: folder) == Manifest.currentFormat else {
        throw error
      }
      let line = "\(folder): error: the pack fails attain verify, so what it says is not compared"
      throw CommandFailure(.badData, error.lines + [line])
    }
    let path = "\(folder)/results.json"
    guard FileTree.exists(path) else {
      throw CommandFailure(
        .badData,
        """
        \(path): error: the pack was made without json, so its figures cannot be read; add json to \
        the formats of its pipeline, or compare readings of its workspace
        """)
    }
    var side = try read(path, named: folder)
    side.customer = Manifest.read(in: folder)?.customer
    return side
  }

  private func read(_ file: String, named name: String? = nil) throws(CommandFailure) -> DiffSide {
    let results = try ResultsFile.read(try rules.bytes(of: file), file: file)
    var side = DiffSide(name: name ?? file, results: results)
    guard let workspace else {
      side.loss = "no workspace was given with -w"
      return side
    }
    guard let known = results.knownAt else {
      side.loss = "\(side.name) was not made from a workspace"
      return side
    }
    for agreement in results.agreements.map(\.name) {
      do {
        let kept = try keptRules(of: results, agreement, in: workspace)
        let basis = ReplayBasis(
          asOf: Instant(seconds: results.asOf), knownAt: Instant(seconds: known), rules: kept,
          mappings: IssueCauses.Made(results).mappings)
        side.bases.append((agreement, nil, basis))
      } catch {
        side.loss = "of \(side.name), \(error)"
      }
    }
    return side
  }

  /// From the workspace, or from files of `-a` that are still the same.
  private func keptRules(
    of results: CalculationResults, _ agreement: String, in path: String
  ) throws -> RulesInForce {
    // Each on its own: they may be two versions of the same days.
    for file in job.agreements { _ = try? rules.agreements([file]) }
    let texts = rules.texts
    let kept = try WorkspaceJob.reading(path) {
      workspace throws(CommandFailure) -> Result<RulesInForce, any Error> in
      Result {
        try rules.rules(from: results.rules, of: agreement) { sha256 in
          try workspace.ruleText(sha256: sha256) ?? texts.first { $0.sha256 == sha256 }?.text
        }
      }
    }
    return try kept.get()
  }

  // MARK: readings of the past

  private func origin(_ knownAt: Instant?) throws(CommandFailure) -> TicketOrigin {
    guard let workspace else {
      throw CommandFailure(
        .usage,
        "--workspace: error: readings of the past are made from a workspace; give one with -w FILE")
    }
    guard !job.agreements.isEmpty else {
      throw CommandFailure(
        .usage, "--agreement: error: a reading needs an agreement; give one with -a FILE")
    }
    try WorkspaceJob.checkExists(workspace)
    return .workspace(workspace, knownAt: knownAt)
  }

  private func read(
    as reading: Reading, knownAt: Instant?, named name: String
  ) throws(CommandFailure) -> DiffSide {
    var job = job
    job.reading = reading
    let results = try job.run(
      try origin(knownAt), rules: rules, surroundings: surroundings.silent)
    var side = DiffSide(name: name, results: results)
    let made = IssueCauses.Made(results)
    for versions in try job.agreementsInForce(rules) {
      guard let agreement = versions.last?.name else { continue }
      let records = results.rules.filter {
        $0.kind != "mapping" && ($0.agreement ?? agreement) == agreement
      }
      let basis = ReplayBasis(
        asOf: job.asOf, knownAt: results.knownAt.map { Instant(seconds: $0) },
        rules: RulesInForce(agreements: [versions], records: records), mappings: made.mappings)
      side.bases.append((agreement, nil, basis))
    }
    return side
  }

  private func reported(_ number: Int?, as name: String) throws(CommandFailure) -> DiffSide {
    let origin = try origin(knownAt)
    let reported = try AsReported(
      job, origin, rules: rules, surroundings: surroundings.silent, number: number)
    var results = try reported.results()
    let issues = try reported.issues()
    let (said, manifest) = try reported.said(issues, unlike: results)
    if let manifest { (results.tool, results.tzdata) = (manifest.tool, manifest.tzdata) }
    var side = DiffSide(name: name, results: results)
    side.said = said
    for issue in issues {
      for agreement in issue.basis.rules.agreements.compactMap(\.last?.name) {
        let own = Set(issue.packs.filter { $0.agreement == agreement }.map(\.client))
        side.bases.append((agreement, own, issue.basis))
      }
    }
    return side
  }
}
