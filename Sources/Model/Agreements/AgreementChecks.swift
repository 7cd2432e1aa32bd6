package import Messages
import ServiceTime
import Tickets

/// What makes figures wrong though it is well written, as far as the rules alone tell.
package struct AgreementChecks {
  private let agreement: Agreement
  private let places: RulePlaces

  package init(_ agreement: Agreement, places: RulePlaces) {
    self.agreement = agreement
    self.places = places
  }

  package var findings: [Finding] {
    agreement.clocks.flatMap(pauses(of:)) + scope + tiers + targets
      + ObligationChecks(agreement: agreement, places: places).findings
      + CreditChecks(agreement: agreement, places: places).findings
  }

  private func pauses(of clock: Clock) -> [Finding] {
    let stops = clock.stop.compactMap { signal in
      if case .condition(let condition) = signal { condition } else { nil }
    }
    return clock.pauses.enumerated().compactMap { number, pause in
      let place = places.place("clocks", clock.name, "pause", String(number))
      if let first = clock.pauses[..<number].first(where: { $0.condition.covers(pause.condition) })
      {
        return Finding(
          .pauseShadowed, at: place,
          """
          this pause by \(pause.party) never counts, because one before it holds for the same \
          tickets and names \(first.party); put it first, or remove it
          """)
      }
      let reason: String
      if pause.condition.isImpossible {
        reason = "\"not\" excludes all that it names"
      } else if let cancel = clock.cancel, cancel.covers(pause.condition) {
        reason = "\"cancel\" holds for the same tickets and wins"
      } else if stops.contains(where: { $0.covers(pause.condition) }) {
        reason = "\"stop\" holds for the same tickets and wins"
      } else {
        return nil
      }
      return Finding(
        .pauseNeverHappens, at: place,
        """
        this pause of clock "\(clock.name)" never happens, because \(reason); its time would be \
        missing from the pauses; change one of them
        """)
    }
  }

  /// What a ticket is in turn, so that it is no ground to leave one out.
  private static let passing = ["status"]

  private var scope: [Finding] {
    agreement.scope.fields.filter(Self.passing.contains).map { field in
      Finding(
        .losesBreached, at: places.place("scope", field),
        """
        the scope asks for "\(field)", which changes during a ticket's life: one that was breached \
        leaves the scope with its next change, and its miss with it; let the scope ask for what \
        stays, and take tickets out with "cancel"
        """)
    }
  }

  private var tiers: [Finding] {
    guard !agreement.tiers.contains(where: \.condition.isAnything) else { return [] }
    for tier in agreement.tiers {
      for field in tier.condition.fields where Self.passing.contains(field) {
        return [
          Finding(
            .losesBreached, at: places.place("tiers", tier.name, field),
            """
            tier "\(tier.name)" asks for "\(field)", which changes during a ticket's life, and no \
            tier takes the rest: a breached ticket can end in no tier, and its miss is lost; let \
            tiers ask for what stays, or add one such as Other: {}
            """)
        ]
      }
    }
    return []
  }

  private var targets: [Finding] {
    var findings: [Finding] = []
    for (clock, target) in zip(agreement.clocks, agreement.targets) {
      for (tier, entry) in zip(agreement.tiers, target.tiers) {
        guard let within = entry.longestWithin, let month = entry.calendar.longestMonth,
          within > month
        else { continue }
        findings.append(
          Finding(
            .targetLongerThanMonth, at: places.place(ofTarget: clock.name, "within", tier.name),
            """
            "\(tier.name)" may take \(DurationText.clock(within)), but a month of calendar \
            "\(entry.calendar.name)" holds at most \(DurationText.clock(month)): no ticket can be \
            missed in the month it was opened in, and the first months have no figure; is the \
            amount in hours of the calendar, or is the calendar another?
            """))
        break
      }
    }
    return findings
  }
}

extension Condition {
  /// Whether what it excludes is all that it asks for.
  var isImpossible: Bool { none.contains { $0.covers(Condition(tests: tests)) } }
}

extension Target.TierTarget {
  /// Seconds, of business days as of the longest version of the calendar.
  fileprivate var longestWithin: Int64? {
    switch within {
    case .work(let seconds): seconds
    case .calendarDays(let days): Int64(days) * 86_400
    case .businessDays(let days):
      calendar.versions.map { Int64(days) * $0.longestOpening.seconds }.max()
    case nil: nil
    }
  }
}

extension CalendarDefinition {
  /// Seconds of the longest month that its weeks allow: 31 days that begin on the best weekday.
  fileprivate var longestMonth: Int64? {
    versions.map { version in
      let days = Weekday.allCases.map { version.week.opening(on: $0).seconds }
      guard !version.isAlways else { return 31 * 86_400 + 3_600 }
      let month = days.indices.map { first in
        (0..<31).reduce(Int64(0)) { $0 + days[(first + $1) % 7] }
      }
      return month.max() ?? 0
    }.max()
  }
}
