import Agreements
import Files
import Logging
import Messages
import Results
package import ServiceTime

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
    /// In place of the pipeline's own.
    package var workspace: String?
    package var asOf: Instant
    /// What a workspace learned later is not seen.
    package var knownAt: Instant?
    /// Whether a missed target shows in the exit status.
    package var failsOnMissed = false
    /// Whether packs are written that are as they should be.
    package var rewrites = false
    /// Whether a limit of the pipeline that is passed is told and no more.
    package var acceptsLimits = false
    /// Whether rejected rows are kept as they stand.
    package var keepsRaw = false

    package init(asOf: Instant) {
      self.asOf = asOf
    }
  }

  /// What a run came to.
  package struct Outcome {
    package let record: RunRecord
    package let status: ExitStatus
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

  /// Runs the stages in order, or only checks and says what would be done.
  ///
  /// - Returns: Nothing if nothing was done.
  /// - Throws: ``CommandFailure``; packs that were written before it stay, each whole.
  package func run() throws(CommandFailure) -> Outcome? {
    try checkStages()
    try checkWorkspace()
    for stage in pipeline.exports where stage.formats.contains(.pdf) {
      try PagePrinter.ready(for: stage.to)
    }
    if options.isDry {
      try explainPlan()
      return nil
    }
    let roots = Set(pipeline.exports.map { root(of: target($0)) }).sorted()
    let locks = try takeLocks(roots)
    defer { withExtendedLifetime(locks) {} }
    TemporaryFolder.clearLeftovers()
    for stage in pipeline.exports { clearLeftovers(of: stage) }
    let folder = pipeline.exports.first.map { root(of: target($0)) }
    let book = try RunBook(newRecord(), in: folder, now: surroundings.now)
    do throws(CommandFailure) {
      let results = try runStages(book)
      let isMissed = options.failsOnMissed && book.record.missedTargets > 0
      let status = isMissed ? ExitStatus.missed : .done
      try book.close(status)
      try keep(book.record, results)
      return Outcome(record: book.record, status: status)
    } catch {
      book.close(error)
      try? keep(book.record)
      throw error
    }
  }

  private func newRecord() -> RunRecord {
    RunRecord(
      pipeline: pipeline.name, file: pipeline.file, tool: Tool.name,
      tzdata: rules.zoneDataVersion, period: period, asOf: options.asOf.iso,
      process: ProcessNumber.own, began: surroundings.now.iso)
  }

  var period: String { options.period ?? pipeline.period }

  private static let stages = ["import", "calculate", "export"]

  private func checkStages() throws(CommandFailure) {
    for name in options.only + (options.from.map { [$0] } ?? []) where !Self.stages.contains(name) {
      let hint = NearestName.of(name, among: Self.stages).map { "; did you mean \"\($0)\"?" } ?? ""
      throw CommandFailure(
        .usage,
        """
        --only, --from: error: there is no stage "\(name)"; stages are import, calculate and \
        export\(hint)
        """)
    }
    guard !pipeline.calculations.isEmpty else {
      throw CommandFailure(
        .wrongRules, "\(pipeline.file): error: the pipeline has no calculate stage; add one")
    }
  }

  private func takeLocks(_ folders: [String]) throws(CommandFailure) -> [FileLock] {
    do throws(FileError) {
      var locks: [FileLock] = []
      if let workspace { locks.append(try FileLock(workspace)) }
      for folder in folders {
        try FileTree.makeFolder(folder)
        locks.append(try FileLock(folder + "/.attain"))
      }
      return locks
    } catch {
      throw CommandFailure(error)
    }
  }

  private func clearLeftovers(of stage: PipelineFile.ExportStage) {
    let path = target(stage)
    let root = root(of: path)
    let depth = path.split(separator: "/").count - root.split(separator: "/").count
    FileTree.clearLeftovers(in: root, depth: max(0, depth - 1))
  }

  /// - Returns: What was calculated; `nil` if only the import was asked for.
  private func runStages(_ book: RunBook) throws(CommandFailure) -> CalculationResults? {
    let watch = ImportWatch(
      surroundings: surroundings, acceptsLimits: options.acceptsLimits,
      keepsRaw: options.keepsRaw, rowsBefore: book.record.lastGood?.rows ?? [:])
    if options.only == ["import"] {
      try importAll(book, watch)
      return nil
    }
    let results = try calculate(book, watch)
    book.note(rules: results.rules)
    try checkMeasurable(results, watch)
    book.note(warnings: rules.warnings.map(\.line) + watch.warnings)
    guard options.only.isEmpty || options.only.contains("export") else {
      let view = ResultsView(
        results: results, isRaw: false, usesColour: surroundings.usesColour)
      surroundings.output(view.table(tickets: false))
      return results
    }
    try book.stage("export") { () throws(CommandFailure) in
      for stage in pipeline.exports { try export(results, stage: stage, book) }
      try writeIndexes(results, book)
    }
    return results
  }

  /// See docs/DECISIONS.md, "Limits of a pipeline".
  private func checkMeasurable(
    _ results: CalculationResults, _ watch: ImportWatch
  ) throws(CommandFailure) {
    let judged: Set = ["met", "breached", "overdue", "unmeasurable"]
    for threshold in pipeline.calculations.compactMap(\.unmeasurable) {
      for agreement in results.agreements {
        let ledger = results.ledgers.first {
          $0.agreement == agreement.name && $0.customer.isEmpty
        }
        let buckets = ledger?.promises ?? []
        let all = buckets.filter { judged.contains($0.name) }.reduce(0) { $0 + $1.count }
        let lost = buckets.filter { $0.name == "unmeasurable" }.reduce(0) { $0 + $1.count }
        try watch.judge(
          threshold, .badData, at: "\(agreement.name) \(agreement.period)",
          isPassed: { $0.isLess(than: lost, of: all) }
        ) { limit in
          """
          \(lost) of \(all) promises cannot be measured, and at most \(limit.text) may be \
          ("unmeasurable"); see which times the export lacks
          """
        }
      }
    }
  }

  func orders() throws(CommandFailure) -> [ImportOrder] {
    pipeline.imports.map { stage in
      // The reader of the file has refused what is no limit.
      let given = stage.maxRejects.flatMap { RejectLimit($0) } ?? stage.limits.rejects?.error
      var order = ImportOrder(
        files: stage.patterns, mapping: stage.mapping, source: stage.source, zone: stage.zone,
        sheet: stage.sheet, settle: stage.settle, maxRejects: given ?? .standard)
      if options.acceptsLimits { order.maxRejects = .rows(.max) }
      order.limits = stage.limits
      return order
    }
  }

  func calculation() throws(CommandFailure) -> CalculateJob {
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
}
