/// One cell of a report, by meaning; each exporter decides how it looks.
package enum Cell: Hashable, Sendable {
  case text(String)
  /// A text that says that something is late.
  case late(String)
  /// A ticket number or another name that is never changed, not even guarded.
  case identifier(String)
  case count(Int)
  case share(Share)
  /// Whole seconds of counted time.
  case duration(seconds: Int64)
  /// A duration that is only known to be longer than this.
  case over(seconds: Int64)
  case moment(LocalMoment)
  /// A verdict on a figure, as letter and colour.
  case grade(Grade)
  /// A verdict with the figure it is on, such as `83.3 %`.
  case result(Grade, String)
  /// A decimal that is no share, such as 97.3, in thousandths.
  case decimal(thousandths: Int64)
  case link(text: String, target: String)
  /// Nothing was measured. Printed as a dash, never as zero.
  case notMeasured
  /// How much of the time allowed is used: a bar from 90 to 100 %.
  case used(Share)
}

/// An exact share: never rounded before it is printed.
package struct Share: Hashable, Sendable {
  package let part: Int
  package let whole: Int
  /// The objective it is read against, in millionths of a per cent; `nil` if none.
  package let objective: Int64?

  /// Creates a share, or returns `nil` if nothing was measured.
  package init?(_ part: Int, of whole: Int, objective: Int64? = nil) {
    guard whole > 0 else { return nil }
    self.part = part
    self.whole = whole
    self.objective = objective
  }

  /// Per cent, for drawing only.
  package var percent: Double { 100 * Double(part) / Double(whole) }

  /// How many decimals show the figure on its side of the objective: at least one, at most six.
  ///
  /// See docs/DECISIONS.md, "Decimals of a share".
  package var decimals: Int {
    guard let objective else { return 1 }
    let isReached = Int64(part) * 100_000_000 >= objective * Int64(whole)
    for decimals in 1..<6 {
      let scale = Self.power(of: 8 - decimals)
      let shown = rounded(decimals: decimals) * scale / 100
      if (shown >= objective) == isReached { return decimals }
    }
    return 6
  }

  /// The share in per cent with its decimals, rounded half up, without a sign: `94.96`.
  ///
  /// 100 is printed without decimals, and only if nothing was missed.
  package var text: String {
    if part == whole { return "100" }
    let decimals = decimals
    let value = min(rounded(decimals: decimals), Self.power(of: decimals) * 100 - 1)
    let scale = Self.power(of: decimals)
    let fraction = String(value % scale)
    return "\(value / scale)."
      + String(repeating: "0", count: decimals - fraction.count) + fraction
  }

  private func rounded(decimals: Int) -> Int64 {
    let scaled = Int64(part) * 100 * Self.power(of: decimals)
    return (2 * scaled + Int64(whole)) / (2 * Int64(whole))
  }

  private static func power(of exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { product, _ in product * 10 }
  }
}

/// An instant with its reading on the clock of the report's zone.
package struct LocalMoment: Hashable, Sendable {
  /// Seconds since 1970 in UTC.
  package let seconds: Int64
  /// Seconds since 1970-01-01 00:00 on the zone's wall clock.
  package let localSeconds: Int64

  package init(seconds: Int64, localSeconds: Int64) {
    self.seconds = seconds
    self.localSeconds = localSeconds
  }
}

/// How a figure stands against what was promised.
package enum Grade: String, Hashable, Sendable, CaseIterable {
  case met
  /// Met, with more than 80 % of the allowed misses used.
  case underPressure
  case missed
  case noData
  /// Shown without a judgement: partial.
  case partial
  case startingUp

  package var letter: String {
    switch self {
    case .met: "M"
    case .underPressure: "A"
    case .missed: "X"
    case .noData, .partial, .startingUp: "–"
    }
  }

  package var words: String {
    switch self {
    case .met: "met"
    case .underPressure: "met, over 80 % of the allowed misses used"
    case .missed: "missed"
    case .noData: "no data"
    case .partial: "partial, not judged"
    case .startingUp: "starting up, not judged"
    }
  }
}
