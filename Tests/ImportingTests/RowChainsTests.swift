import TestSupport
import Testing

@testable import Importing

@Suite("Rows chained by ticket")
struct RowChainsTests {
  @Test("are the same, added by batches or one by one", arguments: UInt64(1)...20)
  func batches(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (alone, batched) = (RowChains(), RowChains())
    var tickets = 0
    for _ in 0..<Int.random(in: 1...8, using: &random) {
      var batch: [UInt32] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        let ticket = Int.random(in: max(0, tickets - 5)...tickets, using: &random)
        tickets = max(tickets, ticket + 1)
        batch.append(UInt32(ticket))
      }
      for ticket in batch { alone.append(ticket: Int(ticket)) }
      batch.withUnsafeBufferPointer { batched.append($0) }
    }
    #expect(batched.previous == alone.previous)
    #expect(batched.last == alone.last)
  }
}
