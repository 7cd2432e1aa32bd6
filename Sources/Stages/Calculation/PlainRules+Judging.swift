import ServiceTime

/// A UTC day of one calendar: the first opening in it, and where the next segment begins.
struct PlainDay: Sendable {
  /// Open seconds before the day, since the calendar began.
  var work: UInt32 = 0
  /// Second of the day, and seconds.
  var opens: UInt32 = 0
  var length: UInt32 = 0
  /// Index of the day's second opening among ``PlainRules/laterOpenings``; 0 if it has none.
  var later: UInt32 = 0
  var segment: UInt32 = 0
  /// The second at which the next segment begins.
  var changesAt: UInt32 = 0
}

/// A further opening of a day; one of no length ends the day's list.
struct LaterOpening: Sendable {
  var opens: UInt32 = 0
  var length: UInt32 = 0
}

/// One clock over one block: what the innermost loops look at, as plain numbers and pointers.
struct PlainLane {
  let count: Int
  let limit: UInt32
  let bit: UInt32
  let kinds: UnsafePointer<UInt32>
  let rules: UnsafePointer<TicketKinds.Rule>
  let days: UnsafePointer<PlainDay>
  let laterOpenings: UnsafePointer<LaterOpening>
  let block: PlainBlock
  let start: UnsafePointer<UInt32>
  let stop: UnsafePointer<UInt32>
  let end: UnsafePointer<UInt32>

  /// The open seconds before an instant, and the segment that holds it.
  @inline(__always)
  private func look(at instant: UInt32, firstDay: UInt32) -> (work: UInt32, segment: UInt32) {
    let number = instant / 86_400
    let second = instant &- number &* 86_400
    let day = days + Int(firstDay &+ number)
    var work = day.pointee.work
    work &+= passed(second, opens: day.pointee.opens, length: day.pointee.length)
    if day.pointee.later > 0 {
      var opening = laterOpenings + Int(day.pointee.later)
      while opening.pointee.length > 0 {
        work &+= passed(second, opens: opening.pointee.opens, length: opening.pointee.length)
        opening += 1
      }
    }
    return (work, day.pointee.segment &+ (second >= day.pointee.changesAt ? 1 : 0))
  }

  /// What has passed of an opening by a second of the day.
  @inline(__always)
  private func passed(_ second: UInt32, opens: UInt32, length: UInt32) -> UInt32 {
    min(second > opens ? second &- opens : 0, length)
  }

  /// Looks up where the clocks of all tickets start.
  func lookAtStarts() {
    let (works, segments) = (block.workBeforeStart, block.segmentOfStart)
    for place in 0..<count {
      let (kind, start) = (kinds[place], start[place])
      guard kind != PlainBlock.unsorted, start < limit else { continue }
      let found = look(at: start, firstDay: rules[Int(kind)].firstDay)
      works[place] = found.work
      segments[place] = found.segment
    }
  }

  /// Judges every promise that is plain, and marks those that have to be replayed.
  ///
  /// - Returns: How many were left as ``PlainBlock/crossing``: started and stopped, but not in one
  ///   segment.
  func judge(_ counter: inout SegmentCounter) -> Int {
    let (works, segments, replayed) = (
      block.workBeforeStart, block.segmentOfStart, block.replayed
    )
    var crossings = 0
    for place in 0..<count {
      let kind = kinds[place]
      guard kind != PlainBlock.unsorted else { continue }
      let rule = rules + Int(kind)
      guard rule.pointee.course != .none else { continue }
      let stop = stop[place]
      guard rule.pointee.course == .counted, replayed[place] & bit == 0, start[place] <= stop,
        stop < limit, stop <= end[place]
      else {
        replayed[place] |= bit
        continue
      }
      let found = look(at: stop, firstDay: rule.pointee.firstDay)
      let elapsed = found.work &- works[place]
      guard found.segment == segments[place] else {
        block.crossing[crossings] = UInt32(truncatingIfNeeded: place)
        block.elapsedOfCrossing[crossings] = elapsed
        block.segmentOfCrossing[crossings] = found.segment
        crossings &+= 1
        continue
      }
      counter.count(
        elapsed, within: rule.pointee.within,
        cell: Int(rule.pointee.firstCell &+ found.segment), isKept: found.segment != 0)
    }
    return crossings
  }
}
