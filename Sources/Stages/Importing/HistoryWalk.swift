import Tickets

/// Walks the rows of one ticket after the other, in order, and writes down what came of each.
struct HistoryWalk {
  private let plan: HistoryPlan
  private let history: HistoryRows
  private let instants: NumberReader
  private let orders: NumberReader
  private let files: NumberReader
  private let pausedSeconds: NumberReader
  private let codes: [NumberReader]
  private let seconds: [NumberReader]
  /// Whether equal rows of several files have to be looked for.
  private let hasSeveralFiles: Bool
  private let hasSecondInstants: Bool
  private let hasChanges: Bool
  private let hasStretches: Bool
  private var timeline: TicketTimeline
  private var rows: [UInt32] = []
  private var kept: [UInt32] = []
  private var part: HistoryPart

  /// Walks the rows of some tickets.
  static func part(
    of history: HistoryRows, groups: RowGroups, tickets: Range<Int>, plan: HistoryPlan
  ) -> HistoryPart {
    let single = [history.instants, history.orders, history.files, history.pausedSeconds]
    return single.withReaders { single in
      history.codes.withReaders { codes in
        history.seconds.withReaders { seconds in
          var walk = HistoryWalk(
            history, plan: plan, tickets: tickets, rows: groups.rowCount(of: tickets),
            single: single, codes: codes, seconds: seconds)
          for ticket in tickets { walk.take(ticket, groups) }
          return walk.part
        }
      }
    }
  }

  private init(
    _ history: HistoryRows, plan: HistoryPlan, tickets: Range<Int>, rows: Int,
    single: [NumberReader], codes: [NumberReader], seconds: [NumberReader]
  ) {
    self.plan = plan
    self.history = history
    (instants, orders, files, pausedSeconds) = (single[0], single[1], single[2], single[3])
    self.codes = codes
    self.seconds = seconds
    hasSeveralFiles = history.files.width != .none
    hasSecondInstants = !history.seconds2.isEmpty
    hasChanges = !history.changes.isEmpty
    hasStretches = !history.stretches.isEmpty
    timeline = TicketTimeline(fields: codes.count, moments: seconds.count)
    part = HistoryPart(tickets, fields: codes.count, moments: seconds.count, rows: rows)
    if history.pausedSeconds.count > 0 {
      part.pausedSeconds = Array(repeating: MomentColumn.missing, count: tickets.count)
    }
    if !history.verdicts.isEmpty {
      part.verdicts = Array(repeating: .unknown, count: tickets.count)
    }
  }

  private mutating func take(_ ticket: Int, _ groups: RowGroups) {
    groups.fill(&rows, ticket: ticket)
    putInOrder()
    timeline.begin()
    kept.removeAll(keepingCapacity: true)
    let place = ticket - part.tickets.lowerBound
    var instant = Int64.min
    for index in rows.indices {
      let row = Int(rows[index])
      if index > 0, isRepeated(row) {
        part.unchanged += 1
        continue
      }
      instant = self.instant(of: row, after: instant, ticket: ticket)
      if plan.isVersioned {
        applyVersion(row, at: instant)
      } else {
        applyEvent(row, at: instant)
      }
      note(row, ticket, place)
      kept.append(rows[index])
    }
    finish(place)
  }

  // MARK: order

  private mutating func putInOrder() {
    for index in rows.indices.dropFirst() where !isInOrder(rows[index - 1], rows[index]) {
      let isVersioned = plan.isVersioned
      let (orders, instants) = (orders, instants)
      rows.sort { Self.precedes($0, $1, isVersioned, orders, instants) }
      return
    }
  }

  private func isInOrder(_ a: UInt32, _ b: UInt32) -> Bool {
    Self.precedes(a, b, plan.isVersioned, orders, instants)
  }

  /// Versions by their order, events by their instant; then by the other, then as read.
  @inline(__always)
  private static func precedes(
    _ a: UInt32, _ b: UInt32, _ isVersioned: Bool, _ orders: NumberReader, _ instants: NumberReader
  ) -> Bool {
    let (first, second) = isVersioned ? (orders, instants) : (instants, orders)
    let (left, right) = (first[Int(a)], first[Int(b)])
    if left != right { return left < right }
    let (nextLeft, nextRight) = (second[Int(a)], second[Int(b)])
    return nextLeft == nextRight ? a < b : nextLeft < nextRight
  }

  /// The instant of a row, not before that of the row that precedes it.
  private mutating func instant(of row: Int, after previous: Int64, ticket: Int) -> Int64 {
    let instant = instants[row]
    guard instant < previous else { return instant }
    if hasSecondInstants, let second = history.seconds2[row], second >= previous { return second }
    part.backward.append((Int(files[row]), Int(history.lines[row]), ticket))
    return previous
  }

  // MARK: repeated rows

  /// Whether a row says what one before it said.
  ///
  /// That is the same version again, or the same event from another file. Two equal events in one
  /// file are two events.
  private func isRepeated(_ row: Int) -> Bool {
    if plan.isVersioned { return kept.last.map { isEqual(Int($0), row) } ?? false }
    guard hasSeveralFiles else { return false }
    for earlier in kept.reversed() {
      guard instants[Int(earlier)] == instants[row] else { return false }
      if files[Int(earlier)] != files[row], isEqual(Int(earlier), row) { return true }
    }
    return false
  }

  private func isEqual(_ a: Int, _ b: Int) -> Bool {
    guard orders[a] == orders[b], instants[a] == instants[b] else { return false }
    for column in codes where column[a] != column[b] { return false }
    for column in seconds where column[a] != column[b] { return false }
    if !part.pausedSeconds.isEmpty, pausedSeconds[a] != pausedSeconds[b] { return false }
    if !part.verdicts.isEmpty, history.verdicts[a] != history.verdicts[b] { return false }
    if hasChanges, history.changes[a] != history.changes[b] { return false }
    return !hasStretches || history.stretches[a] == history.stretches[b]
  }

  // MARK: what a row says

  private mutating func applyVersion(_ row: Int, at instant: Int64) {
    let line = history.lines[row]
    let isFirst = kept.isEmpty
    for field in codes.indices {
      let holdsFromOpening = isFirst && !(field == plan.status && isLate(row, at: instant))
      timeline.state(
        field: field, codes[field][row], at: instant, line: line, isFirst: holdsFromOpening)
    }
    if let status = plan.status { timeline.noteStatus(codes[status][row], at: instant) }
    for moment in seconds.indices {
      let value = seconds[moment][row]
      if moment != plan.updated {
        timeline.state(moment: moment, value, at: instant, line: line)
      } else if value != MomentColumn.missing {
        timeline.note(moment: moment, value)
      }
    }
  }

  /// An event states only what its cells hold.
  private mutating func applyEvent(_ row: Int, at instant: Int64) {
    let line = history.lines[row]
    for field in codes.indices {
      let code = codes[field][row]
      if code != 0 {
        timeline.state(field: field, code, at: instant, line: line, isFirst: false)
      }
    }
    if let status = plan.status { timeline.noteStatus(codes[status][row], at: instant) }
    for moment in seconds.indices {
      let value = seconds[moment][row]
      if value == MomentColumn.missing { continue }
      if moment == plan.updated {
        timeline.note(moment: moment, value)
      } else {
        timeline.state(moment: moment, value, at: instant, line: line)
      }
    }
    guard hasChanges, let change = history.changes[row] else { return }
    if change.subject >= 0 {
      timeline.change(
        field: change.subject, from: change.from, to: change.to, at: instant, line: line)
    } else if -1 - change.subject == plan.updated {
      timeline.note(moment: -1 - change.subject, instant)
    } else {
      timeline.change(moment: -1 - change.subject, isSet: change.to == 1, at: instant, line: line)
    }
  }

  /// Whether a version was made after the ticket was opened: the status before it is not known.
  private func isLate(_ row: Int, at instant: Int64) -> Bool {
    guard let opened = plan.opened else { return false }
    let start = seconds[opened][row]
    return start > MomentColumn.unreadable && start < instant
  }

  /// Keeps what only the last version tells, or the last event that tells it.
  private mutating func note(_ row: Int, _ ticket: Int, _ place: Int) {
    if !part.pausedSeconds.isEmpty {
      let paused = pausedSeconds[row]
      if plan.isVersioned || paused != MomentColumn.missing { part.pausedSeconds[place] = paused }
    }
    if !part.verdicts.isEmpty {
      let verdict = history.verdicts[row]
      if plan.isVersioned || verdict != .unknown { part.verdicts[place] = verdict }
    }
    if hasStretches {
      let stretches = history.stretches[row]
      if plan.isVersioned || stretches != nil { part.stretches[ticket] = stretches }
    }
  }

  private mutating func finish(_ place: Int) {
    guard let last = kept.last.map({ Int($0) }), let first = kept.first.map({ Int($0) }) else {
      return
    }
    if !plan.isVersioned, let opened = plan.opened,
      timeline.moments[opened].latest == MomentColumn.missing
    {
      timeline.open(opened, at: instants[first], line: history.lines[first])
    }
    part.write(
      &timeline, at: place, file: UInt16(truncatingIfNeeded: files[last]),
      line: history.lines[last])
  }
}
