import Results
import TestSupport
import Testing

@testable import Calculation

/// How often a process that does not change is said to have changed.
@Suite("False alarms")
struct FalseAlarmTests {
  private static let shares = [0.90, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995]
  private static let sizes = [3, 5, 8, 12, 20, 30, 50, 80, 150, 300, 600, 1_000, 3_000]

  /// Met promises of `n`, by adding probabilities of misses up to a random number.
  private static func draw(
    _ n: Int, _ share: Double, using random: inout SeededGenerator
  ) -> Int {
    var left = Double.random(in: 0..<1, using: &random)
    var term = power(share, n)
    var misses = 0
    while left >= term, misses < n {
      left -= term
      misses += 1
      term *= Double(n - misses + 1) / Double(misses) * (1 - share) / share
    }
    return n - misses
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// Months with limits, and those of them that lie outside.
  private static func alarms(
    series: Int, _ share: Double, using random: inout SeededGenerator,
    size: (inout SeededGenerator) -> Int
  ) -> (outside: Int, months: Int, otherwise: Int) {
    var sum = (outside: 0, months: 0, otherwise: 0)
    for _ in 0..<series {
      let months = (0..<36).map { _ -> (met: Int, decided: Int) in
        let n = size(&random)
        return (draw(n, share, using: &random), n)
      }
      let chart = ControlLimitsTests.chart(months).chart
      let judged = chart.months.filter { $0.limits != nil }
      sum.months += judged.count
      sum.outside += judged.count { $0.signals.first?.rule == .outside }
      sum.otherwise += judged.count { ($0.signals.first?.rule ?? .outside) != .outside }
    }
    return sum
  }

  @Test("at most one month in a hundred of a steady process is outside", arguments: sizes)
  func grid(size: Int) {
    var random = SeededGenerator(seed: UInt64(size))
    for share in Self.shares {
      let series = Effort.rounds(size < 500 ? 150 : 60, long: 2_000)
      let found = Self.alarms(series: series, share, using: &random) { _ in size }
      #expect(
        found.outside * 100 <= found.months,
        "n \(size), share \(share): \(found.outside) of \(found.months)")
      #expect(
        found.otherwise * 8 <= found.months,
        "n \(size), share \(share): other signals at \(found.otherwise) of \(found.months)")
    }
  }

  @Test("nor where every month has another number of promises", arguments: shares)
  func varying(share: Double) {
    var random = SeededGenerator(seed: UInt64(share * 1_000))
    let sizes = [3, 4, 7, 12, 20, 35, 60, 110, 200, 350, 650, 1_200, 2_200, 3_000]
    let found = Self.alarms(series: Effort.rounds(100, long: 2_000), share, using: &random) {
      sizes.randomElement(using: &$0) ?? 3
    }
    #expect(
      found.outside * 100 <= found.months, "share \(share): \(found.outside) of \(found.months)")
  }
}
