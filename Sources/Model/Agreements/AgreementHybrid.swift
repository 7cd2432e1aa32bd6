package import ServiceTime

/// A part of an agreement's rules that can be taken from another one on its own, in the order in
/// which causes of a change are looked for.
///
/// See docs/DECISIONS.md, "Causes of a change".
package enum RulePart: Hashable, Sendable, CaseIterable {
  /// What makes a clock stand still, and who causes it.
  case pause
  /// What registers ask to be left out.
  case exclusion
  /// All that belongs to no other part: scope, tiers, clocks, what is promised, for which days.
  case target
  /// When clocks count: which calendar, its hours, its holidays.
  case calendar
}

extension [Agreement] {
  /// These versions with parts of another agreement's in place of their own.
  ///
  /// The side that gives the targets gives the days of validity too. Its versions are cut where
  /// the other side changes, so that each day has the rules that either side had on it. What the
  /// other side does not have (a clock, a tier, a day on which it was valid) stays as it is.
  package func taking(_ parts: Set<RulePart>, from other: [Agreement]) -> [Agreement] {
    let isOthers = parts.contains(.target)
    let (frame, partner) = isOthers ? (other, self) : (self, other)
    let taken = isOthers ? Set(RulePart.allCases).subtracting(parts) : parts
    guard !taken.subtracting([.target]).isEmpty else { return frame }
    let days = partner.flatMap { [$0.validFrom, $0.validUntil].compactMap { $0 } }
    return frame.inOrderOfValidity.flatMap { version in
      version.cut(at: days).map { piece in
        guard let giver = partner.version(on: piece.validFrom) else { return piece }
        var piece = piece
        if taken.contains(.pause) { piece.takePauses(from: giver) }
        if taken.contains(.exclusion) { piece.exclusions = giver.exclusions }
        if taken.contains(.calendar) { piece.takeCalendars(from: giver) }
        return piece
      }
    }
  }

  /// These versions with the exclusions that were known at an instant, and no others: what was
  /// approved then is so at every instant.
  package func knowingExclusions(at known: Instant) -> [Agreement] {
    map { version in
      var version = version
      version.exclusions = version.exclusions.compactMap { exclusion in
        guard let approved = exclusion.approved else { return exclusion }
        guard approved <= known else { return nil }
        var exclusion = exclusion
        exclusion.approved = .earliest
        return exclusion
      }
      return version
    }
  }

  /// The version of a day; `nil` stands for the days before all others.
  fileprivate func version(on day: CivilDate?) -> Agreement? {
    first { version in
      if let from = version.validFrom {
        guard let day, from <= day else { return false }
      }
      if let until = version.validUntil, let day { return day < until }
      return true
    }
  }

  /// The days on which the rules of either of two agreements change, ascending, with the versions
  /// then in force; a day of `nil` is the beginning.
  package func beside(
    _ other: [Agreement]
  ) -> [(from: CivilDate?, ours: Agreement?, theirs: Agreement?)] {
    let days = (self + other).flatMap { [$0.validFrom, $0.validUntil].compactMap { $0 } }
    let starts: [CivilDate?] = [nil] + Set(days).sorted().map { $0 }
    return starts.map { ($0, version(on: $0), other.version(on: $0)) }
      .filter { $0.ours != nil || $0.theirs != nil }
  }
}

extension Agreement {
  /// The same rules in pieces that begin and end on the given days.
  fileprivate func cut(at days: [CivilDate]) -> [Agreement] {
    let inside = Set(days).sorted().filter { day in
      (validFrom.map { $0 < day } ?? true) && (validUntil.map { day < $0 } ?? true)
    }
    var pieces = [self]
    for day in inside {
      pieces[pieces.count - 1].validUntil = day
      var next = self
      next.validFrom = day
      pieces.append(next)
    }
    return pieces
  }

  fileprivate mutating func takePauses(from giver: Agreement) {
    for index in clocks.indices {
      guard let other = giver.clocks.first(where: { $0.name == clocks[index].name }) else {
        continue
      }
      clocks[index].pauses = other.pauses
    }
  }

  /// A tier that the giver has counts by the giver's calendar; any other by the calendar of the
  /// same name, if the giver has one.
  fileprivate mutating func takeCalendars(from giver: Agreement) {
    let given = giver.targets.flatMap { target in
      zip(giver.tiers, target.tiers).map { (target.clock, $0.name, $1.calendar) }
    }
    targets = targets.map { target in
      let entries = zip(tiers, target.tiers).map { tier, entry in
        var entry = entry
        let own = given.first { $0.0 == target.clock && $0.1 == tier.name }
        let named = given.first { $0.2.name == entry.calendar.name }
        if let calendar = own?.2 ?? named?.2 { entry.calendar = calendar }
        return entry
      }
      return Target(clock: target.clock, tiers: entries, totalObjective: target.totalObjective)
    }
  }
}
