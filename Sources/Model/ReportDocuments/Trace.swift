/// How one promise was counted: stretches that add up to the second.
package struct Trace: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable { case counted, paused, stopped, closed }

  package struct Stretch: Hashable, Sendable {
    package var from: LocalMoment
    package var to: LocalMoment
    package var kind: Kind
    /// `In Progress`, `paused: customer`, `closed hours`.
    package var state: String
    /// Counted seconds, paused seconds and closed seconds of the stretch; they add up to its wall
    /// time.
    package var counted: Int64
    package var paused: Int64
    package var closed: Int64
    package var stopped: Int64
    /// Counted seconds from the start to the end of this stretch.
    package var runningTotal: Int64
    /// Line of the event behind it in the export; 0 if unknown.
    package var line: Int
    /// Line of the entry of a register that began it, where no row did; else 0.
    package var registerLine: Int
    /// By which rule it is counted or not; empty if that is not known.
    package var rule: String

    package init(
      from: LocalMoment, to: LocalMoment, kind: Kind, state: String, counted: Int64,
      paused: Int64, closed: Int64, stopped: Int64, runningTotal: Int64, line: Int,
      registerLine: Int = 0, rule: String = ""
    ) {
      self.from = from
      self.to = to
      self.kind = kind
      self.state = state
      self.counted = counted
      self.paused = paused
      self.closed = closed
      self.stopped = stopped
      self.runningTotal = runningTotal
      self.line = line
      self.registerLine = registerLine
      self.rule = rule
    }
  }

  package var stretches: [Stretch]
  package var lost: LocalMoment?
  /// What adds up: `elapsed 32:53:00 + paused 4:00:00 (customer) + stopped 0:00:00 + closed hours
  /// 14:00:00 = wall time 50:53:00`.
  package var identity: String
  /// Such as `elapsed 32:53:00 exceeds within 30:00:00: breached`.
  package var comparison: String
  /// What the lines are those of; empty if no line is known.
  package var lines: String

  package init(
    stretches: [Stretch], lost: LocalMoment?, identity: String, comparison: String,
    lines: String = ""
  ) {
    self.stretches = stretches
    self.lost = lost
    self.identity = identity
    self.comparison = comparison
    self.lines = lines
  }
}
