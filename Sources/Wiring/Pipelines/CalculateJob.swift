import Agreements
package import Calculation
import Importing
import Messages
package import Results
package import ServiceTime
import Tickets

/// Stage 2 as commands use it.
package struct CalculateJob {
  package var agreements: [String]
  package var period: String
  package var asOf: Instant
  /// Months up to and including the reported one.
  package var history = 1
  package var by: [String] = []
  /// Whether what came in is looked through for a report.
  package var makesReports = false
  package var collectsPromises = false
  /// What looks at each import of a pipeline.
  package var watch: ImportWatch?
  package var traces = 0
  /// Whether rows of a workspace are held against the packs that were issued from it.
  package var comparesIssues = true
  /// How the past is read.
  package var reading: Reading = .asWas
  /// Rules in place of the files that `agreements` names.
  var rulesInForce: RulesInForce?

  package init(agreements: [String], period: String, asOf: Instant) {
    self.agreements = agreements
    self.period = period
    self.asOf = asOf
  }

  /// - Parameter name: `as-reported`, `as-was` or `restated`; any other changes nothing.
  package mutating func setReading(_ name: String) {
    if let reading = Reading(rawValue: name) { self.reading = reading }
  }

  /// Imports and calculates.
  ///
  /// - Throws: ``CommandFailure``
  package func run(
    _ origin: TicketOrigin, rules: RuleLibrary, surroundings: Surroundings
  ) throws(CommandFailure) -> CalculationResults {
    if reading == .asReported {
      return try AsReported(self, origin, rules: rules, surroundings: surroundings).results()
    }
    let (calculator, loaded) = try calculator(
      origin, rules: rules, surroundings: surroundings, needsTickets: false)
    var results = try results(of: calculator, loaded)
    if case .workspace(let path, let knownAt) = origin, comparesIssues, collectsPromises,
      reading != .restated
    {
      try IssueComparison(
        path: path, knownAt: knownAt, job: self, rules: rules, surroundings: surroundings
      ).add(to: &results)
    }
    return results
  }

  /// What a calculator comes to, with the rows as they were exported.
  func results(
    of calculator: Calculator, _ loaded: TicketLoader.Loaded
  ) throws(CommandFailure) -> CalculationResults {
    do throws(CalculationError) {
      var results = try calculator.results()
      results.knownAt = loaded.knownAt.map { max($0.seconds, results.lastApproval) }
      results.reading = reading == .asWas ? nil : reading
      // Money is due for what was promised when it was, not for another reading of it.
      if reading != .asWas { results.credits = nil }
      results.setPlaces(loaded.places)
      return results
    } catch {
      throw failure(error)
    }
  }

  /// Imports, and makes a calculator ready.
  ///
  /// - Parameter needsTickets: Whether tickets are asked for one by one later on; if not, most are
  ///   judged as they are read, and not held.
  package func calculator(
    _ origin: TicketOrigin, rules: RuleLibrary, surroundings: Surroundings,
    needsTickets: Bool = true
  ) throws(CommandFailure) -> (calculator: Calculator, loaded: TicketLoader.Loaded) {
    let agreements = try agreementsInForce(rules)
    for warning in rules.warnings { surroundings.say(warning.line) }
    var request = CalculationRequest(
      tables: [], agreements: agreements, asOf: asOf, period: period, history: history, by: by,
      collectsPromises: collectsPromises, tracesPerCustomer: traces,
      workers: surroundings.processors, tool: Tool.name)
    let loader = TicketLoader(
      rules: rules, surroundings: surroundings, recordsInputs: collectsPromises,
      reportsAsOf: makesReports ? asOf : nil, watch: watch)
    let holdsTickets =
      needsTickets || asksForSource(agreements)
      || agreements.joined().contains { !$0.obligations.isEmpty || $0.changes != nil }
    let loaded = try loader.load(
      origin, wanted: TicketLoader.wanted(by: agreements, and: by),
      keepsPlaces: needsTickets || collectsPromises
    ) { sources throws(CommandFailure) in
      holdsTickets ? nil : try fold(request, sources: sources)
    }
    for line in loaded.obligationNotes(agreements) { surroundings.say(line) }
    var tables = loaded.tables
    for index in tables.indices { addSource(to: &tables[index], for: agreements) }
    for line in missing(in: tables, agreements: agreements) { surroundings.say(line) }
    request.tables = tables
    (request.intervals, request.counts) = (loaded.intervals, loaded.counts)
    request.inputs = loaded.inputs
    // Mappings and zones were read by the import.
    request.rules = records(of: rules, loaded)
    request.tzdata = rules.zoneDataVersion
    request.folded = loaded.folded
    if case .workspace(_, let knownAt) = origin { request.knownAt = knownAt }
    request.auditsPauses = comparesIssues
    for line in request.exclusionNotes { surroundings.say(line) }
    return (Calculator(request), loaded)
  }

  /// The rules that the results come from; of a workspace, with the mappings of its imports and
  /// not with those of this run.
  private func records(of rules: RuleLibrary, _ loaded: TicketLoader.Loaded) -> [RuleRecord] {
    let records = rulesInForce?.records ?? rules.records
    guard loaded.knownAt != nil else { return records }
    return RuleLibrary.sorted(records.filter { $0.kind != "mapping" } + loaded.mappings)
  }

  /// The versions to judge by; those of the files, unless others are given.
  func agreementsInForce(_ rules: RuleLibrary) throws(CommandFailure) -> [[Agreement]] {
    if let rulesInForce { return rulesInForce.agreements }
    let agreements = try rules.agreements(agreements)
    return reading == .restated ? agreements.map(\.restated) : agreements
  }

  package func failure(_ error: CalculationError) -> CommandFailure {
    switch error {
    case .period: CommandFailure(.usage, "--period: error: \(error)")
    }
  }

  /// A fold that holds nothing yet; `nil` if tickets have to be held whole.
  private func fold(
    _ request: CalculationRequest, sources: [Holds]
  ) throws(CommandFailure) -> TicketFold? {
    do throws(CalculationError) {
      return try TicketFold(request, sources: sources)
    } catch {
      throw failure(error)
    }
  }

  private func asksForSource(_ agreements: [[Agreement]]) -> Bool {
    by.contains("source")
      || agreements.joined().contains { $0.namesUsed.contains("source") }
  }

  /// Lets conditions ask for the system that a ticket comes from.
  private func addSource(to table: inout TicketTable, for agreements: [[Agreement]]) {
    guard asksForSource(agreements), table.fieldIndex("source") == nil else { return }
    var column = FieldColumn(name: "source")
    let code = column.dictionary.code(for: table.source)
    column.codes = Array(repeating: code, count: table.count)
    table.fields.append(column)
  }

  /// Names that the rules use and no source gives: a silent cause of wrong figures.
  private func missing(in tables: [TicketTable], agreements: [[Agreement]]) -> [String] {
    let given = Set(tables.flatMap { $0.moments.map(\.name) + $0.fields.map(\.name) })
    guard !tables.isEmpty else { return [] }
    var lines: [String] = []
    for agreement in agreements.joined() {
      for name in agreement.namesUsed where !given.contains(name) {
        let hint = NearestName.of(name, among: given.sorted()).map { "; did you mean \"\($0)\"?" }
        lines.append(
          Finding(
            .warning, at: Place(file: agreement.origin.file),
            "\"\(name)\" is used, but no import gives it\(hint ?? "")"
          ).line)
      }
    }
    for name in by where !given.contains(name) {
      lines.append("--by: warning: \"\(name)\" is asked for, but no import gives it")
    }
    return lines
  }
}
