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
    let within: [String: Int64]
    let tierOf: [String: String]
  }

  enum State: Equatable { case none, running, paused, stopped, cancelled, ended }

  private let sketch: Sketch
  private let rules: Rules
  private var fields: [String: String]
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
  private var sawStop = false
  private var closed: Int64?

  /// Lives the ticket's life up to `horizon`; happenings at `horizon` are known if `includes`.
  init(_ sketch: Sketch, rules: Rules, from: Int64, horizon: Int64, includes: Bool) {
    self.sketch = sketch
    self.rules = rules
    fields = sketch.fields
    var now = from
    while now < horizon || (includes && now == horizon) {
      happen(now)
      decide(now)
      if now < horizon, fault.isEmpty { pass(now) }
      now += rules.unit
    }
    if state == .ended, lost == nil { fault = "ended without a stop" }
    if started == nil, fault.isEmpty { fault = "no start" }
  }

  private mutating func happen(_ now: Int64) {
    for happening in sketch.happenings where happening.at == now {
      switch happening.what {
      case .set(let field, let value): fields[field] = value
      case .now(let moment):
        moments.insert(moment)
        if moment == "closed" { closed = now }
      case .undo(let moment):
        moments.remove(moment)
        if moment == "closed" { closed = nil }
      }
    }
  }

  private mutating func decide(_ now: Int64) {
    guard fault.isEmpty else { return }
    let stops = moments.contains("resolved")
    if started == nil {
      guard moments.contains("opened") else {
        sawStop = sawStop || stops
        return
      }
      started = now
      if rules.within[rules.tierOf[fields["priority"] ?? ""] ?? ""] == 0 { due = now }
      if sawStop {
        fault = "stop before start"
        return
      }
      if let closed, closed < now {
        fault = "ended before the start"
        return
      }
    }
    let before = state
    state = nextState(now, stops: stops)
    let name = rules.tierOf[fields["priority"] ?? ""] ?? ""
    let takesPart =
      state == .running || state == .paused || (state == .stopped && before != .stopped)
    if takesPart, lost == nil, target != name {
      target = name
      if let within = rules.within[target] {
        if elapsed < within { due = nil }
        if elapsed >= within, due == nil { due = now }
        if elapsed > within { lose(now) }
      } else {
        due = nil
      }
    }
    if state != before { stoodSince = now }
    if lost == nil, state != before || state == .running || state == .paused {
      tier = name
      customer = fields["department"] ?? ""
    }
  }

  private func nextState(_ now: Int64, stops: Bool) -> State {
    if stops { return .stopped }
    let status = fields["status"] ?? ""
    if status == "Cancelled" || status == "Duplicate" { return .cancelled }
    if moments.contains("closed") {
      return state == .stopped || state == .cancelled ? state : .ended
    }
    if status == "Awaiting User" || status == "Awaiting Vendor" { return .paused }
    for suspension in sketch.suspensions {
      if suspension.from <= now, suspension.to.map({ now < $0 }) ?? true { return .paused }
    }
    return .running
  }

  private mutating func lose(_ now: Int64) {
    lost = now
    tier = rules.tierOf[fields["priority"] ?? ""] ?? ""
    customer = fields["department"] ?? ""
  }

  /// One unit of time goes by.
  private mutating func pass(_ now: Int64) {
    guard state == .running || state == .paused else { return }
    let name = rules.tierOf[fields["priority"] ?? ""] ?? ""
    if let hours = rules.hours[name] ?? nil, !hours.isOpen(now) { return }
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
    let isOpen = state == .running || state == .paused
    if lost != nil { return isOpen ? "overdue" : "breached" }
    if isOpen { return "running" }
    if state == .cancelled { return "cancelled" }
    return isJudged ? "met" : "no-target"
  }
}
