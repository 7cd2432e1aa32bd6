package import Messages

/// What `attain check` looks for besides mistakes of writing, by names that stay; docs/CHECKS.md
/// tells each.
package enum RuleCheck: String, CaseIterable, Sendable {
  // Told by the rules alone.
  case pauseShadowed = "pause-shadowed"
  case pauseNeverHappens = "pause-never-happens"
  case losesBreached = "loses-breached"
  case tierShadowed = "tier-shadowed"
  case targetLongerThanMonth = "target-longer-than-month"
  case chainTooLong = "chain-too-long"
  case chainGuaranteesLess = "chain-guarantees-less"
  case obligationSettled = "obligation-settled"
  case creditForMet = "credit-for-met"
  // Told by the rules and the mappings.
  case valueRenamed = "value-renamed"
  // Told by the rules and the tickets.
  case nameNotGiven = "name-not-given"
  case noTicketStarts = "no-ticket-starts"
  case noTicketStops = "no-ticket-stops"
  case valueNotInData = "value-not-in-data"
  case pauseNotPlaced = "pause-not-placed"
  case cancelNotPlaced = "cancel-not-placed"
  case ticketsLeaveScope = "tickets-leave-scope"
  case tierWithoutTickets = "tier-without-tickets"
  case ticketsWithoutTier = "tickets-without-tier"
  case ticketsBeforeValidity = "tickets-before-validity"
  case oneMissTooMany = "one-miss-too-many"
  case holidaysEnd = "holidays-end"
  case noUnfinishedTicket = "no-unfinished-ticket"
  case obligationWithoutRows = "obligation-without-rows"
  case changesWithoutRows = "changes-without-rows"
}

extension Finding {
  package init(
    _ check: RuleCheck, _ severity: Severity = .warning, at place: Place, _ message: Message
  ) {
    self.init(severity, at: place, message, check: check.rawValue)
  }
}
