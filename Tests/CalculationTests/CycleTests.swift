import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 5: with `new-cycle` each start of the clock is a promise of its own.
@Suite("A clock that a reopening starts again")
struct CycleTests {
  // Monday 2 March; 8 h are allowed, hours are 08:00 to 18:00.
  private let reopened = Sketch("T1").opened("03-02 09:00").resolved("03-02 10:00")
    .reopened("03-02 12:00")

  private func terms(
    _ counted: Reopening.CountedCycles = .all, grace: Allowance? = nil
  ) -> Terms {
    var terms = Terms()
    terms.clock.reopen = Reopening(.newCycle, grace: grace, counted: counted)
    return terms
  }

  private func rows(
    _ sketch: Sketch, _ terms: Terms, asOf: String = "2027-01-01 00:00"
  ) throws -> [PromiseRow] {
    try results([table([sketch])], [terms], asOf: asOf).promises.sorted {
      ($0.cycle ?? 0) < ($1.cycle ?? 0)
    }
  }

  @Test("is two promises, each judged by its own time")
  func twoPromises() throws {
    let rows = try rows(reopened.resolved("03-03 10:00:01"), terms())
    #expect(rows.map(\.cycle) == [1, 2])
    #expect(rows[0].short == "met 3600 0")
    #expect(rows[0].stopped == instant("03-02 10:00"))
    // 12:00 to 18:00 and 08:00 to 10:00:01 the next day.
    #expect(rows[1].short == "breached 28801 0")
    #expect(rows[1].started == instant("03-02 12:00"))
    #expect(rows[1].lost == instant("03-03 10:00"))
    var resumed = Terms()
    resumed.clock.reopen = .resume
    #expect(try promise(reopened.resolved("03-03 10:00:01"), resumed).short == "breached 32401 0")
  }

  @Test("takes neither pauses nor the tier at its first start along")
  func startsAfresh() throws {
    let ticket = Sketch("T1").opened("03-02 09:00").status("Awaiting User", "03-02 09:30")
      .at("03-02 10:00", .set("status", "Open"), .now("resolved"))
      .at("03-02 11:00", .set("priority", "1")).reopened("03-02 12:00")
      .resolved("03-02 16:00")
    let rows = try rows(ticket, terms())
    #expect(rows.map(\.short) == ["met 1800 1800", "met \(hours(4)) 0"])
    #expect(rows.map(\.tier) == ["P2", "P1"])
  }

  @Test("keeps a month that is over, and counts in the month of its own decision")
  func months() throws {
    let ticket = Sketch("T1").opened("03-30 09:00").resolved("03-30 10:00").reopened("04-01 09:00")
      .resolved("04-02 12:00")
    let march = try results([table([ticket])], [terms()], period: "2026-03")
    #expect(try march.row("2026-03").counts.met == 1)
    let april = try results([table([ticket])], [terms()], period: "2026-04", history: 2)
    #expect(try april.row("2026-03").counts.met == 1)
    #expect(try april.row("2026-04").counts.breached == 1)
    #expect(try april.row("2026-04").counts.reversed == 0)
    #expect(april.promises.map(\.period) == ["2026-03", "2026-04"])
  }

  @Test("adds its cycles to the ledger: judged tickets x clocks + extra cycles")
  func ledger() throws {
    let twice = reopened.resolved("03-02 13:00").reopened("03-02 14:00")
    let results = try results(
      [table([twice, Sketch("T2").opened("03-02 09:00").resolved("03-02 10:00")])], [terms()])
    let ledger = try #require(results.ledgers.first { $0.customer == "Sales" })
    #expect(ledger.extraCycles == 2)
    #expect(ledger.promises.reduce(0) { $0 + $1.count } == 4)
    let without = try CalculationTests.results(
      [table([reopened])], [terms(.first)])
    #expect(without.ledgers.allSatisfy { $0.extraCycles == nil })
  }

  @Test("resumes within a grace on the calendar; equal is within")
  func grace() throws {
    // Stopped Monday 17:00; an hour is left of that day, and one of the next until 09:00.
    let stopped = Sketch("T1").opened("03-02 16:00").resolved("03-02 17:00")
    let terms = terms(grace: .work(seconds: 7_200))
    let within = try rows(stopped.reopened("03-03 09:00").resolved("03-03 10:00"), terms)
    #expect(within.map(\.short) == ["met 7200 0"])
    #expect(within.map(\.cycle) == [1])
    let later = try rows(stopped.reopened("03-03 09:00:01").resolved("03-03 10:00"), terms)
    #expect(later.map(\.short) == ["met 3600 0", "met 3599 0"])
    let day = self.terms(grace: .businessDays(1))
    #expect(try rows(stopped.reopened("03-03 17:00"), day).map(\.cycle) == [1])
    #expect(try rows(stopped.reopened("03-03 17:00:01"), day).map(\.cycle) == [1, 2])
  }

  @Test("counts a grace in calendar days by the wall clock")
  func graceInCalendarDays() throws {
    let stopped = Sketch("T1").opened("03-06 16:00").resolved("03-06 17:00")
    let terms = terms(grace: .calendarDays(2))
    #expect(try rows(stopped.reopened("03-08 17:00"), terms).map(\.cycle) == [1])
    #expect(try rows(stopped.reopened("03-08 17:00:01"), terms).map(\.cycle) == [1, 2])
  }

  @Test("may count the first cycle alone, or the last, which takes the first out of its month")
  func firstAndLast() throws {
    let ticket = Sketch("T1").opened("03-30 09:00").resolved("03-30 10:00").reopened("04-01 09:00")
      .resolved("04-02 12:00")
    let first = try results([table([ticket])], [terms(.first)], period: "2026-04", history: 2)
    #expect(first.promises.map(\.short) == ["met 3600 0"])
    #expect(try first.row("2026-03").counts.met == 1)
    let last = try results([table([ticket])], [terms(.last)], period: "2026-04", history: 2)
    #expect(last.promises.map(\.cycle) == [2])
    #expect(!last.figures.contains { $0.period == "2026-03" })
    #expect(try last.row("2026-04").counts.breached == 1)
    // In March nobody knew of the second.
    let march = try results([table([ticket])], [terms(.last)], period: "2026-03")
    #expect(try march.row("2026-03").counts.met == 1)
    let clock = try #require(last.agreements[0].clocks.first)
    #expect(clock.reopen.hasSuffix("which restates earlier months"))
  }

  @Test("cannot be measured where a pause is known as a total alone")
  func totalPause() throws {
    let ticket = reopened.resolved("03-02 13:00").paused(seconds: 60)
    #expect(
      try rows(ticket, terms()).map(\.reason) == ["pause not placed", "pause not placed"])
    let once = Sketch("T1").opened("03-02 09:00").resolved("03-02 10:00").paused(seconds: 60)
    #expect(try rows(once, terms()).map(\.verdict) == [.met])
  }

  @Test("has a trace of each cycle")
  func traces() throws {
    let calculator = Calculator(
      CalculationRequest(
        tables: [table([reopened.resolved("03-02 13:00")])], agreements: [[terms().agreement]],
        asOf: Instant(seconds: instant("04-01 00:00")), period: "2026-03", history: 1, by: [],
        collectsPromises: true))
    let explained = try calculator.explain(ticket: "T1", source: nil)
    #expect(explained.map { $0.trace?.cycle } == [1, 2])
    #expect(explained.map { $0.trace?.wall } == [3_600, 3_600])
    #expect(
      explained.map { $0.trace?.stretches.first?.from } == [
        instant("03-02 09:00"), instant("03-02 12:00"),
      ])
  }
}
