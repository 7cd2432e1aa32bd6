import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 5: each stretch counts in the calendar then in force, and the stretches add up.
@Suite("A promise that is counted on several calendars")
struct SeveralCalendarTests {
  private func calendar(_ name: String, _ hours: String, days: ArraySlice<Weekday>? = nil)
    -> CalendarDefinition
  {
    let week = WeeklyHours(
      Dictionary(
        uniqueKeysWithValues: (days ?? Weekday.allCases[...]).map { ($0, [window(hours)]) }))
    return CalendarDefinition(name: name, versions: [CalendarVersion(zone: .utc, week: week)])
  }

  /// A first reply; the ticket moves from tier A to tier B, each with its own calendar.
  private var schedules: Terms {
    var terms = Terms()
    terms.tiers = [
      ("A", when("schedule", "A"), .work(seconds: 57_608)),
      ("B", .anything, .work(seconds: 57_608)),
    ]
    terms.calendars = [
      "A": calendar("overnight", "12:00-02:00"),
      "B": calendar("afternoon", "15:00-00:30", days: Weekday.allCases.prefix(5)),
    ]
    terms.clock = Clock(name: "response", start: [.moment("opened")], stop: [.moment("responded")])
    return terms
  }

  private let moved = Sketch("T1", ["schedule": "A"]).opened("2020-09-29 17:01:38")
    .at("2020-09-30 19:01:25", .set("schedule", "B")).responded("2020-09-30 19:01:46")

  @Test("adds up what each counted in its own time: 57,608 s, where the last alone has 41,408 s")
  func moves() throws {
    let (promise, trace) = try explained(
      table([moved]), schedules, "T1", period: "2020-09", asOf: "2020-12-01 00:00")
    // 17:01:38 to 02:00 is 32,302 s, 12:00 to 19:01:25 25,285 s; 21 s follow on the other calendar.
    #expect(trace?.stretches.map(\.counted) == [57_587, 21])
    #expect(trace?.stretches.map(\.calendar) == ["overnight", "afternoon"])
    #expect(promise.short == "met 57608 0")
    #expect(promise.due == instant("2020-09-30 19:01:46"))
    // 17:01:38 to 00:30 is 26,902 s, 15:00 to 19:01:46 14,506 s.
    #expect(trace?.onLastCalendar == 41_408)
  }

  @Test("is told of only where there were several, and without the pauses")
  func told() throws {
    let alone = Sketch("T1", ["schedule": "A"]).opened("2020-09-29 17:01:38")
      .responded("2020-09-30 19:01:46")
    #expect(
      try explained(
        table([alone]), schedules, "T1", period: "2020-09", asOf: "2020-12-01 00:00"
      ).trace?.onLastCalendar == nil)
    let paused = moved.suspended("2020-09-29 20:00", "2020-09-29 21:00")
    let trace = try explained(
      table([paused]), schedules, "T1", period: "2020-09", asOf: "2020-12-01 00:00"
    ).trace
    #expect(trace?.elapsed == 54_008)
    #expect(trace?.onLastCalendar == 37_808)
  }

  /// Monday 30 March 2026 16:00 to Wednesday 1 April 10:00.
  private let overTheMonth = Sketch("T1").opened("03-30 16:00").resolved("04-01 10:00")

  @Test("counts on each version of one calendar in its time")
  func versionsOfACalendar() throws {
    let old = office().versions[0]
    var terms = Terms()
    terms.calendar = CalendarDefinition(
      name: "office",
      versions: [
        CalendarVersion(zone: .utc, week: old.week, validUntil: date("2026-04-01")),
        CalendarVersion(
          zone: .utc, week: WeeklyHours([.wednesday: [window("06:00-20:00")]]),
          validFrom: date("2026-04-01")),
      ])
    // 16:00 to 18:00, 08:00 to 18:00, then from 06:00 on.
    let (promise, trace) = try explained(
      table([overTheMonth]), terms, "T1", period: "2026-04")
    #expect(promise.elapsedSeconds == 57_600)
    // It is one calendar.
    #expect(trace?.onLastCalendar == nil)
  }

  @Test("counts on the calendar of the version of the agreement then in force, with its old amount")
  func versionsOfAnAgreement() throws {
    var (first, second) = (Terms(), Terms())
    first.validUntil = date("2026-04-01")
    second.validFrom = date("2026-04-01")
    second.calendar = calendar("extended", "06:00-20:00")
    first.tiers[1].within = .work(seconds: 57_600)
    second.tiers[1].within = .work(seconds: 1)
    let request = CalculationRequest(
      tables: [table([overTheMonth])], agreements: [[first.agreement, second.agreement]],
      asOf: Instant(seconds: instant("2027-01-01 00:00")), period: "2026-04")
    let explained = try Calculator(request).explain(ticket: "T1", source: nil)
    let (promise, trace) = (explained[0].promise, explained[0].trace)
    #expect(promise.short == "met 57600 0")
    #expect(trace?.stretches.map(\.calendar) == ["office", "extended"])
    #expect(trace?.stretches.map(\.counted) == [43_200, 14_400])
    // 16:00 to 20:00, 06:00 to 20:00, 06:00 to 10:00.
    #expect(trace?.onLastCalendar == 79_200)
    // Plain tickets count alike.
    for shape in Shape.allCases {
      let results = try results(
        [table([overTheMonth], shape: shape)], [first, second], period: "2026-04")
      #expect(results.promises.map(\.elapsedSeconds) == [57_600])
      let folded = try CalculationTests.results(
        [table([overTheMonth], shape: shape)], [first, second], period: "2026-04", explained: 0)
      #expect(folded.counts("2026-04").met == 1)
    }
  }

  @Test("keeps its calendar where a later version has no such tier, and after the last version")
  func withoutSuccessor() throws {
    var (first, second) = (Terms(), Terms())
    first.validUntil = date("2026-04-01")
    second.validFrom = date("2026-04-01")
    second.calendar = calendar("extended", "06:00-20:00")
    second.tiers[1].name = "Other"
    let results = try results([table([overTheMonth])], [first, second], period: "2026-04")
    #expect(results.promises.map(\.elapsedSeconds) == [50_400])
  }

  @Test("has business days as long as those of the calendar at its start")
  func businessDays() throws {
    var (first, second) = (Terms(), Terms())
    first.validUntil = date("2026-04-01")
    second.validFrom = date("2026-04-01")
    second.calendar = calendar("extended", "06:00-20:00")
    for index in first.tiers.indices { first.tiers[index].within = .businessDays(2) }
    let results = try results([table([overTheMonth])], [first, second], period: "2026-04")
    #expect(results.promises.map(\.withinSeconds) == [72_000])
    var dated = first
    dated.dueRule = .businessDay(2, at: 36_000)
    let rows = try CalculationTests.results(
      [table([overTheMonth])], [dated, second], period: "2026-04")
    #expect(rows.promises.map(\.due) == [instant("04-01 10:00")])
  }
}
