import Agreements
import Calculation
import Results
import ServiceTime
import Testing

/// DESIGN, section 5: what a change of tier does while the clock goes.
@Suite("A change of tier")
struct TierChangeTests {
  // Monday 2 March 09:00, hours 08:00 to 18:00: P1 allows 4 h, P2 8 h, P4 is not judged.
  private let monday = Sketch("T1").opened("03-02 09:00")

  private func terms(_ change: TierChange) -> Terms {
    var terms = Terms()
    terms.clock.onTierChange = change
    return terms
  }

  @Test("may start the clock again, with nothing elapsed and nothing paused")
  func restart() throws {
    let raised = monday.status("Awaiting User", "03-02 10:00").status("Open", "03-02 11:00")
      .at("03-02 12:00", .set("priority", "1"))
    let met = try promise(raised.resolved("03-02 16:00"), terms(.restart))
    #expect(met.short == "met (started again at a change of tier) \(hours(4)) 0")
    #expect(met.started == instant("03-02 12:00"))
    #expect(met.due == instant("03-02 16:00"))
    let late = try promise(raised.resolved("03-02 16:00:01"), terms(.restart))
    #expect(late.verdict == .breached)
    #expect(late.lost == instant("03-02 16:00"))
    #expect(try promise(raised.resolved("03-02 16:00"), terms(.carry)).verdict == .breached)
  }

  @Test("leaves the months before it as they were")
  func restartInAnotherMonth() throws {
    let ticket = Sketch("T1").opened("03-31 12:00").at("04-01 09:00", .set("priority", "1"))
      .resolved("04-01 13:00")
    let results = try results(
      [table([ticket])], [terms(.restart)], period: "2026-04", history: 2)
    let march = results.figures.first { $0.period == "2026-03" && $0.tier == "P2" }
    #expect(march?.counts.running == 1)
    #expect(try results.row("2026-04").counts.met == 1)
    #expect(results.promises.map(\.elapsedSeconds) == [hours(4)])
  }

  @Test("to a later due date leaves the month in which the promise was due before")
  func dueDateOfAnEarlierMonth() throws {
    var agreement = terms(.carry).agreement
    agreement.countBy = .due
    let rules: [DueRule?] = [.businessDay(1, at: 36_000), .businessDaySameTime(3), nil]
    agreement.targets = [
      Target(
        clock: "resolution",
        tiers: rules.map {
          Target.TierTarget(objective: nil, within: nil, dueRule: $0, calendar: office())
        })
    ]
    // Due on 31 March 10:00; from 1 April on due on 2 April 12:00.
    let ticket = Sketch("T1", ["priority": "1"]).opened("03-30 12:00").resolved("03-31 09:00")
      .at("04-01 09:00", .undo("resolved"), .set("priority", "2")).resolved("04-02 11:00")
    for (asOf, period) in [("04-01 00:00", "2026-03"), ("05-01 00:00", "2026-04")] {
      let results = try Calculator(
        CalculationRequest(
          tables: [table([ticket])], agreements: [[agreement]],
          asOf: Instant(seconds: instant(asOf)), period: period, history: 2, by: [],
          collectsPromises: true)
      ).results()
      let march = results.figures.filter { $0.period == "2026-03" }
      #expect(march.map(\.counts.met) == [1], "as of \(asOf)")
    }
  }

  @Test("restarts nothing after a miss")
  func restartAfterLoss() throws {
    let ticket = monday.at("03-02 17:00:01", .set("priority", "1")).resolved("03-03 09:00")
    let row = try promise(ticket, terms(.restart))
    #expect(row.short == "breached \(hours(10)) 0")
    #expect(row.lost == instant("03-02 17:00"))
    #expect(row.tier == "P2")
  }

  @Test("that restarts a clock leaves a total pause without a place")
  func restartWithTotalPause() throws {
    let ticket = monday.at("03-02 12:00", .set("priority", "1")).resolved("03-02 16:00")
    let row = try promise(ticket.paused(seconds: 3_600), terms(.restart))
    #expect(row.short == "unmeasurable (pause not placed) -1 -1")
    #expect(try promise(ticket.paused(seconds: 0), terms(.restart)).verdict == .met)
  }

  @Test("in the instant of the stop is carried: no click undoes the time that has passed")
  func restartAtTheStop() throws {
    let ticket = monday.at("03-02 14:00", .set("priority", "1"), .now("resolved"))
    #expect(try promise(ticket, terms(.restart)).short == "breached \(hours(5)) 0")
    let lowered = Sketch("T1", ["priority": "1"]).opened("03-02 09:00")
      .at("03-02 12:00", .set("priority", "2"), .now("resolved"))
    #expect(try promise(lowered, terms(.restart)).short == "met \(hours(3)) 0")
  }

  @Test("while the clock stands restarts it at the reopening")
  func restartAtTheReopening() throws {
    let ticket = monday.resolved("03-02 12:00").at("03-02 13:00", .set("priority", "1"))
      .reopened("03-02 14:00").resolved("03-02 18:00")
    let row = try promise(ticket, terms(.restart))
    #expect(row.elapsedSeconds == hours(4))
    #expect(row.started == instant("03-02 14:00"))
    #expect(row.verdict == .met)
  }

  @Test("may do one thing on an upgrade and another on a downgrade")
  func upgradeAndDowngrade() throws {
    let split = terms(TierChange(upgrade: .first, downgrade: .carry))
    let raised = monday.at("03-02 10:00", .set("priority", "1"))
    #expect(try promise(raised.resolved("03-02 16:00"), split).tier == "P2")
    #expect(try promise(raised.resolved("03-02 16:00"), split).verdict == .met)
    let lowered = raised.at("03-02 11:00", .set("priority", "4")).resolved("03-02 16:00")
    #expect(try promise(lowered, split).tier == "P4")
    #expect(try promise(lowered, split).verdict == .noTarget)
    let other = terms(TierChange(upgrade: .restart, downgrade: .first))
    let down = Sketch("T1", ["priority": "1"]).opened("03-02 09:00")
      .at("03-02 10:00", .set("priority", "2"))
    #expect(try promise(down.resolved("03-02 13:00:01"), other).verdict == .breached)
    #expect(try promise(down.resolved("03-02 13:00:01"), other).tier == "P1")
  }
}
