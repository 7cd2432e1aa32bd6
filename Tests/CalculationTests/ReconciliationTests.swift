import Agreements
import Calculation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// What explains that a source says another verdict; 2026-03-02 is a Monday.
struct ReconciliationTests {
  private static let fourHours = Terms.within(.work(seconds: hours(4)))

  /// The one promise held against a verdict of the source.
  private func row(
    _ sketches: [Sketch], _ theirs: ReportedVerdicts.Value, _ versions: [Terms],
    shape: Shape = .events, period: String = "2026-03"
  ) throws -> (row: ReconciliationRow?, disagreement: Disagreement?) {
    var table = table(sketches, shape: shape)
    table.reported = ReportedVerdicts(clock: "resolution")
    table.reported?.values = sketches.map { _ in theirs }
    let results = try results([table], versions, period: period)
    return (results.reconciliation?.first, results.disagreements?.first)
  }

  private func expect(
    _ sketch: Sketch, _ theirs: ReportedVerdicts.Value, _ cause: DisagreementCause,
    _ reading: String, there: Int64? = nil, _ terms: [Terms] = [fourHours],
    shape: Shape = .events, period: String = "2026-03",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (row, found) = try row(
      [sketch], theirs, terms, shape: shape, period: period)
    #expect(row?.disagreed == 1, sourceLocation: sourceLocation)
    #expect(row?.reasons == [.init(cause: cause, count: 1)], sourceLocation: sourceLocation)
    #expect(found?.cause == cause, sourceLocation: sourceLocation)
    #expect(found?.reading == reading, sourceLocation: sourceLocation)
    #expect(found?.elapsedThere == there, sourceLocation: sourceLocation)
  }

  @Test("Rounding: 4:00:30 of 4 h is met in minutes; a full minute more is not")
  func elapsedCut() throws {
    let late = Sketch("1").opened("03-02 09:00")
    try expect(late.resolved("03-02 13:00:30"), .met, .rounding, "elapsed cut to minutes")
    try expect(late.resolved("03-02 13:00:59"), .met, .rounding, "elapsed cut to minutes")
    try expect(late.resolved("03-02 13:01"), .met, .unexplained, "")
  }

  @Test("Rounding: just 4 h may be more where no instant has seconds, 3:59 may not")
  func instantsCut() throws {
    let opened = Sketch("1").opened("03-02 09:00")
    try expect(
      opened.resolved("03-02 13:00"), .breached, .rounding, "instants shown in minutes alone")
    try expect(opened.resolved("03-02 12:59"), .breached, .unexplained, "")
    let exact = Sketch("1").opened("03-02 09:00:01").resolved("03-02 13:00:01")
    try expect(exact, .breached, .unexplained, "")
  }

  @Test("Rounding: 4 h 30 s cut to minutes are 4 h")
  func withinCut() throws {
    let terms = Terms.within(.work(seconds: hours(4) + 30))
    let sketch = Sketch("1").opened("03-02 09:00:01").resolved("03-02 13:00:11")
    try expect(sketch, .breached, .rounding, "the time allowed cut to minutes", [terms])
  }

  @Test("Calendar: 17:00 to 09:00 is 2 h of the office and 16 h of the wall clock, and back")
  func calendar() throws {
    let night = Sketch("1").opened("03-02 17:00").resolved("03-03 09:00")
    try expect(night, .breached, .calendar, "counted 24 x 7", there: hours(16))
    var always = Self.fourHours
    always.tiers.append(("Never", when("priority", "9"), .work(seconds: 1)))
    always.calendars = ["All": .always(zone: .utc)]
    try expect(night, .met, .calendar, "counted on office", there: hours(2), [always])
  }

  @Test("Calendar: a business day is 24 h of the wall clock, or as long as the office is open")
  func businessDays() throws {
    let terms = Terms.within(.businessDays(1))
    // 9 h of the office; 23 h of the wall clock.
    let sketch = Sketch("1").opened("03-02 10:00").resolved("03-03 09:00")
    try expect(
      sketch, .breached, .calendar,
      "counted 24 x 7, business days as long as on the target's own calendar", there: hours(23),
      [terms])
    let longer = Sketch("1").opened("03-02 10:00").resolved("03-03 10:00:01")
    try expect(
      longer.resolved("03-03 10:00:01"), .met, .rounding, "elapsed cut to minutes", [terms])
  }

  @Test("Pause: 5 h less 3 h for the customer, or not less")
  func pauses() throws {
    let waiting = Sketch("1").opened("03-02 09:00").status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 13:00").resolved("03-02 14:00")
    var terms = Self.fourHours
    try expect(waiting, .breached, .pause, "without pauses", there: hours(5), [terms])
    terms.clock.pauses = []
    try expect(waiting, .met, .unexplained, "", [terms])
  }

  @Test("Pause: a total that the source did not take out")
  func totals() throws {
    let sketch = Sketch("1").opened("03-02 09:00").resolved("03-02 14:00")
      .paused(seconds: hours(2))
    try expect(
      sketch, .breached, .pause, "without pauses", there: hours(5), shape: .tickets)
  }

  @Test("Pause: what only another clock stands still for")
  func pausesOfEveryClock() throws {
    let waiting = Sketch("1").opened("03-02 09:00").status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 13:00").resolved("03-02 14:00")
    var agreement = Self.fourHours.agreement
    agreement.clocks.append(agreement.clocks[0])
    agreement.clocks[0].pauses = []
    agreement.clocks[1].name = "other"
    agreement.targets.append(Target(clock: "other", tiers: agreement.targets[0].tiers))
    var table = table([waiting])
    table.reported = ReportedVerdicts(clock: "resolution")
    table.reported?.values = [.met]
    let request = CalculationRequest(
      tables: [table], agreements: [[agreement]], asOf: Instant(seconds: instant("04-01")),
      period: "2026-03", collectsPromises: true)
    let found = try #require(try Calculator(request).results().disagreements?.first)
    #expect(found.cause == .pause && found.reading == "with the pauses of every clock")
    #expect(found.elapsedSeconds == hours(5) && found.elapsedThere == hours(2))
  }

  @Test("Reopened: 2 h to the first stop, 7:30 to the last, 3:30 between start and stops")
  func reopened() throws {
    let twice = Sketch("1").opened("03-02 09:00").resolved("03-02 11:00")
      .reopened("03-02 15:00").resolved("03-02 16:30")
    try expect(
      twice, .breached, .reopened, "up to the last stop, with the time in which it stood stopped",
      there: hours(7.5))
    try expect(
      twice, .met, .reopened, "up to the first stop", there: hours(2),
      [Terms.within(.work(seconds: hours(3)))])
    var ignoring = Self.fourHours
    ignoring.clock.reopen = .ignore
    let later = Sketch("1").opened("03-02 09:00").resolved("03-02 11:00")
      .reopened("03-02 12:00").resolved("03-02 14:30")
    try expect(
      later, .breached, .reopened, "up to the last stop", there: hours(4.5), [ignoring])
  }

  @Test("Reopened: after the period, which the source knows and the period does not")
  func afterThePeriod() throws {
    let sketch = Sketch("1").opened("03-31 09:00").resolved("03-31 11:00")
      .reopened("04-01 09:00").resolved("04-01 15:00")
    try expect(
      sketch, .breached, .reopened, "with what happened after the period", there: hours(8))
  }

  @Test("No history: lost as P1, and by its last priority only P2")
  func lastRow() throws {
    let sketch = Sketch("1", ["priority": "1"]).opened("03-02 09:00")
      .at("03-02 14:00", .set("priority", "2")).resolved("03-02 15:00")
    try expect(
      sketch, .met, .noHistory, "from the row as last exported", there: hours(6), [Terms()])
  }

  @Test("Target changed: 6 h of the 8 h of its first tier, or of later rules")
  func targets() throws {
    let raised = Sketch("1", ["priority": "2"]).opened("03-02 09:00")
      .at("03-02 12:00", .set("priority", "1")).resolved("03-02 15:00")
    try expect(
      raised, .met, .targetChanged, "by the first tier's target", there: hours(6), [Terms()])
    var (old, new) = (Self.fourHours, Terms.within(.work(seconds: hours(8))))
    old.validUntil = date("2026-03-10")
    new.validFrom = date("2026-03-10")
    let sketch = Sketch("1").opened("03-02 09:00").resolved("03-02 15:00")
    try expect(
      sketch, .met, .targetChanged, "by the rules valid from 2026-03-10", there: hours(6),
      [old, new])
    // A ticket that never changed its tier is not explained by another tier's target.
    try expect(
      Sketch("1", ["priority": "1"]).opened("03-02 09:00").resolved("03-02 15:00"), .met,
      .unexplained, "", [Terms()])
  }

  @Test("The matrix: what agrees, what does not, and what one side leaves open")
  func matrix() throws {
    let met = Sketch("1").opened("03-02 09:00").resolved("03-02 10:00")
    let missed = Sketch("2").opened("03-02 09:00").resolved("03-02 17:00")
    let cancelled = Sketch("3").opened("03-02 09:00").status("Cancelled", "03-02 10:00")
    let later = Sketch("4").opened("03-30 09:00").resolved("04-01 10:00")
    let open = Sketch("5").opened("03-31 17:00")
    let all = [met, missed, cancelled, later, open]
    let said = try #require(try row(all, .met, [Self.fourHours]).row)
    #expect([said.metMet, said.missedMet, said.metBreached, said.missedBreached] == [1, 2, 0, 0])
    #expect([said.notJudged, said.notReported, said.agreed, said.disagreed] == [1, 0, 1, 2])
    let other = try #require(try row(all, .breached, [Self.fourHours]).row)
    #expect(
      [other.metMet, other.missedMet, other.metBreached, other.missedBreached] == [0, 0, 1, 2])
    #expect(try row(all, .unknown, [Self.fourHours]).row == nil)
  }

  @Test("Of a clock that starts again the source's verdict is held against the last cycle")
  func cycles() throws {
    var terms = Self.fourHours
    terms.clock.reopen = .newCycle
    let sketch = Sketch("1").opened("03-02 09:00").resolved("03-02 15:00")
      .reopened("03-03 09:00").resolved("03-03 10:00")
    let (row, found) = try row([sketch], .met, [terms])
    #expect(row?.metMet == 1 && row?.disagreed == 0 && found == nil)
  }

  @Test("Every class but the last is proven by its own figures, and the classes add up")
  func proofs() throws {
    var seen: Set<DisagreementCause> = []
    for seed in 0..<Effort.rounds(60, long: 2_000) {
      let world = try World(seed: UInt64(seed), tickets: 30)
      var random = SeededGenerator(seed: UInt64(seed))
      var table = table(world.sketches)
      table.reported = ReportedVerdicts(clock: "resolution")
      table.reported?.values = world.sketches.map { _ in
        [.met, .breached, .unknown].randomElement(using: &random) ?? .unknown
      }
      let request = CalculationRequest(
        tables: [table], agreements: [[world.terms.agreement]],
        asOf: Instant(seconds: world.asOf), period: world.period, collectsPromises: true)
      let results = try Calculator(request).results()
      let rows = results.reconciliation ?? []
      let found = results.disagreements ?? []
      #expect(rows.reduce(0) { $0 + $1.disagreed } == found.count, "seed \(seed)")
      for row in rows {
        #expect(row.disagreed == row.reasons.reduce(0) { $0 + $1.count }, "seed \(seed)")
      }
      for promise in found {
        seen.insert(promise.cause)
        guard let elapsed = promise.elapsedThere, let within = promise.withinThere else { continue }
        #expect((elapsed <= within) == (promise.theirs == .met), "seed \(seed) \(promise.ticket)")
      }
    }
    #expect(
      seen.isSuperset(of: [.rounding, .calendar, .pause, .reopened, .noHistory, .unexplained]))
  }
}
