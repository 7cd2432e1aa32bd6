import Foundation
import Importing
import Logging
import Results
import ServiceTime

@testable import Pipelines

/// A workspace of some nights, and an agreement of which single rules can be exchanged.
final class DiffDesk {
  /// An input that is exchanged between two sides.
  enum Input: String, CaseIterable, Sendable {
    case data, pause, target, calendar

    var cause: ChangeCause { ChangeCause(rawValue: rawValue) ?? .tool }

    /// What stands in the agreement, and what stands there on the other side.
    var change: (from: String, to: String)? {
      switch self {
      case .data: nil
      case .pause: ("pause: {status: Waiting, party: customer}", "pause: {status: Open, party: us}")
      case .target: ("within: {P1: 4h, P2: 8h}", "within: {P1: 2h, P2: 16h}")
      case .calendar: ("\"09:00-17:00\"", "\"07:00-20:00\"")
      }
    }
  }

  let folder: String
  let nights: Int
  var workspace: String { folder + "/desk.sqlite" }
  private var agreements: [Set<Input>: String] = [:]
  private static let zones = "/usr/share/zoneinfo"
  static let asOf = KnownDesk.instant(ofNight: 60)

  init(shape: KnownDesk.Shape, seed: UInt64) throws {
    folder = NSTemporaryDirectory() + "attain-diff-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let desk = KnownDesk(shape: shape, seed: seed, nights: 8)
    nights = desk.nights
    _ = try write(desk.mapping, "desk.yml")
    for night in 0..<nights {
      let file = try write(desk.export(.all, after: night), "\(night).csv")
      try WorkspaceJob.importFiles(
        [ImportOrder(files: [file], mapping: folder + "/desk.yml")], into: workspace,
        rules: RuleLibrary(zoneFolder: Self.zones),
        surroundings: surroundings(KnownDesk.instant(ofNight: night)))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, _ name: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  func surroundings(_ now: Instant = DiffDesk.asOf) -> Surroundings {
    Surroundings(
      now: now, zoneFolder: Self.zones,
      log: Logger(label: "diff") { _ in SwiftLogNoOpLogHandler() }, output: { _ in },
      say: { _ in }, progress: { _, _ in }, isInteractive: false, usesColour: false, processors: 2)
  }

  /// The agreement with some of its rules exchanged.
  func agreement(_ exchanged: Set<Input>) throws -> String {
    if let known = agreements[exchanged] { return known }
    var text = KnownDesk.agreement
    for input in exchanged {
      guard let change = input.change else { continue }
      precondition(text.contains(change.from))
      text = text.replacingOccurrences(of: change.from, with: change.to)
    }
    let path = try write(text, "agreement-\(agreements.count).yml")
    agreements[exchanged] = path
    return path
  }

  func job(_ agreements: [String], period: String = "2026-03") -> CalculateJob {
    var job = CalculateJob(agreements: agreements, period: period, asOf: Self.asOf)
    (job.collectsPromises, job.comparesIssues) = (true, false)
    return job
  }

  /// The month with some inputs exchanged; the data of the last night in place of an earlier one's.
  func results(_ exchanged: Set<Input>, night: Int) throws -> CalculationResults {
    let night = exchanged.contains(.data) ? nights - 1 : night
    return try job([agreement(exchanged)]).run(
      .workspace(workspace, knownAt: KnownDesk.instant(ofNight: night)),
      rules: RuleLibrary(zoneFolder: Self.zones), surroundings: surroundings())
  }

  func file(_ results: CalculationResults, _ name: String) throws -> String {
    let path = folder + "/" + name
    try Data(try ResultsFile.bytes(of: results)).write(to: URL(fileURLWithPath: path))
    return path
  }

  /// - Parameter replays: Whether the workspace is there to prove causes.
  func diff(
    _ a: CalculationResults, _ b: CalculationResults, replays: Bool = true
  ) throws -> ResultsDifference {
    let files = try (file(a, "a.json"), file(b, "b.json"))
    return try DiffJob(
      files.0, files.1, workspace: replays ? workspace : nil, knownAt: nil,
      job: job(Array(agreements.values)), rules: RuleLibrary(zoneFolder: Self.zones),
      surroundings: surroundings()
    ).run()
  }
}

extension ResultsDifference {
  var promises: [(month: MonthDifference, promise: IssueChanges.Promise)] {
    months.flatMap { month in month.promises.map { (month, $0) } }
  }
}
