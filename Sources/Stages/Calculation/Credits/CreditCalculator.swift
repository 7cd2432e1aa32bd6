import Agreements
import Results
import ServiceTime

/// Works out the credits of one agreement and customer from figures that are there already.
struct CreditCalculator {
  /// In the order of their validity.
  let versions: [Agreement]
  let summary: AgreementSummary
  /// Of the customer alone.
  let figures: [FigureRow]
  let obligations: [ObligationRecord]

  /// The months of the report that have terms, ascending.
  var months: [CreditMonth] {
    summary.periods.compactMap { period in
      guard let first = CivilDate(month: period.label),
        let version = versions.last(where: { $0.isInForce(on: first) }), let terms = version.credits
      else { return nil }
      return month(period, version, terms)
    }
  }

  private func month(
    _ period: AgreementSummary.PeriodSummary, _ version: Agreement, _ terms: CreditTerms
  ) -> CreditMonth {
    let unit = terms.currency.map { CreditUnit(name: $0.code, decimals: $0.decimals) } ?? .share
    var month = CreditMonth(period: period.label, unit: unit)
    month.fee = terms.fee
    month.cap = terms.cap.map(terms.amount)
    if case .share(let share)? = terms.cap { month.capShare = share }
    if period.isToDate {
      month.reason = "the month is not over"
      return month
    }
    if period.completeness != .complete {
      month.reason = period.reason.isEmpty ? "the figures are not judged" : period.reason
      return month
    }
    month.lines = terms.rules.map { line($0, terms, version, period.label) }
    month.sum = month.lines.reduce(0) { Int64(clamping: Int128($0) + Int128($1.amount)) }
    month.credit = month.cap.map { min($0, month.sum) } ?? month.sum
    return month
  }

  private func line(
    _ rule: CreditTerms.Rule, _ terms: CreditTerms, _ version: Agreement, _ period: String
  ) -> CreditLine {
    var line: CreditLine
    switch rule.subject {
    case .clock(let clock, let tier):
      line = CreditLine(title: "\(clock), \(tier ?? "all tiers")")
      (line.clock, line.tier) = (clock, tier)
      let counts = counts(clock, tier, period)
      (line.part, line.whole) = (Int64(counts.met), Int64(counts.decided))
      if line.whole == 0 { line.reason = "no promise was decided" }
    case .obligation(let name):
      let title = version.obligations.first { $0.name == name }?.title ?? name
      line = CreditLine(title: title)
      line.obligation = name
      fill(&line, from: obligations.first { $0.name == name }?.period(period))
    }
    guard let band = rule.band(of: line.part, in: line.whole) else { return line }
    line.from = band.from
    line.below = rule.bands.first { $0.from > band.from }?.from
    if case .share(let share) = band.credit { line.share = share }
    line.amount = terms.amount(band.credit)
    return line
  }

  private func counts(_ clock: String, _ tier: String?, _ period: String) -> PromiseCounts {
    figures.filter {
      $0.clock == clock && $0.period == period && (tier == nil || $0.tier == tier)
    }.reduce(into: PromiseCounts()) { $0 += $1.counts }
  }

  /// Nothing is taken from a figure that is not judged.
  private func fill(_ line: inout CreditLine, from period: ObligationPeriod?) {
    switch period?.state {
    case nil, .noData?: line.reason = "nothing was measured"
    case .running?, .partial?:
      line.reason = period.map { $0.reason.isEmpty ? "it is not judged" : $0.reason } ?? ""
    case .met?, .pressed?, .missed?:
      guard let period else { return }
      if let volume = period.volume {
        (line.part, line.whole) = (max(0, volume.accepted), volume.required)
      } else {
        (line.part, line.whole) = (period.reached, period.possible)
      }
      if line.whole <= 0 { line.reason = "nothing was measured" }
    }
  }
}

extension Agreement {
  fileprivate func isInForce(on day: CivilDate) -> Bool {
    (validFrom.map { $0 <= day } ?? true) && (validUntil.map { day < $0 } ?? true)
  }
}

extension CivilDate {
  /// The first day of a month such as `2026-10`; `nil` of any other period.
  fileprivate init?(month label: String) {
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      let year = Int(parts[0]), let month = Int(parts[1])
    else { return nil }
    self.init(year: year, month: month, day: 1)
  }
}

extension Calculator {
  /// The credits of an agreement whose figures and obligations are in the results.
  func addCredits(of versions: [Agreement], to results: inout CalculationResults) {
    guard versions.contains(where: { $0.credits != nil }), let name = versions.first?.name,
      let summary = results.agreements.last(where: { $0.name == name })
    else { return }
    for customer in results.customers(of: name) {
      let months = CreditCalculator(
        versions: versions.inOrderOfValidity, summary: summary,
        figures: results.figures.filter { $0.agreement == name && $0.customer == customer },
        obligations: (results.obligations ?? []).filter {
          $0.agreement == name && $0.customer == customer
        }
      ).months
      guard !months.isEmpty else { continue }
      results.credits =
        (results.credits ?? []) + [
          CreditRecord(agreement: name, customer: customer, months: months)
        ]
    }
  }
}
