import TestSupport
import Testing

@testable import Calculation

@Suite("Sorting of durations")
struct AscendingTests {
  @Test("It gives what sorting by comparison gives, for few and many, small and large values")
  func sameAsSorted() {
    var random = SeededGenerator(seed: 3)
    let largest: [Int64] = [0, 60, 2_047, 2_048, 1 << 22, 1 << 33 - 1, 1 << 33, Int64.max]
    for largest in largest {
      for count in [0, 1, 2, 511, 512, 3_000] {
        let values = (0..<count).map { _ in Int64.random(in: 0...largest, using: &random) }
        #expect(Percentile.ascending(values) == values.sorted(), "\(count) up to \(largest)")
        let mixed = values + [-1]
        #expect(Percentile.ascending(mixed) == mixed.sorted(), "\(count), one below zero")
      }
    }
  }
}
