import Agreements
import Results
import ServiceTime
import Tickets

/// What entries of registers took out, by entry and group.
struct ExclusionCount: Sendable {
  struct Key: Hashable, Sendable {
    let entry: Int
    let group: Int
  }

  struct Taken: Sendable {
    var promises = 0
    var missed = 0
    var seconds: Int64 = 0
    var tickets: Set<String> = []
  }

  private(set) var taken: [Key: Taken] = [:]
  /// The tickets that entries name and the agreement has, whatever the period.
  var found: Set<ExcludedTickets.Mention> = []

  mutating func update(entry: Int, group: Int, _ change: (inout Taken) -> Void) {
    change(&taken[Key(entry: entry, group: group), default: Taken()])
  }

  /// - Parameter groups: For each group of `other`, its number here.
  mutating func add(_ other: ExclusionCount, groups: [Int]) {
    found.formUnion(other.found)
    for (key, taken) in other.taken {
      update(entry: key.entry, group: groups[key.group]) { $0.add(taken) }
    }
  }
}

extension ExclusionCount.Taken {
  mutating func add(_ other: Self) {
    promises += other.promises
    missed += other.missed
    seconds += other.seconds
    tickets.formUnion(other.tickets)
  }
}

/// Exclusions: promises that are taken out, and what each entry comes to.
extension AgreementRun {
  /// Counts a promise that an approved entry takes out as excluded, in the periods and the part of
  /// the ledger in which it would be.
  ///
  /// Its elapsed is in no percentile.
  mutating func countExcluded(
    _ timeline: borrowing Timeline, clock: PreparedClock, opened: Int64?, _ open: OpenGroups
  ) -> PromiseState {
    func place(in series: PeriodSeries, _ group: Int, _ timeline: borrowing Timeline)
      -> (SeriesFigures, Placement.Outcome)
    {
      var figures = SeriesFigures(series)
      var outcome = Placement.Outcome()
      placement.place(
        timeline, clock: clock, opened: opened, group: group, in: &figures,
        outcome: &outcome)
      return (figures, outcome)
    }
    var (figures, outcome) = place(in: plan.months, open.inMonth, timeline)
    months.addExcluded(figures)
    let reversedFrom = outcome.reversedFrom
    if let series = plan.range {
      (figures, outcome) = place(in: series, open.inRange, timeline)
      range?.addExcluded(figures)
    }
    let state = PromiseState(
      timeline, outcome: outcome, reversedFrom: reversedFrom, opened: opened,
      openGroup: open.atHorizon)
    ledger.add(state.bucket(in: reportedSpan).excluded, group: state.group)
    return state
  }

  private var reportedSpan: Range<Int64> { plan.reportedStart..<plan.reportedEnd }

  /// Adds what the entries take out of a promise of the reported period, or are asked to.
  mutating func noteExclusions(
    _ state: PromiseState, of ticket: Int, clock: PreparedClock, _ replays: borrowing TableReplays
  ) {
    let mentions = replays.excluded.mentions(of: ticket, clock: clock)
    excluded.found.formUnion(mentions)
    let bucket = state.bucket(in: reportedSpan)
    guard bucket.isOfPeriod else { return }
    let taking = mentions.first { exclusions.entries[$0.entry].approved != nil }
    for mention in mentions where mention == taking || isAsked(mention.entry) {
      let id = replays.table.ids[ticket]
      excluded.update(entry: mention.entry, group: state.group) { taken in
        taken.promises += 1
        if bucket == .breached || bucket == .overdue { taken.missed += 1 }
        taken.tickets.insert(id)
      }
    }
    guard taking == nil else { return }
    noteIntervals(state, clock: clock, replays)
  }

  private func isAsked(_ entry: Int) -> Bool { exclusions.entries[entry].approved == nil }

  private mutating func noteIntervals(
    _ state: PromiseState, clock: PreparedClock, _ replays: borrowing TableReplays
  ) {
    let intervals = replays.replay.version.excluded
    for interval in intervals.applied {
      let seconds = replays.replay.timeline.pausedByParty[interval.party]
      guard seconds > 0 else { continue }
      excluded.update(entry: interval.entry, group: state.group) { taken in
        taken.promises += 1
        taken.seconds += seconds
      }
    }
    guard !intervals.asked.isEmpty, let started = replays.replay.timeline.started else { return }
    let last = replays.replay.timeline.stretches.last
    let end = last.map { $0.isOpen ? plan.horizon : $0.start } ?? started
    for interval in intervals.asked
    where interval.from < end && started < interval.to && interval.isAbout(clock, replays.codes) {
      excluded.update(entry: interval.entry, group: state.group) { $0.promises += 1 }
    }
  }

  /// Says in a promise's row that it is taken out, why, and what it would be.
  func exclude(_ row: inout PromiseRow, by entry: Int) {
    row.reason = "\(exclusions.entries[entry].reason); else \(row.verdict.rawValue)"
    row.verdict = .excluded
  }

  /// Every entry for the agreement as a whole, then for each customer of whom it is about a promise
  /// of the reported period.
  var exclusionEntries: [ExclusionEntry] {
    var sums: [String: [Int: ExclusionCount.Taken]] = [:]
    for (key, taken) in excluded.taken {
      sums["", default: [:]][key.entry, default: .init()].add(taken)
      sums[groups[key.group].customer, default: [:]][key.entry, default: .init()].add(taken)
    }
    var entries = exclusions.entries.indices.map { number in
      entry(number, sums[""]?[number] ?? .init(), customer: "")
    }
    for (customer, taken) in sums.sorted(by: { $0.key < $1.key }) where !customer.isEmpty {
      entries += taken.sorted { $0.key < $1.key }.map {
        entry($0.key, $0.value, customer: customer)
      }
    }
    return entries
  }

  private func entry(
    _ number: Int, _ taken: ExclusionCount.Taken, customer: String
  ) -> ExclusionEntry {
    let exclusion = exclusions.entries[number]
    var entry = ExclusionEntry(
      agreement: versions[0].name, customer: customer, number: nil,
      tickets: taken.tickets.sorted(), source: "", from: nil, to: nil, condition: "",
      clocks: exclusion.clocks, reason: exclusion.reason, approver: exclusion.approver,
      approved: exclusion.approved?.seconds, promises: taken.promises, missed: taken.missed,
      seconds: taken.seconds)
    switch exclusion.subject {
    case .tickets(let ids, let source):
      entry.source = source ?? ""
      guard customer.isEmpty else { break }
      entry.tickets = ids
      let unmatched = ids.indices.filter {
        !excluded.found.contains(.init(entry: number, place: $0))
      }
      if !unmatched.isEmpty { entry.unmatched = unmatched.map { ids[$0] } }
    case .interval(let from, let to, let condition):
      (entry.from, entry.to) = (from.seconds, to.seconds)
      let shown = customer.isEmpty ? condition : condition.without(customerFields)
      entry.condition = shown.isAnything ? "" : shown.words
    }
    if customer.isEmpty { entry.number = number + 1 }
    return entry
  }
}

extension AgreementRun {
  /// The fields that name customers: a condition on them could name others.
  private var customerFields: Set<String> {
    Set(
      versions.compactMap { version in
        if case .field(let field) = version.customer { field } else { nil }
      })
  }
}

extension Condition {
  /// The same without what it says of some fields.
  fileprivate func without(_ fields: Set<String>) -> Condition {
    Condition(
      tests: tests.filter { !fields.contains($0.field) },
      none: none.filter { fields.isDisjoint(with: $0.fields) })
  }
}

extension LedgerCount.PromiseBucket {
  /// Whether a ledger shows it only if something is in it: only some agreements know it.
  var isRare: Bool {
    switch self {
    case .dueLater, .excludedBefore, .excludedOpen: true
    default: false
    }
  }

  /// Whether it holds what the reported period counts, or what is open at its horizon.
  var isOfPeriod: Bool {
    switch self {
    case .decidedBefore, .cancelledBefore, .noTargetBefore, .unmeasurableBefore, .noDate,
      .excludedBefore:
      false
    default: true
    }
  }

  /// Where a promise of this bucket is if it is excluded.
  var excluded: LedgerCount.PromiseBucket {
    switch self {
    case .met, .breached, .overdue, .cancelled, .noTarget, .excluded, .unmeasurable: .excluded
    case .decidedBefore, .cancelledBefore, .noTargetBefore, .unmeasurableBefore, .excludedBefore:
      .excludedBefore
    case .dueLater, .running, .notStarted, .noDate, .excludedOpen: .excludedOpen
    }
  }
}

extension SeriesFigures {
  /// Counts as excluded what another series counts by its verdict.
  fileprivate mutating func addExcluded(_ other: SeriesFigures) {
    for (group, period, cell) in other.all {
      let counts = cell.counts
      let placed =
        counts.decided + counts.cancelled + counts.noTarget + counts.unmeasurable
      guard placed > 0 else { continue }
      update(group: group, period: period) { $0.counts.excluded += placed }
    }
  }
}
