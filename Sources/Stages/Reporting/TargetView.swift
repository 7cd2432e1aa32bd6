import ReportDocuments
import Results
import ServiceTime

/// One clock and tier of a pack, with its figures of every period.
struct TargetView {
  let clock: String
  let tier: String
  /// Tier and clock, such as `P3 Moderate resolution`.
  let name: String
  let anchor: String
  let within: Int64?
  let objective: Int64?
  /// The limit in words, such as `3 business days (30 h)`; empty if not judged.
  let withinText: String
  let withinShort: String
  let calendar: String
  /// The reported period; all zero if nothing happened in it.
  let current: FigureRow
  let grading: Grading
  /// Promises counted in the reported period and decided, in the results' order.
  let decided: [PromiseRow]
  private let rows: [String: FigureRow]
  private let completeness: [String: Completeness]

  init(
    clock: AgreementSummary.ClockSummary, tier: AgreementSummary.TierSummary,
    agreement: AgreementSummary, reported: AgreementSummary.PeriodSummary, rows: [FigureRow],
    promises: [PromiseRow]
  ) {
    self.clock = clock.clock
    self.tier = tier.tier
    name = tier.tier + " " + clock.clock
    anchor = Self.anchor(clock.clock + " " + tier.tier, agreement: agreement, clock, tier)
    within = tier.withinSeconds
    objective = tier.objective
    withinShort = tier.within
    let isAmountOfDays = tier.within.contains("day") && tier.withinSeconds != nil
    withinText =
      isAmountOfDays
      ? "\(tier.within) (\(DurationText.prose(tier.withinSeconds ?? 0)))" : tier.within
    calendar = tier.calendar
    decided = promises.filter {
      ($0.verdict == .met || $0.isMissed) && reported.counts($0, by: agreement.countBy)
    }
    self.rows = Self.merged(rows)
    completeness = Dictionary(
      agreement.periods.map { ($0.label, $0.completeness) }, uniquingKeysWith: { a, _ in a })
    var current =
      self.rows[reported.label]
      ?? FigureRow(
        agreement: agreement.name, customer: "", clock: clock.clock, tier: tier.tier, by: [],
        period: reported.label, objective: tier.objective)
    if current.againstWithin == nil {
      current.againstWithin = NearestRank.values(decided, objective: current.objective)
    }
    self.current = current
    grading = Grading(
      counts: current.counts, objective: current.objective, completeness: reported.completeness)
  }

  /// Rows of one period with different `by` values become one: counts add, percentiles do not.
  private static func merged(_ rows: [FigureRow]) -> [String: FigureRow] {
    var merged: [String: FigureRow] = [:]
    for row in rows {
      guard var known = merged[row.period] else {
        merged[row.period] = row
        continue
      }
      known.counts += row.counts
      known.stopped = nil
      known.againstWithin = nil
      if let other = row.bounds {
        known.bounds = Bounds(
          canBeLost: (known.bounds?.canBeLost ?? 0) + other.canBeLost,
          others: (known.bounds?.others ?? 0) + other.others)
      }
      known.by = []
      merged[row.period] = known
    }
    return merged
  }

  /// Letters and digits of the names; numbered by place so that two names never share one.
  private static func anchor(
    _ name: String, agreement: AgreementSummary, _ clock: AgreementSummary.ClockSummary,
    _ tier: AgreementSummary.TierSummary
  ) -> String {
    let letters = name.lowercased().unicodeScalars.map { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        ? Character(scalar) : Character("-")
    }
    let clockPlace = agreement.clocks.firstIndex { $0.clock == clock.clock } ?? 0
    let tierPlace = clock.tiers.firstIndex { $0.tier == tier.tier } ?? 0
    return "target-\(clockPlace + 1)-\(tierPlace + 1)-" + String(letters)
  }

  func row(_ label: String) -> FigureRow? { rows[label] }

  func grading(_ label: String) -> Grading {
    guard let row = rows[label] else { return objective == nil ? .noObjective : .noData }
    return Grading(
      counts: row.counts, objective: row.objective, completeness: completeness[label] ?? .complete)
  }

  var objectiveText: String { objective.map { Words.percent(millionths: $0) } ?? "" }

  var missesAllowed: Int {
    objective.map { Grading.missesAllowed(decided: current.counts.decided, objective: $0) } ?? 0
  }
}

/// Nearest rank (type 1) over decided promises, open misses counting as longest.
enum NearestRank {
  static func values(_ promises: [PromiseRow], objective: Int64?) -> AgainstWithin? {
    guard !promises.isEmpty else { return nil }
    func sorted(_ isOpen: Bool) -> [Int64] {
      promises.filter { ($0.verdict == .overdue) == isOpen }.map { $0.elapsedSeconds ?? 0 }
        .sorted()
    }
    let (stopped, open) = (sorted(false), sorted(true))
    let count = Int64(promises.count)
    func value(_ millionths: Int64) -> AgainstWithin.Value {
      let rank = max(1, Int((millionths * count + 99_999_999) / 100_000_000))
      return rank <= stopped.count
        ? .init(seconds: stopped[rank - 1], isOver: false)
        : .init(seconds: open[min(rank, promises.count) - 1 - stopped.count], isOver: true)
    }
    return AgainstWithin(
      percentiles: [50, 75, 90, 95, 99].map { value($0 * 1_000_000) },
      atObjective: objective.map(value))
  }
}
