import Agreements
import Results
import Testing
import Tickets

/// DESIGN, section 5: rows with one column per instant and no history.
@Suite("A row as last exported")
struct StandingTests {
  private func terms(
    start: [Signal] = [.moment("opened")], stop: [Signal]
  ) -> Terms {
    var terms = Terms()
    (terms.clock.start, terms.clock.stop) = (start, stop)
    return terms
  }

  private let finished = Signal.condition(when("status", "Resolved", "Closed"))

  @Test("a status that stops the clock does not tell when it did")
  func stop() throws {
    let sketch = Sketch("T1", ["status": "Resolved"]).opened("03-02 09:00")
    #expect(
      try promise(sketch, terms(stop: [finished]), shape: .tickets).short
        == "unmeasurable (the source does not tell when it stops) -1 -1")
    let open = Sketch("T1").opened("03-02 09:00")
    let row = try promise(
      open, terms(stop: [finished]), asOf: "03-02 10:00", shape: .tickets)
    #expect(row.short == "running 3600 0")
  }

  @Test("an instant in the list of stops counts, whatever the status")
  func stopList() throws {
    let sketch = Sketch("T1", ["status": "Closed"]).opened("03-02 09:00").resolved("03-02 11:00")
    let terms = terms(stop: [.moment("resolved"), finished])
    #expect(try promise(sketch, terms, shape: .tickets).short == "met 7200 0")
    // As of an instant before the stop, which has not happened then.
    #expect(
      try promise(sketch, terms, asOf: "03-02 10:00", shape: .tickets).short == "running 3600 0")
    let backwards = Sketch("T1", ["status": "Closed"]).resolved("03-02 08:30").opened("03-02 09:00")
    #expect(
      try promise(backwards, terms, shape: .tickets).short
        == "unmeasurable (stop before start) -1 -1")
  }

  @Test("a status that starts the clock does not tell when it did")
  func start() throws {
    let sketch = Sketch("T1", ["status": "Active"]).opened("03-02 09:00").resolved("03-02 11:00")
    let active = Signal.condition(when("status", "Active"))
    #expect(
      try promise(
        sketch, terms(start: [active], stop: [.moment("resolved")]), shape: .tickets
      ).short == "unmeasurable (the source does not tell when it starts) -1 -1")
  }

  @Test("a pause that holds now has no place: the open clock runs, and is not judged once lost")
  func unplacedPause() throws {
    let sketch = Sketch("T1", ["status": "Waiting"]).opened("03-02 09:00")
    var terms = terms(stop: [.moment("resolved")])
    terms.clock.pauses = [Clock.Pause(condition: when("status", "Waiting"), party: "customer")]
    #expect(
      try promise(sketch, terms, asOf: "03-02 10:00", shape: .tickets).short
        == "running (as reported) 3600 0")
    let later = try promise(sketch, terms, asOf: "06-02 10:00", shape: .tickets)
    #expect(later.short == "unmeasurable (pause not placed) -1 -1")
  }

  @Test("a cancelled ticket was cancelled at its end, if it has one")
  func cancelledAtItsEnd() throws {
    var terms = terms(stop: [.moment("resolved")])
    terms.clock.cancel = when("status", "Cancelled")
    let sketch = Sketch("T1", ["status": "Cancelled"]).opened("03-02 09:00").closed("03-02 10:00")
    let row = try promise(sketch, terms, shape: .tickets)
    #expect(row.verdict == .cancelled)
    #expect(row.decided == instant("03-02 10:00"))
    let late = Sketch("T1", ["status": "Cancelled"]).opened("03-02 09:00").closed("03-20 10:00")
    #expect(try promise(late, terms, shape: .tickets).verdict == .breached)
    let endless = Sketch("T1", ["status": "Cancelled"]).opened("03-02 09:00")
    #expect(try promise(endless, terms, shape: .tickets).decided == instant("03-02 09:00"))
  }

  @Test("a ticket that ended before it began is not measured")
  func endBeforeStart() throws {
    let sketch = Sketch("T1").closed("03-02 08:00").opened("03-02 09:00").resolved("03-02 11:00")
    #expect(
      try promise(sketch, terms(stop: [.moment("resolved")]), shape: .tickets).short
        == "unmeasurable (ended before the start) -1 -1")
  }

  @Test("a cancellation of a row that has no end holds from the start")
  func cancelledWithoutEnd() throws {
    var terms = terms(stop: [.moment("resolved")])
    terms.clock.cancel = when("status", "Cancelled")
    let sketch = Sketch("T1", ["status": "Cancelled"]).opened("03-02 09:00")
    let row = try promise(sketch, terms, shape: .tickets)
    #expect(row.short == "cancelled 0 0")
  }

  @Test("a pause of one ticket is none of the next one's")
  func pausesOfSeveralTickets() throws {
    let paused = Sketch("T1").opened("03-02 09:00").status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 12:00").resolved("03-02 13:00")
    let plain = Sketch("T2").opened("03-02 09:00").resolved("03-02 13:00")
    let promises = try results(
      [table([paused, plain], shape: .events)], [Terms()], period: "2026-03",
      asOf: "2027-01-01 00:00"
    ).promises
    #expect(promises.map(\.short) == ["met 7200 7200", "met 14400 0"])
  }
}
