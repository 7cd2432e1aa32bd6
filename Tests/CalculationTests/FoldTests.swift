import Agreements
import Foundation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Calculation

@Suite("Tickets folded as they are read")
struct FoldTests {
  private func json(_ results: CalculationResults) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    return String(decoding: try encoder.encode(results), as: UTF8.self)
  }

  /// The first line in which two texts differ, in both.
  private func difference(_ left: String, _ right: String) -> String {
    let (a, b) = (left.split(separator: "\n"), right.split(separator: "\n"))
    let at = zip(a, b).enumerated().first { $1.0 != $1.1 }?.offset ?? min(a.count, b.count)
    let from = max(0, at - 12)
    return (a[from..<min(a.count, at + 3)].joined(separator: "\n")) + "\n--- folded:\n"
      + (b[from..<min(b.count, at + 3)].joined(separator: "\n"))
  }

  @Test(
    "give the results of the whole table, byte for byte, however they are cut and shared out",
    arguments: Shape.allCases)
  func sameResults(shape: Shape) throws {
    var failures = 0
    for seed in 1...UInt64(Effort.rounds(120, long: 500)) {
      var desk = try FoldDesk(seed: seed, shape: shape)
      let whole = try json(try Calculator(desk.request).results())
      let folded = try json(try Calculator(try desk.foldedRequest()).results())
      guard whole != folded else { continue }
      failures += 1
      Issue.record("seed \(seed), \(desk.request.period): \(difference(whole, folded))")
      if failures >= 3 { return }
    }
    #expect(failures == 0)
  }

  @Test("the seeded desks hold something of every kind", arguments: Shape.allCases)
  func worthwhile(shape: Shape) throws {
    var counts = PromiseCounts()
    var (reported, decidedEarlier, unmeasurable) = (0, 0, 0)
    for seed in 1...UInt64(60) {
      let desk = try FoldDesk(seed: seed, shape: shape)
      let results = try Calculator(desk.request).results()
      for row in results.figures {
        counts += row.counts
        decidedEarlier += row.stopped?.decidedEarlier ?? 0
      }
      reported += results.reported.reduce(0) { $0 + $1.met + $1.breached + $1.unknown }
      unmeasurable += results.figures.reduce(0) { $0 + $1.counts.unmeasurable }
    }
    #expect(
      min(
        counts.met, counts.breached, counts.overdue, counts.running, counts.cancelled,
        counts.noTarget) > 20)
    #expect(min(reported, decidedEarlier, unmeasurable) > 20)
  }

  @Test("promises, moments that date nothing and finished tickets cannot be folded")
  func refused() throws {
    let terms = Terms()
    var request = CalculationRequest(
      tables: [], agreements: [[terms.agreement]], asOf: Instant(seconds: instant("2027-01-01")),
      period: "2026-03")
    #expect(try TicketFold(request) != nil)
    #expect(try TicketFold(request, sources: [.all, .finished]) == nil)
    #expect(try TicketFold(request, sources: [.all, .openedFrom(date("2026-01-01"))]) != nil)
    request.collectsPromises = true
    #expect(try TicketFold(request) == nil)
    request.collectsPromises = false
    var due = terms
    due.clock.stop = [.moment("updated")]
    request.agreements = [[due.agreement]]
    #expect(try TicketFold(request) == nil)
    var byStop = terms
    byStop.countBy = .stopped
    request.agreements = [[byStop.agreement]]
    #expect(try TicketFold(request, sources: [.finished]) != nil)
    request.period = "2026-13"
    #expect(throws: CalculationError.self) { try TicketFold(request) }
  }

  @Test("a batch of finished tickets is handed back whole")
  func handedBack() throws {
    var fold = try #require(try Self.fold())
    let sketches = [Sketch("T1").opened("03-02 09:00"), Sketch("T2").opened("03-02 09:00")]
    #expect(fold.add(table(sketches, shape: .tickets, holds: .finished)) == [0, 1])
    #expect(fold.add(table(sketches, shape: .tickets)) == [])
    #expect(fold.add(table(sketches)) == [])
  }

  @Test("of a batch with history, tickets that changed before all their moments are handed back")
  func handedBackEarly() throws {
    var fold = try #require(try Self.fold())
    let sketches = [
      Sketch("T1").opened("03-02 09:00").status("Open", "03-02 08:59"),
      Sketch("T2").opened("03-02 09:00").status("Open", "03-02 09:00"),
      Sketch("T3").status("Open", "03-02 09:00"), Sketch("T4"),
      Sketch("T5").opened("03-02 09:00").resolved("03-02 08:00"),
    ]
    #expect(fold.add(table(sketches)) == [0, 2])
  }

  private static func fold() throws -> TicketFold? {
    let request = CalculationRequest(
      tables: [], agreements: [[Terms().agreement]],
      asOf: Instant(seconds: instant("2027-01-01")), period: "2026-03")
    return try TicketFold(request)
  }
}
