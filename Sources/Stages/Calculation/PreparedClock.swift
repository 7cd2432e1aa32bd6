import Agreements
import ServiceTime
import Tickets

/// What starts or stops a clock, made ready for one table.
struct PreparedSignals: Sendable {
  /// Moments in the order of the list: the first that a ticket has takes the place of the others.
  let moments: [Int]
  /// The same, as bits.
  let momentBits: UInt64
  let conditions: [CompiledCondition]
  /// Whether the table can tell at all.
  let isKnown: Bool

  init(_ signals: [Signal], table: TicketTable) {
    var moments: [Int] = []
    var conditions: [CompiledCondition] = []
    var isKnown = false
    for signal in signals {
      switch signal {
      case .moment(let name):
        guard let index = table.momentIndex(name) else { continue }
        moments.append(index)
        isKnown = true
      case .condition(let condition):
        conditions.append(CompiledCondition(condition, for: table))
        isKnown = isKnown || condition.fields.contains { table.fieldIndex($0) != nil }
      }
    }
    self.moments = moments
    momentBits = moments.reduce(0) { $0 | 1 << UInt64($1) }
    self.conditions = conditions
    self.isKnown = isKnown
  }
}

/// The promise of one clock and tier.
struct PreparedTierTarget: Sendable {
  let calendar: WorkCalendar
  let allowance: Allowance?
  let dueMoment: Int?
  let dueRule: DueRule?
  let objective: Objective?
  /// Seconds of a business day, where it is as long in every version of the calendar.
  private let businessDay: Int64?

  init(
    calendar: WorkCalendar, allowance: Allowance?, dueMoment: Int?, dueRule: DueRule?,
    objective: Objective?
  ) {
    self.calendar = calendar
    self.allowance = allowance
    self.dueMoment = dueMoment
    self.dueRule = dueRule
    self.objective = objective
    let days = Set(calendar.definition.allVersions.map(\.longestOpening.seconds))
    businessDay = days.count == 1 ? days.first : nil
  }

  /// Seconds that a clock may take whenever it started; `nil` if that depends on the start.
  var fixedWithin: Int64? {
    switch allowance {
    case .work(let seconds): seconds
    case .calendarDays(let days): Int64(days) * 86_400
    case .businessDays(let days): businessDay.map { Int64(days) * $0 }
    case nil: nil
    }
  }

  var isJudged: Bool { allowance != nil || dueMoment != nil || dueRule != nil }

  /// Counted seconds that a clock started at `start` may take; `nil` if not an amount.
  func within(startedAt start: Int64) -> Int64? {
    allowance.map { seconds(of: $0, from: start) }
  }

  /// Seconds of an amount that begins at `start`.
  func seconds(of amount: Allowance, from start: Int64) -> Int64 {
    switch amount {
    case .work(let seconds): return seconds
    case .calendarDays(let days): return Int64(days) * 86_400
    case .businessDays(let days):
      let day = businessDay ?? calendar.longestOpening(at: Instant(seconds: start)).seconds
      return Int64(days) * day
    }
  }

  /// The instant after which the promise is broken, where it is a date.
  func dueDate(startedAt start: Int64) -> Int64? {
    let instant = Instant(seconds: start)
    return switch dueRule {
    case .businessDaySameTime(let days):
      calendar.due(businessDays: days, sameTimeAs: instant)?.seconds
    case .businessDay(let days, let second):
      calendar.due(businessDays: days, at: second, after: instant)?.seconds
    case nil: nil
    }
  }
}

/// One clock of one version of an agreement, made ready for one table.
///
/// A class, so that passing a clock on costs one reference count.
final class PreparedClock: Sendable {
  /// Index into the clock names of all versions.
  let index: Int
  let name: String
  let start: PreparedSignals
  let stop: PreparedSignals
  let pauses: [(condition: CompiledCondition, party: Int)]
  let cancel: CompiledCondition?
  let reopening: Reopening
  let tierChange: TierChange
  let stopsAtEnd: Bool
  /// When it starts again, and the stops that may come again and those that stand, as bits.
  let repeats: Repetition?
  let repeatedStops: UInt64
  let lastingStops: UInt64
  /// Whether the table tells of every message that the clock looks at.
  let knowsReplies: Bool
  /// Whether it may be started more than once.
  let startsCycles: Bool
  /// The moment that ends a ticket, if the table has one.
  let endMoment: Int?
  /// Whether the total pause of a ticket is this clock's.
  let takesPausedTotal: Bool
  let tiers: [PreparedTierTarget]
  let startsWithTicket: Bool
  /// Whether moments alone start and stop it, and the table has no history.
  let isPlain: Bool
  let lookUp: ClockLookUp
  /// The part of another clock that it is, if it is one.
  let part: PreparedPart?

  /// - Parameters:
  ///   - tierFields: Those that decide on the tier.
  ///   - groupFields: Those that decide, with the tier, on the group.
  init(
    _ clock: Clock, target: Target, index: Int, table: TicketTable, tierFields: [Int],
    groupFields: [Int], parties: inout PartyNames, calendars: inout CalendarShelf
  ) {
    self.index = index
    name = clock.name
    let start = PreparedSignals(clock.start, table: table)
    self.start = start
    let stop = PreparedSignals(clock.stop, table: table)
    self.stop = stop
    var pauses: [(condition: CompiledCondition, party: Int)] = []
    for pause in clock.pauses {
      pauses.append(
        (CompiledCondition(pause.condition, for: table), parties.index(of: pause.party)))
    }
    self.pauses = pauses
    cancel = clock.cancel.map { CompiledCondition($0, for: table) }
    reopening = clock.reopen
    tierChange = clock.onTierChange
    stopsAtEnd = clock.stopsAtEnd
    repeats = clock.repeats
    startsCycles = clock.startsCycles
    let repeated = RepeatedMoments.names.compactMap { table.momentIndex($0) }
    let repeatedBits = repeated.reduce(UInt64(0)) { $0 | 1 << UInt64($1) }
    repeatedStops = stop.momentBits & repeatedBits
    lastingStops = stop.momentBits & ~repeatedBits
    knowsReplies = (clock.start + clock.stop).allSatisfy { signal in
      guard case .moment(let name) = signal, signal.isRepeated else { return true }
      return table.history != nil && table.momentIndex(name) != nil
    }
    let end = table.momentIndex("closed") ?? table.momentIndex("resolved")
    endMoment = end.flatMap { stop.moments.contains($0) ? nil : $0 }
    takesPausedTotal = table.pausedTotals != nil && clock.stop != [.moment("responded")]
    part = clock.part.map { PreparedPart($0, table: table, parties: &parties) }
    startsWithTicket = clock.start.contains(.moment("opened"))
    isPlain =
      table.history == nil && part == nil && knowsReplies && start.conditions.isEmpty
      && stop.conditions.isEmpty
    let tiers = target.tiers.map { tier in
      PreparedTierTarget(
        calendar: calendars.calendar(tier.calendar), allowance: tier.within,
        dueMoment: tier.dueField.flatMap { table.momentIndex($0) }, dueRule: tier.dueRule,
        objective: tier.objective)
    }
    self.tiers = tiers
    lookUp = ClockLookUp(
      ClockConditions(
        start: start.conditions, stop: stop.conditions, cancel: cancel,
        pauses: pauses.map(\.condition)),
      tiers: tiers, tierFields: tierFields, groupFields: groupFields)
  }

  var ignoresReopening: Bool { reopening.rule == .ignore }
  var keepsFirstTier: Bool { tierChange == .first }

  /// Whether a pause or the cancellation holds for a ticket that never changes.
  func isInterrupted(_ codes: [UInt32]) -> Bool {
    if let cancel, cancel.holds(codes) { return true }
    for pause in pauses where pause.condition.holds(codes) { return true }
    return false
  }
}

/// The parties that pause clocks, numbered in the order of first mention.
struct PartyNames: Sendable {
  private(set) var names: [String] = []

  mutating func index(of name: String) -> Int {
    if let index = names.firstIndex(of: name) { return index }
    names.append(name)
    return names.count - 1
  }
}

/// Calendars laid out once, however many targets use them.
struct CalendarShelf: Sendable {
  let covering: ClockInterval
  private var made: [CalendarDefinition: WorkCalendar] = [:]

  init(covering: ClockInterval) {
    self.covering = covering
  }

  mutating func calendar(_ definition: CalendarDefinition) -> WorkCalendar {
    if let calendar = made[definition] { return calendar }
    let calendar = WorkCalendar(definition, covering: covering)
    made[definition] = calendar
    return calendar
  }
}
