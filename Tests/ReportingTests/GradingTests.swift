import Results
import Testing

@Suite("Grading and intervals")
struct GradingTests {
  private func grading(_ met: Int, _ missed: Int, _ objective: Int64) -> Grading {
    var counts = PromiseCounts()
    counts.met = met
    counts.breached = missed
    return Grading(counts: counts, objective: objective, completeness: .complete)
  }

  @Test(
    "Wilson's interval is that of the published vectors",
    arguments: [
      (29, 30, 833, 994), (190, 200, 910, 973), (5, 5, 566, 1_000), (0, 5, 0, 434),
    ] as [(Int, Int, Int64, Int64)])
  func wilson(met: Int, decided: Int, low: Int64, high: Int64) throws {
    let interval = try #require(WilsonInterval(met: met, decided: decided))
    #expect((interval.low + 50) / 100 == low)
    #expect((interval.high + 50) / 100 == high)
  }

  @Test("Nothing decided has no interval")
  func nothing() { #expect(WilsonInterval(met: 0, decided: 0) == nil) }

  @Test("Nine of ten against 90 % is met and uses exactly the one miss allowed")
  func nineOfTen() {
    #expect(Grading.missesAllowed(decided: 10, objective: 90_000_000) == 1)
    #expect(grading(9, 1, 90_000_000) == .underPressure)
    #expect(grading(8, 2, 90_000_000) == .missed)
  }

  @Test("Four of five allowed misses are not more than 80 %, five of six are")
  func eightyPercent() {
    #expect(grading(96, 4, 95_000_000) == .met)
    #expect(grading(95, 5, 95_000_000) == .underPressure)
    #expect(grading(115, 5, 95_000_000) == .underPressure)
  }

  @Test("None allowed and none missed is met; none allowed and one missed is missed")
  func noneAllowed() {
    #expect(grading(7, 0, 95_000_000) == .met)
    #expect(grading(6, 1, 95_000_000) == .missed)
    #expect(grading(5, 0, 100_000_000) == .met)
  }

  @Test("Without decided promises there is no data, and a partial month is not judged")
  func grey() {
    #expect(grading(0, 0, 95_000_000) == .noData)
    var counts = PromiseCounts()
    counts.breached = 3
    #expect(
      Grading(counts: counts, objective: 95_000_000, completeness: .partial) == .partial)
    #expect(
      Grading(counts: counts, objective: 95_000_000, completeness: .startingUp) == .startingUp)
    #expect(Grading(counts: counts, objective: nil, completeness: .complete) == .noObjective)
  }
}
