import ServiceTime
import Tickets

/// Finds what deserves a look in how one clock was paused.
///
/// Shares are compared crosswise, in integers. What is found is no fault: a customer may well be
/// asked late, or a ticket be held for good reason.
struct PauseWatch {
  /// Under one part in so many of the time allowed is left.
  static let littleLeft: Int64 = 20
  static let downgradeLeft: Int64 = 10
  /// Seconds after a customer's message.
  static let messageSpan: Int64 = 600

  /// A pause that began, or a change of tier.
  struct Sighting: Equatable {
    enum Kind: Equatable { case afterLost, littleLeft, afterMessage, downgrade }

    let kind: Kind
    /// The stretch that began with it.
    let stretch: Int
    /// Of the time allowed; `nil` of a promise that was lost.
    let left: Int64?
    let within: Int64?
  }

  let clock: PreparedClock
  let parties: PartyNames
  /// Instants at which the customer wrote, ascending.
  var messages: [Int64] = []

  /// What began within a span of time, in the order in which it did.
  func sightings(_ timeline: borrowing Timeline, in span: Range<Int64>) -> [Sighting] {
    var found: [Sighting] = []
    for index in timeline.stretches.indices {
      let stretch = timeline.stretches[index]
      guard span.contains(stretch.start), stretch.start >= timeline.countedFrom else { continue }
      if beginsPause(index, timeline) {
        found += kinds(index, timeline).map { kind, left, within in
          Sighting(kind: kind, stretch: index, left: left, within: within)
        }
      }
      if index > 0, let (left, within) = downgrade(index, timeline) {
        found.append(Sighting(kind: .downgrade, stretch: index, left: left, within: within))
      }
    }
    return found
  }

  /// Excluded time is nobody's pause.
  private func isPause(_ stretch: Timeline.Stretch) -> Bool {
    stretch.state == .paused && parties.exclusion(stretch.party) == nil
  }

  private func beginsPause(_ index: Int, _ timeline: borrowing Timeline) -> Bool {
    isPause(timeline.stretches[index])
      && (index == 0 || !isPause(timeline.stretches[index - 1]))
  }

  private func kinds(
    _ index: Int, _ timeline: borrowing Timeline
  ) -> [(Sighting.Kind, left: Int64?, within: Int64?)] {
    let stretch = timeline.stretches[index]
    var kinds: [(Sighting.Kind, left: Int64?, within: Int64?)] = []
    let amount = left(at: stretch.start, before: index, timeline)
    if let lost = timeline.lost, lost <= stretch.start {
      kinds.append((.afterLost, nil, within(stretch)))
    } else if let (left, within) = amount, left * Self.littleLeft < within {
      kinds.append((.littleLeft, left, within))
    }
    if messages.contains(where: {
      $0 <= stretch.start && stretch.start - $0 < Self.messageSpan
    }) {
      kinds.append((.afterMessage, amount?.left, within(stretch)))
    }
    return kinds
  }

  /// To a tier that is listed later, shortly before the time allowed is used.
  private func downgrade(
    _ index: Int, _ timeline: borrowing Timeline
  ) -> (left: Int64, within: Int64)? {
    let (old, new) = (timeline.stretches[index - 1], timeline.stretches[index])
    guard old.isOpen, new.isOpen, new.tier > old.tier,
      timeline.lost.map({ new.start < $0 }) ?? true,
      let (left, within) = left(at: new.start, before: index, timeline, tierOf: old),
      left * Self.downgradeLeft < within
    else { return nil }
    return (left, within)
  }

  /// What is left of the time allowed, if that is an amount and is not exceeded.
  ///
  /// - Parameter other: The stretch of which the tier counts; that of `index` if `nil`.
  private func left(
    at instant: Int64, before index: Int, _ timeline: borrowing Timeline,
    tierOf other: Timeline.Stretch? = nil
  ) -> (left: Int64, within: Int64)? {
    guard let within = within(other ?? timeline.stretches[index]) else { return nil }
    var elapsed = max(0, timeline.stretches[index].elapsedBefore)
    if index > 0, other != nil {
      // A change of tier may have started the count again.
      let before = timeline.stretches[index - 1]
      elapsed = max(0, before.elapsedBefore)
      if before.state == .running {
        elapsed +=
          clock.tiers[before.tier].calendar.work(
            from: Instant(seconds: before.start), to: Instant(seconds: instant)
          ).seconds
      }
    }
    return elapsed <= within ? (within - elapsed, within) : nil
  }

  private func within(_ stretch: Timeline.Stretch) -> Int64? {
    guard stretch.isJudged, stretch.dueDate == nil else { return nil }
    return clock.tiers[stretch.tier].within(startedAt: stretch.countedFrom)
  }

  /// Counted seconds of the pause that begins with a stretch, to its end or the horizon.
  func seconds(ofPauseAt index: Int, _ timeline: borrowing Timeline) -> Int64 {
    var seconds: Int64 = 0
    var next = index
    while next < timeline.stretches.count, isPause(timeline.stretches[next]) {
      seconds += Self.openSeconds(next, timeline, clock: clock)
      next += 1
    }
    return seconds
  }

  /// The time of a stretch that its calendar counts, to the next or to the horizon.
  static func openSeconds(
    _ index: Int, _ timeline: borrowing Timeline, clock: PreparedClock
  ) -> Int64 {
    let stretch = timeline.stretches[index]
    let end =
      index + 1 < timeline.stretches.count ? timeline.stretches[index + 1].start : timeline.horizon
    return clock.tiers[stretch.tier].calendar.work(
      from: Instant(seconds: stretch.start), to: Instant(seconds: max(end, stretch.start))
    ).seconds
  }
}

/// What customers wrote, as far as a source tells.
enum CustomerMessages {
  /// The moment that each message is; no mapping gives it unless an agreement asks for it.
  static let moment = "customer-replied"

  static func areKnown(_ table: TicketTable) -> Bool {
    table.history != nil && table.momentIndex(moment) != nil
  }

  /// The instants of one ticket, ascending.
  static func instants(of ticket: Int, in table: TicketTable) -> [Int64] {
    guard let history = table.history, let index = table.momentIndex(moment) else { return [] }
    return history.range(of: ticket).filter { change in
      let subject = history.subjects[change]
      return subject.isMoment && subject.index == index && history.values[change] == 1
    }.map { history.seconds[$0] }
  }
}
