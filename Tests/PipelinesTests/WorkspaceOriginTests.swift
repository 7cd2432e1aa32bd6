import Foundation
import Importing
import Logging
import Results
import ServiceTime
import Testing

@testable import Pipelines

/// Results that are calculated from a workspace, beside those of files that hold the same.
@Suite("Results from a workspace") struct WorkspaceOriginTests {
  /// A folder with a desk's rules, its exports and its workspace.
  private final class Place {
    let folder: String
    var workspace: String { folder + "/desk.sqlite" }
    private static let zones = "/usr/share/zoneinfo"

    init(_ desk: KnownDesk) throws {
      folder = NSTemporaryDirectory() + "attain-origin-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      _ = try write(desk.mapping(.all), "desk.yml")
      _ = try write(desk.mapping(.window), "part.yml")
      _ = try write(KnownDesk.agreement, "agreement.yml")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ text: String, _ name: String) throws -> String {
      let path = folder + "/" + name
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }

    private func surroundings(_ now: Instant, processors: Int = 2) -> Surroundings {
      Surroundings(
        now: now, zoneFolder: Self.zones,
        log: Logger(label: "origin") { _ in SwiftLogNoOpLogHandler() }, output: { _ in },
        say: { _ in }, progress: { _, _ in }, isInteractive: false, usesColour: false,
        processors: processors)
    }

    func importFiles(
      _ files: [String], _ extent: KnownDesk.Extent = .all, at: Instant
    ) throws {
      let mapping = folder + (extent == .all ? "/desk.yml" : "/part.yml")
      try WorkspaceJob.importFiles(
        [ImportOrder(files: files, mapping: mapping)], into: workspace,
        rules: RuleLibrary(zoneFolder: Self.zones), surroundings: surroundings(at))
    }

    func results(
      _ origin: TicketOrigin, asOf: Instant, promises: Bool = true
    ) throws -> CalculationResults {
      var job = CalculateJob(
        agreements: [folder + "/agreement.yml"], period: "2026-03", asOf: asOf)
      job.by = ["priority"]
      job.collectsPromises = promises
      job.traces = promises ? 500 : 0
      return try job.run(
        origin, rules: RuleLibrary(zoneFolder: Self.zones), surroundings: surroundings(asOf))
    }

    func files(_ paths: [String]) -> TicketOrigin {
      .files([ImportOrder(files: paths, mapping: folder + "/desk.yml")])
    }

    func stored(knownAt: Instant?) -> TicketOrigin { .workspace(workspace, knownAt: knownAt) }
  }

  /// What must not depend on where rows come from: all but the names and lines of rows, and what
  /// became of those that say nothing new.
  private static func comparable(_ results: CalculationResults) -> CalculationResults {
    var results = results
    results.knownAt = nil
    results.inputs = []
    results.rules = []
    for index in results.promises.indices {
      (results.promises[index].file, results.promises[index].line) = (0, 0)
    }
    for trace in results.traces.indices {
      for index in results.traces[trace].stretches.indices {
        results.traces[trace].stretches[index].line = 0
      }
    }
    for index in results.ledgers.indices where results.ledgers[index].customer.isEmpty {
      results.ledgers[index].rows = []
    }
    return results
  }

  @Test(
    "Known at any night, results are those of a file that holds what was known then",
    arguments: KnownDesk.Shape.allCases, 0..<8 as Range<UInt64>)
  func anyNight(shape: KnownDesk.Shape, seed: UInt64) throws {
    var desk = KnownDesk(shape: shape, seed: seed)
    let place = try Place(desk)
    var inputs: [[InputRecord]] = []
    for night in 0..<desk.nights {
      for (number, file) in desk.imports(after: night).enumerated() {
        let path = try place.write(file.text, "\(night)-\(number).csv")
        try place.importFiles([path], file.extent, at: KnownDesk.instant(ofNight: night))
      }
      let asOf = KnownDesk.instant(ofNight: night)
      inputs.append(try place.results(place.stored(knownAt: nil), asOf: asOf).inputs)
    }
    for night in 0..<desk.nights {
      let all = try place.write(desk.export(.all, after: night), "all.csv")
      let asOf = KnownDesk.instant(ofNight: night)
      let direct = try place.results(place.files([all]), asOf: asOf)
      #expect(!direct.promises.isEmpty)
      for knownAt in [asOf, asOf.advanced(by: 86_399)] {
        let stored = try place.results(place.stored(knownAt: knownAt), asOf: asOf)
        #expect(Self.comparable(stored) == Self.comparable(direct), "\(shape) \(seed) \(night)")
        #expect(stored.inputs == inputs[night], "\(shape) \(seed) \(night)")
        #expect(stored.knownAt == knownAt.seconds)
      }
      let folded = try place.results(place.stored(knownAt: asOf), asOf: asOf, promises: false)
      #expect(folded.figures == direct.figures, "\(shape) \(seed) \(night)")
    }
  }

  @Test(
    "Rows are named by the line of the export they came in", arguments: KnownDesk.Shape.allCases)
  func lines(shape: KnownDesk.Shape) throws {
    for seed in 20..<24 as Range<UInt64> {
      var desk = KnownDesk(shape: shape, seed: seed)
      let place = try Place(desk)
      var files: [[String]] = []
      for night in 0..<desk.nights {
        for (number, file) in desk.imports(after: night).prefix(1).enumerated() {
          let path = try place.write(file.text, "\(night)-\(number).csv")
          try place.importFiles([path], file.extent, at: KnownDesk.instant(ofNight: night))
          files.append(
            file.text.replacingOccurrences(of: "\r\n", with: "\n").components(separatedBy: "\n"))
        }
      }
      let results = try place.results(
        place.stored(knownAt: nil), asOf: KnownDesk.instant(ofNight: desk.nights))
      #expect(!results.promises.isEmpty)
      for promise in results.promises {
        let line = files[promise.file][promise.line - 1]
        #expect(line.hasPrefix(promise.ticket + ","), "\(shape) \(seed)")
      }
      for trace in results.traces {
        for stretch in trace.stretches where stretch.line > 0 {
          let isThere = files.contains { lines in
            stretch.line <= lines.count && lines[stretch.line - 1].hasPrefix(trace.ticket + ",")
          }
          #expect(isThere, "\(shape) \(seed)")
        }
      }
    }
  }

  @Test("An import that brings nothing new changes no input, one that does changes its source's")
  func inputs() throws {
    let desk = KnownDesk(shape: .tickets, seed: 5, nights: 2)
    let place = try Place(desk)
    let night = KnownDesk.instant(ofNight: 1)
    try place.importFiles([try place.write(desk.export(.all, after: 0), "a.csv")], at: night)
    let before = try place.results(place.stored(knownAt: nil), asOf: night).inputs
    #expect(before.map(\.name) == ["desk.sqlite: source desk"])
    let later = night.advanced(by: 60)
    try place.importFiles(
      [try place.write(desk.export(.all, after: 0) + "\n", "b.csv")], at: later)
    #expect(try place.results(place.stored(knownAt: nil), asOf: night).inputs == before)
    try place.importFiles(
      [try place.write(desk.export(.night, after: 1), "c.csv")], .night, at: later.advanced(by: 60))
    #expect(try place.results(place.stored(knownAt: nil), asOf: night).inputs != before)
    #expect(try place.results(place.stored(knownAt: later), asOf: night).inputs == before)
  }
}
