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
    _ table: TicketTable, tickets: Range<Int>, suspensions: SuspensionIndex,
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
        judge(block, of: table, suspensions: suspensions, rules: &rules, prepared: &prepared)
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
    _ block: PlainBlock, of table: TicketTable, suspensions: SuspensionIndex,
    rules: inout PlainRules, prepared: inout PreparedTable
  ) {
    rules.read(table, into: block)
    rules.number(table, into: block)
    sort(block, of: table, rules: &rules, prepared: &prepared)
    if !table.suspensions.isEmpty {
      for ticket in block.tickets where suspensions.has(ticket) {
        block.replayed[ticket - block.tickets.lowerBound] = .max
      }
    }
    plain?.reserve(groups: prepared.groups.names.count)
    for (number, place) in rules.places.enumerated() {
      judge(block, of: table, place: place, number: number, rules: rules, prepared: prepared)
    }
  }

  /// Finds the kind of every ticket, and counts it.
  private mutating func sort(
    _ block: PlainBlock, of table: TicketTable, rules: inout PlainRules,
    prepared: inout PreparedTable
  ) {
    let (numbers, kinds, replayed) = (block.numbers, block.kinds, block.replayed)
    let opened = block.instants(rules.opened)
    let span = UInt32(rules.kinds.span)
    for place in 0..<block.tickets.count {
      replayed[place] = 0
      let at = opened[place]
      guard at < rules.limit,
        let version = rules.validity.firstIndex(where: { at &- $0.from < $0.seconds })
      else {
        kinds[place] = PlainBlock.unsorted
        replayed[place] = .max
        continue
      }
      let number = Int(numbers[place] &+ UInt32(version) &* span)
      var kind = rules.kinds.table[number]
      if kind < 0 {
        kind = addKind(
          of: block.tickets.lowerBound + place, table, version: version, number: number,
          rules: &rules, prepared: &prepared)
      }
      kinds[place] = UInt32(kind)
      rules.kinds.tallies[Int(kind)].count &+= 1
      rules.kinds.tallies[Int(kind)].firstOpened = min(
        at, rules.kinds.tallies[Int(kind)].firstOpened)
    }
  }

  private func addKind(
    of ticket: Int, _ table: TicketTable, version number: Int, number index: Int,
    rules: inout PlainRules, prepared: inout PreparedTable
  ) -> Int32 {
    let version = prepared.versions[number]
    let codes = table.fields.map { $0.codes[ticket] }
    let isInScope = version.scope.holds(codes)
    let tier = version.tier(of: codes)
    var kind = TicketKinds.Kind(
      version: number, isInScope: isInScope, tier: tier,
      customer: prepared.groups.customer(codes: codes, version: version))
    if isInScope, let tier {
      kind.groups = version.clocks.map {
        prepared.groups.group(codes: codes, version: version, clock: $0.index, tier: tier)
      }
    }
    let new = rules.places.map { place in
      place.version == number
        ? rules.rule(
          kind, clock: place.clock, of: version, codes: codes,
          segments: plain?.segments.count ?? 0)
        : TicketKinds.Rule()
    }
    return rules.kinds.append(kind, rules: new, at: index)
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
    guard var figures = plain else { return }
    plain = nil
    var crossings = 0
    rules.kinds.rules[number].withUnsafeBufferPointer { ruled in
      rules.tables.withUnsafeBufferPointer { tables in
        rules.rows.withUnsafeBufferPointer { rows in
          figures.segments.days.withUnsafeBufferPointer { days in
            figures.cells.withUnsafeMutableBufferPointer { cells in
              guard let ruled = ruled.baseAddress, let tables = tables.baseAddress,
                let rows = rows.baseAddress, let days = days.baseAddress
              else { return }
              let lane = PlainLane(
                count: count, limit: rules.limit, bit: bit, kinds: block.kinds, rules: ruled,
                tables: tables, rows: rows, days: days, start: block.instants(place.start),
                stop: block.instants(place.stop), end: block.instants(place.end),
                workBeforeStart: block.workBeforeStart, segmentOfStart: block.segmentOfStart,
                replayed: block.replayed, crossing: block.crossing)
              if !place.startsAlike { lane.lookAtStarts() }
              if let cells = cells.baseAddress { crossings = lane.judge(cells) }
            }
          }
        }
      }
    }
    plain = figures
    for index in 0..<crossings {
      let ticket = Int(block.crossing[index])
      let kind = rules.kinds.kinds[Int(block.kinds[ticket])]
      cross(
        from: rules.origin + Int64(block.instants(place.start)[ticket]),
        to: rules.origin + Int64(block.instants(place.stop)[ticket]),
        rule: rules.kinds.rules[number][Int(block.kinds[ticket])], rules: rules,
        group: kind.groups[place.clock])
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
    from started: Int64, to stopped: Int64, rule: TicketKinds.Rule, rules: PlainRules, group: Int
  ) {
    guard let segments = plain?.segments else { return }
    let calendar = rules.calendars[Int(rule.calendar)]
    let (start, stop) = (Instant(seconds: started), Instant(seconds: stopped))
    let elapsed = calendar.work(from: start, to: stop).seconds
    let last = segments.index(of: stopped)
    let within = WorkTime(seconds: Int64(rule.within))
    if countBy == .decided, rule.course == .judged, elapsed > within.seconds,
      let due = calendar.due(after: within, from: start), let lost = calendar.nextOpen(at: due),
      segments.index(of: lost.seconds) != last
    {
      let loss = PlainLoss(
        started: start, lost: lost, stopped: stop, elapsed: elapsed, group: group)
      months.count(loss, calendar: calendar)
      range?.count(loss, calendar: calendar)
      let isHere = segments.isReported[segments.index(of: lost.seconds)]
      ledger.add(isHere ? .breached : .decidedBefore, group: group)
      return
    }
    plain?.cells[Int(rule.firstCell) + last].count(
      UInt32(clamping: elapsed), rule, isKept: last != 0)
    let series = months.series
    for period in series.index(of: started)..<series.index(of: stopped) {
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

/// A promise that was lost in one segment, and whose clock stopped in a later one.
private struct PlainLoss {
  let started: Instant
  let lost: Instant
  let stopped: Instant
  let elapsed: Int64
  let group: Int
}

extension SeriesFigures {
  fileprivate mutating func count(_ loss: PlainLoss, calendar: WorkCalendar) {
    let (first, missed, last) = (
      series.index(of: loss.started.seconds), series.index(of: loss.lost.seconds),
      series.index(of: loss.stopped.seconds)
    )
    for period in first..<missed {
      update(group: loss.group, period: period) { $0.counts.running += 1 }
    }
    guard missed < last else {
      update(group: loss.group, period: last) { cell in
        cell.counts.breached += 1
        cell.keep(loss.elapsed, isDecided: true, isStopped: true)
      }
      return
    }
    let end = Instant(seconds: series.edges[missed + 1])
    let soFar = calendar.work(from: loss.started, to: end).seconds
    update(group: loss.group, period: missed) { cell in
      cell.counts.overdue += 1
      cell.notStopped += 1
      cell.decidedOpen.append(UInt32(clamping: soFar))
    }
    update(group: loss.group, period: last) { cell in
      cell.decidedEarlier += 1
      cell.keep(loss.elapsed, isDecided: false, isStopped: true)
    }
  }
}
