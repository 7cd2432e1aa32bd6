package import Messages
import ServiceTime

/// What is suspicious or wrong about agreements that are each readable.
package enum AgreementLint {
  /// Looks at the successive versions of each agreement, by name.
  ///
  /// - Returns: Findings in the order of names, then of versions.
  package static func findings(for agreements: [Agreement]) -> [Finding] {
    let names = Set(agreements.map(\.name)).sorted()
    return names.flatMap { name in
      let versions = agreements.filter { $0.name == name }.inOrderOfValidity
      return zip(versions, versions.dropFirst()).flatMap { succession($0, $1) }
    }
  }

  private static func succession(_ earlier: Agreement, _ later: Agreement) -> [Finding] {
    let place = later.origin.place
    guard let from = later.validFrom, earlier.validFrom != from else {
      return [Finding(.error, at: place, .sameStart(later.name, other: earlier.origin.file))]
    }
    var findings: [Finding] = []
    if earlier.validUntil != from {
      findings.append(Finding(.error, at: place, .notSuccessive(earlier, later, from: from)))
    }
    if from.day != 1, earlier.objectives != later.objectives {
      findings.append(Finding(.error, at: place, .objectiveInMonth(later.name, from: from)))
    }
    if from.day != 1, earlier.credits != later.credits {
      findings.append(Finding(.error, at: place, .creditsInMonth(later.name, from: from)))
    }
    if earlier.zone.identifier != later.zone.identifier {
      findings.append(Finding(.warning, at: place, .otherZone(earlier, later)))
    }
    return findings
  }
}

extension Agreement {
  fileprivate struct ObjectiveKey: Hashable {
    let clock: String
    let tier: String
  }

  /// The objectives by clock and tier; `all` stands for the total.
  fileprivate var objectives: [ObjectiveKey: Objective] {
    var objectives: [ObjectiveKey: Objective] = [:]
    for target in targets {
      objectives[ObjectiveKey(clock: target.clock, tier: "all")] = target.totalObjective
      for (tier, entry) in zip(tiers, target.tiers) {
        objectives[ObjectiveKey(clock: target.clock, tier: tier.name)] = entry.objective
      }
    }
    for obligation in obligations {
      objectives[ObjectiveKey(clock: "obligations", tier: obligation.name)] = obligation.objective
    }
    return objectives
  }
}

extension [Agreement] {
  /// By the first valid day, the one without a start first, then by file.
  package var inOrderOfValidity: [Agreement] {
    sorted { left, right in
      switch (left.validFrom, right.validFrom) {
      case (let a?, let b?) where a != b: a < b
      case (nil, _?): true
      case (_?, nil): false
      default: left.origin.file < right.origin.file
      }
    }
  }
}

extension Finding.Message {
  fileprivate static func sameStart(_ name: String, other: String) -> Finding.Message {
    """
    agreement "\(name)" starts on the same day as its version in \(other); \
    give this one a later "valid: {from: ...}"
    """
  }

  fileprivate static func notSuccessive(
    _ earlier: Agreement, _ later: Agreement, from: CivilDate
  ) -> Finding.Message {
    let file = earlier.origin.file
    guard let until = earlier.validUntil else {
      return """
        agreement "\(later.name)" is valid from \(from.iso), but its version in \(file) has no \
        end; add "until: \(from.iso)" there
        """
    }
    let what = until > from ? "an overlap" : "a hole"
    return """
      agreement "\(later.name)" is valid from \(from.iso), but its version in \(file) until \
      \(until.iso), which leaves \(what); let one end where the next starts
      """
  }

  fileprivate static func objectiveInMonth(_ name: String, from: CivilDate) -> Finding.Message {
    """
    agreement "\(name)" changes an objective on \(from.iso), within a month; an objective \
    belongs to a whole period, so let it start on the first of a month
    """
  }

  fileprivate static func creditsInMonth(_ name: String, from: CivilDate) -> Finding.Message {
    """
    agreement "\(name)" changes its credits on \(from.iso), within a month; credits are worked out \
    for whole months, so let them change on the first of a month
    """
  }

  fileprivate static func otherZone(_ earlier: Agreement, _ later: Agreement) -> Finding.Message {
    """
    agreement "\(later.name)" reports months of \(later.zone.identifier), but its version in \
    \(earlier.origin.file) months of \(earlier.zone.identifier)
    """
  }
}
