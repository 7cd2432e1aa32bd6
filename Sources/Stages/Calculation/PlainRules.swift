import Agreements
import ServiceTime
import Tickets

/// What judges plain promises of one table or of the batches of one source: those of which moments
/// alone say when they started and stopped, with one amount allowed, and no pause.
///
/// Most promises of most exports are of this kind. They are judged column by column, a block of
/// tickets at a time, which costs a twentieth of a replay.
struct PlainRules: Sendable {
  /// One clock of one version.
  struct Place: Sendable {
    let version: Int
    /// Index among the version's clocks.
    let clock: Int
    /// Columns of a block.
    let start: Int
    let stop: Int
    let end: Int
    /// Whether it starts as the place before it does, and counts in the same calendars.
    let startsAlike: Bool
    let takesPausedTotal: Bool
  }

  /// Seconds since this instant are what blocks hold; a UTC midnight.
  let origin: Int64
  /// What is known at the horizon happened less than this after the origin.
  let limit: UInt32
  /// Moments of which the first present one is the entry of a column.
  private(set) var columns: [[Int]] = []
  private(set) var places: [Place] = []
  let opened: Int
  /// For each version, the openings for which it is valid: from the first, so many.
  let validity: [(from: UInt32, seconds: UInt32)]
  private(set) var calendars: [WorkCalendar] = []
  /// The days that are covered, of one calendar after the other.
  private(set) var days: [PlainDay] = []
  private(set) var laterOpenings = [LaterOpening()]
  var kinds: TicketKinds

  /// In place of an instant that the ticket does not have, or of which nothing is known yet.
  static let missing = UInt32.max
  /// In place of one that cannot be read.
  static let unreadable = UInt32.max - 1

  /// Returns `nil` where every ticket has to be replayed.
  init?(_ versions: [PreparedVersion], table: TicketTable, run: AgreementRun) {
    guard table.history == nil, run.countBy != .due, run.exclusions.isEmpty,
      let opened = table.momentIndex("opened"),
      let segments = run.plain?.segments,
      !versions.contains(where: { $0.clocks.count > 32 || $0.agreement.usesUndatedMoments })
    else { return nil }
    let sight = run.plan.sight
    origin = Int64(CivilDate.day(ofLocal: run.shelf.covering.start.seconds)) * 86_400
    guard let limit = UInt32(exactly: min(sight.end, sight.asOf + 1) - origin),
      limit < Self.unreadable
    else { return nil }
    self.limit = limit
    self.opened = 0
    columns = [[opened]]
    var validity: [(from: UInt32, seconds: UInt32)] = []
    for version in versions {
      let from = min(max(version.validFrom, origin) - origin, Int64(limit))
      let until = min(max(version.validUntil, origin) - origin, Int64(limit))
      validity.append((UInt32(from), UInt32(max(0, until - from))))
    }
    self.validity = validity
    let numbers = CodeNumbers(
      run.fieldsOfKinds(in: table), of: table.fields, most: run.request.mostCodeNumbers)
    kinds = TicketKinds(numbers, versions: versions)
    for version in versions {
      for (index, clock) in version.clocks.enumerated() {
        addPlace(clock, index: index, version: version)
        for tier in clock.tiers where !calendars.contains(tier.calendar) {
          calendars.append(tier.calendar)
          addDays(tier.calendar.days, segments: segments)
        }
      }
    }
  }

  private mutating func addPlace(_ clock: PreparedClock, index: Int, version: PreparedVersion) {
    let start = column(clock.start.moments)
    let stop = column(clock.stop.moments)
    let isAlike =
      index > 0 && places[places.count - 1].start == start
      && zip(version.clocks[index - 1].tiers, clock.tiers).allSatisfy {
        $0.calendar == $1.calendar
      }
    places.append(
      Place(
        version: version.number, clock: index, start: start, stop: stop,
        end: clock.endMoment.map { column([$0]) } ?? stop, startsAlike: isAlike,
        takesPausedTotal: clock.takesPausedTotal))
  }

  private mutating func addDays(_ calendar: WorkDays, segments: Segments) {
    for number in 0..<calendar.dayCount {
      let openings = calendar.openings(ofDay: number)
      let segment = segments.days[number]
      var day = PlainDay(
        work: UInt32(clamping: calendar.work(beforeDay: number)), segment: segment.segment,
        changesAt: segment.changesAt)
      if let first = openings.first {
        (day.opens, day.length) = (UInt32(first.start), UInt32(first.seconds))
      }
      if openings.count > 1 {
        day.later = UInt32(laterOpenings.count)
        laterOpenings += openings.dropFirst().map {
          LaterOpening(opens: UInt32($0.start), length: UInt32($0.seconds))
        }
        laterOpenings.append(LaterOpening())
      }
      days.append(day)
    }
  }

  private mutating func column(_ moments: [Int]) -> Int {
    if let index = columns.firstIndex(of: moments) { return index }
    columns.append(moments)
    return columns.count - 1
  }

  /// What a kind of tickets means for one clock; its cells have to be asked for.
  func rule(
    _ kind: TicketKinds.Kind, clock index: Int, of version: PreparedVersion, codes: [UInt32]
  ) -> TicketKinds.Rule {
    var rule = TicketKinds.Rule()
    guard kind.isInScope, let tier = kind.tier else { return rule }
    let clock = version.clocks[index]
    let target = clock.tiers[tier]
    rule.course = .replayed
    rule.group = UInt32(kind.groups[index])
    let calendar = calendars.firstIndex(of: target.calendar) ?? 0
    rule.firstDay = UInt32(calendar * (days.count / calendars.count))
    guard clock.isPlain, !clock.isInterrupted(codes), clock.stop.isKnown,
      !clock.start.moments.isEmpty, !clock.stop.moments.isEmpty, target.dueMoment == nil,
      target.dueRule == nil
    else { return rule }
    if target.allowance != nil {
      guard let within = target.fixedWithin else { return rule }
      // One less, because the largest number stands for no limit.
      rule.within = min(UInt32(clamping: within), .max - 1)
    }
    rule.course = .counted
    return rule
  }

  /// The calendar that a rule counts in.
  func calendar(of rule: TicketKinds.Rule) -> WorkCalendar {
    calendars[Int(rule.firstDay) / (days.count / calendars.count)]
  }
}
