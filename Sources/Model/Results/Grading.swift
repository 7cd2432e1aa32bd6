/// How the figures of one period stand against an objective, by counts and in integers alone.
package enum Grading: String, Hashable, Sendable {
  case met
  /// Met, with more than 80 % of the allowed misses used.
  case underPressure
  case missed
  case noData
  /// Shown, but not judged.
  case partial
  case startingUp
  /// There is no objective.
  case noObjective

  private static let whole: Int64 = 100_000_000

  /// - Parameter objective: Millionths of a per cent.
  package init(counts: PromiseCounts, objective: Int64?, completeness: Completeness) {
    guard let objective else {
      self = .noObjective
      return
    }
    guard counts.decided > 0 else {
      self = .noData
      return
    }
    switch completeness {
    case .partial: self = .partial
    case .startingUp: self = .startingUp
    case .complete:
      let isReached =
        Int64(counts.met) * Self.whole >= objective * Int64(counts.decided)
      let allowed = Self.missesAllowed(decided: counts.decided, objective: objective)
      if !isReached {
        self = .missed
      } else {
        self = counts.missed * 5 > allowed * 4 ? .underPressure : .met
      }
    }
  }

  /// The most misses with which so many promises still reach the objective.
  package static func missesAllowed(decided: Int, objective: Int64) -> Int {
    Int((whole - objective) * Int64(decided) / whole)
  }

  /// Whether the figure is judged at all.
  package var isJudged: Bool { self == .met || self == .underPressure || self == .missed }

  /// The word of the `result` column; empty without an objective.
  package var word: String {
    switch self {
    case .met, .underPressure: "met"
    case .missed: "missed"
    case .noData: "no data"
    case .partial: "partial"
    case .startingUp: "starting up"
    case .noObjective: ""
    }
  }
}
