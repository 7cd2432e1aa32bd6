import Tickets

/// Which moments of a ticket count, and where they cannot tell.
extension Replay {
  /// Gives up where only a condition tells of a start or a stop, and no history tells when.
  ///
  /// A row as last exported says how a ticket stands, not since when it does.
  mutating func refuseUnplaced(_ clock: PreparedClock, ticket: Int) {
    if isUnplaced(clock.start, ticket) {
      timeline.fault = .startNotInSource
    } else if isUnplaced(clock.stop, ticket) {
      timeline.fault = .notInSource
    }
  }

  private func isUnplaced(_ signals: PreparedSignals, _ ticket: Int) -> Bool {
    for moment in signals.moments where table.moments[moment][ticket] > MomentColumn.unreadable {
      return false
    }
    for condition in signals.conditions where condition.holds(codes) { return true }
    return false
  }

  /// Finds the moments that count, and what cannot be judged whatever happens.
  mutating func readMoments(_ clock: PreparedClock, ticket: Int) {
    guard clock.knowsReplies else {
      timeline.fault = .repliesNotInSource
      return
    }
    guard clock.stop.isKnown else {
      timeline.fault = .notInSource
      return
    }
    guard !table.isUnreadable(clock.start.moments, ticket),
      !table.isUnreadable(clock.stop.moments, ticket)
    else {
      timeline.fault = .unreadableInstant
      return
    }
    startMoment = table.present(clock.start.moments, ticket, by: sight)
    stopMoment =
      table.hasHistory || isTurning ? nil : table.present(clock.stop.moments, ticket, by: sight)
    if clock.takesPausedTotal, let totals = table.pausedTotals,
      totals.seconds[ticket] > MomentColumn.unreadable, totals.seconds[ticket] > 0
    {
      timeline.reportedPause = totals.seconds[ticket]
      timeline.pauseIsWall = totals.counts == .wall
      timeline.elapsed = -totals.seconds[ticket]
    }
  }
}
