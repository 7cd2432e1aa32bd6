import ServiceTime

/// One clock over one block: what the innermost loops look at, as plain numbers and pointers.
struct PlainLane {
  let count: Int
  let limit: UInt32
  let bit: UInt32
  let kinds: UnsafePointer<UInt32>
  let rules: UnsafePointer<TicketKinds.Rule>
  let tables: UnsafePointer<PlainRules.Calendar>
  let rows: UnsafePointer<Int64>
  let days: UnsafePointer<Segments.Day>
  let start: UnsafePointer<UInt32>
  let stop: UnsafePointer<UInt32>
  let end: UnsafePointer<UInt32>
  let workBeforeStart: UnsafeMutablePointer<UInt32>
  let segmentOfStart: UnsafeMutablePointer<UInt32>
  let replayed: UnsafeMutablePointer<UInt32>
  let crossing: UnsafeMutablePointer<UInt32>

  // Constants of this module, because those of another are calls.
  private static let lengthBits = Int64(20)
  private static let lengthMask = (Int64(1) << lengthBits) - 1

  /// The open seconds before an instant, and the segment that holds it.
  @inline(__always)
  func look(at instant: UInt32, _ calendar: UInt32) -> (work: UInt32, segment: UInt32) {
    let day = instant / 86_400
    let second = instant &- day &* 86_400
    let table = tables[Int(calendar)]
    var row = rows + (table.first &+ Int(day) &* (table.parts &+ 1))
    var work = row[0]
    var left = table.parts
    while left > 0 {
      left &-= 1
      row += 1
      let part = row[0]
      let since = Int64(second) &- part >> Self.lengthBits
      // The larger of it and zero, without a branch that is guessed wrong as often as not.
      work &+= min(since & ~(since >> 63), part & Self.lengthMask)
    }
    let place = days[Int(day)]
    return (
      UInt32(truncatingIfNeeded: work),
      place.segment &+ (second >= place.changesAt ? 1 : 0)
    )
  }

  /// Looks up where the clocks of all tickets start.
  func lookAtStarts() {
    for place in 0..<count {
      let (kind, start) = (kinds[place], start[place])
      guard kind != PlainBlock.unsorted, start < limit else { continue }
      let found = look(at: start, rules[Int(kind)].calendar)
      workBeforeStart[place] = found.work
      segmentOfStart[place] = found.segment
    }
  }

  /// Judges every promise that is plain, and marks those that have to be replayed.
  ///
  /// - Returns: How many were left as ``crossing``: started and stopped, but not in one segment.
  func judge(_ counter: inout SegmentCounter) -> Int {
    var crossings = 0
    for place in 0..<count {
      let kind = kinds[place]
      guard kind != PlainBlock.unsorted else { continue }
      let rule = rules[Int(kind)]
      guard rule.course != .none else { continue }
      let stop = stop[place]
      guard rule.course == .counted, replayed[place] & bit == 0, start[place] <= stop,
        stop < limit, stop <= end[place]
      else {
        replayed[place] |= bit
        continue
      }
      let found = look(at: stop, rule.calendar)
      guard found.segment == segmentOfStart[place] else {
        crossing[crossings] = UInt32(truncatingIfNeeded: place)
        crossings &+= 1
        continue
      }
      counter.count(
        found.work &- workBeforeStart[place], within: rule.within,
        cell: Int(rule.firstCell &+ found.segment), isKept: found.segment != 0)
    }
    return crossings
  }
}
