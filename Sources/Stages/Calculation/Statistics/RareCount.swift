/// How often something rare happens in `n` independent trials: the exact binomial distribution.
///
/// - Complexity: O(k) for a count of k, so it is for counts with a small expectation.
struct RareCount {
  let n: Int
  /// Of one trial, as part of a whole; below 1.
  private let part: Int
  private let whole: Int

  init(n: Int, part: Int, of whole: Int) {
    self.n = n
    self.part = part
    self.whole = whole
  }

  /// The probability of `count` or fewer.
  func atMost(_ count: Int) -> Double {
    guard count >= 0 else { return 0 }
    guard count < n else { return 1 }
    var term = none
    var sum = term
    for k in stride(from: 1, through: count, by: 1) {
      term *= ratio(k)
      sum += term
    }
    return min(1, sum)
  }

  /// The probability of `count` or more, added up from there, so that small ones stay exact.
  func atLeast(_ count: Int) -> Double {
    guard count > 0 else { return 1 }
    guard count <= n else { return 0 }
    var term = none
    for k in 1...count { term *= ratio(k) }
    var sum = term
    var k = count + 1
    while k <= n, term > sum * 1e-18 {
      term *= ratio(k)
      sum += term
      k += 1
    }
    return min(1, sum)
  }

  /// The probability of k over that of k - 1.
  private func ratio(_ k: Int) -> Double {
    Double(n - k + 1) / Double(k) * (Double(part) / Double(whole - part))
  }

  /// The probability of none, by squaring.
  private var none: Double {
    var factor = Double(whole - part) / Double(whole)
    var power = 1.0
    var left = n
    while left > 0 {
      if left & 1 == 1 { power *= factor }
      factor *= factor
      left >>= 1
    }
    return power
  }
}
