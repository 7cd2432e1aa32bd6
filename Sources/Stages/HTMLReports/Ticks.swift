/// Marks of an axis, from fixed ladders, so that axes read alike from chart to chart.
enum Ticks {
  /// Ticks of a share axis in per cent, ascending; 3 to 6 of them.
  static func shares(from lowest: Double, to highest: Double) -> [Double] {
    let low = clamped(lowest)
    let high = max(low, clamped(highest))
    for step in [0.5, 1, 2, 5, 10, 25] {
      var bottom = (low / step).rounded(.down) * step
      var top = min(100, (high / step).rounded(.up) * step)
      while (top - bottom) / step < 2 {
        if bottom >= step { bottom -= step } else { top += step }
      }
      let count = Int(((top - bottom) / step).rounded())
      if count <= 5 { return (0...count).map { bottom + Double($0) * step } }
    }
    return [0, 25, 50, 75, 100]
  }

  /// Ticks of a count axis from 0; 3 to 6 of them.
  static func counts(to highest: Int) -> [Int] {
    var scale = 1
    while true {
      for step in [1, 2, 5] where highest <= 5 * step * scale {
        let size = step * scale
        return Array(stride(from: 0, through: max(2, (highest + size - 1) / size) * size, by: size))
      }
      if scale > Int.max / 100 { return [0, highest] }
      scale *= 10
    }
  }

  /// Seconds that a log axis of time may name.
  static let logLadder: [Int64] = [
    1, 10, 60, 300, 900, 3600, 14_400, 36_000, 108_000, 360_000, 1_080_000, 3_600_000, 10_800_000,
    36_000_000, 108_000_000, 360_000_000,
  ]

  /// The ticks of a log axis that encloses both times: at least 3, at most 6.
  static func logTimes(from lowest: Int64, to highest: Int64, most: Int = 6) -> [Int64] {
    let low = max(1, lowest)
    let high = max(low, highest)
    var first = (logLadder.lastIndex { $0 <= low }) ?? 0
    var last = logLadder.firstIndex { $0 >= high } ?? logLadder.count - 1
    while last - first < 2 {
      if last < logLadder.count - 1 { last += 1 } else { first -= 1 }
    }
    let every = (last - first) / most + 1
    return stride(from: last, through: first, by: -every).reversed().map { logLadder[$0] }
  }

  /// Ticks of a linear axis of time from 0, in seconds; 3 to 6 of them.
  static func times(to highest: Int64) -> [Int64] {
    let steps: [Int64] = [
      10, 60, 300, 900, 3600, 7200, 14_400, 36_000, 72_000, 180_000, 360_000, 720_000, 1_800_000,
      3_600_000, 7_200_000, 18_000_000, 36_000_000, 360_000_000,
    ]
    let step = steps.first { highest / $0 <= 5 } ?? max(1, highest / 4)
    return Array(stride(from: 0, through: highest, by: Int64.Stride(step)))
  }

  private static func clamped(_ percent: Double) -> Double {
    percent.isFinite ? min(100, max(0, percent)) : 0
  }
}
