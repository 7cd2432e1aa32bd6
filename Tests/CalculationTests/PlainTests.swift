import Agreements
import Foundation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Calculation

/// Rows that need no replay, among those that do.
@Suite("Plain rows")
struct PlainTests {
  @Test("are counted as the same rows are that are replayed one by one", arguments: Shape.allCases)
  func asReplayed(shape: Shape) throws {
    for seed in 1...UInt64(Effort.rounds(200, long: 2_000)) {
      var request = try FoldDesk(seed: seed &+ 50_000, shape: shape).request
      let plain = try Calculator(request).results()
      // Where rows of promises are asked for, every promise is replayed.
      request.collectsPromises = true
      var replayed = try Calculator(request).results()
      replayed.promises = []
      replayed.hasPromises = false
      (replayed.pauses, replayed.reconciliation, replayed.disagreements) = (nil, nil, nil)
      // Nor is there more to be said of the process without them.
      (replayed.charts, replayed.survival, replayed.mixes) = (nil, nil, nil)
      #expect(plain == replayed, "seed \(seed)")
      if plain != replayed { return }
    }
  }

  @Test("equal is met, one second more is missed, for a stop in the month of the start or later")
  func equal() throws {
    let calendar = CalendarDefinition.always(zone: .utc)
    let terms = Terms.within(.work(seconds: hours(4)), on: calendar)
    for (start, last) in [("03-02 09:00", "03-02 13:00"), ("03-31 21:00", "04-01 01:00")] {
      let sketches = [
        Sketch("T1").opened(start).resolved(last),
        Sketch("T2").opened(start).resolved(last + ":01"),
      ]
      let request = CalculationRequest(
        tables: [table(sketches, shape: .tickets)], agreements: [[terms.agreement]],
        asOf: Instant(seconds: instant("2027-01-01")), period: "all")
      let rows = try Calculator(request).results().figures
      let all = try #require(rows.first { $0.period == "all" })
      #expect((all.counts.met, all.counts.breached) == (1, 1))
      let month = try #require(rows.first { $0.period == (last < "04" ? "2026-03" : "2026-04") })
      #expect((month.counts.met, month.counts.breached) == (1, 1))
      #expect(month.stopped?.n == 2)
    }
  }

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
