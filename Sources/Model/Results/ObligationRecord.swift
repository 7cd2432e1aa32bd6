/// One obligation of an agreement towards one customer, over the periods of the report.
package struct ObligationRecord: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var name: String
  package var title: String
  /// `availability`, `volume`, `ratio`, `deliverable` or `response-to`.
  package var kind: String
  /// Who owes it, and whom.
  package var by: String
  package var to: String
  /// What is promised, in words, by the newest version.
  package var promise: String
  /// The calendar in which its time counts; `nil` where none does.
  package var calendar: String?
  /// Those of the report in which the agreement is valid, ascending, then the reported one if it
  /// is no month.
  package var periods: [ObligationPeriod]
  /// Of availability: those that take time from a shown period, ascending.
  package var outages: [OutageRecord]?
  /// Of availability: what was left out of the agreed service time, ascending.
  package var maintenance: [MaintenanceRecord]?
  /// Of a deliverable: those due in a shown period, ascending.
  package var deliveries: [DeliveryRecord]?
  /// Of a response: the rows that were late in the reported period, longest first.
  package var late: [LateResponse]?

  package init(
    agreement: String, customer: String, name: String, title: String, kind: String, by: String,
    to: String, promise: String, calendar: String?, periods: [ObligationPeriod] = []
  ) {
    self.agreement = agreement
    self.customer = customer
    self.name = name
    self.title = title
    self.kind = kind
    self.by = by
    self.to = to
    self.promise = promise
    self.calendar = calendar
    self.periods = periods
  }

  /// Without what names rows.
  var figuresAlone: ObligationRecord {
    var record = self
    (record.outages, record.maintenance, record.deliveries, record.late) = (nil, nil, nil, nil)
    return record
  }

  package func period(_ label: String) -> ObligationPeriod? {
    periods.first { $0.period == label }
  }
}

/// Whether a period kept an obligation.
package enum ObligationState: String, Hashable, Sendable, Codable, CaseIterable {
  case met
  /// Met, with more than 80 % of what may be missed used.
  case pressed
  case missed
  /// The period goes on, and nothing is lost yet.
  case running
  case noData = "no-data"
  /// Shown, but not judged: the rows or the agreement cover a part of it.
  case partial
}

/// An obligation in one period.
package struct ObligationPeriod: Hashable, Sendable, Codable {
  package var period: String
  package var state: ObligationState
  /// Why it is not judged; empty if it is.
  package var reason: String
  /// Millionths of a per cent, of the version in force at the start; `nil` for a volume.
  package var objective: Int64?
  /// Whether the objective is the most and not the least; only where it is.
  package var isAtMost: Bool?
  /// The attainment is `reached / possible`, exactly; both 0 where nothing was measured.
  ///
  /// Millionths of a row, of an amount or of a second, as the kind has it.
  package var reached: Int64
  package var possible: Int64
  package var availability: AvailabilityFigures?
  package var volume: VolumeFigures?
  package var counts: ObligationCounts?

  package init(period: String, state: ObligationState, reason: String = "") {
    self.period = period
    self.state = state
    self.reason = reason
    reached = 0
    possible = 0
  }
}

/// Rows of a ratio, a deliverable or a response.
package struct ObligationCounts: Hashable, Sendable, Codable {
  package var met = 0
  package var missed = 0
  /// Open and not lost at the horizon.
  package var running = 0
  /// Of a deliverable: each fact for itself.
  package var onTime: Int?
  package var complete: Int?
  package var accepted: Int?

  package init() {}
}

/// Amounts of a volume, in millionths.
package struct VolumeFigures: Hashable, Sendable, Codable {
  package var accepted: Int64
  package var rejected: Int64
  /// What the period owes; of a part of a month its share by days, rounded up.
  package var required: Int64
  package var rows: Int

  package init(accepted: Int64 = 0, rejected: Int64 = 0, required: Int64 = 0, rows: Int = 0) {
    self.accepted = accepted
    self.rejected = rejected
    self.required = required
    self.rows = rows
  }

  /// Whatever its quality.
  package var delivered: Int64 { Int64(clamping: Int128(accepted) + Int128(rejected)) }

  /// Below zero where the promise was not kept.
  package var difference: Int64 { Int64(clamping: Int128(accepted) - Int128(required)) }
}

extension ObligationPeriod {
  /// Whether `reached / possible` is on the right side of the objective, exactly.
  package var isOnSide: Bool {
    guard let objective else { return true }
    let part = Int128(reached) * 100_000_000
    let bound = Int128(objective) * Int128(possible)
    return isAtMost == true ? part <= bound : part >= bound
  }

  /// Whether more than 80 % of what may be missed is used, but not more than all of it.
  package var isPressed: Bool {
    guard let objective, possible > 0 else { return false }
    let whole: Int128 = 100_000_000
    let used = isAtMost == true ? Int128(reached) : Int128(possible) - Int128(reached)
    let share = isAtMost == true ? Int128(objective) : whole - Int128(objective)
    return isOnSide && used * whole * 5 > share * Int128(possible) * 4
  }
}
