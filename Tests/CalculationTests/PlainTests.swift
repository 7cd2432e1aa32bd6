import Agreements
import Results
import Testing
import Tickets

/// Rows that need no replay, among those that do.
@Suite("Plain rows")
struct PlainTests {
  @Test("a pause of one row says nothing of the next")
  func pauseOfTheRowBefore() throws {
    let waiting = Sketch("T1", ["status": "Waiting"]).opened("03-02 09:00")
    let open = Sketch("T2").opened("03-02 09:00")
    var terms = Terms()
    terms.clock.pauses = [Clock.Pause(condition: when("status", "Waiting"), party: "customer")]
    let rows = try results(
      [table([waiting, open], shape: .tickets)], [terms], asOf: "06-02 10:00"
    ).promises
    #expect(rows.first { $0.ticket == "T1" }?.verdict == .unmeasurable)
    #expect(rows.first { $0.ticket == "T2" }?.verdict == .overdue)
  }
}
