import Agreements
import Results
import ServiceTime

extension Calculator {
  /// Adds what registers take out of an agreement, and its targets without and with that.
  ///
  /// The figures without exclusions are those of a second replay.
  func addExclusions(
    of run: AgreementRun, _ versions: [Agreement], to results: inout CalculationResults
  ) throws(CalculationError) {
    guard !run.exclusions.isEmpty else { return }
    var own = results.exclusions ?? ExclusionResults()
    own.entries += run.exclusionEntries
    let name = versions[0].name
    let with = results.figures.filter { $0.agreement == name }
    var without = with
    if run.exclusions.appliesAny {
      var bare = request
      bare.appliesExclusions = false
      without = try figures(versions, bare)
    }
    let period = run.plan.reported
    let touched = Set(own.entries.filter { $0.agreement == name }.map(\.customer))
    own.targets += TargetCounts.pairs(without, with, period: period)
      .filter { touched.contains($0.row.customer) }
      .map { pair in
        ExclusionTarget(
          agreement: name, customer: pair.row.customer, clock: pair.row.clock,
          tier: pair.row.tier, objective: pair.row.objective, without: pair.first,
          with: pair.second)
      }
    results.exclusions = own
  }

  /// The figures of an agreement's reported period alone, as of another request.
  func figures(
    _ versions: [Agreement], _ other: CalculationRequest
  ) throws(CalculationError) -> [FigureRow] {
    var other = other
    other.collectsPromises = false
    other.history = 1
    other.by = []
    var run = try AgreementRun(versions, request: other)
    run.replayAll()
    var results = CalculationResults(
      tool: "", asOf: request.asOf.seconds, tzdata: "", inputs: [], rules: [], agreements: [])
    run.add(to: &results)
    return results.figures
  }
}

/// Counts of the targets of one period in two sets of figures.
enum TargetCounts {
  struct Pair {
    let row: FigureRow
    var first = PromiseCounts()
    var second = PromiseCounts()
  }

  /// In the order of the figures, with the values of `by` put together.
  static func pairs(_ first: [FigureRow], _ second: [FigureRow], period: String) -> [Pair] {
    var pairs: [[String]: Pair] = [:]
    var order: [[String]] = []
    func add(_ rows: [FigureRow], _ path: WritableKeyPath<Pair, PromiseCounts>) {
      for row in rows where row.period == period {
        let key = [row.customer, row.clock, row.tier]
        if pairs[key] == nil {
          pairs[key] = Pair(row: row)
          order.append(key)
        }
        pairs[key]?[keyPath: path] += row.counts
      }
    }
    add(first, \.first)
    add(second, \.second)
    return order.compactMap { pairs[$0] }
  }
}
