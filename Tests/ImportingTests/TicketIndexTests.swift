import TestSupport
import Testing

@testable import Importing

/// Tickets found by their ids beside a plain dictionary.
struct TicketIndexTests {
  @Test("Finds every id again, among ids that nobody asks for", arguments: 1...10)
  func same(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var index = TicketIndex()
    var numbers: [String: Int] = [:]
    var count = 0
    let oddsOfUnnamed = Int.random(in: 2...20, using: &random)
    for _ in 0..<6_000 {
      if Int.random(in: 0..<oddsOfUnnamed, using: &random) == 0 {
        index.appendUnnamed()
        count += 1
        continue
      }
      let id = "T\(Int.random(in: 0..<4_000, using: &random))"
      let (ticket, isNew) = Array(id.utf8).withUnsafeBytes { index.ticket($0) }
      #expect(isNew == (numbers[id] == nil))
      #expect(ticket == numbers[id] ?? count)
      if isNew {
        numbers[id] = count
        count += 1
      }
    }
    #expect(index.ids.count == count)
  }
}
