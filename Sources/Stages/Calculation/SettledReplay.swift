import ServiceTime
import Tickets

/// Replays the clocks of tickets with history of which nothing is asked but how they ended.
///
/// Most promises start, are paused and go on, and stop for good. Of these nothing is written down:
/// the changes of a ticket become steps, once for all clocks, and a clock goes over them with an
/// elapsed and a state. Whatever else may happen to a promise (a suspension, a stop before the
/// start, an end without a stop, a change of its group) is left to ``Replay``. Both must tell the
/// same; a test compares them on thousands of lives.
struct SettledReplay: ~Copyable {
  /// What holds from an instant on.
  struct Step {
    let at: Int64
    /// Bits of the version's conditions, and of the moments that have happened.
    let held: UInt64
    let happened: UInt64
    let tier: Int
  }

  private let changes: ChangeReader
  private let initialCodes: [[UInt32]]
  private let sight: Sight
  /// Bits of the moments that some ticket may have in a cell that cannot be read.
  private let unreadable: UInt64
  private var codes: [UInt32]
  private var steps: UnsafeMutablePointer<Step>
  private var capacity = 64
  private var count = 0
  /// Whether a field changed that decides on the group.
  private var changesGroup = false

  init(_ table: TicketTable, tickets: Range<Int>, changes: ChangeReader, sight: Sight) {
    self.changes = changes
    self.sight = sight
    initialCodes = table.fields.map { $0.initialCodes ?? $0.codes }
    codes = Array(repeating: 0, count: table.fields.count)
    var unreadable: UInt64 = 0
    for (index, moment) in table.moments.enumerated()
    where moment.seconds[tickets].contains(MomentColumn.unreadable) {
      unreadable |= 1 << UInt64(index)
    }
    self.unreadable = unreadable
    steps = .allocate(capacity: capacity)
  }

  deinit { steps.deallocate() }

  /// Makes steps of the changes of a ticket that are known by the sight.
  ///
  /// - Parameter finalTier: The tier that counts while none matches.
  mutating func load(
    _ ticket: Int, version: PreparedVersion, rules: SettledRules, finalTier: Int
  ) {
    for field in codes.indices { codes[field] = initialCodes[field][ticket] }
    count = 0
    changesGroup = false
    var held = rules.conditions.holding(codes)
    var tier = version.tier(of: codes) ?? finalTier
    var happened: UInt64 = 0
    var (index, end) = (changes.starts[ticket], changes.starts[ticket + 1])
    while end > index, !sight.sees(changes.seconds[end - 1]) { end -= 1 }
    makeRoom(for: end - index)
    while index < end {
      let instant = changes.seconds[index]
      var changesState = count == 0
      repeat {
        let (subject, value) = (changes.subjects[index], changes.values[index])
        index += 1
        if subject.isMoment {
          let bit = UInt64(1) << UInt64(subject.index)
          happened = value == 1 ? happened | bit : happened & ~bit
          changesState = true
        } else if codes[subject.index] != value {
          codes[subject.index] = value
          if rules.changesGroup(subject.index) { changesGroup = true }
          guard rules.changesState(subject.index) else { continue }
          held = rules.conditions.holding(codes)
          tier = version.tier(of: codes) ?? finalTier
          changesState = true
        }
      } while index < end && changes.seconds[index] == instant
      guard changesState else { continue }
      (steps + count).initialize(
        to: Step(at: instant, held: held, happened: happened, tier: tier))
      count += 1
    }
  }

  private mutating func makeRoom(for changes: Int) {
    guard changes > capacity else { return }
    steps.deallocate()
    capacity = 2 * changes
    steps = .allocate(capacity: capacity)
  }

  /// Runs one clock of the loaded ticket.
  ///
  /// - Returns: `nil` if the promise is not settled, or not of this kind.
  func promise(
    _ clock: PreparedClock, rule: SettledRules.ClockRule, version: PreparedVersion,
    groups: inout GroupTable
  ) -> SettledPromise? {
    guard !changesGroup, rule.moments & unreadable == 0 else { return nil }
    var index = 0
    while index < count, !rule.starts(steps[index]) {
      if rule.stops(steps[index]) { return nil }
      index += 1
    }
    // A ticket that ended before its start, or with it, is no usual one.
    guard index < count, steps[index].happened & rule.endMoment == 0 else { return nil }
    var life = SettledLife(startedAt: steps[index], lookUp: clock.lookUp)
    while index < count {
      guard life.take(steps[index], rule: rule, lookUp: clock.lookUp) else { return nil }
      if rule.ignoresReopening, life.state == .stopped { break }
      index += 1
    }
    guard life.state == .stopped else { return nil }
    return SettledPromise(
      started: life.started, ended: life.stopped, elapsed: life.elapsed, isLost: life.isLost,
      isJudged: life.isJudged,
      group: groups.group(codes: codes, version: version, clock: clock.index, tier: life.group))
  }
}

/// A clock on its way over the steps of a ticket.
private struct SettledLife {
  let started: Int64
  private(set) var state: Timeline.State?
  private(set) var stopped: Int64 = 0
  private(set) var elapsed: Int64 = 0
  private(set) var isLost = false
  /// Whether the target of the last stop allows so much and no more.
  private(set) var isJudged = false
  /// The tier of the group that counts the promise: that of the loss, or else of the last stop.
  private(set) var group = 0
  private var tier: Int
  private var target: ClockLookUp.FixedTarget
  private var targetTier: Int
  /// Open seconds before the clock went on last.
  private var workBefore: Int64 = 0

  init(startedAt step: SettledReplay.Step, lookUp: ClockLookUp) {
    started = step.at
    tier = step.tier
    targetTier = tier
    target = lookUp.fixedTarget(tier)
  }

  /// - Returns: Whether the promise may still be settled.
  @inline(__always)
  mutating func take(
    _ step: SettledReplay.Step, rule: SettledRules.ClockRule, lookUp: ClockLookUp
  ) -> Bool {
    guard let next = rule.state(step, after: state) else { return false }
    let nextTier = rule.keepsFirstTier ? tier : step.tier
    let goesOn = next == .running && state == .running && nextTier == tier
    if state == .running, !goesOn {
      elapsed += lookUp.work(before: step.at, tier: tier) - workBefore
      if let within = target.within, elapsed > within { lose() }
    }
    if next == .running, !goesOn {
      workBefore = lookUp.work(before: step.at, tier: nextTier)
    }
    tier = nextTier
    if tier != targetTier, !isLost, adoptsTier(in: next) {
      (targetTier, target) = (tier, lookUp.fixedTarget(tier))
      if let within = target.within, elapsed > within { lose() }
    }
    if next == .stopped, state != .stopped {
      stopped = step.at
      isJudged = target.isJudged
      if !isLost { group = tier }
    }
    state = next
    return true
  }

  private mutating func lose() {
    guard !isLost else { return }
    isLost = true
    group = tier
  }

  /// Whether the target follows a new tier: while the clock goes, and at the stop itself.
  private func adoptsTier(in next: Timeline.State) -> Bool {
    switch next {
    case .running, .paused: true
    case .stopped: state != .stopped
    case .cancelled, .ended: false
    }
  }
}

extension ClockLookUp {
  /// The target of a clock of which every target is the same whenever it starts.
  @inline(__always)
  fileprivate func fixedTarget(_ tier: Int) -> FixedTarget { fixedTargets[tier] ?? FixedTarget() }
}

/// The changes of a table without a check of bounds.
struct ChangeReader {
  let starts: UnsafeBufferPointer<Int>
  let seconds: UnsafeBufferPointer<Int64>
  let subjects: UnsafeBufferPointer<ChangeTable.SubjectCode>
  let values: UnsafeBufferPointer<UInt32>
}

extension ChangeTable {
  /// Calls `body` with fast access to the changes.
  func withReader<Result>(_ body: (ChangeReader) -> Result) -> Result {
    starts.withUnsafeBufferPointer { starts in
      seconds.withUnsafeBufferPointer { seconds in
        subjects.withUnsafeBufferPointer { subjects in
          values.withUnsafeBufferPointer { values in
            body(
              ChangeReader(starts: starts, seconds: seconds, subjects: subjects, values: values))
          }
        }
      }
    }
  }
}
