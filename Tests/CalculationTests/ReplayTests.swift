import Agreements
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 5: replay, pauses, ends.
@Suite("Replay")
struct ReplayTests {
  // 2 March 2026 is a Monday; the office is open Monday to Friday, 08:00 to 18:00, in UTC.
  let monday = Sketch("T1").opened("03-02 09:00")

  @Test("equal is met, one second more is breached", arguments: Shape.allCases)
  func equalIsMet(shape: Shape) throws {
    let met = try promise(monday.resolved("03-02 17:00"), shape: shape)
    #expect(met.short == "met 28800 0")
    let breached = try promise(monday.resolved("03-02 17:00:01"), shape: shape)
    #expect(breached.short == "breached 28801 0")
    #expect(breached.due == instant("03-02 17:00"))
    #expect(breached.lost == instant("03-02 17:00"))
    #expect(breached.decided == breached.lost)
    #expect(met.decided == instant("03-02 17:00"))
  }

  @Test("a pause is taken out and attributed to its party")
  func pause() throws {
    let ticket = monday.status("Awaiting User", "03-02 10:00").status("Open", "03-02 12:00")
      .resolved("03-02 13:00")
    #expect(try promise(ticket).short == "met 7200 7200")
  }

  @Test("switching from one waiting state to another in one instant does not let the clock run")
  func switchOfWaitingStates() throws {
    let ticket = monday.status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 11:00").status("Awaiting Vendor", "03-02 11:00")
      .status("Open", "03-02 12:00").resolved("03-02 13:00")
    #expect(try promise(ticket).short == "met 7200 7200")
  }

  @Test("if several pause rules hold, the first listed names the party")
  func firstRuleNamesTheParty() throws {
    let ticket = monday.status("Awaiting User", "03-02 10:00").status("Open", "03-02 12:00")
      .resolved("03-02 13:00")
    let trace = try trace(ticket)
    #expect(trace.stretches.filter { $0.kind == .paused }.map(\.party) == ["customer"])
  }

  @Test("a ticket that starts and stops in one instant is met with elapsed 0")
  func startAndStopInOneInstant() throws {
    #expect(try promise(monday.resolved("03-02 09:00")).short == "met 0 0")
    #expect(
      try promise(monday.resolved("03-02 09:00"), .within(.work(seconds: 0))).short == "met 0 0")
  }

  @Test("all changes of one instant come first; stop wins over cancel, cancel over pause")
  func precedence() throws {
    let stopAndCancel = monday.status("Cancelled", "03-02 10:00").resolved("03-02 10:00")
    #expect(try promise(stopAndCancel).verdict == .met)
    let both = Sketch("T1").opened("03-02 09:00").at(
      "03-02 10:00", .set("status", "Cancelled"), .set("flag", "yes"))
    var terms = Terms()
    terms.clock.pauses = [.init(condition: when("status", "Cancelled"), party: "customer")]
    #expect(try promise(both, terms).verdict == .cancelled)
    terms.clock.cancel = nil
    let paused = try promise(both, terms, asOf: "03-03 09:00")
    #expect(paused.short == "running 3600 \(hours(9))")
  }

  @Test("a pause before the start counts nothing, and one that holds at the start from the start")
  func pauseAtTheStart() throws {
    let before = Sketch("T1", ["status": "Awaiting User"]).status("Open", "03-02 08:30")
      .opened("03-02 09:00").resolved("03-02 10:00")
    #expect(try promise(before).short == "met 3600 0")
    let atStart = Sketch("T1", ["status": "Awaiting User"]).opened("03-02 09:00")
      .status("Open", "03-02 09:30").resolved("03-02 10:00")
    #expect(try promise(atStart).short == "met 1800 1800")
  }

  @Test("a pause after lost does not un-breach")
  func pauseAfterLost() throws {
    let ticket = monday.status("Awaiting User", "03-02 17:30").resolved("03-03 09:00")
    let row = try promise(ticket)
    #expect(row.short == "breached \(hours(8.5)) \(hours(1.5))")
    #expect(row.lost == instant("03-02 17:00"))
  }

  @Test("a clock paused at due is lost when it next counts")
  func pausedAtDue() throws {
    let ticket = monday.status("Awaiting User", "03-02 17:00").status("Open", "03-03 10:00")
    let row = try promise(ticket.resolved("03-03 10:00:01"))
    #expect(row.due == instant("03-02 17:00"))
    #expect(row.lost == instant("03-03 10:00"))
    #expect(try promise(ticket.resolved("03-03 10:00")).verdict == .met)
  }

  @Test("overlapping suspensions are merged, and one without an end lasts to the stop")
  func suspensions() throws {
    let ticket = monday.suspended("03-02 10:00", "03-02 12:00")
      .suspended("03-02 11:00", "03-02 13:00").resolved("03-02 14:00")
    for shape in Shape.allCases {
      #expect(try promise(ticket, shape: shape).short == "met 7200 10800")
      let open = monday.suspended("03-02 10:00", nil).resolved("03-02 14:00")
      #expect(try promise(open, shape: shape).short == "met 3600 14400")
      let running = monday.suspended("03-02 10:00", nil)
      #expect(
        try promise(running, asOf: "03-02 12:00", shape: shape).short == "running 3600 7200")
      let early = monday.suspended("03-01 10:00", "03-02 09:30").resolved("03-02 10:00")
      #expect(try promise(early, shape: shape).short == "met 1800 1800")
    }
  }

  @Test("a business day on Thursday evening: due on Friday, lost on Monday, met on Sunday")
  func businessDay() throws {
    // 5 March is a Thursday; 19:30 is after closing time.
    let ticket = Sketch("T1").opened("03-05 19:30")
    let terms = Terms.within(.businessDays(1))
    let sunday = try promise(ticket.resolved("03-08 12:00"), terms)
    #expect(sunday.short == "met 36000 0")
    #expect(sunday.due == instant("03-06 18:00"))
    #expect(sunday.lost == nil)
    let late = try promise(ticket.resolved("03-09 08:00:01"), terms)
    #expect(late.short == "breached 36001 0")
    #expect(late.due == instant("03-06 18:00"))
    #expect(late.lost == instant("03-09 08:00"))
    #expect(try promise(ticket, terms, asOf: "03-09 07:59").verdict == .running)
    #expect(try promise(ticket, terms, asOf: "03-09 08:00").verdict == .running)
    #expect(try promise(ticket, terms, asOf: "03-09 08:00:01").verdict == .overdue)
  }

  @Test("of a list of stops, the first present counts")
  func stopList() throws {
    var terms = Terms()
    terms.clock.stop = [.moment("resolved"), .moment("closed")]
    for shape in Shape.allCases {
      let both = monday.resolved("03-02 10:00").closed("03-04 10:00")
      #expect(try promise(both, terms, shape: shape).stopped == instant("03-02 10:00"))
      let one = monday.closed("03-02 12:00")
      #expect(try promise(one, terms, shape: shape).stopped == instant("03-02 12:00"))
    }
    let backward = monday.resolved("03-02 11:00").closed("03-02 10:00")
    #expect(try promise(backward, terms, shape: .tickets).short == "met 7200 0")
  }

  @Test("a ticket that ends with the clock going is unmeasurable, or breached if lost before")
  func endWithoutStop() throws {
    var terms = Terms()
    terms.clock.stop = [.moment("responded")]
    for shape in Shape.allCases {
      let early = try promise(monday.closed("03-02 10:00"), terms, shape: shape)
      #expect(early.short == "unmeasurable (ended without a stop) -1 -1")
      let late = try promise(monday.closed("03-04 10:00"), terms, shape: shape)
      #expect(late.short == "breached \(hours(20)) 0" || late.verdict == .breached)
      #expect(late.elapsedSeconds == hours(21))
    }
    terms.clock.stopsAtEnd = true
    #expect(try promise(monday.closed("03-02 10:00"), terms).short == "met 3600 0")
  }

  @Test("a clock that stands stopped is not ended by the end of its ticket")
  func endAfterTheStop() throws {
    var terms = Terms()
    terms.clock.stop = [.condition(when("status", "Resolved"))]
    let ticket = monday.status("Resolved", "03-02 10:00")
      .at("03-04 10:00", .set("status", "Closed"), .now("closed"))
    let row = try promise(ticket, terms)
    #expect(row.short == "met 3600 0")
    #expect(row.stopped == instant("03-02 10:00"))
    let cancelled = monday.status("Cancelled", "03-02 10:00")
      .at("03-04 10:00", .set("status", "Closed"), .now("closed"))
    #expect(try promise(cancelled).verdict == .cancelled)
  }

  @Test("impossible input is unmeasurable with its reason")
  func impossibleInput() throws {
    for shape in Shape.allCases {
      let backward = try promise(monday.resolved("03-02 08:00"), shape: shape)
      #expect(backward.short == "unmeasurable (stop before start) -1 -1")
      let noStart = try promise(Sketch("T1").resolved("03-02 08:00"), shape: shape)
      #expect(noStart.short == "unmeasurable (no start) -1 -1")
      let odd = try promise(monday.garbled("resolved"), shape: shape)
      #expect(odd.short == "unmeasurable (unreadable instant) -1 -1")
      let unknown = try promise(monday, shape: shape, moments: ["opened", "closed"])
      #expect(unknown.short.hasPrefix("unmeasurable (the source does not tell"))
    }
  }

  @Test("cancelled only if cancelled before it was lost; afterwards it stays missed")
  func cancellation() throws {
    #expect(try promise(monday.status("Cancelled", "03-02 17:00")).verdict == .cancelled)
    let late = try promise(monday.status("Cancelled", "03-02 17:30"))
    #expect(late.short == "breached \(hours(8.5)) 0")
    let twice = monday.status("Cancelled", "03-02 10:00").status("Duplicate", "04-02 10:00")
      .at("04-03 10:00", .set("department", "IT"))
    let results = try results([table([twice])], [Terms()], period: "2026-04", history: 2)
    #expect(results.counts("2026-03").cancelled == 1)
    #expect(results.counts("2026-04").cancelled == 0)
  }

  @Test("resume: the time between stop and reopening does not count; elapsed goes on")
  func resume() throws {
    let ticket = monday.resolved("03-02 10:00").reopened("03-02 12:00").resolved("03-02 13:00")
    #expect(try promise(ticket).short == "met 7200 0")
    let trace = try trace(ticket)
    #expect(trace.stopped == 7_200)
    #expect(trace.wall == hours(4))
    var terms = Terms()
    terms.clock.reopen = .ignore
    #expect(try promise(ticket, terms).stopped == instant("03-02 10:00"))
  }

  @Test("due of a stopped clock is where it would have been without further pause")
  func dueOfAStoppedClock() throws {
    let ticket = monday.status("Awaiting User", "03-02 10:00").resolved("03-02 12:00")
    // One hour of eight is used when it stops at 12:00; six are left that day.
    #expect(try promise(ticket).due == instant("03-03 09:00"))
    let waiting = try promise(
      monday.status("Awaiting User", "03-02 10:00"), asOf: "03-02 11:00")
    #expect(waiting.due == instant("03-02 18:00"))
  }

  @Test("carry: elapsed is kept, and the deadline is the new tier's")
  func carry() throws {
    let up = monday.at("03-02 12:00", .set("priority", "1"))
    #expect(try promise(up.resolved("03-02 13:00")).short == "met \(hours(4)) 0")
    let late = try promise(up.resolved("03-02 13:00:01"))
    #expect(late.verdict == .breached)
    #expect(late.lost == instant("03-02 13:00"))
    #expect(late.tier == "P1")
    let down = Sketch("T1", ["priority": "1"]).opened("03-02 09:00")
      .at("03-02 12:00", .set("priority", "2")).resolved("03-02 17:00")
    #expect(try promise(down).short == "met \(hours(8)) 0")
  }

  @Test("carry: a deadline that is already exceeded is lost at the change")
  func lossAtTheChange() throws {
    let ticket = monday.at("03-02 14:00", .set("priority", "1")).resolved("03-02 15:00")
    let row = try promise(ticket)
    #expect(row.short == "breached \(hours(6)) 0")
    #expect(row.lost == instant("03-02 14:00"))
    #expect(row.due == instant("03-02 14:00"))
    let paused = monday.status("Awaiting User", "03-02 14:00")
      .at("03-02 20:00", .set("priority", "1"))
    #expect(try promise(paused).lost == instant("03-02 20:00"))
    let atTheStop = monday.at("03-02 14:00", .set("priority", "1"), .now("resolved"))
    #expect(try promise(atTheStop).verdict == .breached)
  }

  @Test("after the decision a change of tier alters neither verdict nor tier")
  func tierAfterTheDecision() throws {
    let met = monday.resolved("03-02 14:00").at("03-02 15:00", .set("priority", "1"))
    #expect(try promise(met).tier == "P2")
    #expect(try promise(met).verdict == .met)
    let lost = monday.at("03-03 09:00", .set("priority", "4")).resolved("03-03 10:00")
    #expect(try promise(lost).tier == "P2")
    #expect(try promise(lost).verdict == .breached)
    let cancelled = monday.status("Cancelled", "03-02 14:00")
      .at("03-02 15:00", .set("priority", "1"))
    #expect(try promise(cancelled).verdict == .cancelled)
  }

  @Test("a tier changed while the clock stood counts from the reopening")
  func tierChangedWhileStopped() throws {
    let ticket = monday.resolved("03-02 12:00").at("03-02 13:00", .set("priority", "1"))
      .reopened("03-02 14:00")
    let row = try promise(ticket.resolved("03-02 15:00:01"))
    #expect(row.short == "breached \(hours(4) + 1) 0")
    #expect(row.lost == instant("03-02 15:00"))
    #expect(row.tier == "P1")
    #expect(try promise(ticket.resolved("03-02 15:00")).verdict == .met)
  }

  @Test("a tier without a within is measured and not judged")
  func noTarget() throws {
    let ticket = Sketch("T1", ["priority": "4"]).opened("03-02 09:00").resolved("03-20 09:00")
    let row = try promise(ticket)
    #expect(row.verdict == .noTarget)
    #expect(row.elapsedSeconds == hours(140))
    let results = try results([table([ticket])], [Terms()])
    #expect(try results.row("2026-03").stopped?.n == 1)
    #expect(try results.row("2026-03").againstWithin == nil)
  }

  @Test("a due date of the ticket's own takes the place of within; a stop at it is met")
  func ownDueDate() throws {
    var terms = Terms()
    terms.dueField = "due"
    let ticket = monday.at("03-03 12:00", .now("due"))
    for shape in Shape.allCases {
      let onTime = try promise(ticket.resolved("03-03 12:00"), terms, shape: shape)
      #expect(onTime.verdict == .met)
      #expect(onTime.due == instant("03-03 12:00"))
      let late = try promise(ticket.resolved("03-03 12:00:01"), terms, shape: shape)
      #expect(late.verdict == .breached)
      #expect(late.lost == instant("03-03 12:00"))
      #expect(try promise(monday.resolved("03-03 12:00"), terms, shape: shape).verdict == .noTarget)
    }
  }

  @Test("instants after as-of have not happened yet; the as-of instant has")
  func asOf() throws {
    for shape in Shape.allCases {
      let ticket = monday.resolved("03-02 10:00")
      #expect(
        try promise(ticket, asOf: "03-02 09:59:59", shape: shape).short == "running 3599 0")
      #expect(try promise(ticket, asOf: "03-02 10:00", shape: shape).short == "met 3600 0")
    }
  }

  @Test("a due rule is a date, which a pause does not move")
  func dueRule() throws {
    let ticket = monday.status("Awaiting User", "03-02 10:00").status("Open", "03-02 14:00")
      .resolved("03-03 09:00:01")
    var terms = Terms()
    terms.dueRule = .businessDaySameTime(1)
    let row = try promise(ticket, terms)
    #expect(row.short == "breached 21601 14400")
    #expect(row.lost == instant("03-03 09:00"))
    #expect(try promise(ticket, .within(.businessDays(1))).short == "met 21601 14400")
  }

  @Test("Stretches name the row of the suspension, and the entry of the register, behind them")
  func placesOfStretches() throws {
    let ticket = monday.suspended("03-02 10:00", "03-02 11:00").resolved("03-02 17:00")
    var table = table([ticket])
    table.lineOfTicket = [7]
    let terms = Terms().excluding(.of(from: "03-02 12:00", to: "03-02 13:00", line: 4))
    let stretches = try #require(explained(table, terms, "T1").trace).stretches
    #expect(stretches.map(\.kind) == [.counted, .paused, .counted, .paused, .counted])
    #expect(stretches.dropFirst().map(\.line) == [7, 7, 0, 0])
    #expect(stretches.map(\.entry?.line) == [nil, nil, nil, 4, 4])
    #expect(stretches.compactMap(\.entry?.file) == ["register.yml", "register.yml"])
  }

  private func trace(_ sketch: Sketch, _ terms: Terms = Terms()) throws -> TraceRecord {
    try #require(explained(table([sketch]), terms, "T1").trace)
  }
}
