import Agreements
import ServiceTime
import Tickets

/// What finds settled promises of a table with history; see ``SettledReplay``.
///
/// A class of constants, so that passing it on costs one reference count.
final class SettledRules: Sendable {
  /// What one clock asks of the ticket at every instant.
  struct ClockRule: Sendable {
    /// Bits of moments.
    let startMoments: UInt64
    let stopMoments: UInt64
    /// That of the moment that ends a ticket; 0 without one.
    let endMoment: UInt64
    /// Bits of conditions.
    let starts: UInt64
    let stops: UInt64
    let cancels: UInt64
    let pauses: UInt64
    let ignoresReopening: Bool
    let keepsFirstTier: Bool
    let stopsAtEnd: Bool
  }

  /// What follows from a change of one field, as bits.
  private enum Effect {
    /// Conditions of a clock, or the tier.
    static let state: UInt8 = 1
    static let tier: UInt8 = 2
    static let group: UInt8 = 4
  }

  /// The conditions of all clocks.
  let conditions: ConditionSet
  /// By clock; `nil` where every promise has to be replayed.
  let clocks: [ClockRule?]
  private let effects: [UInt8]

  /// Returns `nil` where there are too many conditions to be looked at together.
  ///
  /// - Parameters:
  ///   - tierFields: Those that decide on the tier.
  ///   - groupFields: Those that decide, with the tier, on the group.
  init?(_ clocks: [PreparedClock], fieldCount: Int, tierFields: [Int], groupFields: [Int]) {
    let all = clocks.flatMap(\.lookUp.conditions.all)
    guard let conditions = ConditionSet(all) else { return nil }
    self.conditions = conditions
    var next = 0
    var rules: [ClockRule?] = []
    for clock in clocks {
      rules.append(ClockRule(clock, firstBit: next))
      next += clock.lookUp.conditions.all.count
    }
    self.clocks = rules
    var effects = [UInt8](repeating: 0, count: fieldCount)
    for field in all.flatMap(\.fields) { effects[field] |= Effect.state }
    for field in tierFields { effects[field] |= Effect.state | Effect.tier }
    for field in groupFields { effects[field] |= Effect.group }
    self.effects = effects
  }

  @inline(__always)
  func changesState(_ field: Int) -> Bool { effects[field] & Effect.state != 0 }

  @inline(__always)
  func changesGroup(_ field: Int) -> Bool { effects[field] & Effect.group != 0 }
}

extension SettledRules.ClockRule {
  /// Returns `nil` for a clock of which more has to be known than bits and amounts.
  fileprivate init?(_ clock: PreparedClock, firstBit: Int) {
    let moments = clock.start.moments + clock.stop.moments + (clock.endMoment.map { [$0] } ?? [])
    let isCarriedOrFirst = [.carry, .first].contains(clock.tierChange)
    guard clock.part == nil, clock.stop.isKnown, clock.start.moments.count <= 1,
      !clock.takesPausedTotal,
      isCarriedOrFirst, !clock.startsCycles, clock.knowsReplies,
      !clock.lookUp.fixedTargets.contains(where: { $0 == nil }), moments.allSatisfy({ $0 < 64 })
    else { return nil }
    var next = firstBit
    func bits(_ count: Int) -> UInt64 {
      defer { next += count }
      return (0..<count).reduce(0) { $0 | 1 << UInt64(next + $1) }
    }
    // In the order of all conditions of a clock.
    stops = bits(clock.stop.conditions.count)
    cancels = bits(clock.cancel == nil ? 0 : 1)
    pauses = bits(clock.pauses.count)
    starts = bits(clock.start.conditions.count)
    startMoments = clock.start.momentBits
    stopMoments = clock.stop.momentBits
    endMoment = clock.endMoment.map { 1 << UInt64($0) } ?? 0
    ignoresReopening = clock.ignoresReopening
    keepsFirstTier = clock.keepsFirstTier
    stopsAtEnd = clock.stopsAtEnd
  }

  /// The moments that must be readable.
  var moments: UInt64 { startMoments | stopMoments }

  @inline(__always)
  func starts(_ step: SettledReplay.Step) -> Bool {
    step.happened & startMoments | step.held & starts != 0
  }

  @inline(__always)
  func stops(_ step: SettledReplay.Step) -> Bool {
    step.happened & stopMoments | step.held & stops != 0
  }

  /// The state that a clock enters; `nil` if the ticket ends while it goes.
  @inline(__always)
  func state(_ step: SettledReplay.Step, after before: Timeline.State?) -> Timeline.State? {
    if stops(step) { return .stopped }
    if step.held & cancels != 0 { return .cancelled }
    if step.happened & endMoment != 0 {
      if before == .stopped || before == .cancelled { return before }
      return stopsAtEnd ? .stopped : nil
    }
    return step.held & pauses != 0 ? .paused : .running
  }
}
