import Agreements
import Calculation
import Files
import Importing
import Messages
import ServiceTime
import Tickets

/// Looks for what makes figures wrong, in rules and in the tickets they are for.
struct RuleChecks {
  let rules: RuleLibrary
  let surroundings: Surroundings

  /// - Parameters:
  ///   - agreements: Files that were checked.
  ///   - orders: Exports that these agreements are for.
  func findings(
    agreements paths: [String], orders: [ImportOrder], pipelines: [PipelineFile]
  ) throws(CommandFailure) -> [Finding] {
    var works = [Work(agreements: paths, orders: orders, mappings: orders.map(\.mapping))]
    works += pipelines.map { pipeline in
      Work(
        agreements: pipeline.calculations.flatMap(\.agreements).filter { FileTree.exists($0) },
        orders: pipeline.imports.filter { hasFiles($0) }.map(\.order),
        mappings: pipeline.imports.map(\.mapping))
    }
    var findings: [Finding] = []
    for work in works {
      let agreements = try rules.agreements(work.agreements)
      var places: [String: RulePlaces] = [:]
      findings += ChainChecks.findings(agreements).filter { $0.severity == .note }
      for agreement in agreements.joined() {
        let file = agreement.origin.file
        let own = RulePlaces(try rules.bytes(of: file), file: file)
        places[file] = own
        findings += AgreementChecks(agreement, places: own).findings
      }
      var renamed: [Finding] = []
      if let values = try renamedValues(work.mappings) {
        renamed = agreements.joined().flatMap { agreement in
          places[agreement.origin.file].map { values.findings(agreement, places: $0) } ?? []
        }
        findings += renamed
      }
      guard !agreements.isEmpty, !work.orders.isEmpty else { continue }
      // What cannot be in the data is not in them; once is enough.
      let told = Set(renamed.map(\.place))
      findings += try dataFindings(agreements, orders: work.orders, places: places).filter {
        $0.check != RuleCheck.valueNotInData.rawValue || !told.contains($0.place)
      }
    }
    return rules.warnings + findings
  }

  private struct Work {
    let agreements: [String]
    /// Exports that are there.
    let orders: [ImportOrder]
    let mappings: [String]
  }

  /// `nil` if a mapping is found out from the export, so that any value may come.
  private func renamedValues(_ names: [String]) throws(CommandFailure) -> RenamedValues? {
    guard !names.isEmpty, !names.contains(ImportOrder.auto) else { return nil }
    var mappings: [Mapping] = []
    for name in names { mappings.append(try rules.mapping(name)) }
    return RenamedValues(mappings: mappings)
  }

  /// Whether there is something to read; exports need not be there when rules are checked.
  private func hasFiles(_ stage: PipelineFile.ImportStage) -> Bool {
    do throws(FileError) {
      for pattern in stage.patterns {
        guard try !FilePatterns.expand(pattern).isEmpty else { return false }
      }
      return true
    } catch {
      return false
    }
  }

  private func dataFindings(
    _ agreements: [[Agreement]], orders: [ImportOrder], places: [String: RulePlaces]
  ) throws(CommandFailure) -> [Finding] {
    let loader = TicketLoader(rules: rules, surroundings: surroundings.quiet)
    let loaded = try loader.load(
      .files(orders), wanted: TicketLoader.wanted(by: agreements, and: []))
    var tablePlaces: [Place] = []
    for (order, outcome) in zip(orders, loaded.outcomes) where outcome.tickets != nil {
      tablePlaces.append(try place(of: order))
    }
    let obligations = loaded.obligationFindings(agreements) { agreement, number in
      let path = number < 0 ? ["changes", "rows"] : ["obligations", String(number), "rows"]
      return places[agreement.origin.file]?.place(path) ?? agreement.origin.place
    }
    let tables = loaded.tables
    guard !tables.isEmpty else { return obligations }
    let last = tables.compactMap(\.lastInstant).max() ?? surroundings.now.seconds
    let request = CalculationRequest(
      tables: tables, agreements: agreements,
      asOf: Instant(seconds: min(last, surroundings.now.seconds)), period: "all",
      collectsPromises: true, workers: surroundings.processors)
    do throws(CalculationError) {
      return try DataChecks(request, places: places, tablePlaces: tablePlaces).findings()
        + obligations
    } catch {
      throw CommandFailure(.wrongRules, "check: error: \(error)")
    }
  }

  /// Where a mapping says what an export holds; of a preset, the export itself.
  private func place(of order: ImportOrder) throws(CommandFailure) -> Place {
    guard FileTree.exists(order.mapping) else { return Place(file: order.files[0]) }
    return RulePlaces(try rules.bytes(of: order.mapping), file: order.mapping).place("holds")
  }
}

extension PipelineFile.ImportStage {
  fileprivate var order: ImportOrder {
    ImportOrder(
      files: patterns, mapping: mapping, source: source, zone: zone, sheet: sheet,
      maxRejects: .rows(.max))
  }
}

extension Surroundings {
  /// The same without a word of the rows, which are not what is checked.
  fileprivate var quiet: Surroundings {
    Surroundings(
      now: now, zoneFolder: zoneFolder, log: log, output: output, say: { _ in },
      progress: progress, isInteractive: isInteractive, usesColour: usesColour,
      processors: processors)
  }
}

extension TicketTable {
  /// The last instant of which the tickets tell that something happened.
  fileprivate var lastInstant: Int64? {
    let happened = moments.filter { $0.name != "due" }.compactMap { $0.seconds.max() }.max()
    return happened.flatMap { $0 > MomentColumn.unreadable ? $0 : nil }
  }
}
