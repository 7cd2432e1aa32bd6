import Results
import TestSupport
import Testing

@testable import Calculation

/// DESIGN, section 7: Kaplan-Meier with delayed entry, and the mix guard.
@Suite("Kaplan-Meier and mix guard")
struct KaplanMeierTests {
  /// Clocks with a few equal times, of which some entered late and some are censored.
  static func spans(
    seed: UInt64, censored: Bool = true, delayed: Bool = true
  ) -> [RiskSpan] {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...120, using: &random)
    let longest = Int64([10, 40, 5_000].randomElement(using: &random) ?? 40)
    return (0..<count).compactMap { _ in
      let exit = Int64.random(in: 0...longest, using: &random)
      let isLate = delayed && Int.random(in: 0..<3, using: &random) == 0
      return RiskSpan(
        entry: isLate ? Int64.random(in: 0...longest, using: &random) : nil, exit: exit,
        isEvent: !censored || Int.random(in: 0..<4, using: &random) > 0)
    }
  }

  /// Looks at every clock for every time.
  static func slow(_ spans: [RiskSpan]) -> [KaplanMeier.Step] {
    var survival = 1.0
    return Set(spans.filter(\.isEvent).map(\.exit)).sorted().map { time in
      let atRisk = spans.count { ($0.entry ?? -1) < time && time <= $0.exit }
      let stopped = spans.count { $0.isEvent && $0.exit == time }
      survival *= 1 - Double(stopped) / Double(atRisk)
      return .init(elapsed: time, survival: survival)
    }
  }

  @Test("by hand: six clocks, one late, two censored")
  func example() {
    // 2 of 5 left at 10; the late one is there from 15; 20: 1 of 3 that are left; 30: 1 of 1.
    let spans = [
      RiskSpan(entry: nil, exit: 10, isEvent: true), .init(entry: nil, exit: 10, isEvent: true),
      .init(entry: nil, exit: 10, isEvent: false), .init(entry: nil, exit: 20, isEvent: true),
      .init(entry: nil, exit: 25, isEvent: false), .init(entry: 15, exit: 30, isEvent: true),
    ].compactMap { $0 }
    let curve = KaplanMeier(spans)
    #expect(curve.steps.map(\.elapsed) == [10, 20, 30])
    // 3/5; 3/5 x 2/3 = 2/5; 2/5 x 0 = 0.
    #expect(zip(curve.steps, [0.6, 0.4, 0]).allSatisfy { abs($0.survival - $1) < 1e-15 })
    #expect(curve.percentile(50) == .init(seconds: 20, isOver: false))
    #expect(curve.percentile(99) == .init(seconds: 30, isOver: false))
    let open = KaplanMeier(spans.dropLast() + [])
    #expect(open.percentile(50) == .init(seconds: 20, isOver: false))
    #expect(open.percentile(90) == .init(seconds: 25, isOver: true))
    #expect(RiskSpan(entry: 10, exit: 10, isEvent: true) == nil)
    #expect(KaplanMeier([]).percentile(50) == .init(seconds: 0, isOver: true))
  }

  @Test("more than 5 % censored is due, 5 % is not")
  func due() {
    #expect(!SurvivalRecord.isDue(censored: 1, atRisk: 20))
    #expect(SurvivalRecord.isDue(censored: 2, atRisk: 39))
    #expect(!SurvivalRecord.isDue(censored: 0, atRisk: 0))
  }

  @Test("the slow way says the same, in any order", arguments: 0..<200)
  func oracle(seed: UInt64) {
    let spans = Self.spans(seed: seed)
    let curve = KaplanMeier(spans)
    let slow = Self.slow(spans)
    #expect(curve.steps.map(\.elapsed) == slow.map(\.elapsed))
    #expect(zip(curve.steps, slow).allSatisfy { abs($0.survival - $1.survival) < 1e-12 })
    var random = SeededGenerator(seed: seed)
    #expect(KaplanMeier(spans.shuffled(using: &random)).steps == curve.steps)
  }

  @Test("without censoring it is one less the share that has stopped", arguments: 0..<100)
  func empirical(seed: UInt64) {
    let spans = Self.spans(seed: seed, censored: false, delayed: false)
    let curve = KaplanMeier(spans)
    let sorted = spans.map(\.exit).sorted()
    for step in curve.steps {
      let stopped = sorted.count { $0 <= step.elapsed }
      #expect(abs(step.survival - (1 - Double(stopped) / Double(spans.count))) < 1e-12)
    }
    // Then a percentile is the nearest rank.
    for percent in Percentile.shown {
      let rank = Percentile.nearestRank(
        millionths: Int64(percent) * 1_000_000, count: sorted.count)
      #expect(curve.percentile(percent) == .init(seconds: sorted[rank - 1], isOver: false))
    }
  }

  @Test("a total that falls while every tier rises is the mix; at last month's it rises")
  func mix() {
    func tier(_ was: (Int, Int), _ now: (Int, Int)) -> MixGuard.Tier {
      .init(was: .init(met: was.0, decided: was.1), now: .init(met: now.0, decided: now.1))
    }
    // 90 % and 60 % become 92 % and 62 %, but the worse tier is now the larger one:
    // 84 % falls to 68 %. At last month's 80 to 20 it would be 0.8 x 92 + 0.2 x 62 = 86 %.
    let tiers = [tier((72, 80), (23, 25)), tier((12, 20), (62, 100))]
    #expect(MixGuard.atLastMix(tiers) == 86_000_000)
    // One tier that fell too explains it.
    #expect(MixGuard.atLastMix([tier((72, 80), (22, 25)), tier((12, 20), (62, 100))]) == nil)
    // A tier that stayed does not.
    #expect(
      MixGuard.atLastMix([tier((80, 80), (25, 25)), tier((12, 20), (62, 100))]) == 92_400_000)
    #expect(MixGuard.atLastMix([tier((72, 80), (23, 25))]) == nil)
    #expect(MixGuard.atLastMix([tier((72, 80), (23, 25)), tier((0, 0), (62, 100))]) == nil)
  }
}
