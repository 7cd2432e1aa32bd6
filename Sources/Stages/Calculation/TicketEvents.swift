import Tickets

/// What happened to one ticket, in order; its buffers are reused from ticket to ticket.
///
/// Rows without history become an event for each of their instants.
struct TicketEvents {
  enum Subject: UInt8 {
    case field
    case moment
    /// A suspension began (value 1) or ended (value 0).
    case suspension
    /// An excluded interval began (value 1) or ended (value 0).
    case exclusion
    /// The ticket follows another from here on (value 0), or nothing more is known of it (the code
    /// of a fault).
    case turn
  }

  struct Event {
    var at: Int64
    var value: UInt32
    var line: UInt32
    /// Of the field, the moment, the party that suspends, or the excluded interval.
    private let number: Int32
    var subject: Subject

    init(at: Int64, _ subject: Subject, _ index: Int, value: UInt32, line: UInt32) {
      self.at = at
      self.value = value
      self.line = line
      self.subject = subject
      number = Int32(truncatingIfNeeded: index)
    }

    var index: Int { Int(number) }
  }

  private(set) var events: [Event] = []
  /// Codes of every field of the table before the first event.
  private(set) var initialCodes: [UInt32] = []

  /// Loads the events of a ticket alone, whatever it follows, that are known by `sight`.
  mutating func loadOwn(
    _ ticket: Int, of table: ReplayTable, moments: [Int],
    suspensions: [PreparedSuspension], by sight: Sight
  ) {
    events.removeAll(keepingCapacity: true)
    initialCodes.removeAll(keepingCapacity: true)
    for field in table.initialCodes.indices {
      initialCodes.append(table.initialCodes[field][ticket])
    }
    if table.hasHistory {
      loadHistory(of: ticket, table.changes, by: sight)
    } else {
      let line = table.lines.isEmpty ? 0 : table.lines[ticket]
      for moment in moments {
        let at = table.moments[moment][ticket]
        guard at > MomentColumn.unreadable, sight.sees(at) else { continue }
        insert(Event(at: at, .moment, moment, value: 1, line: line))
      }
    }
    for suspension in suspensions {
      add(suspension, by: sight)
    }
  }

  /// What is in time order is seen up to the first change that is not.
  private mutating func loadHistory(
    of ticket: Int, _ history: borrowing ChangeTable, by sight: Sight
  ) {
    let first = history.starts[ticket]
    var end = first
    while end < history.starts[ticket + 1], sight.sees(history.seconds[end]) { end += 1 }
    for index in first..<end {
      let subject = history.subjects[index]
      events.append(
        Event(
          at: history.seconds[index], subject.isMoment ? .moment : .field, subject.index,
          value: history.values[index], line: history.lines[index]))
    }
  }

  /// Takes events in time order.
  mutating func replace(
    codes: [UInt32], events: [Event], suspensions: [PreparedSuspension], by sight: Sight
  ) {
    initialCodes = codes
    self.events = events
    for suspension in suspensions { add(suspension, by: sight) }
  }

  private mutating func add(_ suspension: PreparedSuspension, by sight: Sight) {
    let party = suspension.party
    guard sight.sees(suspension.start) else { return }
    if let end = suspension.end, end <= suspension.start { return }
    insert(Event(at: suspension.start, .suspension, party, value: 1, line: suspension.line))
    if let end = suspension.end, sight.sees(end) {
      insert(Event(at: end, .suspension, party, value: 0, line: suspension.line))
    }
  }

  /// Adds when excluded intervals begin and end, as far as that is known by `sight`.
  mutating func add(_ intervals: [ExcludedInterval], by sight: Sight) {
    for (index, interval) in intervals.enumerated() where sight.sees(interval.from) {
      insert(Event(at: interval.from, .exclusion, index, value: 1, line: 0))
      guard sight.sees(interval.to) else { continue }
      insert(Event(at: interval.to, .exclusion, index, value: 0, line: 0))
    }
  }

  /// From an instant on nothing more is known of the ticket.
  mutating func add(_ fault: Timeline.Fault, at instant: Int64, by sight: Sight) {
    guard sight.sees(instant) else { return }
    insert(Event(at: instant, .turn, 0, value: fault.code, line: 0))
  }

  /// Keeps the time order; of one instant, what was inserted first stays first.
  private mutating func insert(_ event: Event) {
    var index = events.count
    while index > 0, events[index - 1].at > event.at { index -= 1 }
    events.insert(event, at: index)
  }
}

/// A suspension of one ticket, with its party by number.
struct PreparedSuspension: Sendable {
  let start: Int64
  let end: Int64?
  let party: Int
  /// Of the row that tells of it; 0 if lines are not kept.
  let line: UInt32
}
