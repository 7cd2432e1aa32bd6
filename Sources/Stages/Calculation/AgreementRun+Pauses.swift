import Agreements
import Results
import ServiceTime
import Tickets

/// The pauses of promises that are kept, by target.
struct PauseSums {
  struct Key: Hashable {
    let customer: String
    let clock: String
    let tier: String
  }

  struct Sum {
    var promises = 0
    var paused = 0
    var elapsed: Int64 = 0
    var parties: [String: Int64] = [:]
    var groups: [String: Int64] = [:]

    mutating func add(_ promise: PromiseRow) {
      promises += 1
      elapsed += promise.elapsedSeconds ?? 0
    }
  }

  var targets: [Key: Sum] = [:]
  var moments: [PauseMoment] = []
  var knowsMessages = false
}

extension AgreementRun {
  /// Sums the pauses of the promises decided in the reported period, and finds what began in it and
  /// deserves a look.
  mutating func pauseSums() -> PauseSums {
    var sums = PauseSums()
    for promise in promises where isDecidedHere(promise) {
      sums.targets[key(promise), default: .init()].add(promise)
    }
    for (tableIndex, table) in request.tables.enumerated() {
      let versions = preparedVersions(for: table)
      let tierFields = tierFields(in: table)
      sums.knowsMessages = sums.knowsMessages || CustomerMessages.areKnown(table)
      var replays = PromiseReplays(
        table, versions: versions, suspensions: SuspensionIndex(table, parties: &parties),
        sight: plan.sight, splitsAtEveryChange: true)
      for index in promises.indices where places[index].table == tableIndex {
        let (promise, ticket) = (promises[index], places[index].ticket)
        guard promise.verdict != .excluded, promise.started != nil,
          promise.pausedSeconds ?? 0 > 0 || changesTier(ticket, table, tierFields),
          replays.run(promise.clock, cycle: promise.cycle, ticket: ticket), replays.hasTimeline
        else { continue }
        add(promise, ticket: ticket, replays, to: &sums)
      }
    }
    return sums
  }

  private func key(_ promise: PromiseRow) -> PauseSums.Key {
    .init(customer: promise.customer, clock: promise.clock, tier: promise.tier)
  }

  /// Whether it is one of those by which the reported period is judged.
  func isDecidedHere(_ promise: PromiseRow) -> Bool {
    guard [.met, .breached, .overdue].contains(promise.verdict) else { return false }
    let instant =
      switch countBy {
      case .decided: promise.decided
      case .stopped: promise.stopped ?? promise.decided
      case .due: promise.due ?? promise.decided
      }
    return instant.map { (plan.reportedStart..<plan.reportedEnd).contains($0) } ?? false
  }

  private func tierFields(in table: TicketTable) -> Set<Int> {
    guard table.history != nil else { return [] }
    let names = versions.flatMap { $0.tiers.flatMap(\.condition.fields) }
    return Set(names.compactMap { table.fieldIndex($0) })
  }

  private func changesTier(_ ticket: Int, _ table: TicketTable, _ fields: Set<Int>) -> Bool {
    guard !fields.isEmpty, let history = table.history else { return false }
    return history.range(of: ticket).contains { change in
      let subject = history.subjects[change]
      return !subject.isMoment && fields.contains(subject.index)
    }
  }

  private func add(
    _ promise: PromiseRow, ticket: Int, _ replays: borrowing PromiseReplays,
    to sums: inout PauseSums
  ) {
    guard let clock = replays.clock else { return }
    if isDecidedHere(promise), promise.pausedSeconds ?? 0 > 0 {
      addSums(promise, clock, replays, to: &sums.targets[key(promise), default: .init()])
    }
    var watch = PauseWatch(clock: clock, parties: parties)
    watch.messages = CustomerMessages.instants(of: ticket, in: replays.table)
    let span = plan.reportedStart..<plan.reportedEnd
    for sighting in watch.sightings(replays.replay.timeline, in: span) {
      sums.moments.append(moment(sighting, of: promise, watch, replays))
    }
  }

  private func addSums(
    _ promise: PromiseRow, _ clock: PreparedClock, _ replays: borrowing PromiseReplays,
    to sum: inout PauseSums.Sum
  ) {
    sum.paused += 1
    for (party, seconds) in replays.replay.timeline.pausedByParty.enumerated() where seconds > 0 {
      sum.parties[parties.name(of: party), default: 0] += seconds
    }
    for index in replays.replay.timeline.stretches.indices {
      let stretch = replays.replay.timeline.stretches[index]
      guard stretch.state == .paused, stretch.start >= replays.replay.timeline.countedFrom
      else { continue }
      let seconds = PauseWatch.openSeconds(index, replays.replay.timeline, clock: clock)
      if seconds > 0 { sum.groups[replays.holder(stretch), default: 0] += seconds }
    }
    if let total = replays.replay.timeline.reportedPause, total > 0 {
      sum.parties["", default: 0] += total
      sum.groups["", default: 0] += total
    }
  }

  private func moment(
    _ sighting: PauseWatch.Sighting, of promise: PromiseRow, _ watch: PauseWatch,
    _ replays: borrowing PromiseReplays
  ) -> PauseMoment {
    let stretch = replays.replay.timeline.stretches[sighting.stretch]
    let tiers = replays.version.agreement.tiers
    let isDowngrade = sighting.kind == .downgrade
    let tier =
      isDowngrade ? replays.replay.timeline.stretches[sighting.stretch - 1].tier : stretch.tier
    return PauseMoment(
      agreement: promise.agreement, customer: promise.customer, clock: promise.clock,
      tier: tiers[tier].name, kind: .init(sighting.kind), ticket: promise.ticket,
      source: promise.source, cycle: promise.cycle, at: stretch.start,
      what: isDowngrade ? tiers[stretch.tier].name : parties.name(of: stretch.party),
      holder: replays.holder(stretch), left: sighting.left, within: sighting.within,
      seconds: isDowngrade
        ? nil : watch.seconds(ofPauseAt: sighting.stretch, replays.replay.timeline))
  }
}

extension PauseMoment.Kind {
  fileprivate init(_ kind: PauseWatch.Sighting.Kind) {
    self =
      switch kind {
      case .afterLost: .afterLost
      case .littleLeft: .littleLeft
      case .afterMessage: .afterMessage
      case .downgrade: .downgrade
      }
  }
}
