import Agreements
import Tickets

/// Counting of replayed promises that no period but one ever sees.
extension AgreementRun {
  /// Counts a promise that started, was lost or not, and stopped for good within one segment, as
  /// plain promises are counted: once, for all series and the ledger.
  ///
  /// - Returns: Whether it was one of these; if not, nothing was counted.
  mutating func countSettled(_ timeline: borrowing Timeline) -> Bool {
    guard countBy != .due, timeline.fault == nil, let started = timeline.started,
      let last = timeline.stretches.last, last.state == .stopped,
      let segment = segment(from: started, through: max(last.start, timeline.lost ?? last.start))
    else { return false }
    let elapsed = UInt32(clamping: max(0, last.elapsedBefore))
    let isLost = timeline.lost != nil
    // What is missed is counted by its elapsed, which a due date may leave at nothing.
    if isLost, elapsed == 0 || !last.isJudged { return false }
    let first = plain?.firstCell(
      ofGroup: isLost ? timeline.lostGroup : last.group, isJudged: last.isJudged)
    guard let first else { return false }
    plain?.count(atMost: 1) { counter in
      counter.count(elapsed, within: isLost ? 0 : .max, cell: first + segment, isKept: true)
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
