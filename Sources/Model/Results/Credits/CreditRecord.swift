/// The service credits of one agreement and customer, month by month.
///
/// See docs/DECISIONS.md, "Service credits".
package struct CreditRecord: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  /// The months of the report that have terms, as now known; ascending.
  package var months: [CreditMonth]
  /// What was granted of months whose packs were issued, and what is to be adjusted; ascending.
  ///
  /// `nil` where no pack was issued, or the report is not of a month.
  package var adjustments: [CreditAdjustment]?

  package init(agreement: String, customer: String, months: [CreditMonth]) {
    self.agreement = agreement
    self.customer = customer
    self.months = months
  }

  package func month(_ label: String) -> CreditMonth? { months.first { $0.period == label } }

  package func adjustment(of label: String) -> CreditAdjustment? {
    adjustments?.first { $0.period == label }
  }
}

/// In what credits are told.
package struct CreditUnit: Hashable, Sendable, Codable {
  /// Three letters, or `%`: of the fee, which the agreement does not name.
  package var name: String
  /// Decimals of an amount; amounts are whole numbers of the smallest unit.
  package var decimals: Int

  package init(name: String, decimals: Int) {
    self.name = name
    self.decimals = decimals
  }

  package static let share = CreditUnit(name: "%", decimals: 6)
}

/// The credit of one month as now known.
package struct CreditMonth: Hashable, Sendable, Codable {
  package var period: String
  package var unit: CreditUnit
  package var fee: Int64?
  /// The most that the month can earn, and the share of the fee that this is, in millionths of a
  /// per cent.
  package var cap: Int64?
  package var capShare: Int64?
  /// In the order of the agreement; none if the credit is not worked out.
  package var lines: [CreditLine]
  /// Of the lines, before the cap.
  package var sum: Int64
  /// After the cap; `nil` if it is not worked out.
  package var credit: Int64?
  /// Why it is not worked out; empty if it is.
  package var reason: String

  package init(period: String, unit: CreditUnit, reason: String = "") {
    self.period = period
    self.unit = unit
    self.reason = reason
    lines = []
    sum = 0
  }
}

/// One rule of credits in one month.
package struct CreditLine: Hashable, Sendable, Codable {
  /// Such as `resolution, Urgent`, or the title of an obligation.
  package var title: String
  package var clock: String?
  /// `nil` if all tiers together decide, or it is an obligation.
  package var tier: String?
  package var obligation: String?
  /// The attainment is `part / whole`, exactly; both 0 where nothing was measured.
  package var part: Int64 = 0
  package var whole: Int64 = 0
  /// The band that holds it, from the one and below the other, in millionths of a per cent.
  ///
  /// The highest band has no end; both are `nil` where there is no attainment.
  package var from: Int64?
  package var below: Int64?
  /// What the band says as a share of the fee, in millionths of a per cent; `nil` if it says an
  /// amount.
  package var share: Int64?
  package var amount: Int64 = 0
  /// Why the rule earns nothing, if it is not the band; empty otherwise.
  package var reason = ""

  package init(title: String) { self.title = title }
}

/// What was granted of a month's credit so far, and what is now to be added or taken back.
package struct CreditAdjustment: Hashable, Sendable, Codable {
  package var period: String
  package var unit: CreditUnit
  /// In the order of the packs.
  package var granted: [CreditGrant]
  /// As now known; `nil` if it cannot be told.
  package var now: Int64?
  /// `now` less all that was granted; 0 if it cannot be told.
  package var difference: Int64
  /// Why it cannot be told; empty if it can.
  package var reason: String

  package init(period: String, unit: CreditUnit, granted: [CreditGrant]) {
    self.period = period
    self.unit = unit
    self.granted = granted
    difference = 0
    reason = ""
  }

  package var grantedSum: Int64 {
    granted.reduce(0) { Int64(clamping: Int128($0) + Int128($1.amount)) }
  }
}

/// What one issued pack granted of a month's credit: the credit itself, or an adjustment.
package struct CreditGrant: Hashable, Sendable, Codable {
  /// The month whose credit it is.
  package var period: String
  /// The name of the unit.
  package var unit: String
  package var amount: Int64
  /// The period of the pack, and which issue of it.
  package var pack: String
  package var issue: Int

  package init(period: String, unit: String, amount: Int64, pack: String, issue: Int) {
    self.period = period
    self.unit = unit
    self.amount = amount
    self.pack = pack
    self.issue = issue
  }
}
