import Agreements
import Results
import Testing
import Tickets

/// DESIGN, section 5: a total pause in one column cannot be placed.
@Suite("A total pause in one column")
struct TotalPauseTests {
  // Monday 09:00 to Tuesday 12:00: 27 h of wall time, 13 h open, 14 h closed.
  let ticket = Sketch("T1").opened("03-02 09:00").resolved("03-03 12:00")

  func verdict(_ seconds: Int64, _ counts: PausedTotals.Counts) throws -> PromiseRow {
    try promise(ticket.paused(seconds: seconds), shape: .tickets, counts: counts)
  }

  @Test("a working total is taken out of the open time")
  func working() throws {
    #expect(try verdict(hours(5), .working).short == "met (as reported) 28800 18000")
    #expect(try verdict(hours(5) - 1, .working).short == "breached (as reported) 28801 17999")
    #expect(try verdict(hours(13), .working).short == "met (as reported) 0 46800")
  }

  @Test("a working total longer than the open time is unmeasurable")
  func tooLong() throws {
    #expect(
      try verdict(hours(13) + 1, .working).short
        == "unmeasurable (pause longer than the open time) -1 -1")
    #expect(
      try verdict(hours(27) + 1, .wall).short
        == "unmeasurable (pause longer than the open time) -1 -1")
  }

  @Test("a wall total stands if both ends of what it covered give one verdict")
  func wall() throws {
    // 19 h covered 5 h to 13 h of working time: elapsed is 0 h to 8 h.
    #expect(
      try verdict(hours(19), .wall).short
        == "met (as reported, elapsed 0:00:00 to 8:00:00) 28800 18000")
    // 5 h less a second covered at most that: elapsed is 8 h and a second at least.
    #expect(
      try verdict(hours(5) - 1, .wall).short
        == "breached (as reported, elapsed 8:00:01 to 13:00:00) \(hours(13)) 0")
    #expect(
      try verdict(hours(19) - 1, .wall).short == "unmeasurable (pause not placed) -1 -1")
    #expect(try verdict(hours(5), .wall).short == "unmeasurable (pause not placed) -1 -1")
  }

  @Test("elapsed of an open ticket is never negative")
  func open() throws {
    let open = Sketch("T1").opened("03-02 09:00").paused(seconds: hours(5))
    for counts in [PausedTotals.Counts.working, .wall] {
      let row = try promise(open, asOf: "03-02 10:00", shape: .tickets, counts: counts)
      #expect(row.verdict == .running)
      #expect(row.elapsedSeconds == 0)
    }
    let late = try promise(open, asOf: "03-03 13:00", shape: .tickets)
    #expect(late.short == "overdue (as reported) 32400 18000")
  }

  @Test("the total pause is not taken from a clock that stops at the response alone")
  func response() throws {
    var terms = Terms()
    terms.clock.name = "response"
    terms.clock.stop = [.moment("responded")]
    let row = try promise(
      ticket.responded("03-02 10:00").paused(seconds: hours(5)), terms, shape: .tickets)
    #expect(row.short == "met 3600 0")
  }
}
