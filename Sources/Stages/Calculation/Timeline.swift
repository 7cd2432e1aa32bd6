import ServiceTime

/// What one clock did on one ticket, up to the horizon.
struct Timeline: ~Copyable {
  enum State: UInt8 { case running, paused, stopped, cancelled, ended }

  /// From `start` to the start of the next stretch, or to the horizon.
  struct Stretch {
    var start: Int64
    /// Counted seconds at `start`.
    var elapsedBefore: Int64
    /// Index of the party, while paused.
    var party: Int
    var tier: Int
    var group: Int
    /// Codes of the ticket's status and of the group that holds it, and line of the row that began
    /// the stretch.
    var status: UInt32
    var holder: UInt32
    var line: UInt32
    var state: State
    /// Whether the tier's target allows so much and no more.
    var isJudged: Bool
    /// Since when elapsed counts: the start, or the last change of tier that restarted the clock.
    var countedFrom: Int64
    /// The date that takes the place of an amount, as of this stretch.
    var dueDate: Int64?

    @inline(__always)
    var isOpen: Bool { state == .running || state == .paused }
  }

  /// Why the clock cannot be judged.
  enum Fault: String {
    case noStart = "no start"
    case stopBeforeStart = "stop before start"
    case endBeforeStart = "ended before the start"
    case unreadableInstant = "unreadable instant"
    case startNotInSource = "the source does not tell when it starts"
    case notInSource = "the source does not tell when it stops"
    case repliesNotInSource = "the source does not tell of every reply"
    case endedWithoutStop = "ended without a stop"
    case unknownMaster = "merged into a ticket that is not there"
    case mergedInACircle = "merged in a circle"
    case mergeNotDated = "not known when it was merged"
    case goneFromExport = "gone from the export"
    case pauseNotPlaced = "pause not placed"
    case pauseTooLong = "pause longer than the open time"
  }

  var started: Int64?
  /// Since when elapsed counts; later than ``started`` if a change of tier restarted the clock.
  var countedFrom: Int64 = 0
  var stretches: [Stretch] = []
  var fault: Fault?
  /// The instant from which the fault shows; a period that ends before it is none the wiser.
  var faultKnown = Int64.min
  var isJudged = false
  /// Seconds allowed, as of the tier now in force; `nil` if none, or if it is a date.
  var within: Int64?
  var dueDate: Int64?
  /// The first instant at which elapsed reached `within`, if it did before the horizon.
  var due: Int64?
  /// The instant from which elapsed exceeds `within`, if that is before the horizon.
  var lost: Int64?
  var lostGroup = 0
  var lostHolder: UInt32 = 0
  var elapsed: Int64 = 0
  private(set) var pausedByParty: [Int64] = []
  private var hasPauses = false
  /// A pause that the source gives only as a total, and how it counts; after the replay, the
  /// counted time that it took out.
  var reportedPause: Int64?
  var pauseIsWall = false
  var isAsReported = false
  /// Whether it went on with the events of the ticket that this one was merged into.
  var isMerged = false
  /// The least that elapsed can be where a wall total does not tell more; else `nil`.
  var lowestElapsed: Int64?
  var horizon: Int64 = 0

  var state: State? { stretches.last?.state }

  /// Whether a change of tier started the clock again.
  var isRestarted: Bool { started.map { countedFrom > $0 } ?? false }

  /// The instant of the last stop, if the clock stands stopped.
  var stopped: Int64? {
    guard let last = stretches.last, last.state == .stopped else { return nil }
    return last.start
  }

  mutating func addPause(_ seconds: Int64, by party: Int) {
    hasPauses = true
    pausedByParty[party] += seconds
  }

  /// What was counted until now counts no more.
  mutating func restart(at instant: Int64) {
    countedFrom = instant
    elapsed = 0
    due = nil
    forgetPauses()
  }

  private mutating func forgetPauses() {
    guard hasPauses else { return }
    for party in pausedByParty.indices { pausedByParty[party] = 0 }
    hasPauses = false
  }

  mutating func reset(horizon: Int64, parties: Int) {
    started = nil
    countedFrom = 0
    stretches.removeAll(keepingCapacity: true)
    fault = nil
    faultKnown = .min
    isJudged = false
    within = nil
    dueDate = nil
    due = nil
    lost = nil
    lostGroup = 0
    lostHolder = 0
    elapsed = 0
    forgetPauses()
    while pausedByParty.count < parties { pausedByParty.append(0) }
    reportedPause = nil
    pauseIsWall = false
    isAsReported = false
    isMerged = false
    lowestElapsed = nil
    self.horizon = horizon
  }

  /// Index of the stretch that holds what is known just before `instant`, if the clock had started.
  func stretch(before instant: Int64) -> Int? {
    stretches.lastIndex { $0.start < instant }
  }

  /// Counted seconds from the start to `instant`.
  func elapsed(at instant: Int64, clock: PreparedClock) -> Int64 {
    guard let index = stretch(before: instant) else { return 0 }
    let stretch = stretches[index]
    guard stretch.state == .running else { return max(0, stretch.elapsedBefore) }
    let end = index + 1 < stretches.count ? min(stretches[index + 1].start, instant) : instant
    let work = clock.tiers[stretch.tier].calendar.work(
      from: Instant(seconds: stretch.start), to: Instant(seconds: end))
    return max(0, stretch.elapsedBefore + work.seconds)
  }

  /// The first instant at which elapsed reaches `within`, as if the clock ran on from where it
  /// stands without further pause.
  func projectedDue(clock: PreparedClock) -> Int64? {
    due(seenFrom: stretches.count - 1, at: horizon, clock: clock)
  }

  /// The due instant as it stands in one stretch, at `instant`.
  func due(seenFrom index: Int, at instant: Int64, clock: PreparedClock) -> Int64? {
    guard stretches.indices.contains(index) else { return nil }
    let stretch = stretches[index]
    if let dueDate = stretch.dueDate { return dueDate }
    if let due, due <= instant { return due }
    let target = clock.tiers[stretch.tier]
    guard let within = target.within(startedAt: stretch.countedFrom) else { return nil }
    let from = stretch.state == .paused ? instant : stretch.start
    return target.calendar.due(
      after: WorkTime(seconds: within - stretch.elapsedBefore), from: Instant(seconds: from)
    )?.seconds
  }
}
