import Agreements
import Calculation
import Results
import ServiceTime

/// One side of a comparison, as far as it can be worked out once more.
struct ReplayBasis {
  var asOf: Instant
  /// `nil` is everything.
  var knownAt: Instant?
  /// Of one agreement.
  var rules: RulesInForce
  /// Hashes of the mappings by which the rows were imported.
  var mappings: Set<String>

  /// With the exclusions that were known then.
  var versions: [Agreement] {
    (rules.agreements.first ?? []).knowingExclusions(at: min(asOf, knownAt ?? asOf))
  }
}

/// Works out months of a workspace with inputs of one side and of another, and remembers them: the
/// customers of an agreement, and months that were issued together, share their replays.
final class CauseBench {
  private let path: String
  private let library: RuleLibrary
  private let surroundings: Surroundings
  private var desks: [String: (calculator: Calculator, knownAt: Instant?)] = [:]
  private var months: [String: [(causes: [ChangeCause], results: CalculationResults)]] = [:]

  /// So many sets of rows are held at once.
  private static let mostDesks = 4

  init(path: String, library: RuleLibrary, surroundings: Surroundings) {
    self.path = path
    self.library = library
    self.surroundings = surroundings.silent
  }

  /// The month with all inputs of `a`, and then after each that is exchanged for that of `b`.
  ///
  /// The first has no causes; an input that is the same on both sides is passed over.
  func replays(
    from a: ReplayBasis, to b: ReplayBasis, period: String
  ) throws(CommandFailure) -> [(causes: [ChangeCause], results: CalculationResults)] {
    let key = [period, Self.key(a), Self.key(b)].joined(separator: "|")
    if let known = months[key] { return known }
    let both = [a.versions, b.versions]
    func month(
      _ rows: ReplayBasis, _ versions: [Agreement]
    ) throws(CommandFailure) -> CalculationResults {
      try self.month(rows, versions, period: period, wanted: both)
    }
    var steps = [(causes: [ChangeCause](), results: try month(a, a.versions))]
    if a.knownAt != b.knownAt || a.asOf != b.asOf {
      let rows: [ChangeCause] = a.mappings == b.mappings ? [.data] : [.data, .mapping]
      steps.append((rows, try month(b, a.versions)))
    }
    if a.rules.hashes != b.rules.hashes || a.versions != b.versions {
      var parts: Set<RulePart> = []
      var last = a.versions
      for (part, cause) in Self.parts {
        parts.insert(part)
        let versions = a.versions.taking(parts, from: b.versions)
        if versions != last { steps.append(([cause], try month(b, versions))) }
        last = versions
      }
    }
    months[key] = steps
    return steps
  }

  /// In the fixed order of causes.
  private static let parts: [(RulePart, ChangeCause)] = [
    (.pause, .pause), (.exclusion, .exclusion), (.target, .target), (.calendar, .calendar),
  ]

  private static func key(_ basis: ReplayBasis) -> String {
    ([basis.asOf.iso, basis.knownAt?.iso ?? ""] + basis.rules.hashes
      + basis.versions.map { $0.validFrom?.iso ?? "" }).joined(separator: " ")
  }

  /// - Parameter wanted: The agreements whose fields are read, so that rows are read once.
  func month(
    _ rows: ReplayBasis, _ versions: [Agreement], period: String, wanted: [[Agreement]]
  ) throws(CommandFailure) -> CalculationResults {
    var job = CalculateJob(agreements: [], period: period, asOf: rows.asOf)
    let desk = try desk(rows.knownAt, wanted, job)
    var request = desk.calculator.request
    (request.agreements, request.asOf, request.period) = ([versions], rows.asOf, period)
    job.rulesInForce = RulesInForce(agreements: [versions], records: [])
    do throws(CalculationError) {
      var results = try Calculator(request).results()
      results.knownAt = desk.knownAt?.seconds
      return results
    } catch {
      throw job.failure(error)
    }
  }

  private func desk(
    _ knownAt: Instant?, _ wanted: [[Agreement]], _ job: CalculateJob
  ) throws(CommandFailure) -> (calculator: Calculator, knownAt: Instant?) {
    let names = Set(wanted.joined().flatMap(\.namesUsed)).sorted()
    let key = ([knownAt?.iso ?? ""] + names).joined(separator: "|")
    if let known = desks[key] { return known }
    if desks.count == Self.mostDesks { desks = [:] }
    var job = job
    job.rulesInForce = RulesInForce(agreements: wanted, records: [])
    job.collectsPromises = true
    let (calculator, loaded) = try job.calculator(
      .workspace(path, knownAt: knownAt), rules: library, surroundings: surroundings)
    desks[key] = (calculator, loaded.knownAt)
    return (calculator, loaded.knownAt)
  }

  /// What proves the causes of one customer's month.
  ///
  /// - Parameter rest: What differs between the sides, and cannot be exchanged in a replay.
  func proof(
    from a: ReplayBasis, to b: ReplayBasis, period: String, customer: String,
    rest: [ChangeCause]
  ) throws(CommandFailure) -> CauseProof {
    let steps = try replays(from: a, to: b, period: period).map { step in
      let name = step.results.agreements.first?.name ?? ""
      let month = IssuedMonth(step.results.limited(to: name, customer: customer))
      return CauseProof.Step(
        step.causes,
        Dictionary(
          month.promises.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first }))
    }
    return CauseProof(
      start: steps.first?.promises ?? [:], steps: Array(steps.dropFirst()), rest: rest)
  }
}

extension Surroundings {
  /// The same, without a word of what was said before.
  var silent: Surroundings {
    Surroundings(
      now: now, zoneFolder: zoneFolder, log: log, output: { _ in }, say: { _ in },
      progress: progress, isInteractive: isInteractive, usesColour: usesColour,
      processors: processors)
  }
}
