import Tickets

/// Walks the rows of one ticket after the other, in order, and writes down what came of each.
struct HistoryWalk: ~Copyable {
  private let plan: HistoryPlan
  private let columns: HistoryColumns
  private var timeline: TicketTimeline
  private var page: HistoryPage
  /// The rows of the ticket at hand.
  private var rows: [UInt32] = []
  /// Of events of several files, those that repeat no other.
  private var kept: [UInt32] = []
  /// What few tickets have, and where their rows went.
  private var rest = HistoryPart()
  private var place = 0

  /// - Parameter size: The most tickets of a part.
  init(_ columns: HistoryColumns, plan: HistoryPlan, size: Int) {
    self.plan = plan
    self.columns = columns
    timeline = TicketTimeline(
      fields: columns.codes.count, moments: columns.seconds.count, repeated: plan.repeated)
    page = HistoryPage(fields: columns.codes.count, moments: columns.seconds.count, size: size)
  }

  /// Walks the rows of some tickets.
  mutating func part(of tickets: some Collection<Int>) -> HistoryPart {
    rest = HistoryPart()
    if columns.hasPausedSeconds {
      rest.pausedSeconds = Array(repeating: MomentColumn.missing, count: tickets.count)
    }
    if !columns.verdicts.isEmpty {
      rest.verdicts = Array(repeating: .unknown, count: tickets.count)
    }
    place = 0
    for ticket in tickets {
      take(ticket)
      place += 1
    }
    var part = page.take()
    part.pausedSeconds = rest.pausedSeconds
    part.verdicts = rest.verdicts
    part.stretches = rest.stretches
    part.tally.rows = rest.tally.rows
    part.tally.unchanged = rest.tally.unchanged
    part.tally.backward = rest.tally.backward
    return part
  }

  private mutating func take(_ ticket: Int) {
    columns.chains.fill(&rows, ticket: ticket)
    if !columns.areInOrder(rows, isVersioned: plan.isVersioned) { putInOrder() }
    rest.tally.rows += rows.count
    timeline.begin()
    if plan.isVersioned { takeVersions(of: ticket) } else { takeEvents(of: ticket) }
  }

  /// Most of a few rows are in their places already.
  private mutating func putInOrder() {
    let (columns, isVersioned) = (columns, plan.isVersioned)
    guard rows.count <= 32 else {
      rows.sort { columns.precedes($0, $1, isVersioned: isVersioned) }
      return
    }
    for index in rows.indices.dropFirst() {
      let row = rows[index]
      var place = index
      while place > 0, columns.precedes(row, rows[place - 1], isVersioned: isVersioned) {
        rows[place] = rows[place - 1]
        place -= 1
      }
      rows[place] = row
    }
  }

  /// The instant of a row, not before that of the row that precedes it.
  @inline(__always)
  private mutating func instant(of row: Int, after previous: Int64, ticket: Int) -> Int64 {
    let instant = columns.instants[row]
    return instant < previous ? settled(row, after: previous, ticket: ticket) : instant
  }

  private mutating func settled(_ row: Int, after previous: Int64, ticket: Int) -> Int64 {
    if let second = columns.secondInstant(of: row), second >= previous { return second }
    rest.tally.backward.append((Int(columns.files[row]), Int(columns.lines[row]), ticket))
    return previous
  }

  // MARK: versions

  /// A version that says what the one before it said is the same version again.
  private mutating func takeVersions(of ticket: Int) {
    let columns = columns
    let first = Int(rows[0])
    var last = first
    var instant = columns.instants[first]
    stateFirst(first, at: instant)
    for index in rows.indices.dropFirst() {
      let row = Int(rows[index])
      if columns.areEqual(last, row) {
        rest.tally.unchanged += 1
        continue
      }
      instant = self.instant(of: row, after: instant, ticket: ticket)
      let line = columns.lines[row]
      for field in 0..<columns.codes.count {
        timeline.state(
          field: field, columns.codes[field][row], at: instant, line: line, isFirst: false)
      }
      stateMoments(row, at: instant, line: line)
      last = row
    }
    noteRest(last)
    finish(last)
  }

  /// What the first version states holds from the opening; its status, from the version itself.
  private mutating func stateFirst(_ row: Int, at instant: Int64) {
    let isLate = isLate(row, at: instant)
    let line = columns.lines[row]
    for field in 0..<columns.codes.count {
      timeline.state(
        field: field, columns.codes[field][row], at: instant, line: line,
        isFirst: !(isLate && field == plan.status))
    }
    stateMoments(row, at: instant, line: line)
  }

  /// Whether a version was made after the ticket was opened: the status before it is not known.
  private func isLate(_ row: Int, at instant: Int64) -> Bool {
    guard let opened = plan.opened else { return false }
    let start = columns.seconds[opened][row]
    return start > MomentColumn.unreadable && start < instant
  }

  @inline(__always)
  private mutating func stateMoments(_ row: Int, at instant: Int64, line: UInt32) {
    if let status = plan.status { timeline.noteStatus(columns.codes[status][row], at: instant) }
    for moment in 0..<columns.seconds.count {
      let value = columns.seconds[moment][row]
      if moment != plan.updated {
        timeline.state(moment: moment, value, at: instant, line: line)
      } else if value != MomentColumn.missing {
        timeline.note(moment: moment, value)
      }
    }
  }

  // MARK: events

  private mutating func takeEvents(of ticket: Int) {
    kept.removeAll(keepingCapacity: true)
    var instant = Int64.min
    for index in rows.indices {
      let row = Int(rows[index])
      if columns.hasSeveralFiles {
        if columns.isRepeated(row, after: kept) {
          rest.tally.unchanged += 1
          continue
        }
        kept.append(rows[index])
      }
      instant = self.instant(of: row, after: instant, ticket: ticket)
      stateEvent(row, at: instant)
      noteRest(row)
    }
    let first = Int(rows[0])
    if let opened = plan.opened, timeline.moments[opened].latest == MomentColumn.missing {
      timeline.open(opened, at: columns.instants[first], line: columns.lines[first])
    }
    finish(Int(kept.last ?? rows[rows.count - 1]))
  }

  /// An event states only what its cells hold.
  private mutating func stateEvent(_ row: Int, at instant: Int64) {
    let line = columns.lines[row]
    for field in 0..<columns.codes.count {
      let code = columns.codes[field][row]
      if code != 0 {
        timeline.state(field: field, code, at: instant, line: line, isFirst: false)
      }
    }
    if let status = plan.status { timeline.noteStatus(columns.codes[status][row], at: instant) }
    for moment in 0..<columns.seconds.count {
      let value = columns.seconds[moment][row]
      if value == MomentColumn.missing { continue }
      if moment == plan.updated {
        timeline.note(moment: moment, value)
      } else {
        timeline.state(moment: moment, value, at: instant, line: line)
      }
    }
    guard let change = columns.change(of: row) else { return }
    if change.subject >= 0 {
      timeline.change(
        field: change.subject, from: change.from, to: change.to, at: instant, line: line)
    } else if -1 - change.subject == plan.updated {
      timeline.note(moment: -1 - change.subject, instant)
    } else {
      timeline.change(moment: -1 - change.subject, isSet: change.to == 1, at: instant, line: line)
    }
  }

  // MARK: what is kept

  /// Keeps what the last version tells, or the last event that tells it.
  private mutating func noteRest(_ row: Int) {
    if columns.hasPausedSeconds, columns.pausedSeconds[row] != MomentColumn.missing {
      rest.pausedSeconds[place] = columns.pausedSeconds[row]
    }
    if !columns.verdicts.isEmpty, columns.verdicts[row] != .unknown {
      rest.verdicts[place] = columns.verdicts[row]
    }
    if let stretches = columns.stretches(of: row) { rest.stretches[place] = stretches }
  }

  private mutating func finish(_ last: Int) {
    page.write(
      &timeline, file: UInt16(truncatingIfNeeded: columns.files[last]), line: columns.lines[last])
  }
}
