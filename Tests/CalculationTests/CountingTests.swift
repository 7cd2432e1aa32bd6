import Agreements
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 6: where a promise counts, periods, ledgers.
@Suite("Counting")
struct CountingTests {
  // Opened on Monday 30 March, met on the 31st, reopened and lost in April.
  let reversed = Sketch("R1").opened("03-30 09:00").resolved("03-31 09:00")
    .reopened("04-01 09:00")

  @Test("met in March, reopened and lost in April: March unchanged, April one reversed breach")
  func reversedBreach() throws {
    // Ten hours are over the eight allowed; six are used in March.
    let ticket = Sketch("R1").opened("03-30 09:00").resolved("03-30 15:00")
      .reopened("04-01 09:00").resolved("04-01 13:00")
    let march = try results([table([ticket])], [Terms()])
    let later = try results([table([ticket])], [Terms()], period: "2026-04", history: 2)
    #expect(try later.row("2026-03") == march.row("2026-03"))
    #expect(march.counts("2026-03").met == 1)
    let april = try later.row("2026-04")
    #expect(april.counts.breached == 1)
    #expect(april.counts.reversed == 1)
    #expect(april.counts.met == 0)
    #expect(later.promises.first?.reversedFrom == "2026-03")
    #expect(later.promises.first?.lost == instant("04-01 11:00"))
    #expect(april.stopped?.decidedEarlier == 0)
  }

  @Test("a quarter counts each promise once: sum of months - reversed = range")
  func bridge() throws {
    let tickets = [
      Sketch("R1").opened("03-30 09:00").resolved("03-30 15:00").reopened("04-01 09:00")
        .resolved("04-01 13:00"),
      Sketch("R2").opened("02-27 09:00").resolved("02-27 15:00").reopened("03-02 09:00")
        .resolved("03-02 13:00"),
      Sketch("M1").opened("01-05 09:00").resolved("01-05 10:00").reopened("02-02 09:00")
        .resolved("02-02 10:00"),
      Sketch("B1").opened("01-05 09:00").resolved("03-05 10:00"),
    ]
    let quarter = try results([table(tickets)], [Terms()], period: "2026-Q1", history: 3)
    let months = ["2026-01", "2026-02", "2026-03"].map { quarter.counts($0) }
    let sum = months.reduce(into: PromiseCounts()) { $0 += $1 }
    let range = quarter.counts("2026-Q1")
    #expect(sum.decided - sum.reversed == range.decided)
    #expect(sum.reversed == 1)
    #expect(range.met == 2)
    #expect(range.missed == 2)
    #expect(range.reversed == 0)
  }

  @Test("a promise met again after a reopening is not counted again")
  func metAgain() throws {
    let ticket = reversed.resolved("04-01 10:00")
    let results = try results(
      [table([ticket])], [.within(.businessDays(3))], period: "2026-04",
      history: 2)
    #expect(results.counts("2026-03").met == 1)
    #expect(results.counts("2026-04").decided == 0)
    let april = try #require(results.figures.first { $0.period == "2026-04" })
    #expect(april.stopped?.n == 1)
    #expect(april.stopped?.decidedEarlier == 1)
    #expect(april.againstWithin == nil)
    #expect(results.promises.first?.period == "2026-03")
  }

  @Test("a met promise reopened before the horizon runs again")
  func reopenedInTheMonth() throws {
    let ticket = Sketch("T1").opened("03-30 09:00").resolved("03-30 10:00")
      .reopened("03-31 09:00")
    let results = try results([table([ticket])], [Terms()])
    #expect(results.counts("2026-03").met == 0)
    #expect(results.counts("2026-03").running == 0)
    #expect(results.counts("2026-03").overdue == 1)
    let terms = Terms.within(.businessDays(9))
    let open = try CalculationTests.results([table([ticket])], [terms])
    #expect(open.counts("2026-03").running == 1)
  }

  @Test("a miss is counted once: overdue at the month's end, stopped later")
  func overdueOnce() throws {
    let ticket = Sketch("T1").opened("03-30 09:00").resolved("04-02 09:00")
    let results = try results([table([ticket])], [Terms()], period: "2026-04", history: 2)
    let march = try results.row("2026-03")
    #expect(march.counts.overdue == 1)
    #expect(march.counts.breached == 0)
    #expect(march.againstWithin?.percentiles[2] == .init(seconds: hours(19), isOver: true))
    let april = try results.row("2026-04")
    #expect(april.counts.decided == 0)
    #expect(april.stopped?.n == 1)
    #expect(april.stopped?.decidedEarlier == 1)
  }

  @Test("running is a stock at each month's end")
  func runningIsAStock() throws {
    let terms = Terms.within(.businessDays(90))
    let ticket = Sketch("T1").opened("01-05 09:00").resolved("03-05 10:00")
    let results = try results([table([ticket])], [terms], history: 3)
    #expect(["2026-01", "2026-02", "2026-03"].map { results.counts($0).running } == [1, 1, 0])
    #expect(results.counts("2026-03").met == 1)
  }

  @Test("a period's row is the same on its last night and a year later with later rows added")
  func sameRowLater() throws {
    let first = [
      Sketch("A").opened("03-02 09:00").resolved("03-02 10:00"),
      Sketch("B").opened("03-30 09:00"),
      Sketch("C").opened("03-31 17:00").status("Awaiting User", "03-31 17:30"),
      Sketch("D").opened("03-02 09:00").status("Cancelled", "03-02 10:00"),
      Sketch("E", ["priority": "4"]).opened("03-02 09:00").resolved("03-03 09:00"),
      Sketch("F").opened("03-31 12:00"),
    ]
    let later = [
      first[0].reopened("04-02 09:00").at("04-03 09:00", .set("priority", "1")),
      first[1].at("04-01 09:00", .set("department", "IT")).resolved("04-02 09:00"),
      first[2].status("Cancelled", "04-01 17:30"),
      first[3].status("Open", "04-02 10:00").resolved("04-20 09:00"),
      first[4].reopened("04-02 09:00").at("04-02 10:00", .set("priority", "1"))
        .resolved("04-20 09:00"),
      first[5].closed("04-01 09:00"),
      Sketch("G").opened("04-02 09:00").resolved("04-03 09:00"),
    ]
    let night = try results([table(first)], [Terms()], asOf: "04-01 00:00")
    let year = try results(
      [table(later)], [Terms()], period: "2027-03", asOf: "2027-03-31 00:00", history: 13)
    #expect(
      night.figures.filter { $0.period == "2026-03" }
        == year.figures.filter { $0.period == "2026-03" })
    #expect(night.counts("2026-03").met == 1)
    #expect(night.counts("2026-03").running == 2)
    #expect(night.counts("2026-03").noTarget == 1)
  }

  @Test("a promise that turns out unmeasurable later runs in the months before")
  func unmeasurableLater() throws {
    var terms = Terms.within(.businessDays(90))
    terms.clock.stop = [.moment("responded")]
    let ticket = Sketch("T1").opened("03-30 09:00").closed("04-02 09:00")
    let results = try results([table([ticket])], [terms], period: "2026-04", history: 2)
    #expect(results.counts("2026-03").running == 1)
    #expect(results.counts("2026-03").unmeasurable == 0)
    #expect(results.promises.first?.verdict == .unmeasurable)
    #expect(results.promises.first?.period == "2026-03")
  }

  @Test("customer and fields of --by are the values at the decision")
  func customerAtTheDecision() throws {
    let moved = Sketch("T1", ["region": "North"]).opened("03-02 09:00")
      .at("03-02 10:00", .set("department", "IT"), .set("region", "South"))
      .resolved("03-02 11:00")
      .at("03-02 12:00", .set("department", "HR"), .set("region", "West"))
    let lost = Sketch("T2", ["region": "North"]).opened("03-02 09:00")
      .at("03-03 09:00", .set("department", "IT"))
    let nobody = Sketch("T3", ["region": "North", "department": ""]).opened("03-02 09:00")
      .resolved("03-02 10:00")
    let results = try results([table([moved, lost, nobody])], [Terms()], by: ["region"])
    #expect(results.promises.map(\.customer) == ["(no customer)", "IT", "Sales"])
    #expect(results.promises.map(\.ticket) == ["T3", "T1", "T2"])
    #expect(results.promises.map(\.by) == [["North"], ["South"], ["North"]])
    let rows = results.figures.filter { $0.period == "2026-03" }
    #expect(rows.map(\.customer) == ["(no customer)", "IT", "Sales"])
    #expect(rows.map(\.by) == [["North"], ["South"], ["North"]])
  }

  @Test("what is unmeasurable stays in the row of the customer that it had when the month ended")
  func customerOfTheUnmeasurable() throws {
    var terms = Terms.within(.businessDays(90))
    terms.clock.stop = [.moment("responded")]
    let ticket = Sketch("T1").opened("03-02 09:00").closed("03-03 09:00")
      .at("04-02 12:00", .set("department", "HR"))
    let results = try results([table([ticket])], [terms], period: "2026-04", history: 2)
    let rows = results.figures.filter { $0.counts.unmeasurable > 0 }
    #expect(rows.map(\.period) == ["2026-03"])
    #expect(rows.map(\.customer) == ["Sales"])
    // As seen when April ended, it is the ticket of HR.
    #expect(results.promises.map(\.customer) == ["HR"])
  }

  @Test("tickets are out of scope, without an agreement, without a tier, or judged")
  func ticketBuckets() throws {
    var first = Terms()
    first.validFrom = date("2026-02-01")
    first.validUntil = date("2026-03-10")
    first.scope = when("kind", "incident", "request")
    first.customer = .fixed("Old")
    var second = first
    second.validFrom = date("2026-03-10")
    second.validUntil = nil
    second.scope = when("kind", "incident")
    second.customer = .fixed("New")
    func ticket(_ id: String, _ fields: [String: String], _ opened: String) -> Sketch {
      Sketch(id, ["kind": "incident"].merging(fields) { $1 }).opened(opened)
        .resolved(opened.prefix(6) + "16:00")
    }
    let tickets = [
      ticket("A", [:], "03-02 09:00"), ticket("B", ["kind": "request"], "03-02 09:00"),
      ticket("C", ["kind": "request"], "03-12 09:00"), ticket("D", [:], "01-12 09:00"),
      ticket("E", ["priority": "9"], "03-12 09:00"), ticket("F", [:], "03-12 09:00"),
      ticket("G", [:], "04-15 09:00"),
    ]
    let results = try results([table(tickets)], [first, second])
    let ledger = try #require(results.ledgers.first { $0.agreement == "it" })
    #expect(ledger.tickets.map(\.count) == [3, 1, 1, 1, 1])
    #expect(results.figures.map(\.customer) == ["New", "Old"])
    #expect(results.figures.map(\.counts.met) == [1, 2])
  }

  @Test("bounds: 40 met, 2 missed and 5 running that can all be lost give 85.1 to 95.7")
  func bounds() throws {
    let met = (0..<40).map { Sketch("M\($0)").opened("03-02 09:00").resolved("03-02 10:00") }
    let missed = (0..<2).map { Sketch("B\($0)").opened("03-02 09:00").resolved("03-04 10:00") }
    let running = (0..<5).map { number in
      let open = Sketch("R\(number)").opened("03-05 09:00")
      return number == 0 ? open.status("Awaiting User", "03-05 09:30") : open
    }
    let row = try results(
      [table(met + missed + running)], [Terms()], asOf: "03-05 10:00"
    ).row("2026-03")
    let bounds = try #require(row.bounds)
    #expect(row.counts.running == 5)
    #expect(bounds.canBeLost == 5)
    #expect(bounds.others == 0)
    #expect(share(bounds.lowest(row.counts)) == 851)
    #expect(share(bounds.highest(row.counts)) == 957)
    let last = try results(
      [table(met + missed + running)], [Terms()], asOf: "03-31 23:59"
    ).row("2026-03")
    #expect(last.counts.overdue == 4)
    #expect(last.bounds?.canBeLost == 0)
    #expect(last.bounds?.others == 1)
    #expect(
      try results([table(met)], [Terms()], asOf: "04-01 00:00").row("2026-03").bounds == nil)
  }

  private func share(_ counts: (met: Int, decided: Int)) -> Int {
    (counts.met * 10_000 / counts.decided + 5) / 10
  }

  @Test("9 of 10 against 90 % is met and uses exactly the one miss allowed")
  func exactlyAllowed() {
    let objective = Objective(millionthsOfPercent: 90_000_000)
    #expect(objective.isReached(met: 9, decided: 10))
    #expect(!objective.isReached(met: 899, decided: 1_000))
    #expect(objective.missesAllowed(decided: 10) == 1)
  }

  @Test("an export of finished tickets is partial and counted by the stop")
  func finishedOnly() throws {
    let ticket = Sketch("T1").opened("03-30 09:00").resolved("04-02 09:00")
    let results = try results(
      [table([ticket], holds: .finished)], [Terms()], period: "2026-04", history: 2)
    #expect(results.agreements[0].countBy == "stopped")
    #expect(results.agreements[0].periods.map(\.completeness) == [.partial, .partial])
    #expect(results.counts("2026-03").decided == 0)
    #expect(results.counts("2026-04").breached == 1)
  }

  @Test("a source of finished tickets leaves an agreement alone that none of them belongs to")
  func finishedElsewhere() throws {
    var terms = Terms()
    terms.scope = when("kind", "incident")
    let ours = Sketch("T1", ["kind": "incident"]).opened("03-30 09:00").resolved("04-02 09:00")
    let theirs = Sketch("T2", ["kind": "order"]).opened("03-30 09:00").resolved("04-02 09:00")
    let results = try results(
      [table([ours]), table([theirs], holds: .finished, source: "shop")], [terms],
      period: "2026-04", history: 2)
    #expect(results.agreements[0].countBy == "decided")
    #expect(results.agreements[0].periods.allSatisfy { $0.completeness != .partial })
  }

  @Test("a period that ends before the longest within has passed is starting up")
  func startingUp() throws {
    let tickets = [
      Sketch("T1").opened("03-16 09:00").resolved("03-16 10:00"),
      Sketch("T2").opened("04-16 09:00").resolved("04-16 10:00"),
    ]
    let results = try results(
      [table(tickets)], [.within(.businessDays(20))], period: "2026-05", history: 3)
    #expect(
      results.agreements[0].periods.map(\.completeness) == [.startingUp, .complete, .complete])
  }

  @Test("what begins is the export of the tickets in scope, not that of another system")
  func startingUpByScope() throws {
    var terms = Terms.within(.businessDays(20))
    terms.scope = when("kind", "incident")
    let ours = Sketch("T1", ["kind": "incident"]).opened("03-16 09:00").resolved("03-16 10:00")
    let theirs = Sketch("T2", ["kind": "order"]).opened("2025-01-06 09:00").resolved(
      "2025-01-06 10:00")
    let results = try results(
      [table([ours]), table([theirs], source: "shop")], [terms], period: "2026-03", history: 1)
    #expect(results.agreements[0].periods.map(\.completeness) == [.startingUp])
  }

  @Test("count-by stopped: a miss counts when it stops, until then it runs")
  func countByStopped() throws {
    var terms = Terms()
    terms.countBy = .stopped
    let tickets = [
      Sketch("T1").opened("03-30 09:00").resolved("04-02 09:00").reopened("04-03 09:00")
        .resolved("05-04 09:00"),
      Sketch("T2").opened("03-30 09:00").status("Cancelled", "04-02 09:00"),
      Sketch("T3").opened("03-30 09:00").resolved("03-30 10:00"),
    ]
    let results = try results([table(tickets)], [terms], period: "2026-05", history: 3)
    let months = ["2026-03", "2026-04", "2026-05"].map { results.counts($0) }
    #expect(months.map(\.met) == [1, 0, 0])
    #expect(months.map(\.missed) == [0, 1, 1])
    #expect(months.map(\.running) == [2, 1, 0])
  }

  @Test("count-by due: each promise in the month of its due instant, decided at its horizon")
  func countByDue() throws {
    var terms = Terms.within(.businessDays(1))
    terms.countBy = .due
    let tickets = [
      // Due on 1 April, stopped in March.
      Sketch("T1").opened("03-31 12:00").resolved("03-31 13:00"),
      // Due at closing time on 31 March, lost at the next opening.
      Sketch("T2").opened("03-31 08:00"),
      // The same, but stopped in the night between.
      Sketch("T3").opened("03-31 08:00").resolved("04-01 07:00"),
      Sketch("T4").opened("03-30 08:00").resolved("04-20 08:00"),
    ]
    let results = try results([table(tickets)], [terms], period: "2026-04", history: 2)
    let months = ["2026-03", "2026-04"].map { results.counts($0) }
    #expect(months.map(\.met) == [0, 2])
    #expect(months.map(\.overdue) == [1, 1])
    #expect(months.map(\.breached) == [0, 0])
    let march = try CalculationTests.results([table(tickets)], [terms])
    #expect(march.counts("2026-03") == months[0])
    #expect(march.promises.first { $0.ticket == "T1" }?.period == "")
  }
}
