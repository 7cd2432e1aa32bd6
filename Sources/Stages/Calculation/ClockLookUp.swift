import Agreements
import ServiceTime
import Tickets

/// What the fields of a ticket are compared with for one clock.
struct ClockConditions: Sendable {
  let start: [CompiledCondition]
  let stop: [CompiledCondition]
  let cancel: CompiledCondition?
  let pauses: [CompiledCondition]

  /// In the order in which the first that holds wins: stop, cancel, pause; then those of the start.
  var all: [CompiledCondition] { stop + (cancel.map { [$0] } ?? []) + pauses + start }
}

/// What a replay asks of a clock at every change, made ready for look-ups.
///
/// A class of constants, so that passing it on costs one reference count.
final class ClockLookUp: Sendable {
  /// What the fields of a ticket mean for the clock.
  struct Reading {
    var starts = false
    var stops = false
    var cancels = false
    /// The first pause that holds, or -1.
    var pause = -1
  }

  /// What follows from a change of one field.
  struct Effects: OptionSet {
    let rawValue: UInt8

    static let reading = Effects(rawValue: 1)
    static let tier = Effects(rawValue: 2)
    static let group = Effects(rawValue: 4)
    /// A field has changed, whichever.
    static let any = Effects(rawValue: 8)
  }

  /// A target that is the same whenever the clock starts.
  struct FixedTarget {
    var isJudged = false
    var within: Int64?
  }

  /// By tier; `nil` where the target depends on the ticket or on the start.
  let fixedTargets: [FixedTarget?]
  let conditions: ClockConditions
  private let effects: [Effects]
  private let set: ConditionSet?
  private let stopMask: UInt64
  private let cancelMask: UInt64
  private let pauseMask: UInt64
  private let startMask: UInt64
  /// The openings of each tier's calendar; all cover the same stretch.
  private let hours: [WorkDays]
  private let firstSecond: Int64
  private let dayCount: Int

  /// - Parameters:
  ///   - tierFields: Those that decide on the tier.
  ///   - groupFields: Those that decide, with the tier, on the group.
  init(
    _ conditions: ClockConditions, tiers: [PreparedTierTarget], tierFields: [Int],
    groupFields: [Int]
  ) {
    self.conditions = conditions
    let all = conditions.all
    set = ConditionSet(all)
    var next: UInt64 = 0
    func mask(_ count: Int) -> UInt64 {
      guard next + UInt64(count) <= 64 else { return 0 }
      defer { next += UInt64(count) }
      return (((1 as UInt64) << UInt64(count)) &- 1) << next
    }
    stopMask = mask(conditions.stop.count)
    cancelMask = mask(conditions.cancel == nil ? 0 : 1)
    pauseMask = mask(conditions.pauses.count)
    startMask = mask(conditions.start.count)
    effects = Self.effects(
      reading: all.flatMap(\.fields), tier: tierFields, group: groupFields)
    fixedTargets = tiers.map { target in
      guard target.dueMoment == nil, target.dueRule == nil else { return nil }
      if target.allowance == nil { return FixedTarget() }
      return target.fixedWithin.map { FixedTarget(isJudged: true, within: $0) }
    }
    hours = tiers.map(\.calendar.days)
    firstSecond = Int64(hours.first?.firstDay ?? 0) * 86_400
    dayCount = hours.first?.dayCount ?? 0
  }

  private static func effects(reading: [Int], tier: [Int], group: [Int]) -> [Effects] {
    let last = (reading + tier + group).max() ?? -1
    var effects = [Effects](repeating: .any, count: last + 1)
    for field in reading { effects[field].insert(.reading) }
    for field in tier { effects[field].insert(.tier) }
    for field in group { effects[field].insert(.group) }
    return effects
  }

  @inline(__always)
  func effects(of field: Int) -> Effects { field < effects.count ? effects[field] : .any }

  /// Reads the code of each field of the table.
  @inline(__always)
  func reading(_ codes: [UInt32]) -> Reading {
    guard let set else { return slowReading(codes) }
    let held = set.holding(codes)
    let pauses = held & pauseMask
    return Reading(
      starts: held & startMask != 0, stops: held & stopMask != 0, cancels: held & cancelMask != 0,
      pause: pauses == 0
        ? -1 : pauses.trailingZeroBitCount - pauseMask.trailingZeroBitCount)
  }

  /// The same for a clock of more conditions than there are bits.
  private func slowReading(_ codes: [UInt32]) -> Reading {
    Reading(
      starts: conditions.start.contains { $0.holds(codes) },
      stops: conditions.stop.contains { $0.holds(codes) },
      cancels: conditions.cancel?.holds(codes) ?? false,
      pause: conditions.pauses.firstIndex { $0.holds(codes) } ?? -1)
  }

  /// The open seconds of a tier's calendar before an instant; see ``WorkDays``.
  @inline(__always)
  func work(before instant: Int64, tier: Int) -> Int64 {
    guard instant >= firstSecond else { return 0 }
    let sinceStart = UInt64(bitPattern: instant &- firstSecond)
    var day = Int(sinceStart / 86_400)
    var second = Int64(bitPattern: sinceStart &- UInt64(day) &* 86_400)
    if day >= dayCount { (day, second) = (dayCount - 1, 86_400) }
    var index = day &* (hours[tier].partsPerDay &+ 1)
    let end = index &+ hours[tier].partsPerDay
    var work = hours[tier].rows[index]
    while index < end {
      index &+= 1
      let part = hours[tier].rows[index]
      work &+= min(max(second &- part >> 20, 0), part & 0xf_ffff)
    }
    return work
  }
}
