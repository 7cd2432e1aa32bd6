/// Percentiles of whole seconds, exact.
package enum Percentile {
  /// The percentiles that reports show.
  package static let shown = [50, 75, 90, 95, 99]

  /// Linear interpolation between the two values around rank `(n - 1) p / 100`, in hundredths of
  /// a second, which are exact for whole percentages.
  ///
  /// Hyndman & Fan 1996, type 7; Excel's PERCENTILE.INC and NumPy's default.
  ///
  /// - Parameters:
  ///   - sorted: Ascending.
  ///   - percent: A whole percentage in `0...100`.
  /// - Returns: `nil` if there are no values.
  package static func interpolated(_ sorted: [Int64], percent: Int) -> Int64? {
    guard !sorted.isEmpty else { return nil }
    let position = (sorted.count - 1) * percent
    let low = sorted[position / 100]
    let high = sorted[min(position / 100 + 1, sorted.count - 1)]
    return low * 100 + Int64(position % 100) * (high - low)
  }

  /// The rank, from 1, of the smallest value that at least `millionths` of a per cent of `count`
  /// values do not exceed.
  ///
  /// Nearest rank: Hyndman & Fan 1996, type 1. Only this one says the same as the count: the
  /// value at the rank is within the limit exactly if enough of the values are.
  package static func nearestRank(millionths: Int64, count: Int) -> Int {
    let whole: Int64 = 100_000_000
    let rank = (millionths * Int64(count) + whole - 1) / whole
    return max(1, Int(rank))
  }

  /// Fewer values are sorted faster by comparing them.
  private static let leastCounted = 512
  /// Three passes of so many bits reach beyond a century of seconds.
  private static let bits = 11
  private static let passes = 3

  /// The values in ascending order.
  ///
  /// Many durations are sorted by counting their digits, lowest first (radix sort, Knuth 1998,
  /// 5.2.5), which takes time in proportion to their number.
  static func ascending(_ values: [Int64]) -> [Int64] {
    let limit = Int64(1) << Int64(bits * passes)
    guard values.count >= leastCounted, values.allSatisfy({ $0 >= 0 && $0 < limit }) else {
      return values.sorted()
    }
    var from = values
    var to = values
    for pass in 0..<passes {
      distribute(from, to: &to, shift: Int64(pass * bits))
      swap(&from, &to)
    }
    return from
  }

  /// One pass of the radix sort: by one digit, keeping the order of equal ones.
  private static func distribute(_ from: [Int64], to: inout [Int64], shift: Int64) {
    let mask = Int64(1) << Int64(bits) - 1
    var places = [Int](repeating: 0, count: 1 << bits)
    for value in from { places[Int(value >> shift & mask)] += 1 }
    var place = 0
    for digit in places.indices {
      let count = places[digit]
      places[digit] = place
      place += count
    }
    for value in from {
      let digit = Int(value >> shift & mask)
      to[places[digit]] = value
      places[digit] += 1
    }
  }
}
