import Agreements
import Messages
import ServiceTime
import Testing
import Tickets

@Suite("An agreement file")
struct AgreementReaderTests {
  /// The example of the design, and the calendar it names.
  static let example = """
    agreement: it-internal
    title: IT internal service level agreement
    kind: sla                      # sla | ola | underpinning-contract
    provider: IT
    customer: {field: department}  # one pack per value; or one fixed name
    zone: Europe/London            # months and days of the report
    calendar: office-hours
    valid: {from: 2026-01-01}      # half-open; several files may hold successive versions
    scope: {kind: [incident, request]}
    tiers:                         # first match wins
      P1 Critical: {priority: 1}
      P2 High:     {priority: 2}
      P3 Moderate: {priority: 3}
      P4 Low:      {priority: 4}
    clocks:
      response:   {start: opened, stop: responded}
      resolution:
        start: opened
        stop: resolved
        pause:
          - {status: [Awaiting User Info], party: customer}
          - {status: [Awaiting Vendor], party: supplier}
        cancel: {status: [Cancelled, Duplicate]}
        reopen: resume
        on-tier-change: carry
    targets:
      - {clock: response,   objective: 90%, within: {P1 Critical: 15m, P2 High: 1h, P3 Moderate: 4h, P4 Low: 8h}}
      - clock: resolution
        objective: 95%
        within: {P1 Critical: 4h, P2 High: 8h, P3 Moderate: 3 business days, P4 Low: 5 business days}
        calendar: {P1 Critical: always}
    """

  static let officeHours = """
    calendar: office-hours
    zone: Europe/London
    week: {mon-fri: ["08:00-12:00", "13:00-18:00"], sat: ["09:00-12:00"]}
    holidays: [holidays/england.ics, {2026-12-24: "08:00-12:00"}]
    valid: {from: 2026-01-01}
    """

  static let files = RuleFiles(
    files: ["rules/calendars/office-hours.yml": officeHours],
    holidays: ["rules/calendars/holidays/england.ics": ["2026-12-25", "2026-12-28"]])

  private static func condition(_ field: String, _ values: String...) -> Condition {
    Condition(tests: [.init(field: field, patterns: values.map { .text($0) })])
  }

  @Test("gives the agreement of the design's example, whole")
  func designExample() throws {
    let zone = try #require(RuleFiles.london)
    let (agreement, findings) = Self.files.agreement(Self.example)
    #expect(findings.lines == [])
    let morning = try DayWindow("08:00-12:00")
    let day = [morning, try DayWindow("13:00-18:00")]
    let saturday = [try DayWindow("09:00-12:00")]
    let date = { (iso: String) in try #require(CivilDate(iso: iso)) }
    let office = CalendarDefinition(
      name: "office-hours",
      versions: [
        CalendarVersion(
          zone: zone,
          week: WeeklyHours([
            .monday: day, .tuesday: day, .wednesday: day, .thursday: day, .friday: day,
            .saturday: saturday,
          ]),
          exceptions: [
            try date("2026-12-24"): [morning], try date("2026-12-25"): [],
            try date("2026-12-28"): [],
          ],
          validFrom: try date("2026-01-01"))
      ])
    let always = CalendarDefinition.always(zone: zone)
    func target(
      _ objective: Int64, _ within: Allowance, _ calendar: CalendarDefinition
    ) -> Target.TierTarget {
      Target.TierTarget(
        objective: Objective(millionthsOfPercent: objective * Objective.decimals), within: within,
        calendar: calendar)
    }
    let cancelled = Self.condition("status", "Cancelled", "Duplicate")
    var expected = Agreement(
      name: "it-internal", title: "IT internal service level agreement", kind: .sla,
      provider: "IT", customer: .field("department"), zone: zone,
      validFrom: try date("2026-01-01"), validUntil: nil,
      scope: Self.condition("kind", "incident", "request"),
      tiers: [
        Tier(name: "P1 Critical", condition: Self.condition("priority", "1")),
        Tier(name: "P2 High", condition: Self.condition("priority", "2")),
        Tier(name: "P3 Moderate", condition: Self.condition("priority", "3")),
        Tier(name: "P4 Low", condition: Self.condition("priority", "4")),
      ],
      clocks: [
        Clock(name: "response", start: [.moment("opened")], stop: [.moment("responded")]),
        Clock(
          name: "resolution", start: [.moment("opened")], stop: [.moment("resolved")],
          pauses: [
            .init(condition: Self.condition("status", "Awaiting User Info"), party: "customer"),
            .init(condition: Self.condition("status", "Awaiting Vendor"), party: "supplier"),
          ],
          cancel: cancelled, reopen: .resume, onTierChange: .carry),
      ],
      targets: [
        Target(
          clock: "response",
          tiers: [
            target(90, .work(seconds: 900), office), target(90, .work(seconds: 3_600), office),
            target(90, .work(seconds: 14_400), office), target(90, .work(seconds: 28_800), office),
          ]),
        Target(
          clock: "resolution",
          tiers: [
            target(95, .work(seconds: 14_400), always), target(95, .work(seconds: 28_800), office),
            target(95, .businessDays(3), office), target(95, .businessDays(5), office),
          ]),
      ],
      origin: .init(file: "rules/agreements/a.yml", sha256: "ab"))
    expected.origin.place = Place(file: "rules/agreements/a.yml", line: 8, column: 1)
    #expect(agreement == expected)
  }

  /// A short agreement with everything optional in use.
  static let full = """
    version: 1
    agreement: desk
    kind: underpinning-contract
    provider: Acme
    customer: Northwind Trading
    zone: Europe/London
    calendars:
      nights: {week: {mon-sun: "22:00-06:00"}}
    valid: {from: 2026-01-01, until: 2027-01-01}
    scope: {service: "email*", reopen_count: ">=1", not: [{status: [no, on]}, {queue: 17:00}]}
    tiers:
      Gold: {contract: gold}
      Date: {contract: date}
      Other: {}
    clocks:
      first: {start: [{status: New}, reopened, opened], stop: {status: [Open, Done]}, at-end: stop}
      fix: {start: opened, stop: [resolved, closed], reopen: new-cycle, on-tier-change: first}
      free: {start: opened, stop: closed, pause: {status: Hold, party: customer}}
      mend:
        start: opened
        stop: resolved
        reopen: {rule: new-cycle, grace: 2 business days, count: last}
        on-tier-change: {upgrade: restart, downgrade: carry}
    targets:
      - clock: fix
        objective: {all: 95%, Gold: 99.95 %, Other: 90}
        within: {Gold: 2 calendar days, Other: 1h30m}
        due: {Date: {field: due}}
        calendar: {Gold: always}
      - {clock: first, due: 3rd business day same time}
    calendar: nights
    count-by: stopped
    per-person: yes
    """

  @Test("may use every optional key, and gives one target a clock, in the clocks' order")
  func everyKey() throws {
    let (read, findings) = RuleFiles().agreement(Self.full)
    #expect(findings.lines == [])
    let agreement = try #require(read)
    #expect(agreement.title == "desk")
    #expect(agreement.kind == .underpinningContract)
    #expect(agreement.customer == .fixed("Northwind Trading"))
    #expect(agreement.validUntil == CivilDate(iso: "2027-01-01"))
    #expect(agreement.countBy == .stopped)
    #expect(agreement.perPerson)
    let one = try #require(ValuePattern.Decimal("1"))
    #expect(
      agreement.scope.tests == [
        .init(field: "service", patterns: [.glob("email*")]),
        .init(field: "reopen_count", patterns: [.comparison(.atLeast, one)]),
      ])
    #expect(
      agreement.scope.none == [
        Self.condition("status", "no", "on"), Self.condition("queue", "17:00"),
      ])
    #expect(agreement.tiers.last?.condition == .anything)
    let clocks = agreement.clocks
    #expect(
      clocks[0].start == [
        .condition(Self.condition("status", "New")), .moment("reopened"), .moment("opened"),
      ])
    #expect(clocks[0].stop == [.condition(Self.condition("status", "Open", "Done"))])
    #expect(clocks.map(\.stopsAtEnd) == [true, false, false, false])
    #expect(clocks[1].reopen == .newCycle)
    #expect(clocks[1].onTierChange == .first)
    #expect(clocks[3].reopen == Reopening(.newCycle, grace: .businessDays(2), counted: .last))
    #expect(clocks[3].onTierChange == TierChange(upgrade: .restart, downgrade: .carry))
    #expect(clocks[2].pauses.map(\.party) == ["customer"])
    #expect(agreement.targets.map(\.clock) == ["first", "fix", "free", "mend"])
    let rule = DueRule.businessDaySameTime(3)
    #expect(agreement.targets[0].tiers.map(\.dueRule) == [rule, rule, rule])
    let fix = agreement.targets[1]
    #expect(fix.totalObjective?.text == "95")
    #expect(fix.tiers.map { $0.objective?.text } == ["99.95", nil, "90"])
    #expect(fix.tiers.map(\.within) == [.calendarDays(2), nil, .work(seconds: 5_400)])
    #expect(fix.tiers.map(\.dueField) == [nil, "due", nil])
    #expect(fix.tiers.map(\.calendar.name) == ["always", "nights", "nights"])
    let free = agreement.targets[2]
    #expect(free.tiers.allSatisfy { $0.within == nil && $0.objective == nil })
    #expect(free.tiers.map(\.calendar.name) == ["nights", "nights", "nights"])
    #expect(free.tiers[0].calendar.versions[0].zone.identifier == "Europe/London")
  }
}
