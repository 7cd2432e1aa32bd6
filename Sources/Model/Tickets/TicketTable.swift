package import ServiceTime

/// The tickets of one source, by columns: what happened, as far as the export can tell.
///
/// Every column has one entry a ticket, in the order of the tickets' first rows.
package struct TicketTable: Sendable {
  /// The system the tickets come from; a ticket is known by source and id.
  package var source: String
  package var ids = TextArena()
  /// Tickets whose ids are not kept, as in a batch that is judged as it is read.
  package var unnamed = 0
  package var moments: [MomentColumn] = []
  package var fields: [FieldColumn] = []
  package var pausedTotals: PausedTotals?
  package var reported: ReportedVerdicts?
  /// `nil` if the rows have one column per instant and no history.
  package var history: ChangeTable?
  /// Stretches during which a ticket was suspended, where rows carry their own.
  package var suspensions: [Suspension] = []
  package var holds = Holds.all
  package var ledger = RowLedger()
  /// The input files, in reading order.
  package var files: [String] = []
  /// Index into `files` of the row that is a ticket's present view.
  package var fileOfTicket: [UInt16] = []
  /// Line of that row, from 1.
  package var lineOfTicket: [UInt32] = []

  package init(source: String) {
    self.source = source
  }

  package var count: Int { ids.count + unnamed }

  package func momentIndex(_ name: String) -> Int? { moments.firstIndex { $0.name == name } }

  package func fieldIndex(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// One named instant of every ticket, such as `opened` or `resolved`, as last exported.
///
/// The type is public because members of a package type are never inlined in other modules, and the
/// marks are looked at for every cell.
public struct MomentColumn: Sendable {
  package let name: String
  /// Seconds since 1970, or ``missing``.
  package var seconds: [Int64]

  @inlinable package static var missing: Int64 { Int64.min }
  /// The cell held something that is no instant; the promise is unmeasurable.
  @inlinable package static var unreadable: Int64 { Int64.min + 1 }

  package init(name: String, seconds: [Int64] = []) {
    self.name = name
    self.seconds = seconds
  }

  package subscript(ticket: Int) -> Instant? {
    let value = seconds[ticket]
    return value <= Self.unreadable ? nil : Instant(seconds: value)
  }
}

/// One field of every ticket, such as `status` or `department`, by codes of its dictionary.
package struct FieldColumn: Sendable {
  package let name: String
  package var dictionary = TextDictionary()
  /// The value as last exported.
  package var codes: [UInt32] = []
  /// The value before the first change, where the source has history of this field.
  package var initialCodes: [UInt32]?

  package init(name: String) {
    self.name = name
  }
}

/// The total pause of every ticket, where the source gives only a sum.
package struct PausedTotals: Sendable {
  package enum Counts: String, Sendable { case working, wall }

  package var counts: Counts
  /// Seconds, or ``MomentColumn/missing`` for none given.
  package var seconds: [Int64] = []

  package init(counts: Counts) {
    self.counts = counts
  }
}

/// What the source system itself says of one clock, to be reconciled with.
package struct ReportedVerdicts: Sendable {
  package enum Value: UInt8, Sendable { case unknown, met, breached }

  package var clock: String
  package var values: [Value] = []

  package init(clock: String) {
    self.clock = clock
  }
}

/// A stretch during which one ticket was suspended by a party.
package struct Suspension: Hashable, Sendable {
  package let ticket: Int
  package let start: Instant
  /// `nil` lasts to the stop or the horizon.
  package let end: Instant?
  package let party: String

  package init(ticket: Int, start: Instant, end: Instant?, party: String) {
    self.ticket = ticket
    self.start = start
    self.end = end
    self.party = party
  }
}

/// Which tickets an export contains; decides whether a period can be complete.
package enum Holds: Hashable, Sendable {
  case all
  case finished
  case openedFrom(CivilDate)
  case updatedFrom(CivilDate)
}

/// Where each row that was read went.
///
/// `read == rejected + unchanged + superseded + history + tickets`.
package struct RowLedger: Hashable, Sendable {
  package var read = 0
  package var rejected = 0
  package var unchanged = 0
  package var superseded = 0
  package var history = 0
  package var tickets = 0
  /// Rows of which a value was moved out of a clock change; part of the rows above.
  package var adjusted = 0

  package init() {}

  package var tiesOut: Bool {
    read == rejected + unchanged + superseded + history + tickets
  }
}
