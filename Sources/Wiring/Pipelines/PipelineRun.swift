import Agreements
import Files
import FoundationEssentials
import Importing
import Logging
import Messages
package import Results
package import ServiceTime
import Tickets

/// One run of a pipeline: the only place that knows the order of the stages.
package struct PipelineRun {
  package struct Options: Sendable {
    /// In place of the pipeline's own.
    package var period: String?
    package var only: [String] = []
    package var from: String?
    package var isDry = false
    /// In place of the folders before `{`.
    package var out: String?
    package var asOf: Instant
    package var reportsMissed = false

    package init(asOf: Instant) {
      self.asOf = asOf
    }
  }

  let pipeline: PipelineFile
  let options: Options
  let rules: RuleLibrary
  let surroundings: Surroundings

  package init(
    _ pipeline: PipelineFile, options: Options, rules: RuleLibrary, surroundings: Surroundings
  ) {
    self.pipeline = pipeline
    self.options = options
    self.rules = rules
    self.surroundings = surroundings
  }

  /// What a run did, for its summary and `run.json`.
  package struct Summary: Codable, Hashable, Sendable {
    package struct Pack: Codable, Hashable, Sendable {
      package var agreement: String
      package var customer: String
      package var folder: String
      package var missedTargets: Int

      package init(agreement: String, customer: String, folder: String, missedTargets: Int) {
        self.agreement = agreement
        self.customer = customer
        self.folder = folder
        self.missedTargets = missedTargets
      }
    }

    package var pipeline: String
    package var period: String
    package var asOf: String
    package var rowsRead = 0
    package var rowsRejected = 0
    package var rejects: [String] = []
    package var inputs: [InputRecord] = []
    package var rules: [RuleRecord] = []
    package var packs: [Pack] = []
    /// The path of `run.json`; `nil` if none was written.
    package var record: String?
  }

  /// Runs the stages in order, or only checks and says what would be done.
  ///
  /// - Throws: ``CommandFailure``; packs that were written before it stay, each whole.
  package func run() throws(CommandFailure) -> Summary {
    let orders = try orders()
    let period = options.period ?? pipeline.period
    var summary = Summary(
      pipeline: pipeline.name, period: period, asOf: options.asOf.iso)
    guard let calculation = try calculation(period: period) else { return summary }
    if options.isDry {
      try explainPlan(orders, calculation: calculation)
      return summary
    }
    let lock = try takeLock()
    defer { withExtendedLifetime(lock) {} }
    if options.only == ["import"] {
      let loader = TicketLoader(
        rules: rules, surroundings: surroundings, recordsInputs: true,
        reportsAsOf: options.asOf)
      let loaded = try loader.load(orders, wanted: nil)
      note(loaded, in: &summary)
      try write(loaded.reports)
      return summary
    }
    let (results, loaded) = try calculation.run(orders, rules: rules, surroundings: surroundings)
    note(loaded, in: &summary)
    try write(loaded.reports)
    summary.rules = results.rules
    guard options.only.isEmpty || options.only.contains("export") else {
      let view = ResultsView(
        results: results, isRaw: false, usesColour: surroundings.usesColour)
      surroundings.output(view.table(tickets: false))
      return summary
    }
    for stage in pipeline.exports { try export(results, stage: stage, summary: &summary) }
    return summary
  }

  private func note(_ loaded: TicketLoader.Loaded, in summary: inout Summary) {
    summary.inputs = loaded.inputs
    summary.rowsRead = loaded.outcomes.reduce(0) { $0 + $1.ledger.read }
    summary.rowsRejected = loaded.outcomes.reduce(0) { $0 + $1.ledger.rejected }
    summary.rejects = loaded.findings.filter { $0.severity == .rejected }.map(\.line)
  }

  private func orders() throws(CommandFailure) -> [ImportOrder] {
    var orders: [ImportOrder] = []
    for stage in pipeline.imports {
      var limit = RejectLimit.standard
      if let text = stage.maxRejects {
        guard let read = RejectLimit(text) else {
          throw CommandFailure(
            .wrongRules,
            """
            \(pipeline.file): error: "max-rejects" is "\(text)", but must be a number of rows or a \
            share such as 2%
            """)
        }
        limit = read
      }
      orders.append(
        ImportOrder(
          files: stage.patterns, mapping: stage.mapping, source: stage.source,
          zone: stage.zone, sheet: stage.sheet, settle: stage.settle, maxRejects: limit))
    }
    return orders
  }

  private func calculation(period: String) throws(CommandFailure) -> CalculateJob? {
    for name in options.only + (options.from.map { [$0] } ?? [])
    where !["import", "calculate", "export"].contains(name) {
      throw CommandFailure(
        .usage,
        "--only, --from: error: there is no stage \"\(name)\"; stages are import, calculate and export"
      )
    }
    guard !pipeline.calculations.isEmpty else {
      throw CommandFailure(
        .wrongRules, "\(pipeline.file): error: the pipeline has no calculate stage; add one")
    }
    var job = CalculateJob(
      agreements: pipeline.calculations.flatMap(\.agreements), period: period,
      asOf: options.asOf)
    job.agreements = try InputFiles.rulePaths(job.agreements)
    job.history = pipeline.calculations.map(\.history).max() ?? 12
    job.by = pipeline.calculations.flatMap(\.by)
    job.collectsPromises = true
    job.makesReports = true
    job.traces = Self.tracesPerPack
    return job
  }

  /// Lists in a report hold at most this many rows, and each listed ticket has its trace.
  static let tracesPerPack = 500

  private func explainPlan(_ orders: [ImportOrder], calculation: CalculateJob)
    throws(CommandFailure)
  {
    let loader = TicketLoader(rules: rules, surroundings: surroundings)
    for order in orders {
      let ready = try loader.prepared(order)
      let files = try loader.files(of: ready)
      surroundings.say(
        """
        would import \(files.map(\.name).joined(separator: ", ")) by mapping \(ready.order.mapping)
        """)
    }
    let agreements = try rules.agreements(calculation.agreements)
    let names = agreements.compactMap { $0.first?.name }.joined(separator: ", ")
    surroundings.say("would calculate \(names) for \(calculation.period)")
    for stage in pipeline.exports {
      surroundings.say(
        "would export \(stage.formats.map(\.rawValue).joined(separator: ", ")) to \(stage.to)")
    }
  }

  private func takeLock() throws(CommandFailure) -> FileLock? {
    guard let stage = pipeline.exports.first else { return nil }
    let folder = root(of: target(stage))
    do throws(FileError) {
      try FileTree.makeFolder(folder)
      return try FileLock(folder + "/.attain")
    } catch {
      throw CommandFailure(error)
    }
  }

  private func export(
    _ results: CalculationResults, stage: PipelineFile.ExportStage, summary: inout Summary
  ) throws(CommandFailure) {
    let writer = PackWriter(results: results, rules: rules)
    for agreement in results.agreements {
      for customer in results.customers(of: agreement.name) {
        let folder = Self.folder(
          target(stage), period: agreement.period, agreement: agreement.name, customer: customer)
        try writer.write(
          agreement: agreement.name, customer: customer, formats: stage.formats, to: folder)
        summary.packs.append(
          Summary.Pack(
            agreement: agreement.name, customer: customer, folder: folder,
            missedTargets: results.missedTargets(agreement: agreement, customer: customer)))
        surroundings.log.info("\(folder): written")
      }
    }
    let folder = root(of: target(stage))
    try writeRecord(summary, in: folder)
    summary.record = folder + "/run.json"
  }

  private func target(_ stage: PipelineFile.ExportStage) -> String {
    guard let out = options.out else { return stage.to }
    let root = root(of: stage.to)
    return out + stage.to.dropFirst(root.count)
  }

  /// The folders of a path before the first that depends on the pack.
  private func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = parts.prefix { !$0.contains("{") }.joined(separator: "/")
    return fixed.isEmpty ? "." : fixed
  }

  /// Fills in a path; each name is made safe, so that none leaves the folder.
  static func folder(_ pattern: String, period: String, agreement: String, customer: String)
    -> String
  {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
      guard part.contains("{") else { return String(part) }
      let filled =
        part
        .replacing("{period}", with: period).replacing("{agreement}", with: agreement)
        .replacing("{customer}", with: customer)
      return PathName.safe(String(filled))
    }.joined(separator: "/")
  }

  private func writeRecord(_ summary: Summary, in folder: String) throws(CommandFailure) {
    try writePrivate(summary, to: folder + "/run.json")
  }

  /// What came in, beside the run's own record.
  private struct ImportReports: Encodable {
    let format = ImportReport.format
    let imports: [ImportReport]
  }

  private func write(_ reports: [ImportReport]) throws(CommandFailure) {
    guard let stage = pipeline.exports.first, !reports.isEmpty else { return }
    let path = root(of: target(stage)) + "/import-report.json"
    try writePrivate(ImportReports(imports: reports), to: path)
  }

  private func writePrivate(_ value: some Encodable, to path: String) throws(CommandFailure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      let bytes = Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
      try AtomicFile.write(bytes, to: path, isPrivate: true)
    } catch {
      throw PackWriter.failure(error, at: path)
    }
  }
}

extension CalculationResults {
  /// How many targets of one customer were missed in the reported period.
  package func missedTargets(agreement: AgreementSummary, customer: String? = nil) -> Int {
    let period = agreement.periods.first { $0.label == agreement.period }
    guard period?.completeness == .complete else { return 0 }
    return figures.count { row in
      row.agreement == agreement.name && row.period == agreement.period
        && (customer.map { row.customer == $0 } ?? true) && row.isMissed
    }
  }
}

extension FigureRow {
  /// Whether the objective was missed: 100 x met < objective x decided.
  package var isMissed: Bool {
    guard let objective, counts.decided > 0 else { return false }
    return Int64(counts.met) * 100_000_000 < objective * Int64(counts.decided)
  }
}
