import Agreements
package import Calculation
import Files
package import Importing
import Logging
package import Messages
package import Results
package import ServiceTime
package import Tickets
import Workspace

/// Stage 1 as commands use it: files in, tables out, with every bad row told.
package struct TicketLoader {
  let rules: RuleLibrary
  let surroundings: Surroundings
  /// Whether inputs are hashed, which reads them once more.
  let recordsInputs: Bool
  /// When set, what came in is looked through for a report, which reads the inputs once more;
  /// later instants are told as lying in the future.
  let reportsAsOf: Instant?
  /// What looks at each import of a pipeline.
  let watch: ImportWatch?

  package struct Loaded {
    package var outcomes: [ImportOutcome] = []
    package var inputs: [InputRecord] = []
    /// The mappings by which a workspace imported what was read from it.
    package var mappings: [RuleRecord] = []
    /// Of a workspace, the instant at which all of this was known.
    package var knownAt: Instant?
    /// Of a workspace, where the rows of each source were exported, if promises are asked for.
    var places: [String: RowPlaces] = [:]
    /// Findings of all imports, in reading order.
    package var findings: [Finding] = []
    /// The tickets that were judged as they were read, and are in no table.
    package var folded: [TicketFold] = []
    /// One for each import, if they were asked for.
    package var reports: [ImportReport] = []

    package var tables: [TicketTable] { outcomes.compactMap(\.tickets) }
    package var intervals: [IntervalTable] { outcomes.compactMap(\.intervals) }
    package var counts: [CountTable] { outcomes.compactMap(\.counts) }
  }

  package init(
    rules: RuleLibrary, surroundings: Surroundings, recordsInputs: Bool = false,
    reportsAsOf: Instant? = nil, watch: ImportWatch? = nil
  ) {
    self.watch = watch
    self.rules = rules
    self.surroundings = surroundings
    self.recordsInputs = recordsInputs
    self.reportsAsOf = reportsAsOf
  }

  /// What reports show of a ticket where the export has it, whatever the agreements look at.
  private static let optional: Set<String> = ["resolved", "closed", "updated", "status", "group"]

  /// The fields and moments that agreements look at; the import warns where a file lacks one.
  static func wanted(by agreements: [[Agreement]], and fields: [String]) -> Set<String> {
    var names: Set<String> = ["opened"]
    for agreement in agreements.joined() {
      names.formUnion(agreement.namesUsed + agreement.obligations.flatMap(\.namesUsed))
      names.formUnion(agreement.changes?.namesUsed ?? [])
    }
    return names.union(fields)
  }

  /// Reads every source.
  ///
  /// - Parameters:
  ///   - keepsPlaces: Whether it is asked later where rows of a workspace were exported.
  ///   - fold: Makes, for what the sources hold, what judges the rows of every source that can do
  ///     without a whole table.
  /// - Throws: ``CommandFailure`` if a file is missing, cannot be read to its end, or has too many
  ///   bad rows; nothing is used then.
  package func load(
    _ origin: TicketOrigin, wanted: Set<String>?, keepsPlaces: Bool = false,
    fold: ([Holds]) throws(CommandFailure) -> TicketFold? = { _ in nil }
  ) throws(CommandFailure) -> Loaded {
    switch origin {
    case .files(let orders):
      try load(orders, wanted: wanted, fold: fold)
    case .workspace(let path, let knownAt):
      try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
        try load(workspace, knownAt: knownAt, keepsPlaces: keepsPlaces, wanted: wanted, fold: fold)
      }
    }
  }

  private func load(
    _ orders: [ImportOrder], wanted: Set<String>?,
    fold: ([Holds]) throws(CommandFailure) -> TicketFold?
  ) throws(CommandFailure) -> Loaded {
    var loaded = Loaded()
    var ready: [ReadyImport] = []
    for order in orders { ready.append(try prepared(order)) }
    try checkSources(ready)
    let fold = try fold(ready.map(\.mapping.holds))
    for item in ready {
      loaded.outcomes.append(try load(item, wanted: wanted, fold: fold, into: &loaded))
    }
    return loaded
  }

  private func load(
    _ item: ReadyImport, wanted: Set<String>?, fold: TicketFold?, into loaded: inout Loaded
  ) throws(CommandFailure) -> ImportOutcome {
    let mapping = item.ownMapping
    let files = try files(of: item)
    try watch?.willRead(files, item.order)
    let outcome = try read(
      files.map(\.input), by: mapping, size: files.reduce(0) { $0 + ($1.size ?? 0) },
      wanted: wanted, fold: fold, into: &loaded)
    if recordsInputs { loaded.inputs += try records(of: files) }
    let findings = files.flatMap(\.findings) + outcome.findings
    loaded.findings += findings
    tell(
      findings, unlisted: outcome.unlistedFindings, unlistedProblems: outcome.unlistedProblems,
      outcome.ledger)
    try watch?.didRead(
      files, item.order, source: mapping.source, rows: RunRecord.Rows(outcome.ledger),
      findings: findings)
    try limitRejects(of: outcome.ledger, item.order)
    return outcome
  }

  /// Reads one source.
  func read(
    _ inputs: [ImportInput], by mapping: Mapping, size: Int, wanted: Set<String>?,
    fold: TicketFold?, into loaded: inout Loaded
  ) throws(CommandFailure) -> ImportOutcome {
    // A partial export says more of a period than its tickets do, so its table is needed whole.
    let taker =
      mapping.holds == .all
      ? fold.map { FoldTaker($0, workers: surroundings.processors) } : nil
    let importer = Importer(
      mapping, zone: try zone(of: mapping), wantedFields: wanted?.union(Self.optional),
      optionalFields: Self.optional.subtracting(wanted ?? []), hash: try personalHash(of: mapping),
      workers: surroundings.processors, taker: taker)
    do throws(ImportError) {
      let outcome = try importer.read(inputs) { read in
        surroundings.progress(read, size > 0 ? size : nil)
      }
      if let reportsAsOf {
        loaded.reports.append(
          try importer.report(on: inputs, outcome: outcome, now: reportsAsOf))
      }
      loaded.folded += taker?.folds ?? []
      return outcome
    } catch {
      throw CommandFailure(.badData, [error.finding])
    }
  }

  /// Refuses two imports of one source.
  func checkSources(_ imports: [ReadyImport]) throws(CommandFailure) {
    var files: [String: String] = [:]
    for item in imports {
      let source = item.ownMapping.source
      if let other = files[source] {
        throw CommandFailure(
          .wrongRules,
          """
          \(item.order.mapping): error: source "\(source)" is used by \(other) already, so that \
          tickets of two systems could be taken for one; set "source" in one of the import stages
          """)
      }
      files[source] = item.order.files.joined(separator: " ")
    }
  }

  /// Refuses an import with too many bad rows.
  func limitRejects(of ledger: RowLedger, _ order: ImportOrder) throws(CommandFailure) {
    guard order.maxRejects.allows(rejected: ledger.rejected, of: ledger.read) else {
      throw CommandFailure(
        .badData,
        """
        \(order.files.joined(separator: " ")): error: \(ledger.rejected) of \(ledger.read) rows \
        were rejected, and \(order.maxRejects.limit(of: ledger.read)) are allowed; correct the \
        file, or set --max-rejects (in a pipeline: max-rejects)
        """)
    }
  }

  /// The files of an import, opened if they are not open already.
  func files(of item: ReadyImport) throws(CommandFailure) -> [InputFiles] {
    if let files = item.files { return files }
    return try expand(item.order, item.mapping)
  }

  func expand(
    _ order: ImportOrder, _ mapping: Mapping? = nil
  ) throws(CommandFailure) -> [InputFiles] {
    try InputFiles.expand(
      order.files, settle: order.settle, now: surroundings.now, sheet: SheetChoice(order, mapping))
  }

  /// The inputs with the hashes of their bytes.
  func records(of files: [InputFiles]) throws(CommandFailure) -> [InputRecord] {
    do throws(FileError) {
      var records: [InputRecord] = []
      for file in files {
        records.append(InputRecord(name: file.name, sha256: try file.digest()))
      }
      return records
    } catch {
      throw CommandFailure(error)
    }
  }

  func zone(of mapping: Mapping) throws(CommandFailure) -> ZoneRules? {
    guard let name = mapping.zone else { return nil }
    let place = mapping.zonePlace ?? Place(file: "--zone")
    do {
      if let zone = try rules.zone(name) { return zone }
    } catch {
      throw CommandFailure(
        .wrongRules, "\(place.text): error: the rules of zone \"\(name)\" cannot be read: \(error)")
    }
    let hint =
      NearestName.of(name, among: rules.zoneNames).map { "did you mean \"\($0)\"?" }
      ?? "write a name such as Europe/London or UTC"
    throw CommandFailure(
      .wrongRules,
      """
      \(place.text): error: zone "\(name)" is not in the time zone data of this system; \(hint)
      """)
  }

  /// At most this many bad rows are listed on the terminal.
  private static let listedRows = 20

  /// Rejected rows are told always, the rest at a louder log level.
  func tell(_ findings: [Finding], unlisted: Int, unlistedProblems: Int, _ ledger: RowLedger) {
    let rejected = findings.filter { $0.severity == .rejected || $0.severity == .warning }
    for finding in rejected.prefix(Self.listedRows) { surroundings.say(finding.line) }
    let more = max(0, rejected.count - Self.listedRows) + unlistedProblems
    if more > 0 { surroundings.say("and \(more) more; -v lists all") }
    for finding in findings where finding.severity == .adjusted || finding.severity == .note {
      surroundings.log.info("\(finding.line)")
    }
    for finding in rejected.dropFirst(Self.listedRows) { surroundings.log.info("\(finding.line)") }
    if unlisted > 0 { surroundings.log.info("\(unlisted) findings more are not listed") }
    surroundings.log.info(
      """
      \(ledger.read) rows read = \(ledger.rejected) rejected + \(ledger.unchanged) unchanged + \
      \(ledger.superseded) superseded + \(ledger.history) history + \(ledger.tickets) tickets; \
      \(ledger.adjusted) adjusted
      """)
  }
}
