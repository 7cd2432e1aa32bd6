import Agreements
import Messages
import Results
import ServiceTime
import Tickets

/// What only the rows tell: values that never occur, states without an instant, tickets that leave.
extension DataChecks {
  /// Conditions of which no value ever occurs.
  func values(of clock: Clock, in agreement: Agreement) -> [Finding] {
    var conditions: [(condition: Condition, path: [String])] = []
    for (number, pause) in clock.pauses.enumerated() {
      conditions.append((pause.condition, ["clocks", clock.name, "pause", String(number)]))
    }
    if let cancel = clock.cancel { conditions.append((cancel, ["clocks", clock.name, "cancel"])) }
    for (key, signals) in [("start", clock.start), ("stop", clock.stop)] {
      for case .condition(let condition) in signals {
        conditions.append((condition, ["clocks", clock.name, key]))
      }
    }
    return conditions.flatMap { item in
      item.condition.tests.compactMap { test in
        value(of: test, at: item.path, clock: clock.name, in: agreement)
      }
    }
  }

  private func value(
    of test: Condition.FieldTest, at path: [String], clock: String, in agreement: Agreement
  ) -> Finding? {
    var values: Set<String> = []
    for table in request.tables {
      guard let field = table.fieldIndex(test.field) else { continue }
      values.formUnion(table.fields[field].dictionary.values.filter { !$0.isEmpty })
    }
    guard values.count > 1,
      !values.contains(where: { value in test.patterns.contains { $0.matches(value) } }),
      case .text(let wanted)? = test.patterns.first, !wanted.isEmpty
    else { return nil }
    let known = values.sorted()
    let near =
      known.first { $0.lowercased() == wanted.lowercased() }
      ?? NearestName.of(wanted, among: known)
    let key = path.count > 2 ? path[2] : ""
    return Finding(
      .valueNotInData, near == nil ? .note : .warning,
      at: places[agreement.origin.file]?.place(path + [test.field])
        ?? Place(file: agreement.origin.file),
      """
      no ticket ever has \(test.field) "\(wanted)", so that this \(key) of clock "\(clock)" never \
      holds; \(near.map { "did you mean \"\($0)\"?" } ?? "correct it if another value was meant")
      """)
  }

  /// Pauses and cancellations of rows that do not tell when they were.
  func placing(of clock: Clock, in agreement: Agreement) -> [Finding] {
    var findings: [Finding] = []
    var cancelled = 0
    var unplaced = 0
    for table in request.tables where table.history == nil {
      let scope = CompiledCondition(agreement.scope, for: table)
      let cancel = clock.cancel.map { CompiledCondition($0, for: table) }
      let ends = ["resolved", "closed"].compactMap { table.momentIndex($0) }
      let hasPauses = table.pausedTotals != nil || !table.suspensions.isEmpty
      for ticket in 0..<table.count {
        let codes = table.fields.map { $0.codes[ticket] }
        guard scope.holds(codes) else { continue }
        if !hasPauses { unplaced += 1 }
        let hasEnded = ends.contains { table.moments[$0].seconds[ticket] > MomentColumn.unreadable }
        if !hasEnded, cancel?.holds(codes) == true { cancelled += 1 }
      }
    }
    if cancelled > 0 {
      findings.append(
        Finding(
          .cancelNotPlaced, at: place(of: agreement, "clocks", clock.name, "cancel"),
          """
          nothing tells when \(cancelled.tickets) came to be cancelled, so that they count as \
          cancelled from the start, even if breached before; give the mapping the column that tells \
          when ("closed"), or an export with history
          """))
    }
    if unplaced > 0, !clock.pauses.isEmpty {
      findings.append(
        Finding(
          .pauseNotPlaced, .note, at: place(of: agreement, "clocks", clock.name, "pause"),
          """
          rows of \(unplaced.tickets) tell the last state alone, so that no pause of theirs is taken \
          out and elapsed is too long; give the mapping "pauses" or \
          "paused_seconds", or an export with history
          """))
    }
    return findings
  }

  /// Tickets that were in scope, or in a tier, and ended in none.
  func leaving(_ versions: [Agreement]) throws(CalculationError) -> [Finding] {
    guard let agreement = versions.last else { return [] }
    var left: [(table: Int, ticket: Int)] = []
    for (number, table) in request.tables.enumerated() {
      guard let history = table.history else { continue }
      let scope = CompiledCondition(agreement.scope, for: table)
      let tiers = agreement.tiers.map { CompiledCondition($0.condition, for: table) }
      let fields = Set(scope.fields + tiers.flatMap(\.fields))
      func holds(_ codes: [UInt32]) -> Bool {
        scope.holds(codes) && tiers.contains { $0.holds(codes) }
      }
      for ticket in 0..<table.count where !holds(table.fields.map { $0.codes[ticket] }) {
        var codes = table.fields.map { $0.initialCodes?[ticket] ?? $0.codes[ticket] }
        // What a ticket is before its first instant is no part of its life.
        var wasIn = holds(codes) && codes != table.fields.map { $0.codes[ticket] }
        for change in history.range(of: ticket) {
          guard case .field(let field) = history.subject(change), fields.contains(field) else {
            continue
          }
          codes[field] = history.values[change]
          wasIn = wasIn || holds(codes)
        }
        if wasIn { left.append((number, ticket)) }
      }
    }
    guard !left.isEmpty else { return [] }
    let missed = try missed(left, agreement)
    return [
      Finding(
        .ticketsLeaveScope, missed > 0 ? .warning : .note,
        at: place(of: agreement, agreement.scope.isAnything ? "tiers" : "scope"),
        """
        \(left.count.tickets) left the scope or every tier, \(missed) of them breached by the rules \
        they came in by: no figure holds those misses; let scope and tiers ask for what does not \
        change
        """)
    ]
  }

  /// How many of some tickets were missed as long as they were in, if nothing had taken them out.
  private func missed(
    _ left: [(table: Int, ticket: Int)], _ agreement: Agreement
  ) throws(CalculationError) -> Int {
    var first = agreement
    first.scope = .anything
    first.tiers.append(Tier(name: "\u{0}", condition: .anything))
    first.targets = first.targets.map { target in
      let none = target.tiers.last.map { last in
        Target.TierTarget(objective: nil, within: nil, calendar: last.calendar)
      }
      return Target(clock: target.clock, tiers: target.tiers + (none.map { [$0] } ?? []))
    }
    for index in first.clocks.indices { first.clocks[index].onTierChange = .first }
    (first.validFrom, first.validUntil) = (nil, nil)
    var other = request
    other.agreements = [[first]]
    let promises = try Calculator(other).results().promises
    let wanted = Set(
      left.map { [request.tables[$0.table].source, request.tables[$0.table].ids[$0.ticket]] })
    let missed = promises.filter { promise in
      (promise.verdict == .breached || promise.verdict == .overdue)
        && wanted.contains([promise.source, promise.ticket])
    }
    return Set(missed.map { [$0.source, $0.ticket] }).count
  }

  /// Exports in which every ticket has ended: perhaps they leave the others out.
  func finished() -> [Finding] {
    var findings: [Finding] = []
    for (number, table) in request.tables.enumerated()
    where table.holds == .all && table.count >= Self.fewestTickets {
      let ends = ["resolved", "closed"].compactMap { table.momentIndex($0) }
      guard !ends.isEmpty else { continue }
      let hasUnfinished = (0..<table.count).contains { ticket in
        !ends.contains { table.moments[$0].seconds[ticket] > MomentColumn.unreadable }
      }
      guard !hasUnfinished else { continue }
      findings.append(
        Finding(
          .noUnfinishedTicket, at: tablePlaces[number],
          """
          all \(table.count) tickets are finished; does the export leave unfinished ones out? Then \
          overdue ones cannot be seen: export all, or say "holds: finished"
          """))
    }
    return findings
  }
}
