package import Agreements
package import Results
package import ServiceTime
package import Tickets

/// What is to be worked out, with everything that it depends on.
package struct CalculationRequest: Sendable {
  package var tables: [TicketTable]
  /// What was counted over tickets that are in no table.
  package var folded: [TicketFold] = []
  /// Rows that are not tickets, for obligations.
  package var intervals: [IntervalTable] = []
  package var counts: [CountTable] = []
  /// Versions of one name stand together, ascending by `validFrom`.
  package var agreements: [[Agreement]]
  package var asOf: Instant
  package var period: PeriodText
  /// Months shown up to and including the reported period's last.
  package var history: Int
  package var by: [String]
  package var collectsPromises: Bool
  /// How many of the worst missed promises per agreement and customer get a trace.
  package var tracesPerCustomer: Int
  /// Processors that may work at once; the results do not depend on it.
  package var workers: Int
  package var tool: String
  package var tzdata: String
  package var inputs: [InputRecord]
  package var rules: [RuleRecord]
  /// What was approved later is not known, whatever as-of is.
  package var knownAt: Instant?
  /// Whether the entries of registers that are approved are applied.
  package var appliesExclusions = true
  /// Whether pauses are looked at, where promises are kept.
  package var auditsPauses = true
  /// Combinations of field values for which a table is worth its room.
  var mostCodeNumbers = 1 << 18

  /// A period is read per agreement, because its days are those of the agreement's zone.
  package typealias PeriodText = String

  package init(
    tables: [TicketTable], agreements: [[Agreement]], asOf: Instant, period: PeriodText,
    history: Int = 1, by: [String] = [], collectsPromises: Bool = false,
    tracesPerCustomer: Int = 0, workers: Int = 1, tool: String = "attain", tzdata: String = "",
    inputs: [InputRecord] = [], rules: [RuleRecord] = []
  ) {
    self.tables = tables
    self.agreements = agreements
    self.asOf = asOf
    self.period = period
    self.history = history
    self.by = by
    self.collectsPromises = collectsPromises
    self.tracesPerCustomer = tracesPerCustomer
    self.workers = workers
    self.tool = tool
    self.tzdata = tzdata
    self.inputs = inputs
    self.rules = rules
  }
}

/// Why nothing can be calculated.
package enum CalculationError: Error, Hashable, Sendable, CustomStringConvertible {
  case period(PeriodError)

  package var description: String {
    switch self {
    case .period(let error): error.description
    }
  }
}
