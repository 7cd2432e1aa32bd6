import Agreements
import Results
import ServiceTime
import Tickets

/// A ticket of which promises are left to be replayed.
struct ReplayedTicket {
  let ticket: Int
  /// Its kind; `nil` if it has to be sorted by itself, and all its clocks replayed.
  let kind: Int?
  /// The clocks, as bits.
  let clocks: UInt32
}

/// Counting of plain promises; see ``PlainRules``.
extension AgreementRun {
  /// Judges the plain promises of some tickets of a table.
  ///
  /// - Returns: What has to be replayed, ascending.
  mutating func judgePlain(
    _ table: TicketTable, tickets: Range<Int>, suspensions: SuspensionIndex, turns: TurnIndex,
    prepared: inout PreparedTable
  ) -> [ReplayedTicket] {
    guard var rules = prepared.plain else { return [] }
    prepared.plain = nil
    defer { prepared.plain = rules }
    var left: [ReplayedTicket] = []
    let capacity = PlainBlock.capacity(columns: rules.columns.count)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: capacity) { memory in
      guard let memory = memory.baseAddress else { return }
      var first = tickets.lowerBound
      while first < tickets.upperBound {
        let end = min(first + PlainBlock.size, tickets.upperBound)
        let block = PlainBlock(first..<end, memory: memory)
        judge(
          block, of: table, suspensions: suspensions, turns: turns, rules: &rules,
          prepared: &prepared)
        for place in 0..<block.tickets.count where block.replayed[place] != 0 {
          let kind = block.kinds[place]
          left.append(
            ReplayedTicket(
              ticket: first + place, kind: kind == PlainBlock.unsorted ? nil : Int(kind),
              clocks: block.replayed[place]))
        }
        first = end
      }
    }
    settle(&rules, groups: prepared.groups)
    return left
  }

  private mutating func judge(
    _ block: PlainBlock, of table: TicketTable, suspensions: SuspensionIndex, turns: TurnIndex,
    rules: inout PlainRules, prepared: inout PreparedTable
  ) {
    rules.read(table, into: block)
    rules.kinds.numbers.find(of: block.tickets, table.fields, into: block.numbers)
    rules.kinds.reserve()
    sort(block, of: table, rules: &rules, prepared: &prepared)
    if !table.suspensions.isEmpty {
      for ticket in block.tickets where suspensions.has(ticket) {
        block.replayed[ticket - block.tickets.lowerBound] = .max
      }
    }
    if !turns.isEmpty {
      for ticket in block.tickets where turns.has(ticket) {
        block.replayed[ticket - block.tickets.lowerBound] = .max
      }
    }
    for (number, place) in rules.places.enumerated() {
      judge(block, of: table, place: place, number: number, rules: rules, prepared: prepared)
    }
  }

  /// Finds the kind of every ticket, and counts it.
  private mutating func sort(
    _ block: PlainBlock, of table: TicketTable, rules: inout PlainRules,
    prepared: inout PreparedTable
  ) {
    var place = 0
    while true {
      place = rules.sortKnown(block, from: place)
      guard place < block.tickets.count else { return }
      addKind(
        of: block.tickets.lowerBound + place, table, number: Int(block.kinds[place]),
        rules: &rules, prepared: &prepared)
    }
  }

  private mutating func addKind(
    of ticket: Int, _ table: TicketTable, number index: Int, rules: inout PlainRules,
    prepared: inout PreparedTable
  ) {
    let number = index % rules.validity.count
    let version = prepared.versions[number]
    let codes = table.fields.map { $0.codes[ticket] }
    let isInScope = version.isInScope(codes)
    let tier = version.tier(of: codes)
    var kind = TicketKinds.Kind(
      version: number, isInScope: isInScope, tier: tier,
      customer: prepared.groups.customer(codes: codes, version: version))
    if isInScope, let tier {
      kind.groups = version.clocks.map {
        prepared.groups.group(codes: codes, version: version, clock: $0.index, tier: tier)
      }
    }
    var new: [TicketKinds.Rule] = []
    for place in rules.places {
      var rule = TicketKinds.Rule()
      if place.version == number {
        rule = rules.rule(kind, clock: place.clock, of: version, codes: codes)
      }
      if rule.course == .counted {
        let isJudged = rule.within < .max
        rule.firstCell = UInt32(
          plain?.firstCell(ofGroup: Int(rule.group), isJudged: isJudged) ?? 0)
      }
      new.append(rule)
    }
    rules.kinds.append(kind, rules: new, at: index)
  }

  private mutating func judge(
    _ block: PlainBlock, of table: TicketTable, place: PlainRules.Place, number: Int,
    rules: PlainRules, prepared: PreparedTable
  ) {
    let count = block.tickets.count
    let bit = UInt32(1) << UInt32(place.clock)
    if place.takesPausedTotal, let totals = table.pausedTotals {
      for index in 0..<count where totals.seconds[block.tickets.lowerBound + index] > 0 {
        block.replayed[index] |= bit
      }
    }
    guard !rules.calendars.isEmpty, !rules.kinds.kinds.isEmpty, let segments = plain?.segments
    else { return }
    let crossings = plain?.count(atMost: count) { counter in
      rules.withLane(place, number: number, block: block, bit: bit) { lane in
        if !place.startsAlike { lane.lookAtStarts() }
        return lane.judge(&counter)
      }
    }
    for index in 0..<(crossings ?? 0) {
      let ticket = Int(block.crossing[index])
      let crossing = PlainCrossing(
        started: Instant(seconds: rules.origin + Int64(block.instants(place.start)[ticket])),
        stopped: Instant(seconds: rules.origin + Int64(block.instants(place.stop)[ticket])),
        elapsed: block.elapsedOfCrossing[index], first: Int(block.segmentOfStart[ticket]),
        last: Int(block.segmentOfCrossing[index]))
      cross(
        crossing, rule: rules.kinds.rules[number][Int(block.kinds[ticket])], rules: rules,
        segments: segments)
    }
    if let reported = table.reported,
      reported.clock == prepared.versions[place.version].clocks[place.clock].name
    {
      countReported(reported.values, block, place: place, rules: rules, bit: bit)
    }
  }

  /// Counts what the source says of the promises that are not replayed.
  private mutating func countReported(
    _ values: [ReportedVerdicts.Value], _ block: PlainBlock, place: PlainRules.Place,
    rules: PlainRules, bit: UInt32
  ) {
    for index in 0..<block.tickets.count where block.replayed[index] & bit == 0 {
      let kind = rules.kinds.kinds[Int(block.kinds[index])]
      guard kind.version == place.version, !kind.groups.isEmpty else { continue }
      countReported(
        values[block.tickets.lowerBound + index], group: kind.groups[place.clock])
    }
  }

  /// Counts a promise whose clock started in one segment and stopped in a later one.
  private mutating func cross(
    _ crossing: PlainCrossing, rule: TicketKinds.Rule, rules: PlainRules, segments: Segments
  ) {
    let group = Int(rule.group)
    if crossing.elapsed > rule.within, countBy == .decided {
      let calendar = rules.calendar(of: rule)
      let within = WorkTime(seconds: Int64(rule.within))
      if let due = calendar.due(after: within, from: crossing.started),
        let lost = calendar.nextOpen(at: due),
        case let segment = segments.index(of: lost.seconds), segment != crossing.last
      {
        months.count(crossing, lost: lost, group: group, calendar: calendar)
        range?.count(crossing, lost: lost, group: group, calendar: calendar)
        ledger.add(segments.isReported[segment] ? .breached : .decidedBefore, group: group)
        return
      }
    }
    plain?.count(atMost: 1) { counter in
      counter.count(
        crossing.elapsed, within: rule.within, cell: Int(rule.firstCell) + crossing.last,
        isKept: true)
    }
    let first = max(segments.months[crossing.first], months.series.firstShown)
    for period in first..<max(first, segments.months[crossing.last]) {
      months.update(group: group, period: period) { $0.counts.running += 1 }
    }
  }

  /// Hands on what was counted by kinds.
  private mutating func settle(_ rules: inout PlainRules, groups: GroupTable) {
    for (index, kind) in rules.kinds.kinds.enumerated() {
      let tally = rules.kinds.tallies[index]
      guard tally.count > 0 else { continue }
      rules.kinds.tallies[index] = TicketKinds.Tally()
      guard kind.isInScope else {
        ledger.addOutOfScope(tally.count)
        continue
      }
      let opened = rules.origin + Int64(tally.firstOpened)
      began = min(began ?? opened, opened)
      if kind.tier == nil {
        ledger.add(.noTier, customer: kind.customer, count: tally.count)
      } else if let group = kind.groups.first {
        ledger.addJudged(group: group, count: tally.count)
      }
    }
  }
}

/// A promise whose clock started in one segment and stopped in a later one.
private struct PlainCrossing {
  let started: Instant
  let stopped: Instant
  let elapsed: UInt32
  let first: Int
  let last: Int
}

extension SeriesFigures {
  /// Counts a promise that was lost in an earlier segment than that of its stop.
  fileprivate mutating func count(
    _ crossing: PlainCrossing, lost: Instant, group: Int, calendar: WorkCalendar
  ) {
    let (first, missed, last) = (
      series.index(of: crossing.started.seconds), series.index(of: lost.seconds),
      series.index(of: crossing.stopped.seconds)
    )
    for period in first..<missed {
      update(group: group, period: period) { $0.counts.running += 1 }
    }
    guard missed < last else {
      update(group: group, period: last) { cell in
        cell.counts.breached += 1
        cell.keep(Int64(crossing.elapsed), isDecided: true, isStopped: true)
      }
      return
    }
    let end = Instant(seconds: series.edges[missed + 1])
    let soFar = calendar.work(from: crossing.started, to: end).seconds
    update(group: group, period: missed) { cell in
      cell.counts.overdue += 1
      cell.notStopped += 1
      cell.decidedOpen.append(UInt32(clamping: soFar))
    }
    update(group: group, period: last) { cell in
      cell.decidedEarlier += 1
      cell.keep(Int64(crossing.elapsed), isDecided: false, isStopped: true)
    }
  }
}
