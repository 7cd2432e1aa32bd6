import Calculation
import Foundation
import Importing
import Logging
import Results
import ServiceTime
import Testing

@testable import Pipelines

/// Figures of tickets that are judged as they are read, beside those of the whole table.
@Suite struct FoldedJobTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// - Parameter holdsTickets: Whether promises are asked for, so that no ticket is judged at once.
  private func results(
    of files: [String], holdsTickets: Bool, processors: Int
  ) throws -> CalculationResults {
    var job = CalculateJob(
      agreements: [Self.root + "/pipelines/agreements/northwind.yml"], period: "2026-Q3",
      asOf: try #require(Instant(iso: "2026-10-15T06:00:00Z")))
    job.history = 12
    job.by = ["priority"]
    job.collectsPromises = holdsTickets
    let order = ImportOrder(
      files: files, mapping: Self.root + "/pipelines/mappings/zendesk.yml")
    let zones = "/usr/share/zoneinfo"
    let surroundings = Surroundings(
      now: Instant(seconds: 1_800_000_000), zoneFolder: zones,
      log: Logger(label: "folded") { _ in SwiftLogNoOpLogHandler() }, output: { _ in },
      say: { _ in }, progress: { _, _ in }, isInteractive: false, usesColour: false,
      processors: processors)
    let (calculator, loaded) = try job.calculator(
      .files([order]), rules: RuleLibrary(zoneFolder: zones), surroundings: surroundings,
      needsTickets: false)
    #expect(loaded.folded.isEmpty == holdsTickets)
    return try job.results(of: calculator, loaded)
  }

  private func expectSame(_ files: [String]) throws {
    let whole = try results(of: files, holdsTickets: true, processors: 1)
    #expect(whole.figures.count > 10)
    for processors in 1...3 {
      let folded = try results(of: files, holdsTickets: false, processors: processors)
      #expect(folded.figures == whole.figures, "\(processors) processors")
      #expect(folded.ledgers == whole.ledgers, "\(processors) processors")
      #expect(folded.agreements == whole.agreements, "\(processors) processors")
      #expect(folded.reported == whole.reported, "\(processors) processors")
    }
  }

  @Test("A file of tickets gives the same figures, ledger and summary")
  func oneFile() throws {
    try expectSame([Self.root + "/sample-data/zendesk/tickets.csv"])
  }

  @Test("So does the same file with a second one that repeats, corrects and adds tickets")
  func corrections() throws {
    let path = Self.root + "/sample-data/zendesk/tickets.csv"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    var second = [String(lines[0])]
    for (number, line) in lines.dropFirst().enumerated() where number % 9 == 0 {
      // A year in another decade stands for a correction: some tickets are opened years before.
      let corrected = line.replacingOccurrences(of: "2026-0", with: "2021-0")
      second.append(number % 18 == 0 ? String(line) : corrected)
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let corrections = folder.appending(path: "corrections.csv").path
    try second.joined(separator: "\n").write(
      toFile: corrections, atomically: true, encoding: .utf8)
    try expectSame([path, corrections])
  }
}
