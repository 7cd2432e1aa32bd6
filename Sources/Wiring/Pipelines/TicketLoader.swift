import Agreements
package import Calculation
import Files
package import Importing
import Logging
package import Messages
package import Results
package import ServiceTime
package import Tickets

/// A set of files and how to read them, as given on the command line or by a pipeline.
package struct ImportOrder: Hashable, Sendable {
  /// Paths, patterns, or `-`.
  package var files: [String]
  package var mapping: String
  /// In place of the mapping's own.
  package var source: String?
  /// The zone of times without an offset, in place of the mapping's own.
  package var zone: String?
  /// The sheet of a workbook, in place of the mapping's.
  package var sheet: String?
  package var settle: Int64?
  package var maxRejects: RejectLimit
  /// What a pipeline expects besides.
  package var limits = ImportLimits()

  package init(
    files: [String], mapping: String, source: String? = nil, zone: String? = nil,
    sheet: String? = nil, settle: Int64? = nil, maxRejects: RejectLimit = .standard
  ) {
    self.files = files
    self.mapping = mapping
    self.source = source
    self.zone = zone
    self.sheet = sheet
    self.settle = settle
    self.maxRejects = maxRejects
  }
}

/// How many rows may be rejected before an import counts as failed.
package enum RejectLimit: Hashable, Sendable {
  case rows(Int)
  /// Hundredths of a per cent of the rows, but at least ``leastRows``.
  case share(basisPoints: Int)

  /// 1 % of the rows, but at least 20 may fail.
  package static let standard = RejectLimit.share(basisPoints: 100)
  private static let leastRows = 20

  /// Reads `50` or `2%`.
  package init?(_ text: String) {
    if text.hasSuffix("%") {
      guard let percent = ValuePattern.Decimal(String(text.dropLast())),
        (0...100_000_000).contains(percent.millionths)
      else { return nil }
      self = .share(basisPoints: Int(percent.millionths / 10_000))
    } else {
      guard let rows = Int(text), rows >= 0 else { return nil }
      self = .rows(rows)
    }
  }

  /// How many of some rows may be rejected.
  func limit(of rows: Int) -> Int {
    switch self {
    case .rows(let limit): limit
    case .share(let basisPoints): max(Self.leastRows, rows * basisPoints / 10_000)
    }
  }

  func allows(rejected: Int, of rows: Int) -> Bool { rejected <= limit(of: rows) }
}

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
    /// Findings of all imports, in reading order.
    package var findings: [Finding] = []
    /// The tickets that were judged as they were read, and are in no table.
    package var folded: [TicketFold] = []
    /// One for each import, if they were asked for.
    package var reports: [ImportReport] = []

    package var tables: [TicketTable] { outcomes.compactMap(\.tickets) }
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
    for agreement in agreements.joined() { names.formUnion(agreement.namesUsed) }
    return names.union(fields)
  }

  /// Imports every order.
  ///
  /// - Parameter fold: Makes, for what the sources hold, what judges the rows of every order that
  ///   can do without a whole table.
  /// - Throws: ``CommandFailure`` if a file is missing, cannot be read to its end, or has too many
  ///   bad rows; nothing is used then.
  package func load(
    _ orders: [ImportOrder], wanted: Set<String>?,
    fold: ([Holds]) throws(CommandFailure) -> TicketFold? = { _ in nil }
  ) throws(CommandFailure) -> Loaded {
    var loaded = Loaded()
    var sources: [String: String] = [:]
    var ready: [ReadyImport] = []
    for order in orders { ready.append(try prepared(order)) }
    let fold = try fold(ready.map(\.mapping.holds))
    for item in ready {
      let order = item.order
      let source = order.source ?? item.mapping.source
      if let other = sources[source] {
        throw CommandFailure(
          .wrongRules,
          """
          \(order.mapping): error: source "\(source)" is used by \(other) already, so that tickets \
          of two systems could be taken for one; set "source" in one of the import stages
          """)
      }
      sources[source] = order.files.joined(separator: " ")
      let outcome = try load(item, source: source, wanted: wanted, fold: fold, into: &loaded)
      loaded.outcomes.append(outcome)
    }
    return loaded
  }

  private func load(
    _ item: ReadyImport, source: String, wanted: Set<String>?, fold: TicketFold?,
    into loaded: inout Loaded
  ) throws(CommandFailure) -> ImportOutcome {
    let order = item.order
    var mapping = item.mapping
    mapping.source = source
    if let name = order.zone {
      mapping.zone = name
      mapping.zonePlace = nil
    }
    let zone = try zone(of: mapping)
    let files = try files(of: item)
    try watch?.willRead(files, order)
    let size = files.reduce(0) { $0 + ($1.size ?? 0) }
    // A partial export says more of a period than its tickets do, so its table is needed whole.
    let taker =
      mapping.holds == .all
      ? fold.map { FoldTaker($0, workers: surroundings.processors) } : nil
    let importer = Importer(
      mapping, zone: zone, wantedFields: wanted?.union(Self.optional),
      optionalFields: Self.optional.subtracting(wanted ?? []), hash: try personalHash(of: mapping),
      workers: surroundings.processors,
      taker: taker)
    let outcome: ImportOutcome
    do throws(ImportError) {
      outcome = try importer.read(files.map(\.input)) { read in
        surroundings.progress(read, size > 0 ? size : nil)
      }
      if let reportsAsOf {
        loaded.reports.append(
          try importer.report(on: files.map(\.input), outcome: outcome, now: reportsAsOf))
      }
    } catch {
      throw CommandFailure(.badData, [error.finding])
    }
    loaded.folded += taker?.folds ?? []
    if recordsInputs { try record(files, in: &loaded) }
    let findings = files.flatMap(\.findings) + outcome.findings
    loaded.findings += findings
    tell(
      findings, unlisted: outcome.unlistedFindings, unlistedProblems: outcome.unlistedProblems,
      outcome.ledger)
    try watch?.didRead(files, order, source: source, outcome: outcome, findings: findings)
    try limitRejects(of: outcome.ledger, order)
    return outcome
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

  private func record(_ files: [InputFiles], in loaded: inout Loaded) throws(CommandFailure) {
    do throws(FileError) {
      for file in files {
        loaded.inputs.append(InputRecord(name: file.name, sha256: try file.digest()))
      }
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
