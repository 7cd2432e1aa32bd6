import Agreements
import Tickets

/// A promise of which the clock stands stopped at the horizon, as far as it is counted.
struct SettledPromise {
  let started: Int64
  /// The last stop, or the loss if that is later.
  let ended: Int64
  /// Seconds.
  let elapsed: Int64
  let isLost: Bool
  let isJudged: Bool
  let group: Int
}

extension SettledPromise {
  /// Returns `nil` if the clock does not stand stopped, or cannot be judged.
  init?(_ timeline: borrowing Timeline) {
    guard timeline.fault == nil, let started = timeline.started,
      let last = timeline.stretches.last, last.state == .stopped
    else { return nil }
    self.started = started
    ended = max(last.start, timeline.lost ?? last.start)
    elapsed = max(0, last.elapsedBefore)
    isLost = timeline.lost != nil
    isJudged = last.isJudged
    group = isLost ? timeline.lostGroup : last.group
  }
}

/// Counting of replayed promises that no period but one ever sees.
extension AgreementRun {
  /// Whether any promise is counted so.
  var countsSettled: Bool { countBy != .due && plain != nil }

  /// Counts a promise that started, was lost or not, and stopped for good within one segment, as
  /// plain promises are counted: once, for all series and the ledger.
  ///
  /// - Returns: Whether it was one of these; if not, nothing was counted.
  mutating func countSettled(_ promise: SettledPromise) -> Bool {
    guard countBy != .due, let segment = segment(from: promise.started, through: promise.ended)
    else { return false }
    let elapsed = UInt32(clamping: promise.elapsed)
    // What is missed is counted by its elapsed, which a due date may leave at nothing.
    if promise.isLost, elapsed == 0 || !promise.isJudged { return false }
    let first = plain?.firstCell(ofGroup: promise.group, isJudged: promise.isJudged)
    guard let first else { return false }
    plain?.count(atMost: 1) { counter in
      counter.count(
        elapsed, within: promise.isLost ? 0 : .max, cell: first + segment, isKept: true)
    }
    return true
  }

  /// The segment that holds both instants; `nil` if none does, or if it is the one before all that
  /// is shown.
  private mutating func segment(from first: Int64, through last: Int64) -> Int? {
    guard let segments = plain?.segments else { return nil }
    if !segments.holds(first, in: lastSegment) { lastSegment = segments.index(of: first) }
    return lastSegment > 0 && segments.holds(last, in: lastSegment) ? lastSegment : nil
  }
}

extension Segments {
  fileprivate func holds(_ instant: Int64, in segment: Int) -> Bool {
    segment < count && starts[segment] <= instant && instant < starts[segment + 1]
  }
}
