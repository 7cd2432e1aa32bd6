import Agreements
import ServiceTime

/// The life of one ticket, lived step by step: the slowest obvious reading of the clock rules.
///
/// Nothing is computed ahead. Every step asks what is known, what holds, and whether the calendar
/// is open in this very step.
struct SlowLife {
  /// The hours of one tier: `nil` is always.
  struct Hours {
    let zone: ZoneRules
    let week: [Weekday: [DayWindow]]
    let exceptions: [CivilDate: [DayWindow]]
    /// Clock changes near the ticket's life.
    let changes: [Int64]

    /// A start takes the first occurrence of its local time and an end the last: an opening holds
    /// `now` if the clocks have shown its start already and will show a time before its end, or
    /// will be put back to its end itself.
    func isOpen(_ now: Int64) -> Bool {
      var shown = local(now)
      var willShow = shown
      var putBackTo: Int64?
      for change in changes {
        if change <= now { shown = max(shown, local(change - 1)) }
        if change > now {
          willShow = min(willShow, local(change))
          if local(change) <= local(change - 1), putBackTo == nil { putBackTo = local(change) }
        }
      }
      let today = Int((shown - mod(shown, 86_400)) / 86_400)
      for day in today - 3...today + 1 {
        let date = CivilDate(daysSince1970: day)
        for window in exceptions[date] ?? week[date.weekday] ?? [] {
          let midnight = Int64(day) * 86_400
          let end = midnight + Int64(window.endSecond)
          if shown >= midnight + Int64(window.startSecond), willShow < end || putBackTo == end {
            return true
          }
        }
      }
      return false
    }

    private func local(_ instant: Int64) -> Int64 {
      zone.localSeconds(of: Instant(seconds: instant))
    }

    private func mod(_ a: Int64, _ b: Int64) -> Int64 { ((a % b) + b) % b }
  }

  struct Rules {
    let unit: Int64
    let hours: [String: Hours?]
    /// The hours that are in force from an instant on.
    var later: (from: Int64, hours: [String: Hours?])?
    let within: [String: Int64]
    let tierOf: [String: String]
    var reopening = Reopening.resume
    /// Seconds of the tier's hours.
    var grace: Int64?
    var tierChange = TierChange.carry
    var repeats: Repetition?

    func rule(from old: String, to new: String) -> TierChange.Rule {
      new < old ? tierChange.upgrade : tierChange.downgrade
    }
  }

  enum State: Equatable { case none, running, paused, stopped, cancelled, ended }

  private let sketch: Sketch
  /// All tickets, for those that are merged.
  private let others: [String: Sketch]
  private let rules: Rules
  private var ownFields: [String: String]
  private var ownMoments: Set<String> = []
  private var fields: [String: String]
  /// The ticket that this one follows; `nil` if there is none.
  private var followed: Sketch?
  private var wasFollowed: String
  private var hasFollowed = false
  /// Whether nothing that happens concerns the clock any more.
  private var isFrozen = false
  private var endedBy = "ended without a stop"
  private var moments: Set<String> = []
  private(set) var state = State.none
  private(set) var started: Int64?
  private(set) var stoodSince: Int64?
  private(set) var elapsed: Int64 = 0
  private(set) var paused: Int64 = 0
  private(set) var due: Int64?
  private(set) var lost: Int64?
  private(set) var fault = ""
  private(set) var customer = ""
  private(set) var tier = ""
  private var target = ""
  /// The tier that the ticket is treated as.
  private var current = ""
  /// That in which the clock came to stand.
  private var standing = ""
  private var cyclesAhead: Int
  private(set) var hasNextCycle = false
  private var sawStop = false
  /// Messages written in the second at hand.
  private var wrote = false
  private var answered = false
  /// Since when a message waits for an answer that nobody has begun to owe.
  private var waitsSince: Int64?
  private var wasResolved = false
  private var closed: Int64?

  /// Whether there was a cycle of the number asked for.
  var hasCycle: Bool { cyclesAhead == 0 }

  /// Lives the ticket's life up to `horizon`; happenings at `horizon` are known if `includes`.
  ///
  /// - Parameter cycle: That which is told of; it ends where the next begins.
  init(
    _ sketch: Sketch, among others: [String: Sketch] = [:], rules: Rules, from: Int64,
    horizon: Int64, includes: Bool, cycle: Int = 0
  ) {
    self.sketch = sketch
    self.others = others
    (followed, wasFollowed, ownFields) = (sketch, sketch.id, sketch.fields)
    cyclesAhead = cycle
    self.rules = rules
    fields = sketch.fields
    var now = from
    while !hasNextCycle, now < horizon || (includes && now == horizon) {
      happen(now)
      follow(now)
      if !isFrozen {
        chooseTier()
        decide(now)
      }
      if now < horizon, !isFrozen, fault.isEmpty, !hasNextCycle { pass(now) }
      now += rules.unit
    }
    if state == .ended, lost == nil { fault = endedBy }
    if started == nil, fault.isEmpty, rules.repeats != .eachStart { fault = "no start" }
  }

  private mutating func happen(_ now: Int64) {
    (wrote, answered) = (false, false)
    for happening in sketch.happenings where happening.at == now {
      switch happening.what {
      case .set(let field, let value): ownFields[field] = value
      case .now("customer-replied"): wrote = true
      case .now("agent-replied"): answered = true
      case .now(let moment):
        ownMoments.insert(moment)
        if moment == "closed" { closed = now }
      case .undo(let moment):
        ownMoments.remove(moment)
        if moment == "closed" { closed = nil }
      }
    }
    (fields, moments) = (ownFields, ownMoments)
  }

  /// What one field of a ticket says now, read from its first day on.
  private static func field(_ name: String, of sketch: Sketch, _ now: Int64) -> String {
    var value = sketch.fields[name] ?? ""
    for happening in sketch.happenings where happening.at <= now {
      if case .set(name, let text) = happening.what { value = text }
    }
    return value
  }

  /// Takes the place of the ticket that this one was merged into, be it a long way.
  private mutating func follow(_ now: Int64) {
    var (master, seen, reason) = (sketch, [sketch.id], "")
    while case let id = Self.field("merged-into", of: master, now), !id.isEmpty, reason.isEmpty {
      if seen.contains(id) {
        reason = "merged in a circle"
      } else if let next = others[id] {
        seen.append(id)
        master = next
      } else {
        reason = "merged into a ticket that is not there"
      }
    }
    let name = reason.isEmpty ? master.id : reason
    if name != wasFollowed {
      wasFollowed = name
      let goes = state == .running || state == .paused
      if started != nil, !goes { isFrozen = true }
      if !reason.isEmpty, !isFrozen {
        isFrozen = true
        if goes { (state, stoodSince, endedBy) = (.ended, now, reason) }
      }
      hasFollowed = true
    }
    followed = master
    guard master.id != sketch.id else { return }
    fields["status"] = Self.field("status", of: master, now)
    let opened = moments.contains("opened")
    (moments, wrote, answered) = (opened ? ["opened"] : [], false, false)
    for happening in master.happenings where happening.at <= now {
      switch happening.what {
      case .now("customer-replied"): wrote = wrote || happening.at == now
      case .now("agent-replied"): answered = answered || happening.at == now
      case .now(let moment) where moment != "opened": moments.insert(moment)
      case .undo(let moment) where moment != "opened": moments.remove(moment)
      default: break
      }
    }
  }

  private mutating func chooseTier() {
    let name = rules.tierOf[fields["priority"] ?? ""] ?? ""
    let isFree = started == nil || rules.repeats != nil && state == .stopped
    if isFree || rules.rule(from: current, to: name) != .first { current = name }
  }

  private mutating func decide(_ now: Int64) {
    guard fault.isEmpty else { return }
    let stops = moments.contains("resolved")
    if rules.repeats == .eachStart {
      decideReplies(now, isResolved: stops)
      return
    }
    if rules.repeats == .eachStop {
      decideUpdates(now, isResolved: stops)
      return
    }
    if started == nil {
      guard moments.contains("opened") else {
        sawStop = sawStop || stops
        return
      }
      start(now)
      if sawStop {
        fault = "stop before start"
        return
      }
      if let closed, closed < now {
        fault = "ended before the start"
        return
      }
    }
    var before = state
    let next = nextState(now, stops: stops)
    if before == .stopped, next == .running || next == .paused, startsCycle(now) {
      if cyclesAhead == 0 {
        hasNextCycle = true
        return
      }
      cyclesAhead -= 1
      before = .none
      start(now)
    }
    take(next, after: before, now)
  }

  /// The state is another, or the same for one second more.
  private mutating func take(_ next: State, after before: State, _ now: Int64) {
    state = next
    let name = current
    let takesPart =
      state == .running || state == .paused || (state == .stopped && before != .stopped)
    if takesPart, lost == nil, target != name {
      if state != .stopped, !target.isEmpty, rules.rule(from: target, to: name) == .restart {
        (elapsed, paused, due) = (0, 0, nil)
      }
      target = name
      if let within = rules.within[target] {
        if elapsed < within { due = nil }
        if elapsed >= within, due == nil { due = now }
        if elapsed > within { lose(now) }
      } else {
        due = nil
      }
    }
    if state != before { (stoodSince, standing) = (now, name) }
    if lost == nil, state != before || state == .running || state == .paused {
      tier = name
      customer = fields["department"] ?? ""
    }
  }

  /// Nothing starts in a ticket that is cancelled or over.
  private var isDead: Bool {
    let status = fields["status"] ?? ""
    return status == "Cancelled" || status == "Duplicate" || moments.contains("closed")
  }

  private mutating func decideReplies(_ now: Int64, isResolved: Bool) {
    defer { wasResolved = isResolved }
    let isOwed = state != .none && state != .stopped
    if isOwed {
      take(nextState(now, stops: isResolved || answered), after: state, now)
      return
    }
    if wrote, waitsSince == nil { waitsSince = now }
    let isSettled = answered || isResolved && !wasResolved
    if waitsSince != nil, !isDead {
      // Written and settled within one second it is a promise kept at once.
      let isKeptAtOnce = wrote && isSettled && !(isResolved && wasResolved)
      if isKeptAtOnce || !isResolved && !answered { begin(now, stops: isKeptAtOnce) }
      if hasNextCycle { return }
    }
    if isSettled { waitsSince = nil }
  }

  private mutating func decideUpdates(_ now: Int64, isResolved: Bool) {
    if started == nil {
      guard moments.contains("opened") else {
        sawStop = sawStop || isResolved
        return
      }
      if sawStop || closed.map({ $0 < now }) ?? false {
        start(now)
        fault = sawStop ? "stop before start" : "ended before the start"
        return
      }
      begin(now, stops: isResolved || answered)
    } else if state == .stopped {
      if !isResolved, !isDead { begin(now, stops: false) }
      return
    } else {
      take(nextState(now, stops: isResolved || answered), after: state, now)
    }
    if state == .stopped, !isResolved, !isDead { begin(now, stops: false) }
  }

  /// Another cycle, if it is to be told of; else the life ends here.
  private mutating func begin(_ now: Int64, stops: Bool) {
    // The master answers for what happens after a merge.
    if hasFollowed, started != nil || rules.repeats == .eachStart { return }
    if started != nil {
      if cyclesAhead == 0 {
        hasNextCycle = true
        return
      }
      cyclesAhead -= 1
    }
    waitsSince = nil
    current = rules.tierOf[fields["priority"] ?? ""] ?? ""
    state = .none
    start(now)
    take(nextState(now, stops: stops), after: .none, now)
  }

  private mutating func start(_ now: Int64) {
    started = now
    (elapsed, paused, due, lost, target) = (0, 0, nil, nil, "")
    if rules.within[current] == 0 { due = now }
  }

  private func startsCycle(_ now: Int64) -> Bool {
    guard rules.reopening.startsCycles, let stop = stoodSince else { return false }
    guard let grace = rules.grace else { return true }
    var open: Int64 = 0
    for step in stride(from: stop, to: now, by: Int(rules.unit)) where isOpen(step, standing) {
      open += rules.unit
    }
    return open > grace
  }

  private func isOpen(_ now: Int64, _ tier: String) -> Bool {
    let inForce = rules.later.flatMap { $0.from <= now ? $0.hours : nil } ?? rules.hours
    guard let hours = inForce[tier] ?? nil else { return true }
    return hours.isOpen(now)
  }

  private func nextState(_ now: Int64, stops: Bool) -> State {
    if stops || state == .stopped && rules.reopening.rule == .ignore { return .stopped }
    let status = fields["status"] ?? ""
    if status == "Cancelled" || status == "Duplicate" { return .cancelled }
    if moments.contains("closed") {
      return state == .stopped || state == .cancelled ? state : .ended
    }
    if status == "Awaiting User" || status == "Awaiting Vendor" { return .paused }
    for suspension in followed?.suspensions ?? [] {
      if suspension.from <= now, suspension.to.map({ now < $0 }) ?? true { return .paused }
    }
    return .running
  }

  private mutating func lose(_ now: Int64) {
    lost = now
    tier = current
    customer = fields["department"] ?? ""
  }

  /// One unit of time goes by.
  private mutating func pass(_ now: Int64) {
    guard state == .running || state == .paused else { return }
    guard isOpen(now, current) else { return }
    guard state == .running else {
      paused += rules.unit
      return
    }
    let within = lost == nil ? rules.within[target] : nil
    if let within, elapsed >= within, due == nil { due = now }
    if let within, elapsed == within { lose(now) }
    elapsed += rules.unit
    if let within, elapsed == within, due == nil { due = now + rules.unit }
  }

  var isJudged: Bool { rules.within[tier] != nil }

  /// The verdict as it stands.
  var verdict: String {
    if !fault.isEmpty { return "unmeasurable" }
    if started == nil { return "not-started" }
    let isOpen = state == .running || state == .paused
    if lost != nil { return isOpen ? "overdue" : "breached" }
    if isOpen { return "running" }
    if state == .cancelled { return "cancelled" }
    return isJudged ? "met" : "no-target"
  }
}
