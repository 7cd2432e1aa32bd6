import Messages

/// Credits that are due though the objective is met.
struct CreditChecks {
  let agreement: Agreement
  let places: RulePlaces

  var findings: [Finding] {
    guard let credits = agreement.credits else { return [] }
    return credits.rules.enumerated().compactMap { number, rule in
      guard let (what, objective) = objective(of: rule.subject),
        let met = rule.bands.last(where: { $0.from <= objective.millionthsOfPercent }),
        !met.credit.isNothing
      else { return nil }
      return Finding(
        .creditForMet, at: places.place("credits", "rules", String(number), "bands"),
        """
        \(what) earns a credit though its objective of \(objective.text)% is met: the band from \
        \(Objective(millionthsOfPercent: met.from).text)% reaches into what is promised; let a \
        band without a credit begin at \(objective.text)%
        """)
    }
  }

  /// What is promised: at exactly that figure the promise is met, whichever side is the good one.
  private func objective(
    of subject: CreditTerms.Subject
  ) -> (what: String, objective: Objective)? {
    switch subject {
    case .clock(let name, let tier):
      guard let place = agreement.clocks.firstIndex(where: { $0.name == name }) else { return nil }
      let target = agreement.targets[place]
      guard let tier else {
        return target.totalObjective.map { ("clock \"\(name)\" of all tiers", $0) }
      }
      guard let number = agreement.tiers.firstIndex(where: { $0.name == tier }) else { return nil }
      return target.tiers[number].objective.map {
        ("clock \"\(name)\" of tier \"\(tier)\"", $0)
      }
    case .obligation(let name):
      guard let obligation = agreement.obligations.first(where: { $0.name == name }),
        let objective = obligation.objective
      else { return nil }
      return ("obligation \"\(name)\"", objective)
    }
  }
}
