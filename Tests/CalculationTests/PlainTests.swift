import Agreements
import Foundation
import Results
import Testing
import Tickets

@testable import Calculation

/// Rows that need no replay, among those that do.
@Suite("Plain rows")
struct PlainTests {
  @Test("are counted as the same rows are that are replayed one by one")
  func asReplayed() throws {
    let isLong = ProcessInfo.processInfo.environment["ATTAIN_LONG"] == "1"
    for seed in 1...UInt64(isLong ? 20_000 : 200) {
      var request = try FoldDesk(seed: seed &+ 50_000).request
      let plain = try Calculator(request).results()
      // Where rows of promises are asked for, every promise is replayed.
      request.collectsPromises = true
      var replayed = try Calculator(request).results()
      replayed.promises = []
      replayed.hasPromises = false
      #expect(plain == replayed, "seed \(seed)")
      if plain != replayed { return }
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
