import Results
import TestSupport
import Testing

@testable import Calculation

/// DESIGN, section 7: control limits, signals, variation, assurance.
@Suite("Control limits")
struct ControlLimitsTests {
  /// A chart of complete months from `2025-01` on.
  static func chart(
    _ months: [(met: Int, decided: Int)], rebases: [ChartBuilder.Rebase] = [], toDate: Int = 0
  ) -> (chart: ControlChart, builder: ChartBuilder) {
    let points = months.enumerated().map { index, month in
      ChartBuilder.Point(
        period: label(index), part: Int64(month.met), whole: Int64(month.decided),
        n: month.decided, completeness: .complete, isJudged: index < months.count - toDate)
    }
    let builder = ChartBuilder(points: points, rebases: rebases, isShare: true)
    var chart = ControlChart(
      agreement: "a", customer: "c", clock: "r", tier: "t", by: [], measure: .attainment)
    builder.fill(&chart)
    chart.variation = chart.foundVariation
    return (chart, builder)
  }

  static func label(_ index: Int) -> String {
    let month = index % 12 + 1
    return "\(2025 + index / 12)-" + (month < 10 ? "0" : "") + "\(month)"
  }

  private func missed(_ misses: [Int], of n: Int = 100) -> [(met: Int, decided: Int)] {
    misses.map { (n - $0, n) }
  }

  /// 60 of 1,200: a pooled share of 95 %, and no two months far apart.
  private let steady = [5, 3, 6, 4, 5, 7, 4, 5, 6, 3, 5, 7]

  @Test("100 a month at 95 %: three sigma is 88.46 % to 101.54 %")
  func sigma() throws {
    let limits = try #require(ShareLimits(missed(steady)))
    #expect(limits.laneyFactor == 1)
    let found = limits.limits(decided: 100)
    #expect(found.centre == 95_000_000)
    #expect(found.lower == 88_461_651)
    #expect(found.upper == 101_538_349)
    #expect(found.method == .laneySigma)
    // Four times as many tickets, half as far.
    #expect(limits.limits(decided: 400).lower == 91_730_825)
  }

  @Test("months that differ by six misses are 2.44 times as far apart as chance has them")
  func laney() throws {
    let limits = try #require(ShareLimits(missed([2, 8, 2, 8, 2, 8, 2, 8, 2, 8, 2, 8])))
    // 0.06 / 0.0217945 = 2.75299; / 1.128 = 2.44059
    #expect(abs(limits.laneyFactor - 2.440_593) < 0.000_001)
    #expect(limits.limits(decided: 100).lower == 79_042_553)
  }

  @Test("10 a month at 97.5 %: four misses are outside, three are not")
  func binomial() throws {
    let limits = try #require(ShareLimits(missed([0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0], of: 10)))
    let found = limits.limits(decided: 10)
    #expect(found.method == .binomial)
    #expect(found.lower == 70_000_000)
    #expect(found.upper == nil)
    // By hand: 120 x 0.025^3 x 0.975^7 = 0.00157, and with four or more 0.00164.
    let count = RareCount(n: 10, part: 3, of: 120)
    #expect(abs(count.atLeast(3) - 0.001_643) < 0.000_001)
    #expect(count.atLeast(4) < 0.000_1)
    #expect(abs(count.atMost(2) + count.atLeast(3) - 1) < 1e-15)
    let chart = Self.chart(
      missed([0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 3, 4], of: 10)
    ).chart
    #expect(chart.months[12].signals.isEmpty)
    #expect(chart.months[13].signals == [.init(.outside, isHigh: false)])
    #expect(chart.variation == .worse)
  }

  @Test("eleven months, or a share of 100 %, draw a line only")
  func lineOnly() {
    let eleven = Self.chart(missed(Array(steady.dropLast())))
    #expect(eleven.chart.months.allSatisfy { $0.limits == nil && $0.signals.isEmpty })
    #expect(eleven.chart.variation == .lineOnly)
    #expect(eleven.chart.bases.map(\.months) == [11])
    let perfect = Self.chart(missed(Array(repeating: 0, count: 12) + [50]))
    #expect(perfect.chart.months.allSatisfy { $0.limits == nil })
    #expect(perfect.chart.variation == .lineOnly)
    // A month to date has no limits, and is not the latest complete one.
    let toDate = Self.chart(missed(steady + [90]), toDate: 1).chart
    #expect(toDate.months[12].limits == nil)
    #expect(toDate.latest == "2025-12")
    #expect(toDate.variation == .commonCause)
  }

  @Test("limits stay those of the first twelve months until a rebase, which begins anew")
  func rebase() {
    let months = missed(steady + Array(repeating: 20, count: 13))
    let plain = Self.chart(months).chart
    #expect(Set(plain.months.compactMap { $0.limits?.lower }) == [88_461_651])
    #expect(plain.months[12...].allSatisfy { $0.signals.first?.rule == .outside })
    let rebased = Self.chart(
      months, rebases: [.init(from: "2026-02", reason: "new tool")]
    ).chart
    #expect(rebased.bases.map(\.reason) == ["", "new tool"])
    #expect(rebased.bases.map(\.from) == ["2025-01", "2026-02"])
    #expect(rebased.bases.map(\.months) == [13, 12])
    #expect(rebased.months[12].limits?.centre == 95_000_000)
    #expect(rebased.months[13].limits?.centre == 80_000_000)
    #expect(rebased.months[13...].allSatisfy { $0.signals.isEmpty })
    let early = Self.chart(
      months.dropLast(), rebases: [.init(from: "2026-02", reason: "new tool")])
    #expect(early.chart.months[13...].allSatisfy { $0.limits == nil })
    #expect(early.chart.variation == .lineOnly)
    #expect(early.builder.latestShareLimits == nil)
  }

  @Test("seven in a row on one side, seven each higher, two of three near a limit")
  func signals() {
    let run = Self.chart(missed(steady + [4, 4, 4, 4, 4, 4, 4, 6])).chart
    #expect(run.months[12...18].allSatisfy { $0.signals == [.init(.sevenOnOneSide, isHigh: true)] })
    #expect(run.months[19].signals.isEmpty)
    let six = Self.chart(missed(steady + [4, 4, 4, 4, 4, 4, 5])).chart
    #expect(six.months.allSatisfy { $0.signals.isEmpty })
    let rising = Self.chart(missed(steady.dropLast() + [3, 8, 7, 6, 5, 4, 3, 2, 5])).chart
    #expect(rising.months[11].signals.isEmpty)
    #expect(
      rising.months[12...18].allSatisfy {
        $0.signals.contains(.init(.sevenInOneDirection, isHigh: true))
      })
    // Two thirds of the way down is 90.64 %: nine misses are not there, ten are.
    let near = Self.chart(missed(steady + [10, 6, 10])).chart
    #expect(
      near.months[12...14].allSatisfy { $0.signals == [.init(.twoOfThree, isHigh: false)] })
    for other in [[9, 6, 10], [10, 4, 10], [10, 6, 6, 10]] {
      #expect(Self.chart(missed(steady + other)).chart.months.allSatisfy { $0.signals.isEmpty })
    }
    #expect(near.variation == .worse)
  }

  @Test("assurance: the limits at the median n against the objective, strictly")
  func assurance() {
    let builder = Self.chart(missed(steady)).builder
    func answer(_ objective: Int64, n: Int?) -> Assurance {
      AssuranceRecord(objective: objective, limits: builder.latestShareLimits, n: n).answer
    }
    #expect(builder.medianN == 100)
    #expect(answer(88_461_650, n: 100) == .reliablyMet)
    #expect(answer(88_461_651, n: 100) == .mayOrMayNot)
    #expect(answer(95_000_000, n: 100) == .mayOrMayNot)
    #expect(answer(100_000_000, n: 100) == .mayOrMayNot)
    #expect(answer(99_000_000, n: 400) == .reliablyMissed)
    #expect(answer(90_000_000, n: nil) == .tooEarly)
    #expect(
      AssuranceRecord(objective: 90_000_000, limits: nil, n: 100).answer == .tooEarly)
    // The middle ones of 10, 20 ... 120 are 60 and 70.
    let growing = Self.chart((1...12).map { ($0 * 9, $0 * 10) }).builder
    #expect(growing.medianN == 65)
  }

  @Test("XmR: 10 12 11 13 ... lie 2.66 mean distances from their mean")
  func singleValues() throws {
    // Mean 12, distances 2 1 2 1 2 1 2 1 2 2 2: 18 / 11; 3 / 1.128 x 18 / 11 = 4.352.
    let values: [Int64] = [10, 12, 11, 13, 12, 14, 13, 11, 12, 10, 12, 14].map { $0 * 1_000 }
    let found = try #require(ValueLimits(values)).limits
    #expect(found.centre == 12_000)
    #expect(found.lower == 7_647)
    #expect(found.upper == 16_353)
    #expect(ValueLimits([1]) == nil)
  }

  @Test("limits hold the centre, and what they say as numbers is what decides", arguments: 0..<50)
  func properties(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let share = Double.random(in: 0.02...0.999, using: &random)
    let months = (0..<30).map { _ -> (met: Int, decided: Int) in
      let n = Int.random(in: 1...400, using: &random)
      return ((0..<n).count { _ in Double.random(in: 0..<1, using: &random) < share }, n)
    }
    let chart = Self.chart(months).chart
    for month in chart.months {
      guard let limits = month.limits, let met = month.met else { continue }
      #expect((limits.lower ?? 0) <= limits.centre)
      #expect((limits.upper ?? .max) >= limits.centre)
      let isLow = Int64(met) * 100_000_000 < (limits.lower ?? 0) * Int64(month.n)
      #expect(isLow == month.signals.contains(.init(.outside, isHigh: false)))
    }
    let moved = Self.chart(months.map { ($0.decided - $0.met, $0.decided) }).chart
    #expect(
      moved.months.map { $0.signals.map(\.rule) } == chart.months.map { $0.signals.map(\.rule) })
  }
}
