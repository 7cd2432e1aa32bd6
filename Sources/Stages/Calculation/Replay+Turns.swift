/// Tickets that follow another from some instant on, or of which nothing more is known.
extension Replay {
  /// Takes the clock through the instant of a turn, before its other changes are looked at.
  ///
  /// What was decided stays: a clock that stands is not taken along.
  ///
  /// - Returns: Whether the clock goes on.
  mutating func takeTurn(at instant: Int64, clock: PreparedClock, line: UInt32) -> Bool {
    guard let turn else { return true }
    self.turn = nil
    guard timeline.started != nil else {
      hasFollowed = true
      return turn == 0
    }
    guard timeline.state == .running || timeline.state == .paused else { return false }
    guard turn == 0 else {
      endFault = Timeline.Fault(code: turn)
      enter(.ended, party: 0, at: instant, clock: clock, line: line, isChange: false)
      return false
    }
    hasFollowed = true
    return true
  }
}

extension Timeline.Fault {
  private static let ofTurns: [Timeline.Fault] = [
    .unknownMaster, .mergedInACircle, .mergeNotDated, .goneFromExport,
  ]

  /// As the value of an event, from 1.
  var code: UInt32 { UInt32((Self.ofTurns.firstIndex(of: self) ?? 0) + 1) }

  init(code: UInt32) { self = Self.ofTurns[Int(code) - 1] }
}
