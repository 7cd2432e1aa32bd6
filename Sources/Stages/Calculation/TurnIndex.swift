import Tickets

/// The tickets of a table that do not live their own life to the end.
struct TurnIndex: Sendable {
  let merges: MergeIndex?
  let isEmpty: Bool

  init(_ table: TicketTable, source: ReplayTable) {
    merges = MergeIndex(table, source: source)
    isEmpty = merges == nil
  }

  @inline(__always)
  func has(_ ticket: Int) -> Bool { !isEmpty && hasTurn(ticket) }

  private func hasTurn(_ ticket: Int) -> Bool { merges?.has(ticket) ?? false }
}

extension TicketEvents {
  /// Loads the events of a ticket as far as they concern a version of an agreement, with those of
  /// the ticket that it follows, and the intervals that are excluded.
  mutating func load(
    _ ticket: Int, of table: ReplayTable, version: PreparedVersion, suspensions: SuspensionIndex,
    turns: TurnIndex, by sight: Sight
  ) {
    // The changes of a history tell its moments.
    let moments = table.hasHistory ? [] : version.moments
    if let merges = turns.merges, turns.has(ticket) {
      loadMerged(
        ticket, turns: merges.turns(of: ticket, by: sight), of: table, moments: moments,
        suspensions: suspensions, followed: version.followedFields, opened: version.openedMoment,
        by: sight)
    } else {
      loadOwn(ticket, of: table, moments: moments, suspensions: suspensions[ticket], by: sight)
    }
    add(version.excluded.applied, by: sight)
  }
}
