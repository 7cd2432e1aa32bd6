/// Names the first input after which a promise reads otherwise, from replays of it in which one
/// input after another was exchanged.
///
/// See docs/DECISIONS.md, "Causes of a change".
package struct CauseProof: Sendable {
  package typealias Promises = [PromiseKey: IssuedMonth.Promise]

  /// The replay after one more input was exchanged.
  package struct Step: Sendable {
    /// One, or all that were exchanged at once because they cannot be taken apart.
    package let causes: [ChangeCause]
    package let promises: Promises

    package init(_ causes: [ChangeCause], _ promises: Promises) {
      self.causes = causes
      self.promises = promises
    }
  }

  /// With every input of the first side.
  private let start: Promises
  private let steps: [Step]
  /// What differs between the sides, and cannot be exchanged in a replay.
  private let rest: [ChangeCause]

  package init(start: Promises, steps: [Step], rest: [ChangeCause]) {
    self.start = start
    self.steps = steps
    self.rest = rest
  }

  /// The cause of a difference; several, in their order, if it can be any of them.
  ///
  /// - Returns: `nil` if the replays tell nothing, because they do not come to what both sides say.
  package func causes(
    _ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?
  ) -> [ChangeCause]? {
    guard let key = (was ?? now)?.key else { return nil }
    let isVerdict = Sight(was, withTime: false) != Sight(now, withTime: false)
    func sight(_ promise: IssuedMonth.Promise?) -> Sight { Sight(promise, withTime: !isVerdict) }
    let (told, begin) = (sight(was), sight(start[key]))
    let seen = steps.map { sight($0.promises[key]) }
    let endsAlike = (seen.last ?? begin) == sight(now)
    if begin == told {
      if let first = seen.firstIndex(where: { $0 != told }) { return steps[first].causes }
      return rest.isEmpty ? nil : rest
    }
    guard !rest.isEmpty else { return nil }
    // The first side cannot be replayed as it was: whatever makes a difference is possible.
    let flips = zip(steps.indices, seen).filter { index, sight in
      sight != (index > 0 ? seen[index - 1] : begin)
    }
    if flips.isEmpty, endsAlike { return rest }
    let possible = Set(flips.flatMap { steps[$0.0].causes } + rest)
    return ChangeCause.allCases.filter(possible.contains)
  }

  /// What a reader of the month is told of a promise.
  private struct Sight: Hashable {
    var verdict: Verdict?
    var tier: String?
    var elapsed: Int64?

    /// A promise that the month does not count is told of by no figure.
    init(_ promise: IssuedMonth.Promise?, withTime: Bool) {
      guard let promise, promise.isCounted else { return }
      (verdict, tier) = (promise.verdict, promise.tier)
      if withTime { elapsed = promise.elapsedSeconds }
    }
  }
}
