/// One target applied to one ticket, as it stands at the horizon of the reported period.
package struct PromiseRow: Hashable, Sendable, Codable {
  package var ticket: String
  package var source: String
  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  package var by: [String]
  package var verdict: Verdict
  /// Why it is unmeasurable, or what else to know; empty if nothing.
  package var reason: String
  /// Seconds since 1970, as all instants here.
  package var started: Int64?
  package var stopped: Int64?
  package var due: Int64?
  package var lost: Int64?
  package var decided: Int64?
  package var elapsedSeconds: Int64?
  package var pausedSeconds: Int64?
  package var withinSeconds: Int64?
  /// The period in which it is counted; empty if in none of the calculated ones.
  package var period: String
  /// The period in which the clock stopped last.
  package var stoppedPeriod: String
  /// The earlier period that counted it as met, if it was lost after a reopening.
  package var reversedFrom: String?
  /// The group that held the ticket at `lost`; empty if the source does not tell.
  package var holder: String
  /// Which start of the clock it is, from 1; `nil` where a reopening does not start it again.
  package var cycle: Int?
  /// Index of the input file of the ticket's row, and its line.
  package var file: Int
  package var line: Int

  package init(
    ticket: String, source: String, agreement: String, customer: String, clock: String,
    tier: String, by: [String], verdict: Verdict, file: Int, line: Int
  ) {
    self.ticket = ticket
    self.source = source
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.by = by
    self.verdict = verdict
    self.file = file
    self.line = line
    reason = ""
    period = ""
    stoppedPeriod = ""
    holder = ""
  }
}

package enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
  case met, breached, running, overdue, cancelled, excluded
  case noTarget = "no-target"
  case unmeasurable
  /// The clock of an open ticket has not started.
  case notStarted = "not-started"
}

/// How one promise was counted, stretch by stretch.
package struct TraceRecord: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable { case counted, paused, stopped, closed }

  /// Where a register of exclusions has an entry.
  package struct Entry: Hashable, Sendable, Codable {
    /// `nil` in a client's pack.
    package var file: String?
    /// From 1.
    package var line: Int

    package init(file: String?, line: Int) {
      self.file = file
      self.line = line
    }
  }

  package struct Stretch: Hashable, Sendable, Codable {
    package var from: Int64
    package var to: Int64
    package var kind: Kind
    /// The status, as exported; empty if the source has none.
    package var state: String
    /// Who pauses it; empty unless paused.
    package var party: String
    package var counted: Int64
    package var paused: Int64
    package var stopped: Int64
    package var closed: Int64
    /// Line of the row that began the stretch; 0 if unknown.
    package var line: Int
    /// The entry of a register that began it, where no row did.
    package var entry: Entry?
    /// The calendar and tier that it was counted in.
    package var calendar: String
    package var tier: String
    /// Why the time is excluded, as the register says; `nil` if it is not.
    package var reason: String?
    /// By which rule it is counted or not, in words; `nil` in results of older versions.
    package var rule: String?

    /// Whether the clock went, be it outside the calendar's hours.
    package var isCounting: Bool { kind == .counted || kind == .closed && party.isEmpty }

    package init(
      from: Int64, to: Int64, kind: Kind, state: String, party: String, counted: Int64,
      paused: Int64, stopped: Int64, closed: Int64, line: Int, calendar: String, tier: String
    ) {
      self.from = from
      self.to = to
      self.kind = kind
      self.state = state
      self.party = party
      self.counted = counted
      self.paused = paused
      self.stopped = stopped
      self.closed = closed
      self.line = line
      self.calendar = calendar
      self.tier = tier
    }
  }

  package var ticket: String
  package var source: String
  package var agreement: String
  package var clock: String
  /// As that of the promise.
  package var cycle: Int?
  package var stretches: [Stretch]
  /// Paused seconds that the source gives only as a total.
  package var reportedPause: Int64?
  /// What the last of several calendars would have made of it, in seconds; `nil` where all counted
  /// time was on one.
  package var onLastCalendar: Int64?

  package init(
    ticket: String, source: String, agreement: String, clock: String, cycle: Int? = nil,
    stretches: [Stretch], reportedPause: Int64?
  ) {
    self.ticket = ticket
    self.source = source
    self.agreement = agreement
    self.clock = clock
    self.cycle = cycle
    self.stretches = stretches
    self.reportedPause = reportedPause
  }

  package var elapsed: Int64 { stretches.reduce(0) { $0 + $1.counted } - (reportedPause ?? 0) }
  package var paused: Int64 { stretches.reduce(0) { $0 + $1.paused } + (reportedPause ?? 0) }
  package var stopped: Int64 { stretches.reduce(0) { $0 + $1.stopped } }
  package var closed: Int64 { stretches.reduce(0) { $0 + $1.closed } }
  package var wall: Int64 { stretches.reduce(0) { $0 + $1.to - $1.from } }
}
