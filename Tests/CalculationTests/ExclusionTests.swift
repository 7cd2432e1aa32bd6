import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 6: tickets leave the denominator, time leaves the clock.
@Suite("Exclusions")
struct ExclusionTests {
  // Monday 2 March; P2 has 8 h, hours are 08:00 to 18:00.
  /// 09:00 to 10:00 the next day: 11 h, breached by 3 h.
  private let late = Sketch("T1").opened("03-02 09:00").resolved("03-03 10:00")
  private let kept = Sketch("T2").opened("03-02 09:00").resolved("03-02 10:00")

  private func of(
    _ exclusions: Exclusion..., sketches: [Sketch]? = nil, asOf: String = "2027-01-01 00:00"
  ) throws -> CalculationResults {
    var terms = Terms()
    terms.exclusions = exclusions
    return try results([table(sketches ?? [late, kept])], [terms], asOf: asOf)
  }

  @Test("A ticket that is excluded is in no denominator, and counted where it would be decided")
  func ticket() throws {
    let results = try of(.of("T1"))
    let row = try #require(results.promises.first { $0.ticket == "T1" })
    #expect(row.verdict == .excluded)
    #expect(row.reason == "a test; else breached")
    #expect(row.decided == instant("03-02 17:00"))
    #expect(row.period == "2026-03")
    let counts = results.counts("2026-03")
    #expect((counts.met, counts.missed, counts.excluded) == (1, 0, 1))
    let entry = try #require(results.wholeEntries.first)
    #expect((entry.promises, entry.missed, entry.seconds) == (1, 1, 0))
    #expect(entry.unmatched == nil)
    let target = try #require(results.exclusions?.targets.first { $0.tier == "P2" })
    #expect((target.without.met, target.without.missed) == (1, 1))
    #expect((target.with.met, target.with.missed, target.with.excluded) == (1, 0, 1))
  }

  @Test("Time that is excluded is a pause by excluded, to the second, and the promise stays")
  func interval() throws {
    // An hour of Monday, and 08:00 to 10:00 of Tuesday.
    let results = try of(
      .of(from: "03-02 17:00", to: "03-03 10:00"), sketches: [late])
    let row = try #require(results.promises.first)
    // 09:00 to 17:00 is 8 h, which is just met.
    #expect(row.short == "met 28800 10800")
    let entry = try #require(results.wholeEntries.first)
    #expect((entry.promises, entry.missed, entry.seconds) == (1, 0, 10_800))
    let (_, trace) = try explained(
      table([late]), Terms().excluding(.of(from: "03-02 17:00", to: "03-03 10:00")), "T1")
    let stretch = try #require(trace?.stretches.last)
    #expect((stretch.party, stretch.reason) == ("excluded", "a power cut"))
    #expect(stretch.paused == 10_800)
  }

  @Test("The end of an interval counts again, its first second does not")
  func halfOpen() throws {
    let results = try of(.of(from: "03-02 17:00:01", to: "03-03 09:59:59"), sketches: [late])
    // One second before, and one after.
    #expect(try #require(results.promises.first).short == "breached 28802 10798")
  }

  @Test("A pause by somebody goes before the exclusion; the entry takes out only what it took")
  func pauseFirst() throws {
    let paused = Sketch("T1").opened("03-02 09:00").status("Awaiting User", "03-02 12:00")
      .status("Open", "03-02 14:00").resolved("03-02 16:00")
    let results = try of(.of(from: "03-02 13:00", to: "03-02 15:00"), sketches: [paused])
    // 12:00 to 14:00 by the customer, 14:00 to 15:00 excluded.
    #expect(try #require(results.promises.first).short == "met 14400 10800")
    #expect(try #require(results.wholeEntries.first).seconds == 3_600)
  }

  @Test("A condition is looked at moment by moment")
  func condition() throws {
    let moved = Sketch("T1", ["group": "Network"]).opened("03-02 09:00")
      .at("03-02 12:00", .set("group", "Desk")).resolved("03-02 16:00")
    let results = try of(
      .of(from: "03-02 10:00", to: "03-02 15:00", when: when("group", "Network")),
      sketches: [moved])
    #expect(try #require(results.promises.first).short == "met 18000 7200")
  }

  @Test("An entry is about the clocks that it names")
  func clocks() throws {
    let other = try of(
      .of("T1", clocks: ["response"]), .of(from: "03-02 17:00", to: "03-03 10:00", clocks: ["x"]))
    let row = try #require(other.promises.first { $0.ticket == "T1" })
    #expect(row.short == "breached 39600 0")
    #expect(other.counts("2026-03").excluded == 0)
    #expect(other.wholeEntries.allSatisfy { $0.promises == 0 && $0.seconds == 0 })
  }

  @Test("A source limits an entry to its own tickets")
  func source() throws {
    let own = try of(.of("T1", source: "desk"))
    #expect(own.counts("2026-03").excluded == 1)
    let other = try of(.of("T1", source: "elsewhere"))
    #expect(other.counts("2026-03").excluded == 0)
    #expect(other.wholeEntries.first?.unmatched == ["T1"])
  }

  @Test("What is not approved is listed, with what it would be about, and changes nothing")
  func notApproved() throws {
    let plain = try results([table([late, kept])], [Terms()])
    let asked = try of(
      .of("T1", approved: nil), .of(from: "03-02 09:30", to: "03-02 12:00", approved: nil))
    #expect(asked.figures == plain.figures)
    #expect(asked.ledgers == plain.ledgers)
    #expect(asked.promises == plain.promises)
    #expect(asked.wholeEntries.map(\.promises) == [1, 2])
    #expect(asked.wholeEntries.map(\.missed) == [1, 0])
    #expect(asked.wholeEntries.allSatisfy { !$0.isApplied && $0.seconds == 0 })
    let target = try #require(asked.exclusions?.targets.first)
    #expect(target.with == target.without)
  }

  @Test("An approval after as-of, or after the rows were known, is not known yet")
  func approvedLater() throws {
    let exclusion = Exclusion.of("T1", approved: "03-20 12:00")
    let before = try of(exclusion, asOf: "03-20 11:59:59")
    #expect(before.exclusions == nil)
    #expect(before.counts("2026-03").missed == 1)
    let at = try of(exclusion, asOf: "03-20 12:00")
    #expect(at.counts("2026-03").excluded == 1)
    var request = CalculationRequest(
      tables: [table([late])], agreements: [[Terms().excluding(exclusion).agreement]],
      asOf: Instant(seconds: instant("04-01 00:00")), period: "2026-03")
    request.knownAt = Instant(seconds: instant("03-20 11:59:59"))
    #expect(try Calculator(request).results().exclusions == nil)
    request.knownAt = Instant(seconds: instant("03-20 12:00"))
    #expect(try Calculator(request).results().counts("2026-03").excluded == 1)
  }

  @Test("A loss stays a loss through a cancellation, and only an exclusion takes it out")
  func cancelledAfterLoss() throws {
    let cancelled = Sketch("T1").opened("03-02 09:00").status("Cancelled", "03-04 09:00")
    #expect(try of(sketches: [cancelled]).counts("2026-03").missed == 1)
    let results = try of(.of("T1"), sketches: [cancelled])
    #expect(results.counts("2026-03").missed == 0)
    #expect(results.promises.first?.reason == "a test; else breached")
  }

  @Test("An excluded promise that runs is in no stock, and decided nowhere yet")
  func running() throws {
    let open = Sketch("T1").opened("03-31 17:00")
    let results = try of(.of("T1"), sketches: [open], asOf: "03-31 17:30")
    let counts = results.counts("2026-03")
    #expect((counts.running, counts.excluded) == (0, 0))
    let ledger = try #require(results.ledgers.last)
    #expect(ledger.promises.first { $0.name == "excluded, not decided yet" }?.count == 1)
    #expect(results.wholeEntries.first?.promises == 1)
  }

  @Test("An excluded promise of an earlier month is excluded there")
  func earlier() throws {
    let results = try results(
      [table([late])], [Terms().excluding(.of("T1"))], period: "2026-04", history: 2)
    #expect(results.counts("2026-03").excluded == 1)
    #expect(results.counts("2026-04").excluded == 0)
    let ledger = try #require(results.ledgers.last)
    let bucket = "excluded, decided before the period"
    #expect(ledger.promises.first { $0.name == bucket }?.count == 1)
    #expect(results.wholeEntries.first?.promises == 0)
    #expect(results.exclusions?.entries.count == 1)
  }

  @Test("A quarter counts an excluded promise once")
  func quarter() throws {
    let results = try results(
      [table([late, kept])], [Terms().excluding(.of("T1"))], period: "2026-Q1")
    #expect(results.counts("2026-Q1").excluded == 1)
    #expect(results.counts("2026-Q1").met == 1)
  }

  @Test("Of two intervals, time that is in both is taken out once, by the first")
  func overlap() throws {
    let results = try of(
      .of(from: "03-02 10:00", to: "03-02 12:00", line: 1),
      .of(from: "03-02 11:00", to: "03-02 13:00", reason: "another", line: 2), sketches: [late])
    #expect(results.wholeEntries.map(\.seconds) == [7_200, 3_600])
    #expect(try #require(results.promises.first).pausedSeconds == 10_800)
  }

  @Test("Each customer's entries tell of its own tickets alone")
  func customers() throws {
    let other = Sketch("T3", ["department": "HR"]).opened("03-02 09:00").resolved("03-03 10:00")
    let third = Sketch("T5", ["department": "HR"]).opened("03-02 09:00").resolved("03-02 10:00")
    let results = try of(
      .of("T1", "T3", "T4"),
      .of(
        from: "03-02 09:00", to: "03-02 09:30", when: when("department", "HR", "Finance"),
        line: 2),
      sketches: [late, other, third])
    let sales = try #require(results.limited(to: "it", customer: "Sales").exclusions)
    #expect(sales.entries.map(\.tickets) == [["T1"]])
    #expect(sales.entries.allSatisfy { $0.number == nil && $0.unmatched == nil })
    #expect(sales.targets.allSatisfy { $0.customer == "Sales" })
    #expect(results.wholeEntries.map(\.unmatched) == [["T4"], nil])
    // What limits it to customers could name others.
    let own = try #require(results.limited(to: "it", customer: "HR").exclusions)
    #expect(own.entries.map(\.condition) == ["", ""])
    #expect(own.entries.map(\.seconds) == [0, 1_800])
    #expect(results.wholeEntries.last?.condition == "department HR or Finance")
    #expect(results.limited(to: "it", customer: "Finance").exclusions == nil)
  }

  @Test("Columns of instants, parts of a table and rows one by one come to the same")
  func routes() throws {
    let sketches = (0..<60).map { number in
      Sketch("T\(number)", ["department": number % 3 == 0 ? "HR" : "Sales"])
        .opened("03-0\(2 + number % 4) 09:00")
        .resolved("03-0\(2 + number % 4) \(10 + number % 9):0\(number % 10)")
    }
    let terms = Terms().excluding(
      .of("T7", "T8", "T59"), .of(from: "03-03 09:30", to: "03-03 12:00", line: 2))
    let tables = [table(sketches), table(sketches, shape: .tickets)]
    let both = try tables.map { try results([$0], [terms], explained: 0) }
    #expect(both[0].figures == both[1].figures)
    #expect(both[0].exclusions == both[1].exclusions)
    #expect(both[0].promises.map(\.short) == both[1].promises.map(\.short))
    for table in tables {
      var request = CalculationRequest(
        tables: [table], agreements: [[terms.agreement]],
        asOf: Instant(seconds: instant("2027-01-01 00:00")), period: "2026-03")
      let figures = try Calculator(request).results()
      #expect(figures.figures == both[0].figures)
      #expect(figures.ledgers == both[0].ledgers)
      #expect(figures.exclusions == both[0].exclusions)
      #expect(try TicketFold(request) == nil)
      request.appliesExclusions = false
      #expect(try Calculator(request).results().exclusions == nil)
    }
  }
}
