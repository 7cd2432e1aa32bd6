/// What was issued of one client and agreement, as far as credits go.
package struct IssuedCredits: Hashable, Sendable {
  /// The periods of the packs that were issued.
  package var periods: Set<String>
  /// In the order of the packs.
  package var grants: [CreditGrant]

  package init(periods: Set<String> = [], grants: [CreditGrant] = []) {
    self.periods = periods
    self.grants = grants
  }
}

extension CreditRecord {
  /// Adds what is to be adjusted of months that were issued; a credit is granted once, and changes
  /// of it are granted once each.
  ///
  /// - Parameters:
  ///   - issued: The packs before this one.
  ///   - reported: The period of this pack; only the pack of a month settles credits.
  package mutating func settle(_ issued: IssuedCredits, reported: String) {
    guard months.contains(where: { $0.period == reported }) else {
      adjustments = nil
      return
    }
    let found = months.filter { issued.periods.contains($0.period) && $0.period <= reported }
      .map { Self.adjustment(of: $0, grants: issued.grants) }
    adjustments = found.isEmpty ? nil : found
  }

  private static func adjustment(of month: CreditMonth, grants: [CreditGrant])
    -> CreditAdjustment
  {
    let own = grants.filter { $0.period == month.period }
    var adjustment = CreditAdjustment(period: month.period, unit: month.unit, granted: own)
    if let other = own.first(where: { $0.unit != month.unit.name }) {
      adjustment.reason = "it was granted in \(other.unit), and is now told in \(month.unit.name)"
    } else if let now = month.credit {
      adjustment.now = now
      adjustment.difference = Int64(clamping: Int128(now) - Int128(adjustment.grantedSum))
    } else {
      adjustment.reason = month.reason
    }
    return adjustment
  }

  /// What the pack of a month grants: its credit if that was not granted before, and every
  /// adjustment that is not nothing.
  package func grants(reported: String) -> [IssuedMonth.Credit] {
    guard let month = month(reported) else { return [] }
    var grants: [IssuedMonth.Credit] = []
    if adjustment(of: reported) == nil, let credit = month.credit {
      grants.append(.init(period: reported, unit: month.unit.name, amount: credit))
    }
    for adjustment in adjustments ?? [] where adjustment.difference != 0 {
      grants.append(
        .init(
          period: adjustment.period, unit: adjustment.unit.name, amount: adjustment.difference))
    }
    return grants
  }
}
