import Tickets

/// What happened to one ticket, in order; its buffers are reused from ticket to ticket.
///
/// Rows without history become an event for each of their instants.
struct TicketEvents {
  enum Subject {
    case field(Int)
    case moment(Int)
    /// A suspension by a party began (value 1) or ended (value 0).
    case suspension(party: Int)
  }

  struct Event {
    var at: Int64
    var subject: Subject
    var value: UInt32
    var line: UInt32
  }

  private(set) var events: [Event] = []
  /// Codes of every field of the table before the first event.
  private(set) var initialCodes: [UInt32] = []

  /// Loads the events of a ticket that are known by `sight`.
  mutating func load(
    _ ticket: Int, of table: TicketTable, moments: [Int],
    suspensions: [PreparedSuspension], by sight: Sight
  ) {
    events.removeAll(keepingCapacity: true)
    initialCodes.removeAll(keepingCapacity: true)
    for field in table.fields {
      initialCodes.append(field.initialCodes?[ticket] ?? field.codes[ticket])
    }
    if let history = table.history {
      for index in history.range(of: ticket) where sight.sees(history.seconds[index]) {
        let subject: Subject =
          switch history.subject(index) {
          case .field(let field): .field(field)
          case .moment(let moment): .moment(moment)
          }
        events.append(
          Event(
            at: history.seconds[index], subject: subject, value: history.values[index],
            line: history.lines[index]))
      }
    } else {
      let line = table.lineOfTicket.isEmpty ? 0 : table.lineOfTicket[ticket]
      for moment in moments {
        let at = table.moments[moment].seconds[ticket]
        guard at > MomentColumn.unreadable, sight.sees(at) else { continue }
        insert(Event(at: at, subject: .moment(moment), value: 1, line: line))
      }
    }
    for suspension in suspensions {
      add(suspension, by: sight)
    }
  }

  private mutating func add(_ suspension: PreparedSuspension, by sight: Sight) {
    let subject = Subject.suspension(party: suspension.party)
    guard sight.sees(suspension.start) else { return }
    if let end = suspension.end, end <= suspension.start { return }
    insert(Event(at: suspension.start, subject: subject, value: 1, line: 0))
    if let end = suspension.end, sight.sees(end) {
      insert(Event(at: end, subject: subject, value: 0, line: 0))
    }
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
}
