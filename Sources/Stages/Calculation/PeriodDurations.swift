import Results

/// What is known of one group and period, replayed and plain promises together.
struct PeriodDurations {
  private(set) var counts: PromiseCounts
  private let decidedEarlier: Int
  private let notStopped: Int
  /// Elapsed of clocks that were decided and stopped in the period, and of the others.
  private var shared: [[UInt32]]
  private var stopped: [[UInt32]]
  private let decided: [UInt32]
  private let decidedOpen: [UInt32]

  init(_ cell: PeriodFigures, _ plain: [PlainPromises]) {
    counts = cell.counts
    (decidedEarlier, notStopped) = (cell.decidedEarlier, cell.notStopped)
    shared = [cell.decidedAndStopped]
    stopped = [cell.stopped]
    (decided, decidedOpen) = (cell.decided, cell.decidedOpen)
    for segment in plain {
      counts.met += segment.met
      counts.breached += segment.missed
      counts.noTarget += segment.unjudged
      shared.append(segment.judgedElapsed)
      stopped.append(segment.unjudgedElapsed)
    }
  }

  private var sharedCount: Int { shared.reduce(0) { $0 + $1.count } }
  var stoppedCount: Int { stopped.reduce(sharedCount) { $0 + $1.count } }

  /// - Parameter objective: Millionths of a per cent.
  func statistics(objective: Int64?) -> (stopped: StoppedStatistics?, against: AgainstWithin?) {
    let count = stoppedCount
    let standing = sharedCount + decided.count
    let all = standing + decidedOpen.count
    let millionths = Percentile.shown.map { Int64($0) * 1_000_000 } + (objective.map { [$0] } ?? [])
    let nearest =
      all == 0 ? [] : millionths.map { Percentile.nearestRank(millionths: $0, count: all) - 1 }
    var ranks = RankedDurations.Ranks()
    ranks.decided = Set(nearest.filter { $0 < standing }).sorted()
    if count > 0 {
      ranks.stopped = Set(
        Percentile.shown.flatMap { percent in
          let (low, high) = Percentile.neighbours(percent: percent, count: count)
          return [low, high]
        }
      ).sorted()
    }
    let found = RankedDurations(
      ranks, shared: shared, onlyStopped: stopped, onlyDecided: [decided])
    return (
      stoppedStatistics(found.stopped, at: ranks.stopped),
      againstWithin(nearest, found.decided, at: ranks.decided, hasObjective: objective != nil)
    )
  }

  private func stoppedStatistics(_ values: [UInt32], at ranks: [Int]) -> StoppedStatistics? {
    let count = stoppedCount
    guard count > 0 else { return nil }
    let known = Dictionary(uniqueKeysWithValues: zip(ranks, values.map(Int64.init)))
    return StoppedStatistics(
      n: count, decidedEarlier: decidedEarlier, notStopped: notStopped,
      percentiles: Percentile.shown.compactMap { percent in
        let place = Percentile.neighbours(percent: percent, count: count)
        guard let low = known[place.low], let high = known[place.high] else { return nil }
        return Percentile.interpolated(between: low, high, percent: percent, count: count)
      })
  }

  private func againstWithin(
    _ nearest: [Int], _ values: [UInt32], at ranks: [Int], hasObjective: Bool
  ) -> AgainstWithin? {
    guard !nearest.isEmpty else { return nil }
    let standing = sharedCount + decided.count
    let known = Dictionary(uniqueKeysWithValues: zip(ranks, values.map(Int64.init)))
    let open = decidedOpen.sorted()
    let found = nearest.map { rank in
      known[rank].map { AgainstWithin.Value(seconds: $0, isOver: false) }
        ?? AgainstWithin.Value(seconds: Int64(open[rank - standing]), isOver: true)
    }
    let shown = Percentile.shown.count
    return AgainstWithin(
      percentiles: Array(found[..<shown]), atObjective: hasObjective ? found[shown] : nil)
  }
}
