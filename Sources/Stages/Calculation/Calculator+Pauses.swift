import Agreements
import Results
import Tickets

extension Calculator {
  /// Adds the pauses of an agreement's promises, where they are kept.
  ///
  /// The figures without pauses are those of a second replay, in which no pause, suspension or
  /// total holds; approved exclusions stay.
  func addPauses(
    of run: inout AgreementRun, _ versions: [Agreement], to results: inout CalculationResults
  ) throws(CalculationError) {
    guard request.collectsPromises, request.auditsPauses, versions[0].chain.supports == nil else {
      return
    }
    let sums = run.pauseSums()
    let isPaused = sums.targets.values.contains { $0.paused > 0 }
    guard isPaused || !sums.moments.isEmpty else { return }
    let name = versions[0].name
    let with = results.figures.filter { $0.agreement == name }
    let without = isPaused ? try figures(versions.map(\.withoutPauses), unpaused) : with
    var audit = results.pauses ?? PauseAudit()
    for pair in TargetCounts.pairs(with, without, period: run.plan.reported) {
      let key = PauseSums.Key(
        customer: pair.row.customer, clock: pair.row.clock, tier: pair.row.tier)
      guard let sum = sums.targets[key], sum.paused > 0 else { continue }
      audit.targets.append(
        PauseTarget(
          agreement: name, customer: key.customer, clock: key.clock, tier: key.tier,
          objective: pair.row.objective, promises: sum.promises, paused: sum.paused,
          elapsed: sum.elapsed, parties: Self.parts(sum.parties), groups: Self.parts(sum.groups),
          with: pair.first, without: pair.second))
    }
    audit.moments += Self.ordered(sums.moments, run.names)
    if sums.knowsMessages { audit.knowsMessages = true }
    results.pauses = audit
  }

  private var unpaused: CalculationRequest {
    var unpaused = request
    for index in unpaused.tables.indices {
      unpaused.tables[index].suspensions = []
      unpaused.tables[index].pausedTotals = nil
    }
    return unpaused
  }

  /// The most first, then by name.
  private static func parts(_ seconds: [String: Int64]) -> [PauseTarget.Part] {
    seconds.map { PauseTarget.Part(name: $0.key, seconds: $0.value) }.sorted {
      $0.seconds == $1.seconds ? $0.name < $1.name : $0.seconds > $1.seconds
    }
  }

  private static func ordered(_ moments: [PauseMoment], _ names: AgreementNames) -> [PauseMoment] {
    func place(_ moment: PauseMoment) -> (Int, Int, Int) {
      (
        names.clocks.firstIndex(of: moment.clock) ?? 0,
        names.tiers.firstIndex(of: moment.tier) ?? 0,
        PauseMoment.Kind.allCases.firstIndex(of: moment.kind) ?? 0
      )
    }
    return moments.map { (place($0), $0) }.enumerated().sorted { left, right in
      let ((a, first), (b, second)) = (left.element, right.element)
      if first.customer != second.customer { return first.customer < second.customer }
      if a != b { return a < b }
      if first.at != second.at { return first.at < second.at }
      if first.source != second.source { return first.source < second.source }
      if first.ticket != second.ticket { return first.ticket < second.ticket }
      return left.offset < right.offset
    }.map(\.element.1)
  }
}

extension Agreement {
  fileprivate var withoutPauses: Agreement {
    var copy = self
    for index in copy.clocks.indices { copy.clocks[index].pauses = [] }
    return copy
  }
}
