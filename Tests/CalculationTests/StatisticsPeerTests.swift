import Foundation
import TestSupport
import Testing

@testable import Calculation
@testable import Results

/// The same numbers from NumPy, SciPy and statsmodels, where they are installed.
@Suite("Statistics by others")
struct StatisticsPeerTests {
  static let hasSciPy = (try? Python.run("import numpy, scipy", "")) != nil
  static let hasStatsmodels = (try? Python.run("import statsmodels.api", "")) != nil

  static let hasSurvival = (try? Python.runR("library(survival)", "")) != nil

  private func numbers(_ script: String, _ argument: Any) throws -> [Double] {
    let data = try JSONSerialization.data(withJSONObject: argument)
    let answer = try Python.run(
      "import json, sys\nd = json.loads(sys.argv[1])\n" + script,
      String(decoding: data, as: UTF8.self))
    return try JSONDecoder().decode([Double].self, from: Data(answer.utf8))
  }

  private func agree(_ ours: [Double], _ theirs: [Double]) -> Bool {
    ours.count == theirs.count && zip(ours, theirs).allSatisfy { abs($0 - $1) < 1e-9 }
  }

  @Test(
    "Wilson's interval is SciPy's", .enabled(if: hasSciPy, "NumPy and SciPy are not installed"),
    arguments: 1...3)
  func wilson(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let counts =
      [[29, 30], [190, 200], [5, 5], [0, 7], [1, 1]]
      + (0..<200).map { _ in
        let decided = Int.random(in: 1...40_000, using: &random)
        return [Int.random(in: 0...decided, using: &random), decided]
      }
    let ours = counts.flatMap { count -> [Double] in
      let bounds = WilsonInterval.bounds(met: count[0], decided: count[1])
      return [bounds.low, bounds.high]
    }
    let theirs = try numbers(
      """
      from scipy.stats import binomtest
      ends = [binomtest(k, n).proportion_ci(0.95, method="wilson") for k, n in d]
      print(json.dumps([end for pair in ends for end in (pair.low, pair.high)]))
      """, counts)
    #expect(agree(ours, theirs))
  }

  @Test(
    "binomial tails are SciPy's, p' limits and type 7 NumPy's",
    .enabled(if: hasSciPy, "NumPy and SciPy are not installed"), arguments: 1...5)
  func arrays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let tails = (0..<40).map { _ in
      let n = Int.random(in: 3...3_000, using: &random)
      return [n, Int.random(in: 0...12, using: &random), Int.random(in: 1...3, using: &random)]
    }
    let ours = tails.flatMap { tail -> [Double] in
      let count = RareCount(n: tail[0], part: tail[2], of: 1_000)
      return [count.atMost(tail[1]), count.atLeast(tail[1])]
    }
    let theirs = try numbers(
      """
      from scipy.stats import binom
      print(json.dumps([float(x) for n, k, q in d
        for x in (binom.cdf(k, n, q / 1000), binom.sf(k - 1, n, q / 1000))]))
      """, tails)
    #expect(agree(ours, theirs))
    let months = (0..<12).map { _ -> [Int] in
      let n = Int.random(in: 150...900, using: &random)
      return [n - Int.random(in: 10...90, using: &random), n]
    }
    let limits = try #require(ShareLimits(months.map { ($0[0], $0[1]) }))
    let found = limits.limits(decided: 500)
    let laney = try numbers(
      """
      import numpy as np
      m, n = np.array(d).T
      p = m.sum() / n.sum()
      z = (m / n - p) / np.sqrt(p * (1 - p) / n)
      f = max(1.0, np.abs(np.diff(z)).mean() / 1.128)
      s = 3 * f * np.sqrt(p * (1 - p) / 500)
      print(json.dumps([f, p - s, p + s]))
      """, months)
    #expect(agree([limits.laneyFactor], [laney[0]]))
    // Rounded away from the centre, to a hundred millionth.
    let (lower, upper) = (Double(found.lower ?? 0) / 1e8, Double(found.upper ?? 0) / 1e8)
    #expect(lower <= laney[1] + 1e-12 && lower > laney[1] - 1.1e-8)
    #expect(upper >= laney[2] - 1e-12 && upper < laney[2] + 1.1e-8)
    let values = (0..<97).map { _ in Int64.random(in: 0...1_000_000, using: &random) }.sorted()
    let type7 = Percentile.shown.map {
      Double(Percentile.interpolated(values, percent: $0) ?? -1) / 100
    }
    let numpy = try numbers(
      "import numpy as np\nprint(json.dumps(list(np.percentile(d, [50, 75, 90, 95, 99]))))", values)
    #expect(zip(type7, numpy).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test(
    "S(t) with delayed entry is statsmodels'",
    .enabled(if: hasStatsmodels, "statsmodels is not installed"), arguments: 0..<20)
  func survival(seed: UInt64) throws {
    let spans = KaplanMeierTests.spans(seed: seed)
    let rows = spans.map { [Int64($0.entry ?? -1), $0.exit, $0.isEvent ? 1 : 0] }
    let curve = KaplanMeier(spans)
    guard !curve.steps.isEmpty else { return }
    let theirs = try numbers(
      """
      import numpy as np
      from statsmodels.duration.survfunc import SurvfuncRight
      e, t, s = np.array(d, dtype=float).T
      f = SurvfuncRight(t + 1, s, entry=e + 1)
      print(json.dumps([float(x) for p in zip(f.surv_times - 1, f.surv_prob) for x in p]))
      """, rows)
    #expect(agree(curve.steps.flatMap { [Double($0.elapsed), $0.survival] }, theirs))
  }

  @Test(
    "S(t) with delayed entry is that of R's survival",
    .enabled(if: hasSurvival, "R's package survival is not installed"), arguments: 0..<20)
  func survivalInR(seed: UInt64) throws {
    let spans = KaplanMeierTests.spans(seed: seed)
    let curve = KaplanMeier(spans)
    guard !curve.steps.isEmpty else { return }
    // Whole seconds as text: entry, exit and event of each clock.
    let rows = spans.map { "\($0.entry ?? -1) \($0.exit) \($0.isEvent ? 1 : 0)" }
    let answer = try Python.runR(
      """
      library(survival)
      d <- scan(text = commandArgs(TRUE)[1], quiet = TRUE)
      m <- matrix(d, ncol = 3, byrow = TRUE)
      f <- survfit(Surv(m[, 1] + 1, m[, 2] + 1, m[, 3]) ~ 1, timefix = FALSE)
      k <- f$n.event > 0
      cat(sprintf("%.17g %.17g\\n", f$time[k] - 1, f$surv[k]), sep = "")
      """, rows.joined(separator: " "))
    let theirs = answer.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    #expect(agree(curve.steps.flatMap { [Double($0.elapsed), $0.survival] }, theirs))
  }
}
