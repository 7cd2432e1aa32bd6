import TestSupport
import Testing

@testable import Calculation

@Suite("Durations at a rank")
struct RankedDurationsTests {
  private static func list(
    _ count: Int, below limit: UInt32, using random: inout SeededGenerator
  ) -> [UInt32] {
    (0..<count).map { _ in UInt32.random(in: 0..<limit, using: &random) }
  }

  @Test("are those of the sorted sets, few or many, small or large, equal or not")
  func asSorted() {
    for seed in 1...UInt64(120) {
      var random = SeededGenerator(seed: seed)
      let limit: UInt32 = [1, 3, 900, 200_000, 40_000_000, .max].randomElement(using: &random) ?? 1
      let sizes = [0, 1, 7, 300, 3_000, 9_000]
      func lists() -> [[UInt32]] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
          Self.list(
            sizes.randomElement(using: &random) ?? 0, below: limit, using: &random)
        }
      }
      let (shared, stopped, decided) = (lists(), lists(), lists())
      let sorted = (
        (shared + stopped).flatMap(\.self).sorted(), (shared + decided).flatMap(\.self).sorted()
      )
      func ranks(_ count: Int) -> [Int] {
        guard count > 0 else { return [] }
        return ((0..<9).map { _ in Int.random(in: 0..<count, using: &random) } + [0, count - 1])
          .sorted()
      }
      let wanted = RankedDurations.Ranks(
        stopped: ranks(sorted.0.count), decided: ranks(sorted.1.count))
      let found = RankedDurations(
        wanted, shared: shared, onlyStopped: stopped, onlyDecided: decided)
      #expect(found.stopped == wanted.stopped.map { sorted.0[$0] }, "seed \(seed)")
      #expect(found.decided == wanted.decided.map { sorted.1[$0] }, "seed \(seed)")
    }
  }
}
