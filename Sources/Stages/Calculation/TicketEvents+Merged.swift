import Tickets

/// The events of a ticket that was merged: its own before the merge, its master's from then on.
extension TicketEvents {
  /// Loads what is known by `sight`.
  ///
  /// - Parameter followed: For each field, whether its value is the master's from the merge on. The
  ///   others, which say whose ticket it is and of which tier, stay the ticket's own.
  mutating func loadMerged(
    _ ticket: Int, turns: [MergeIndex.Turn], of table: ReplayTable, moments: [Int],
    suspensions: SuspensionIndex, followed: [Bool], opened: Int?, by sight: Sight
  ) {
    let life = MergedLife(
      table: table, moments: moments, followed: followed, opened: opened, sight: sight)
    var own = TicketEvents()
    own.loadOwn(ticket, of: table, moments: moments, suspensions: [], by: sight)
    var codes = own.initialCodes
    var all = own.events.filter { event in
      let turn = turns.last { $0.from <= event.at }
      guard let turn, turn.followed != .ticket(ticket) else { return true }
      return !life.isFollowed(event)
    }
    var pauses: [PreparedSuspension] = []
    let start = MergeIndex.Turn(from: .min, followed: .ticket(ticket), line: 0)
    for (index, turn) in ([start] + turns).enumerated() {
      let until = index < turns.count ? turns[index].from : Int64.max
      if index > 0 { all.append(life.marker(turn)) }
      guard case .ticket(let followed) = turn.followed else { continue }
      pauses += suspensions[followed].compactMap { pause in
        pause.cut(
          from: turn.from, until: until, line: followed == ticket ? pause.line : turn.line)
      }
      guard index > 0 else { continue }
      if !table.hasHistory {
        for field in codes.indices where life.followed[field] {
          codes[field] = table.initialCodes[field][followed]
        }
      }
      all += life.events(of: followed, turn, until: until, isOwn: followed == ticket)
    }
    let ordered = all.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    replace(codes: codes, events: ordered.map(\.element), suspensions: pauses, by: sight)
  }
}

/// What the tickets of a chain of merges are to one another.
private struct MergedLife {
  let table: ReplayTable
  let moments: [Int]
  let followed: [Bool]
  /// The opening is always the ticket's own.
  let opened: Int?
  let sight: Sight

  func isFollowed(_ event: TicketEvents.Event) -> Bool {
    switch event.subject {
    case .field: followed[event.index]
    case .moment: event.index != opened
    case .suspension, .exclusion, .turn: true
    }
  }

  func marker(_ turn: MergeIndex.Turn) -> TicketEvents.Event {
    let fault: UInt32 =
      if case .nothing(let fault) = turn.followed { fault.code } else { 0 }
    return TicketEvents.Event(at: turn.from, .turn, 0, value: fault, line: turn.line)
  }

  /// How the followed ticket stands at the turn, and what happens to it from then on.
  func events(
    of ticket: Int, _ turn: MergeIndex.Turn, until: Int64, isOwn: Bool
  ) -> [TicketEvents.Event] {
    var life = TicketEvents()
    life.loadOwn(ticket, of: table, moments: moments, suspensions: [], by: sight)
    var codes = life.initialCodes
    var happened: [Int: Bool] = [:]
    for event in life.events where event.at < turn.from {
      if event.subject == .field { codes[event.index] = event.value }
      if event.subject == .moment { happened[event.index] = event.value == 1 }
    }
    var events: [TicketEvents.Event] = []
    for field in codes.indices where followed[field] && table.hasHistory {
      events.append(
        .init(at: turn.from, .field, field, value: codes[field], line: turn.line))
    }
    for moment in table.moments.indices where moment != opened {
      // A message of the past is none at the turn.
      let holds = happened[moment] == true && !table.repeatedMoments.contains(moment)
      events.append(.init(at: turn.from, .moment, moment, value: holds ? 1 : 0, line: turn.line))
    }
    // The ticket's own events after a merge that was taken back are there already.
    guard !isOwn else { return events }
    events += life.events.filter { event in
      turn.from <= event.at && event.at < until && isFollowed(event)
    }.map { event in
      .init(
        at: event.at, event.subject, event.index, value: event.value, line: turn.line)
    }
    return events
  }
}

extension PreparedSuspension {
  /// The part of a stretch; `nil` if there is none.
  ///
  /// - Parameter line: Of the ticket's own row that tells of it.
  fileprivate func cut(from: Int64, until: Int64, line: UInt32) -> PreparedSuspension? {
    let start = max(start, from)
    guard start < (end ?? .max), start < until else { return nil }
    let end = until == .max ? end : min(end ?? until, until)
    return PreparedSuspension(start: start, end: end, party: party, line: line)
  }
}
