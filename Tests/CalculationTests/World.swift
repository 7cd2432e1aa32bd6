import Agreements
import Foundation
import ServiceTime
import TestSupport
import Testing
import Tickets

/// A random calendar, zone, agreement, span of time, and the tickets that live in it.
struct World {
  static let zones = [
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC",
  ]

  var terms = Terms()
  let unit: Int64
  let start: Int64
  let steps: Int64
  let asOf: Int64
  let period: String
  var sketches: [Sketch] = []
  let hours: SlowLife.Hours
  var within: [String: Int64] = [:]
  /// A later version of the agreement, with other calendars.
  var laterTerms: Terms?
  var laterHours: (from: Int64, hours: [String: SlowLife.Hours?])?
  /// Seconds after a stop in which a reopening starts no new cycle.
  var grace: Int64?

  init(seed: UInt64, tickets: Int) throws {
    var random = SeededGenerator(seed: seed)
    let zone = try zone(World.zones.randomElement(using: &random) ?? "UTC")
    unit = [1, 60, 900].randomElement(using: &random) ?? 60
    let year = try #require(
      ClockInterval(
        from: Instant(seconds: instant("2026-01-01 00:00")),
        to: Instant(seconds: instant("2027-01-01 00:00"))))
    // The middle is a month's end or a clock change, where things go wrong.
    let monthEnd = zone.midnight(
      of: date(String(format: "2026-%02d-01", Int.random(in: 2...11, using: &random))))
    let middle =
      Bool.random(using: &random)
      ? zone.changes(in: year).randomElement(using: &random) ?? monthEnd : monthEnd
    steps = 300
    start = middle.seconds - Int64.random(in: 100...200, using: &random) * unit
    let end = start + steps * unit
    asOf =
      Bool.random(using: &random)
      ? end : start + Int64.random(in: 50...300, using: &random) * unit
    let at = zone.local(of: Instant(seconds: Bool.random(using: &random) ? asOf : start)).date
    period = ReportPeriod.month(containing: at).label
    let changes = zone.changes(in: year).map(\.seconds)
    let (calendar, hours) = World.calendar(
      zone: zone, middle: zone.local(of: middle), unit: Int(unit), changes: changes,
      using: &random)
    self.hours = hours
    terms.zone = zone
    terms.calendar = calendar
    terms.calendars = ["P1": .always(zone: zone)]
    for (index, name) in ["P1", "P2"].enumerated() {
      let amount = Int64.random(in: 0...90, using: &random) * unit
      within[name] = amount
      terms.tiers[index].within = .work(seconds: amount)
    }
    chooseRules(using: &random)
    var other = SeededGenerator(seed: seed ^ 0x5eed)
    if Int.random(in: 0..<3, using: &other) == 0 {
      changeCalendars(
        on: zone.local(of: middle).date, middle: zone.local(of: middle), changes: changes,
        using: &other)
    }
    sketches = (0..<tickets).map { ticket("T\($0)", using: &random) }
    if Int.random(in: 0..<3, using: &other) == 0 { merge(using: &other) }
  }

  private mutating func chooseRules(using random: inout SeededGenerator) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: terms.clock.reopen = .ignore
    case 1: terms.clock.reopen = .newCycle
    case 2:
      grace = Int64.random(in: 0...60, using: &random) * unit
      terms.clock.reopen = Reopening(
        .newCycle, grace: .work(seconds: grace ?? 0),
        counted: Reopening.CountedCycles.allCases.randomElement(using: &random) ?? .all)
    case 3: terms.clock.reopen = Reopening(.newCycle, counted: .last)
    default: break
    }
    chooseRepetition(using: &random)
    let rules = TierChange.Rule.allCases
    if Bool.random(using: &random) {
      terms.clock.onTierChange = TierChange(
        upgrade: rules.randomElement(using: &random) ?? .carry,
        downgrade: rules.randomElement(using: &random) ?? .carry)
    }
  }

  private mutating func chooseRepetition(using random: inout SeededGenerator) {
    let dice = Int.random(in: 0..<6, using: &random)
    guard dice < 2 else { return }
    terms.clock.reopen = .resume
    grace = nil
    terms.clock.repeats = dice == 0 ? .eachStart : .eachStop
    terms.clock.start = [.moment(dice == 0 ? "customer-replied" : "opened")]
    terms.clock.stop = [.moment("agent-replied"), .moment("resolved")]
  }

  /// Merges some tickets into others, into themselves and into none, and takes some merges back.
  private mutating func merge(using random: inout SeededGenerator) {
    for index in sketches.indices {
      sketches[index].fields["merged-into"] = ""
      guard Int.random(in: 0..<2, using: &random) == 0 else { continue }
      let opened = sketches[index].happenings.first { happening in
        if case .now("opened") = happening.what { true } else { false }
      }
      for _ in 0..<([1, 1, 1, 2, 3].randomElement(using: &random) ?? 1) {
        let master =
          Int.random(in: 0..<8, using: &random) == 0
          ? ["", "", "T999"].randomElement(using: &random) ?? ""
          : "T\(Int.random(in: 0..<sketches.count, using: &random))"
        let at = (opened?.at ?? start) + unit * Int64.random(in: 1...150, using: &random)
        sketches[index].happenings.append((at, .set("merged-into", master)))
      }
      sketches[index].happenings = sketches[index].happenings.enumerated().sorted {
        ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
      }.map(\.element)
    }
  }

  /// Gives the agreement a later version, or its calendar: from a day on other hours count.
  private mutating func changeCalendars(
    on day: CivilDate, middle: CivilDateTime, changes: [Int64],
    using random: inout SeededGenerator
  ) {
    let zone = terms.zone
    let (calendar, hours) = World.calendar(
      zone: zone, middle: middle, unit: Int(unit), changes: changes, using: &random)
    let from = zone.midnight(of: day).seconds
    var later: [String: SlowLife.Hours?] = ["P1": nil, "P2": hours, "P4": hours]
    if Bool.random(using: &random) {
      let (old, new) = (terms.calendar.versions[0], calendar.versions[0])
      terms.calendar = CalendarDefinition(
        name: "random",
        versions: [
          CalendarVersion(zone: zone, week: old.week, exceptions: old.exceptions, validUntil: day),
          CalendarVersion(zone: zone, week: new.week, exceptions: new.exceptions, validFrom: day),
        ])
    } else {
      var terms = terms
      self.terms.validUntil = day
      terms.validFrom = day
      terms.calendar = CalendarDefinition(name: "later", versions: calendar.versions)
      if Bool.random(using: &random) {
        terms.calendars = ["P2": .always(zone: zone)]
        later = ["P1": hours, "P2": nil, "P4": hours]
      }
      laterTerms = terms
    }
    laterHours = (from, later)
  }

  /// The versions of the agreement.
  var versions: [Terms] {
    guard var later = laterTerms else { return [terms] }
    later.clock = terms.clock
    return [terms, later]
  }

  /// Windows of which half begin or end near the middle.
  private static func calendar(
    zone: ZoneRules, middle: CivilDateTime, unit: Int, changes: [Int64],
    using random: inout SeededGenerator
  ) -> (CalendarDefinition, SlowLife.Hours) {
    func windows() -> [DayWindow] {
      (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
        let near = middle.secondOfDay + Int.random(in: -150...150, using: &random) * unit
        let far = Int.random(in: 0..<86_400 / unit, using: &random) * unit
        let start = ((Bool.random(using: &random) ? near : far) % 86_400 + 86_400) % 86_400
        let length = Int.random(in: 1...max(1, min(120, 86_400 / unit)), using: &random) * unit
        return DayWindow(startSecond: start, endSecond: start + min(length, 86_400))
      }
    }
    var week: [Weekday: [DayWindow]] = [:]
    for weekday in Weekday.allCases {
      week[weekday] = Int.random(in: 0..<5, using: &random) == 0 ? [.allDay] : windows()
    }
    var exceptions: [CivilDate: [DayWindow]] = [:]
    for day in -4...4 where Int.random(in: 0..<6, using: &random) == 0 {
      exceptions[middle.date.adding(days: day)] = windows()
    }
    let version = CalendarVersion(zone: zone, week: WeeklyHours(week), exceptions: exceptions)
    return (
      CalendarDefinition(name: "random", versions: [version]),
      SlowLife.Hours(zone: zone, week: week, exceptions: exceptions, changes: changes)
    )
  }

  private func ticket(_ id: String, using random: inout SeededGenerator) -> Sketch {
    func time(_ range: ClosedRange<Int64> = 1...290) -> Int64 {
      start + Int64.random(in: range, using: &random) * unit
    }
    var sketch = Sketch(
      id, ["priority": ["1", "2", "2", "4"].randomElement(using: &random) ?? "2"])
    let opened = time(1...120)
    sketch.happenings = [(opened, .now("opened"))]
    var last = opened
    for _ in 0..<Int.random(in: 0...9, using: &random) {
      let at =
        Int.random(in: 0..<4, using: &random) == 0
        ? last : Int.random(in: 0..<30, using: &random) == 0 ? time() : max(opened, time())
      last = at
      sketch.happenings.append((at, World.happening(using: &random)))
    }
    sketch.happenings = sketch.happenings.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    for _ in 0..<max(0, Int.random(in: -3...2, using: &random)) {
      let from = time()
      let to = Int.random(in: 0..<4, using: &random) == 0 ? nil : max(from + unit, time())
      sketch.suspensions.append(
        (from, to, Bool.random(using: &random) ? "customer" : "supplier"))
    }
    return sketch
  }

  private static func happening(using random: inout SeededGenerator) -> Happening {
    switch Int.random(in: 0..<36, using: &random) {
    case 24...30: .now("customer-replied")
    case 31...35: .now("agent-replied")
    case 0...5: .set("status", "Awaiting User")
    case 6, 7: .set("status", "Awaiting Vendor")
    case 8...11: .set("status", "Open")
    case 12: .set("status", "Cancelled")
    case 13...16: .now("resolved")
    case 17, 18: .undo("resolved")
    case 19, 20: .set("priority", ["1", "2", "4"].randomElement(using: &random) ?? "1")
    case 21: .set("department", ["IT", "HR", ""].randomElement(using: &random) ?? "")
    case 22: .now("closed")
    default: .undo("closed")
    }
  }

  /// The as-of instant as the tests write instants.
  var asOfText: String {
    Instant(seconds: asOf).iso.replacingOccurrences(of: "T", with: " ")
      .replacingOccurrences(of: "Z", with: "")
  }

  var rules: SlowLife.Rules {
    var rules = SlowLife.Rules(
      unit: unit, hours: ["P1": nil, "P2": hours, "P4": hours], within: within,
      tierOf: ["1": "P1", "2": "P2", "4": "P4"], reopening: terms.clock.reopen, grace: grace,
      tierChange: terms.clock.onTierChange, repeats: terms.clock.repeats)
    rules.later = laterHours
    return rules
  }
}
