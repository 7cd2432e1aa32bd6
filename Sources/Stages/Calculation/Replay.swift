import Agreements
import ServiceTime
import Tickets

/// Replays the history of tickets against clocks.
///
/// All changes of one instant are applied first, in the export's order; then the conditions are
/// looked at once: stop wins over cancel, cancel over pause, pause over running. See
/// docs/DECISIONS.md, "Replay".
struct Replay: ~Copyable {
  let table: ReplayTable
  private(set) var version: PreparedVersion
  let sight: Sight
  /// Whether every change of status or group begins a stretch, as a trace needs.
  let splitsAtEveryChange: Bool

  var codes: [UInt32] = []
  var happened: UInt64 = 0
  /// How many suspensions by each party hold.
  private var suspended: [Int32] = []
  /// Whether any was looked at since ``suspended`` was all zero.
  private var hasSuspensions = false
  var tier = 0
  /// The tier of which the target is in force.
  var targetTier = 0
  var group = 0
  var last: Int64 = 0
  var stopMoment: Int?
  var startMoment: Int?
  var stoppedEarly = false
  /// Of a part of another clock: whether that one has started.
  var wholeHasStarted = false
  /// When the ticket ended, if it has.
  var endedAt: Int64?
  /// Whether a pause holds of which no history tells since when.
  var hasUnplacedPause = false
  var currentTicket = 0
  /// Codes of the ticket's status and of the group that holds it.
  var (status, holder) = (UInt32(0), UInt32(0))
  var timeline = Timeline()
  /// The excluded intervals that hold, by number.
  var excluding: Set<Int> = []
  /// How many cycles are to be passed over before the one that is asked for.
  var cyclesAhead = 0
  /// Of a clock that repeats: what is known between its cycles.
  var repeating = Repeating()
  /// The moments that happened at the instant at hand, as bits.
  var momentsNow: UInt64 = 0
  var isTurning = false
  /// The turn of the instant at hand, if there is one; see ``TicketEvents/Subject/turn``.
  var turn: UInt32?
  /// Whether events of the ticket's master may have been taken.
  var hasFollowed = false
  /// Why nothing is known of a clock that ended, in place of the usual reason.
  var endFault: Timeline.Fault?
  /// Whether it is not the ticket's first cycle that is told of.
  var isLaterCycle = false
  /// The event at which to go on.
  private var nextEvent = 0
  /// Whether the clock was started anew after the cycle that was asked for.
  var hasNextCycle = false
  /// What the codes mean for the clock at hand.
  private(set) var reading = ClockLookUp.Reading()
  /// The tier by whose calendar time was counted last, and its open seconds before ``last``.
  var (workTier, workBefore) = (-1, Int64(0))

  init(
    table: ReplayTable, version: PreparedVersion, sight: Sight,
    splitsAtEveryChange: Bool = false
  ) {
    self.table = table
    self.version = version
    self.sight = sight
    self.splitsAtEveryChange = splitsAtEveryChange
    suspended = Array(repeating: 0, count: version.partyCount)
  }

  /// Goes on with tickets of another version.
  mutating func use(_ version: PreparedVersion) {
    guard version !== self.version else { return }
    self.version = version
    while suspended.count < version.partyCount { suspended.append(0) }
  }

  /// Runs one clock over the loaded events of one ticket; the answer is ``timeline``.
  ///
  /// - Parameters:
  ///   - finalTier: The tier that counts while none matches.
  ///   - cycle: How often the clock was started anew before (`reopen: new-cycle`).
  ///   - isTurning: Whether the ticket may follow another; see ``TicketEvents/Subject/turn``.
  mutating func run(
    _ clock: PreparedClock, on ticket: Int, events: borrowing TicketEvents, finalTier: Int,
    groups: inout GroupTable, cycle: Int = 0, isTurning: Bool = false
  ) {
    self.isTurning = isTurning
    cyclesAhead = cycle
    hasNextCycle = false
    prepare(clock, ticket: ticket, events: events, finalTier: finalTier, groups: &groups)
    guard timeline.fault == nil else { return }
    nextEvent = 0
    isLaterCycle = cycle > 0
    goOn(clock, events: events, finalTier: finalTier, groups: &groups)
  }

  /// Goes on with the events that are left, to the end of the cycle at hand.
  mutating func goOn(
    _ clock: PreparedClock, events: borrowing TicketEvents, finalTier: Int,
    groups: inout GroupTable
  ) {
    let count = events.events.count
    var index = nextEvent
    while index < count {
      let first = events.events[index]
      let (instant, line) = (first.at, first.line)
      if timeline.started != nil { advance(to: instant, clock: clock) }
      var effects: ClockLookUp.Effects = []
      momentsNow = 0
      repeat {
        effects.formUnion(apply(events.events[index], clock: clock))
        index += 1
      } while index < count && events.events[index].at == instant
      if turn != nil, !takeTurn(at: instant, clock: clock, line: line) { break }
      if !effects.isEmpty {
        follow(effects, clock: clock, finalTier: finalTier, groups: &groups)
      }
      if let part = clock.part {
        lookAtPart(
          part, at: instant, clock: clock, line: line, touchesFields: !effects.isEmpty)
      } else if clock.repeats == nil {
        look(at: instant, clock: clock, line: line, touchesFields: !effects.isEmpty)
      } else {
        nextEvent = index
        lookAgain(
          at: instant, clock: clock, line: line, touchesFields: !effects.isEmpty,
          finalTier: finalTier, groups: &groups)
      }
      if timeline.fault != nil { return }
      if hasNextCycle || clock.ignoresReopening && timeline.state == .stopped { break }
    }
    timeline.isMerged = hasFollowed
    if isLaterCycle || hasNextCycle || timeline.isRestarted || hasFollowed,
      timeline.reportedPause != nil
    {
      timeline.fault = .pauseNotPlaced
      return
    }
    finish(clock)
  }

  private mutating func prepare(
    _ clock: PreparedClock, ticket: Int, events: borrowing TicketEvents, finalTier: Int,
    groups: inout GroupTable
  ) {
    timeline.reset(horizon: sight.horizon, parties: version.partyCount)
    currentTicket = ticket
    (stoppedEarly, wholeHasStarted) = (false, false)
    endedAt = nil
    hasUnplacedPause = false
    take(events.initialCodes)
    notePlace()
    reading = clock.lookUp.reading(codes)
    happened = 0
    repeating = Repeating()
    if !excluding.isEmpty { excluding.removeAll(keepingCapacity: true) }
    (turn, hasFollowed, endFault) = (nil, false, nil)
    if hasSuspensions {
      for party in suspended.indices { suspended[party] = 0 }
      hasSuspensions = false
    }
    tier = !table.hasHistory ? finalTier : version.tier(of: codes) ?? finalTier
    group = groups.group(codes: codes, version: version, clock: clock.index, tier: tier)
    readMoments(clock, ticket: ticket)
    if timeline.fault == nil, !table.hasHistory { refuseUnplaced(clock, ticket: ticket) }
  }

  @inline(__always)
  private mutating func take(_ initialCodes: [UInt32]) {
    guard codes.count == initialCodes.count else {
      codes = initialCodes
      return
    }
    for field in codes.indices { codes[field] = initialCodes[field] }
  }

  @inline(__always)
  private mutating func notePlace() {
    status = version.statusField.map { codes[$0] } ?? 0
    holder = version.holderField.map { codes[$0] } ?? 0
  }

  /// Returns what follows from a change of a field.
  private mutating func apply(
    _ event: TicketEvents.Event, clock: PreparedClock
  ) -> ClockLookUp.Effects {
    switch event.subject {
    case .field:
      guard codes[event.index] != event.value else { return [] }
      codes[event.index] = event.value
      return clock.lookUp.effects(of: event.index)
    case .moment:
      let bit = UInt64(1) << UInt64(event.index)
      if event.value == 1 { momentsNow |= bit }
      happened = event.value == 1 ? happened | bit : happened & ~bit
      if event.index == clock.endMoment { endedAt = event.value == 1 ? event.at : nil }
      return []
    case .turn:
      turn = event.value
      return []
    case .suspension:
      hasSuspensions = true
      suspended[event.index] += event.value == 1 ? 1 : -1
      return []
    case .exclusion:
      if event.value == 1 { excluding.insert(event.index) } else { excluding.remove(event.index) }
      return []
    }
  }

  /// Looks again at what depends on the fields that have changed.
  private mutating func follow(
    _ effects: ClockLookUp.Effects, clock: PreparedClock, finalTier: Int,
    groups: inout GroupTable
  ) {
    notePlace()
    if effects.contains(.reading) { reading = clock.lookUp.reading(codes) }
    let before = tier
    if effects.contains(.tier) {
      let matching = version.tier(of: codes) ?? finalTier
      let isKept =
        timeline.started != nil && !(clock.repeats != nil && timeline.state == .stopped)
        && clock.tierChange.rule(from: tier, to: matching) == .first
      if !isKept { tier = matching }
    }
    if effects.contains(.group) || tier != before {
      group = groups.group(codes: codes, version: version, clock: clock.index, tier: tier)
    }
  }

  /// Whether any of the moments has happened, or only the chosen one, or a condition holds.
  func holds(momentBits: UInt64, chosen: Int?, condition: Bool) -> Bool {
    let bits = chosen.map { UInt64(1) << UInt64($0) } ?? momentBits
    return happened & bits != 0 || table.hasHistory && condition
  }

  func stopsByMomentOnly(_ clock: PreparedClock) -> Bool {
    clock.stop.conditions.isEmpty || !table.hasHistory
  }

  /// Looks at the conditions once, after all changes of an instant.
  private mutating func look(
    at instant: Int64, clock: PreparedClock, line: UInt32, touchesFields: Bool
  ) {
    let stops = holds(
      momentBits: clock.stop.momentBits, chosen: stopMoment, condition: reading.stops)
    if timeline.started == nil {
      let starts = holds(
        momentBits: clock.start.momentBits, chosen: startMoment, condition: reading.starts)
      guard starts else {
        if stops, stopsByMomentOnly(clock) { stoppedEarly = true }
        return
      }
      if stoppedEarly, stopsByMomentOnly(clock) {
        timeline.fault = .stopBeforeStart
        timeline.started = instant
        return
      }
      if let endedAt, endedAt < instant {
        timeline.fault = .endBeforeStart
        timeline.started = instant
        return
      }
      begin(at: instant, clock: clock)
    }
    let (state, party) = state(clock: clock, stops: stops)
    if timeline.state == .stopped, state == .running || state == .paused,
      startsCycle(at: instant, clock: clock)
    {
      guard cyclesAhead > 0 else {
        hasNextCycle = true
        return
      }
      cyclesAhead -= 1
      beginAgain(at: instant, clock: clock)
    }
    if tier != targetTier, adoptsTier(in: state) {
      changeTier(at: instant, into: state, clock: clock)
    }
    enter(
      state, party: party, at: instant, clock: clock, line: line,
      isChange: touchesFields && splitsAtEveryChange)
  }

  /// Whether it is known that a state of the ticket holds by now.
  ///
  /// A row as last exported tells its last state: that of its end, if it has ended, or else one
  /// that is taken to hold from the start.
  func isPlaced(_ clock: PreparedClock) -> Bool {
    table.hasHistory || endedAt != nil || !table.has(clock.endMoment, currentTicket)
  }

  @inline(__always)
  mutating func state(clock: PreparedClock, stops: Bool) -> (Timeline.State, party: Int) {
    if stops { return (.stopped, 0) }
    let before = timeline.state
    if clock.ignoresReopening, before == .stopped { return (.stopped, 0) }
    if reading.cancels, isPlaced(clock) { return (.cancelled, 0) }
    if endedAt != nil {
      // A clock that stands already does not go on because the ticket ends.
      if before == .stopped || before == .cancelled { return (before ?? .stopped, 0) }
      return (clock.stopsAtEnd ? .stopped : .ended, 0)
    }
    if reading.pause >= 0 {
      guard !table.hasHistory else { return (.paused, clock.pauses[reading.pause].party) }
      hasUnplacedPause = true
    }
    guard hasSuspensions, let party = suspended.firstIndex(where: { $0 > 0 }) else {
      if let party = excludingParty(clock) { return (.paused, party) }
      return (.running, 0)
    }
    return (.paused, party)
  }

  /// Whether the target follows a new tier: while the clock goes, and at the stop itself.
  func adoptsTier(in state: Timeline.State) -> Bool {
    switch state {
    case .running, .paused: true
    case .stopped: timeline.state != .stopped
    case .cancelled, .ended: false
    }
  }

  mutating func enter(
    _ state: Timeline.State, party: Int, at instant: Int64, clock: PreparedClock, line: UInt32,
    isChange: Bool
  ) {
    let last = timeline.stretches.count - 1
    if last >= 0, timeline.stretches[last].state == state {
      switch state {
      // What happens to the ticket while the clock stands alters nothing.
      case .stopped, .cancelled, .ended: return
      case .running, .paused:
        let isSame =
          timeline.stretches[last].party == party && timeline.stretches[last].tier == tier
          && timeline.stretches[last].group == group
        if isSame, !isChange { return }
      }
    }
    timeline.stretches.append(
      Timeline.Stretch(
        start: instant, elapsedBefore: timeline.elapsed, party: party, tier: tier, group: group,
        status: status, holder: holder, line: line, state: state, isJudged: timeline.isJudged,
        countedFrom: timeline.countedFrom, dueDate: timeline.dueDate))
  }
}
