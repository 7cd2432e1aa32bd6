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
    var works: [(agreements: [String], orders: [ImportOrder])] = [(paths, orders)]
    works += pipelines.map { pipeline in
      (
        pipeline.calculations.flatMap(\.agreements).filter { FileTree.exists($0) },
        pipeline.imports.filter { hasFiles($0) }.map(\.order)
      )
    }
    var findings: [Finding] = []
    for work in works {
      let agreements = try rules.agreements(work.agreements)
      var places: [String: RulePlaces] = [:]
      for agreement in agreements.joined() {
        let file = agreement.origin.file
        let own = RulePlaces(try rules.bytes(of: file), file: file)
        places[file] = own
        findings += AgreementChecks(agreement, places: own).findings
      }
      guard !agreements.isEmpty, !work.orders.isEmpty else { continue }
      findings += try dataFindings(agreements, orders: work.orders, places: places)
    }
    return rules.warnings + findings
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
    let tables = loaded.tables
    guard !tables.isEmpty else { return [] }
    let last = tables.compactMap(\.lastInstant).max() ?? surroundings.now.seconds
    let request = CalculationRequest(
      tables: tables, agreements: agreements,
      asOf: Instant(seconds: min(last, surroundings.now.seconds)), period: "all",
      collectsPromises: true, workers: surroundings.processors)
    do throws(CalculationError) {
      return try DataChecks(request, places: places, tablePlaces: tablePlaces).findings()
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
