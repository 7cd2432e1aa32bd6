import CSVRecords
import ServiceTime
package import Tickets

/// Writes tickets as CSV that the mappings `attain-tickets` and `attain-events` read back.
///
/// Kept are ids, instants, fields, changes, pauses and the source's verdicts; the name of the
/// source, what the export holds, and the places of rows are not in the file.
package struct TicketWriter {
  private let table: TicketTable
  private let suspensions: [Int: [RowReader.Stretch]]
  private var writer = CSVWriter()

  /// How many bytes are collected before they are handed over.
  private static let block = 1 << 20

  package init(_ table: TicketTable) {
    self.table = table
    var suspensions: [Int: [RowReader.Stretch]] = [:]
    for item in table.suspensions {
      suspensions[item.ticket, default: []].append(
        .init(
          start: item.start.seconds, end: item.end?.seconds ?? MomentColumn.missing,
          party: item.party))
    }
    self.suspensions = suspensions
  }

  /// The mapping that reads what is written: `attain-events` if the table has history.
  package var mappingName: String {
    table.history == nil ? "attain-tickets" : "attain-events"
  }

  /// Hands over the file piece by piece.
  package mutating func write<Failure: Error>(
    to sink: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    if let history = table.history {
      writeEventsHeader()
      for ticket in 0..<table.count {
        writeEvents(of: ticket, history)
        if writer.bytes.count >= Self.block { try sink(writer.takeBytes()) }
      }
    } else {
      writeTicketsHeader()
      for ticket in 0..<table.count {
        writeTicket(ticket)
        if writer.bytes.count >= Self.block { try sink(writer.takeBytes()) }
      }
    }
    try sink(writer.takeBytes())
  }

  // MARK: one row a ticket

  private mutating func writeTicketsHeader() {
    writer.text("id")
    for moment in table.moments { writer.text(HistorySink.momentPrefix + moment.name) }
    for field in table.fields { writer.text(field.name) }
    writeExtrasHeader()
    writer.endRecord()
  }

  private mutating func writeTicket(_ ticket: Int) {
    writer.text(table.ids[ticket])
    for moment in table.moments { writer.raw(Self.cell(moment.seconds[ticket])) }
    for field in table.fields { writer.text(field.dictionary[field.codes[ticket]]) }
    writeExtras(of: ticket)
    writer.endRecord()
  }

  private static func cell(_ seconds: Int64) -> String {
    switch seconds {
    case MomentColumn.missing: ""
    case MomentColumn.unreadable: "unreadable"
    default: Instant(seconds: seconds).iso
    }
  }

  // MARK: one row a change

  private mutating func writeEventsHeader() {
    for name in ["id", "at", "field", "from", "to"] { writer.text(name) }
    writeExtrasHeader()
    writer.endRecord()
  }

  private mutating func writeEvents(of ticket: Int, _ history: ChangeTable) {
    let range = history.range(of: ticket)
    let moments = table.moments.map { $0.seconds[ticket] }.filter { $0 > MomentColumn.unreadable }
    let start = range.isEmpty ? moments.min() ?? 0 : history.seconds[range.lowerBound]
    var isFirst = true
    var current = table.fields.map { $0.initialCodes?[ticket] ?? 0 }
    for (index, field) in table.fields.enumerated() where current[index] != 0 {
      let value = field.dictionary[current[index]]
      writeEvent(ticket, start, field.name, from: value, to: value, &isFirst)
    }
    for change in range {
      let at = history.seconds[change]
      switch history.subject(change) {
      case .field(let index):
        let field = table.fields[index]
        let code = history.values[change]
        writeEvent(
          ticket, at, field.name, from: field.dictionary[current[index]],
          to: field.dictionary[code], &isFirst)
        current[index] = code
      case .moment(let index):
        let value = history.values[change] == 1 ? Instant(seconds: at).iso : ""
        let name = HistorySink.momentPrefix + table.moments[index].name
        writeEvent(ticket, at, name, from: "", to: value, &isFirst)
      }
    }
    if let updated = table.momentIndex("updated"), let at = table.moments[updated][ticket] {
      let name = HistorySink.momentPrefix + "updated"
      writeEvent(ticket, at.seconds, name, from: "", to: at.iso, &isFirst)
    }
    if isFirst { writeEvent(ticket, start, "", from: "", to: "", &isFirst) }
  }

  private mutating func writeEvent(
    _ ticket: Int, _ at: Int64, _ name: String, from: String, to: String, _ isFirst: inout Bool
  ) {
    writer.text(table.ids[ticket])
    writer.raw(Instant(seconds: at).iso)
    writer.text(name)
    writer.text(from)
    writer.text(to)
    if isFirst {
      writeExtras(of: ticket)
    } else {
      for _ in 0..<extraColumns { writer.empty() }
    }
    isFirst = false
    writer.endRecord()
  }

  // MARK: what either may have

  private var extraColumns: Int {
    (table.pausedTotals == nil ? 0 : 1) + (table.reported == nil ? 0 : 1)
      + (table.suspensions.isEmpty ? 0 : 1)
  }

  private mutating func writeExtrasHeader() {
    if let totals = table.pausedTotals {
      writer.text(totals.counts == .wall ? "paused_seconds" : "paused_working_seconds")
    }
    if let reported = table.reported { writer.text("reported:" + reported.clock) }
    if !table.suspensions.isEmpty { writer.text("suspensions") }
  }

  private mutating func writeExtras(of ticket: Int) {
    if let totals = table.pausedTotals {
      let seconds = totals.seconds[ticket]
      if seconds == MomentColumn.missing { writer.empty() } else { writer.number(seconds) }
    }
    if let reported = table.reported {
      switch reported.values[ticket] {
      case .unknown: writer.empty()
      case .met: writer.raw("met")
      case .breached: writer.raw("breached")
      }
    }
    if !table.suspensions.isEmpty {
      writer.text(SuspensionText.text(of: suspensions[ticket] ?? []))
    }
  }
}
