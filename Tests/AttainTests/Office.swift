import Foundation
import Glibc
import Logging
import Pipelines
import Results
import ServiceTime

/// A workspace, and what commands do with it at instants that a test chooses.
struct Office {
  private let scratch: Scratch
  private let workspace: String

  private static let pipelines = House.root.appendingPathComponent("pipelines").path
  private static let mapping = pipelines + "/mappings/servicenow-incident.yml"
  private static let agreement = pipelines + "/agreements/it-internal.yml"
  private static let zoneFolder = "/usr/share/zoneinfo"

  init() throws {
    scratch = try Scratch()
    workspace = scratch.folder.path + "/desk.sqlite"
  }

  private var rules: RuleLibrary { RuleLibrary(zoneFolder: Self.zoneFolder) }

  private func surroundings(_ now: Instant) -> Surroundings {
    Surroundings(
      now: now, zoneFolder: Self.zoneFolder,
      log: Logger(label: "office") { _ in SwiftLogNoOpLogHandler() }, output: { _ in },
      say: { _ in }, progress: { _, _ in }, isInteractive: false, usesColour: false,
      processors: 2)
  }

  private func order(_ path: String, holdsAll: Bool = true) throws -> ImportOrder {
    let mapping = try String(contentsOfFile: Self.mapping, encoding: .utf8)
    let part = mapping.replacing("\nholds: all\n", with: "\nholds: updated-from 2026-01-01\n")
    let partial = try write(Data(part.utf8), to: "part.yml")
    return ImportOrder(files: [path], mapping: holdsAll ? Self.mapping : partial)
  }

  private func write(_ bytes: Data, to name: String) throws -> String {
    let path = scratch.folder.appendingPathComponent(name)
    try bytes.write(to: path)
    return path.path
  }

  /// Imports a file at an instant of the machine's clock.
  ///
  /// - Returns: Whether it was read; any other error than that of bad data is thrown.
  func imports(_ file: NightlyDesk.File, at now: Instant) throws -> Bool {
    let orders = [try order(try write(file.bytes, to: file.name), holdsAll: file.holdsAll)]
    return try unlessHeld {
      do throws(CommandFailure) {
        try WorkspaceJob.importFiles(
          orders, into: workspace, rules: rules, surroundings: surroundings(now))
        return true
      } catch {
        guard error.status == .badData else { throw error }
        return false
      }
    }
  }

  func check() throws -> [String] { try unlessHeld { try WorkspaceJob.check(workspace) } }

  /// A process that another test is just starting holds all locks of this one for a moment.
  private func unlessHeld<Result>(_ body: () throws -> Result) throws -> Result {
    while true {
      do {
        return try body()
      } catch let error as CommandFailure where error.status == .busy {
        usleep(1_000)
      }
    }
  }

  func results(knownAt: Instant?, asOf: Instant) throws -> CalculationResults {
    try results(.workspace(workspace, knownAt: knownAt), asOf)
  }

  func results(fromScratch known: Data, asOf: Instant) throws -> CalculationResults {
    try results(.files([try order(try write(known, to: "known.csv"))]), asOf)
  }

  private func results(_ origin: TicketOrigin, _ asOf: Instant) throws -> CalculationResults {
    var job = CalculateJob(agreements: [Self.agreement], period: "month-to-date", asOf: asOf)
    job.history = 2
    job.collectsPromises = true
    return try job.run(origin, rules: rules, surroundings: surroundings(asOf))
  }

  /// `attainment.csv`, `tickets.csv` and `ledger.csv` of all customers.
  func figures(of results: CalculationResults) throws -> [String: Data] {
    let folder = scratch.folder.appendingPathComponent("figures")
    try ExportJob(kind: .csv, output: folder.path, rules: rules, print: { _ in }).run(results)
    // What was agreed to be done is no figure, and comes and goes with the day.
    return try Scratch.files(below: folder).filter { $0.key != "actions.csv" }
  }

  /// The files of one customer's pack, without page and workbook.
  func pack(of customer: String, _ results: CalculationResults) throws -> [String: Data] {
    let folder = scratch.folder.appendingPathComponent("pack")
    try PackWriter(results: results, rules: rules).write(
      agreement: "it-internal", customer: customer, formats: [.csv, .json], to: folder.path,
      rewrites: true)
    return try Scratch.files(below: folder)
  }
}
