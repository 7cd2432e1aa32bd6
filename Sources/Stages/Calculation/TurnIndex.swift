import Tickets

/// The tickets of a table that do not live their own life to the end.
struct TurnIndex: Sendable {
  let merges: MergeIndex?
  /// Since when each ticket is gone from the export; empty if none is.
  private let gone: [Int64]
  let isEmpty: Bool

  init(_ table: TicketTable, source: ReplayTable) {
    merges = MergeIndex(table, source: source)
    let seconds = table.momentIndex(GoneTickets.moment).map { table.moments[$0].seconds } ?? []
    gone = seconds.contains { $0 > MomentColumn.unreadable } ? seconds : []
    isEmpty = merges == nil && gone.isEmpty
  }

  /// Whether a ticket's own rows do not tell all of its life.
  @inline(__always)
  func has(_ ticket: Int) -> Bool { !isEmpty && hasTurn(ticket) }

  private func hasTurn(_ ticket: Int) -> Bool { follows(ticket) || gone(ticket) != nil }

  /// Whether a ticket may follow another.
  func follows(_ ticket: Int) -> Bool { merges?.has(ticket) ?? false }

  /// Since when it is gone from the export.
  func gone(_ ticket: Int) -> Int64? {
    guard !gone.isEmpty, gone[ticket] > MomentColumn.unreadable else { return nil }
    return gone[ticket]
  }
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
    // Of a ticket that follows another, it is the other that must be in the export.
    var shown: (ticket: Int, since: Int64)? = (ticket, .min)
    if let merges = turns.merges, merges.has(ticket) {
      let merged = merges.turns(of: ticket, by: sight)
      loadMerged(
        ticket, turns: merged, of: table, moments: moments,
        suspensions: suspensions, followed: version.followedFields, opened: version.openedMoment,
        by: sight)
      if let last = merged.last {
        shown = if case .ticket(let master) = last.followed { (master, last.from) } else { nil }
      }
    } else {
      loadOwn(ticket, of: table, moments: moments, suspensions: suspensions[ticket], by: sight)
    }
    if let shown, let gone = turns.gone(shown.ticket) {
      add(.goneFromExport, at: max(gone, shown.since), by: sight)
    }
    add(version.excluded.applied, by: sight)
  }
}
