import ServiceTime

/// Says of every second whether a calendar is open: too slow to ship, too simple to be wrong.
///
/// A window is open from the first second at which the wall clock has reached its start, for as
/// long as the clock is before its end, or will show the end or less again. A doubled hour is
/// therefore counted from the first occurrence of a start to the second of an end, and an edge
/// that is jumped over is the jump.
struct CalendarOracle {
  let start: Instant
  let step: Int64
  /// The open seconds before each step, and, last, all of them.
  let openBefore: [Int64]

  /// - Parameters:
  ///   - versions: All in one zone.
  ///   - step: One second, or more where every edge and every clock change is a multiple of it.
  init(_ versions: [CalendarVersion], over interval: ClockInterval, step: Int64) {
    start = interval.start
    self.step = step
    let count = Int(interval.seconds / step)
    // A day more on both sides, so that the clock's past and future are known at the ends.
    let margin = Int(2 * 86_400 / step)
    var latest: [Int64] = []
    var earliest: [Int64] = []
    if let zone = versions.first?.zone {
      let shown = (-margin..<count + margin).map { index in
        zone.localSeconds(of: interval.start.advanced(by: Int64(index) * step))
      }
      var reached = Int64.min
      latest = shown.map { local in
        reached = max(reached, local)
        return reached
      }
      var still = Int64.max
      earliest = shown.reversed().map { local in
        still = min(still, local)
        return still
      }.reversed()
    }
    var total: Int64 = 0
    var openBefore: [Int64] = [0]
    var cache: [Int64: [Range<Int64>]] = [:]
    for index in 0..<count where !versions.isEmpty {
      let (reached, still) = (latest[index + margin], earliest[index + margin])
      let later = earliest[index + margin + 1]
      let day = reached / 86_400
      let windows = cache[day] ?? CalendarOracle.windows(on: day, of: versions)
      cache[day] = windows
      let isOpen = windows.contains {
        reached >= $0.lowerBound && (still < $0.upperBound || later <= $0.upperBound)
      }
      if isOpen { total += step }
      openBefore.append(total)
    }
    self.openBefore = openBefore
  }

  /// The windows of three days around `day` in the version valid on it, in local seconds.
  private static func windows(on day: Int64, of versions: [CalendarVersion]) -> [Range<Int64>] {
    let date = CivilDate(daysSince1970: Int(day))
    guard
      let version = versions.first(where: {
        ($0.validFrom.map { $0 <= date } ?? true) && ($0.validUntil.map { date < $0 } ?? true)
      })
    else { return [] }
    return (-2...1).flatMap { offset in
      let start = date.adding(days: offset)
      let windows = version.exceptions[start] ?? version.week[start.weekday]
      return windows.map { window in
        let midnight = (day + Int64(offset)) * 86_400
        return midnight + Int64(window.startSecond)..<midnight + Int64(window.endSecond)
      }
    }
  }

  private func index(_ instant: Instant) -> Int { Int((instant - start) / step) }

  func work(from: Instant, to: Instant) -> WorkTime {
    guard from < to else { return .zero }
    return WorkTime(seconds: openBefore[index(to)] - openBefore[index(from)])
  }

  func due(after work: WorkTime, from: Instant) -> Instant? {
    (index(from)..<openBefore.count).first {
      openBefore[$0] - openBefore[index(from)] >= work.seconds
    }.map { start.advanced(by: Int64($0) * step) }
  }

  func nextOpen(at instant: Instant) -> Instant? {
    (index(instant)..<openBefore.count - 1).first { openBefore[$0 + 1] > openBefore[$0] }
      .map { start.advanced(by: Int64($0) * step) }
  }
}
