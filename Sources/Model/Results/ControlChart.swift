/// One figure month by month, against limits of what chance explains.
///
/// See docs/DECISIONS.md, "Control limits".
package struct ControlChart: Hashable, Sendable, Codable {
  package enum Measure: String, Hashable, Sendable, Codable, CaseIterable {
    /// Values are millionths of a per cent.
    case attainment
    /// Promises decided in the month; values are thousandths.
    case volume
    /// Percentiles of the clocks stopped in the month (type 7), in hundredths of a second.
    case p50, p95
  }

  package enum Method: String, Hashable, Sendable, Codable {
    /// Three sigma at the month's number of promises, widened by Laney's factor.
    case laneySigma = "laney-sigma"
    /// The counts that have a probability of at least 0.00135 on their side.
    case binomial
    /// Three sigma, from the mean distance between one month and the next.
    case xmr = "XmR"
  }

  /// In the unit of the measure; a limit is rounded away from the centre, so that it decides.
  package struct Limits: Hashable, Sendable, Codable {
    package var centre: Int64
    /// Where no value can be below it, `nil`; it may lie past the end of the scale.
    package var lower: Int64?
    package var upper: Int64?
    package var method: Method

    package init(centre: Int64, lower: Int64?, upper: Int64?, method: Method) {
      self.centre = centre
      self.lower = lower
      self.upper = upper
      self.method = method
    }
  }

  /// One of the four rules, in the order in which they name a month.
  package struct Signal: Hashable, Sendable, Codable {
    package enum Rule: String, Hashable, Sendable, Codable {
      case outside
      case sevenOnOneSide = "seven-on-one-side"
      case sevenInOneDirection = "seven-in-one-direction"
      case twoOfThree = "two-of-three"
    }

    package var rule: Rule
    /// Above, or upwards.
    package var isHigh: Bool

    package init(_ rule: Rule, isHigh: Bool) {
      self.rule = rule
      self.isHigh = isHigh
    }
  }

  package struct Month: Hashable, Sendable, Codable {
    package var period: String
    package var value: Int64
    /// Of attainment alone.
    package var met: Int?
    /// Promises decided, or clocks stopped, which the value is of.
    package var n: Int
    package var completeness: Completeness
    /// `nil` of a month that is not over, not complete, or too early.
    package var limits: Limits?
    package var signals: [Signal]

    package init(
      period: String, value: Int64, met: Int?, n: Int, completeness: Completeness,
      limits: Limits? = nil, signals: [Signal] = []
    ) {
      self.period = period
      self.value = value
      self.met = met
      self.n = n
      self.completeness = completeness
      self.limits = limits
      self.signals = signals
    }
  }

  /// A stretch of months with limits of its own.
  package struct Base: Hashable, Sendable, Codable {
    /// Its first complete month, and the last that the limits come from.
    package var from: String
    package var through: String
    /// Complete months that it has so far; limits need ``needed``.
    package var months: Int
    /// Why it began, if it did with a rebase; empty for the first one.
    package var reason: String
    /// Of attainment: Laney's factor in millionths, at least 1; `nil` without limits.
    package var laneyFactor: Int64?

    package init(
      from: String, through: String, months: Int, reason: String, laneyFactor: Int64? = nil
    ) {
      self.from = from
      self.through = through
      self.months = months
      self.reason = reason
      self.laneyFactor = laneyFactor
    }
  }

  /// Months that limits come from.
  package static let needed = 12

  package var agreement: String
  package var customer: String
  package var clock: String
  package var tier: String
  /// Values of the `--by` fields; empty over all of them.
  package var by: [String]
  package var measure: Measure
  /// Ascending.
  package var bases: [Base] = []
  /// Ascending; from the first with data on, whatever history is shown.
  package var months: [Month] = []
  /// The latest complete month; `nil` if there is none.
  package var latest: String?
  /// Of attainment.
  package var variation: Variation?
  /// Of attainment with an objective.
  package var assurance: AssuranceRecord?

  package init(
    agreement: String, customer: String, clock: String, tier: String, by: [String],
    measure: Measure
  ) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
    self.tier = tier
    self.by = by
    self.measure = measure
  }
}

/// What the latest complete month says of the process.
package enum Variation: String, Hashable, Sendable, Codable, CaseIterable {
  case commonCause = "common-cause"
  case better, worse
  /// Too few months for limits, or a share of 100 % or nothing.
  case lineOnly = "line-only"
}

/// Whether an unchanged process will keep to the objective.
package enum Assurance: String, Hashable, Sendable, Codable, CaseIterable {
  case reliablyMet = "reliably-met"
  case reliablyMissed = "reliably-missed"
  case mayOrMayNot = "may-or-may-not-be-met"
  case tooEarly = "too-early-to-say"
}

/// The answer, and the limits that it compares.
package struct AssuranceRecord: Hashable, Sendable, Codable {
  package var answer: Assurance
  /// Millionths of a per cent.
  package var objective: Int64
  /// Median of the promises decided in the last twelve complete months, rounded down.
  package var n: Int?
  package var limits: ControlChart.Limits?

  package init(
    answer: Assurance, objective: Int64, n: Int? = nil, limits: ControlChart.Limits? = nil
  ) {
    self.answer = answer
    self.objective = objective
    self.n = n
    self.limits = limits
  }
}
