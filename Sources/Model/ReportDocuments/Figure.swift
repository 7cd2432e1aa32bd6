/// A drawing with its finding as title, and the table behind it.
package struct Figure: Hashable, Sendable {
  /// The anchor, unique in the document.
  package var id: String
  /// States the finding with its number.
  package var title: String
  /// What is measured, of whom, when, by which method.
  package var subtitle: String
  /// One or two sentences with the numbers that make the title true.
  package var alternative: String
  /// Beside the drawing: how to read it, key figures.
  package var notes: [String]
  /// Below the drawing: what it means, each with its icon.
  package var statements: [Statement] = []
  package var chart: Chart
  package var table: Table

  package init(
    id: String, title: String, subtitle: String, alternative: String, notes: [String] = [],
    chart: Chart, table: Table
  ) {
    self.id = id
    self.title = title
    self.subtitle = subtitle
    self.alternative = alternative
    self.notes = notes
    self.chart = chart
    self.table = table
  }
}

package enum Chart: Hashable, Sendable {
  case trend(TrendChart)
  case ranges(RangesChart)
  case distribution(DistributionChart)
  case route(RouteChart)
  case waterfall(WaterfallChart)
  case availability(AvailabilityChart)
  case heat(HeatChart)
  case ageing(AgeingChart)
}

/// Attainment month by month against the objective.
package struct TrendChart: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    /// Such as `Oct`.
    package var month: String
    package var year: Int
    /// `nil` leaves a gap in the line.
    package var share: Share?
    package var isToDate: Bool
    /// What chance explains of this month; `nil` of one that has no limits.
    package var range: TrendRange?
    package var signal: TrendSignal?
    /// The changes of services that began in the month, each in words.
    package var changes: [String] = []
    /// Said where limits begin anew.
    package var change: String?

    package init(month: String, year: Int, share: Share?, isToDate: Bool = false) {
      self.month = month
      self.year = year
      self.share = share
      self.isToDate = isToDate
    }
  }

  package var points: [Point]
  /// Per cent; `nil` if the target has none.
  package var objectivePercent: Double?
  /// Such as `95 %`.
  package var objectiveText: String
  /// Whether the counts behind the shares are counts of something, to be shown.
  package var hasCounts = true

  package init(points: [Point], objectivePercent: Double?, objectiveText: String) {
    self.points = points
    self.objectivePercent = objectivePercent
    self.objectiveText = objectiveText
  }
}

/// Percentiles of each tier, by nearest rank, against the time allowed; drawn on a log axis.
package struct RangesChart: Hashable, Sendable {
  /// A percentile set against `within`: a duration, or longer than anything that has stopped.
  package enum Value: Hashable, Sendable {
    case at(seconds: Int64)
    case over(seconds: Int64)

    package var seconds: Int64 {
      switch self {
      case .at(let seconds), .over(let seconds): seconds
      }
    }
  }

  package struct Row: Hashable, Sendable {
    package var tier: String
    package var decided: Int
    /// p50, p75, p90, p95, p99; empty if nothing was decided.
    package var percentiles: [Value]
    /// Seconds; `nil` if the tier is not judged.
    package var within: Int64?
    /// Such as `4 h`, `3 business days (30 h)`.
    package var withinText: String
    /// The percentile that equals the objective, and its name: `95 %`.
    package var atObjective: Value?
    package var objectiveText: String

    package init(
      tier: String, decided: Int, percentiles: [Value], within: Int64?, withinText: String,
      atObjective: Value?, objectiveText: String
    ) {
      self.tier = tier
      self.decided = decided
      self.percentiles = percentiles
      self.within = within
      self.withinText = withinText
      self.atObjective = atObjective
      self.objectiveText = objectiveText
    }
  }

  package var rows: [Row]

  package init(rows: [Row]) {
    self.rows = rows
  }
}

/// How many promises took how long, with the limit.
package struct DistributionChart: Hashable, Sendable {
  package struct Bar: Hashable, Sendable {
    /// Seconds, inclusive.
    package var from: Int64
    /// Seconds, exclusive; `nil` for the last bar, which collects the rest.
    package var to: Int64?
    package var count: Int
    package var isLate: Bool

    package init(from: Int64, to: Int64?, count: Int, isLate: Bool) {
      self.from = from
      self.to = to
      self.count = count
      self.isLate = isLate
    }
  }

  package var bars: [Bar]
  /// Seconds; `nil` if not judged.
  package var within: Int64?
  package var withinText: String
  package var median: Int64?
  package var total: Int
  package var late: Int
  /// Such as `5 % would be allowed`.
  package var allowedText: String
  /// Bars of equal width on a logarithmic axis.
  package var isLogarithmic: Bool

  package init(
    bars: [Bar], within: Int64?, withinText: String, median: Int64?, total: Int, late: Int,
    allowedText: String, isLogarithmic: Bool
  ) {
    self.bars = bars
    self.within = within
    self.withinText = withinText
    self.median = median
    self.total = total
    self.late = late
    self.allowedText = allowedText
    self.isLogarithmic = isLogarithmic
  }
}
