import Importing
import Messages
import ServiceTime
import Testing
import Tickets

/// Imports of small files that stand in the test.
enum Imports {
  static let tickets = """
    mapping: small
    rows: tickets
    timestamps: yyyy-MM-dd HH:mm
    ticket: {id: id, opened: opened, resolved: resolved, updated: updated, status: status}
    """

  static func read(
    _ texts: [(name: String, text: String)], _ yaml: String, zone: ZoneRules? = .utc,
    wanted: Set<String>? = nil
  ) throws -> ImportOutcome {
    let mapping = try Mapping.read(yaml, file: "small.yml")
    return try Importer(mapping, zone: zone, wantedFields: wanted).read(
      texts.map { ImportInput(name: $0.name, bytes: Array($0.text.utf8)) })
  }

  static func read(
    _ text: String, _ yaml: String = tickets, zone: ZoneRules? = .utc, wanted: Set<String>? = nil
  ) throws -> ImportOutcome {
    try read([("small.csv", text)], yaml, zone: zone, wanted: wanted)
  }

  /// Everything a table says of its tickets, by id, whatever the order of rows and codes.
  static func description(of table: TicketTable) -> [String: [String]] {
    var tickets: [String: [String]] = [:]
    for ticket in 0..<table.count {
      var lines: [String] = []
      for moment in table.moments { lines.append("\(moment.name)=\(moment.seconds[ticket])") }
      for field in table.fields {
        let initial = field.initialCodes.map { field.dictionary[$0[ticket]] } ?? "none"
        lines.append("\(field.name)=\(initial)>\(field.dictionary[field.codes[ticket]])")
      }
      lines.sort()
      if let totals = table.pausedTotals {
        lines.append("paused=\(totals.counts.rawValue) \(totals.seconds[ticket])")
      }
      if let reported = table.reported {
        lines.append("reported \(reported.clock)=\(reported.values[ticket])")
      }
      for item in table.suspensions where item.ticket == ticket {
        lines.append("suspended \(item.start.iso) \(item.end?.iso ?? "open") \(item.party)")
      }
      if let history = table.history {
        for change in history.range(of: ticket) { lines.append(Self.line(change, of: table)) }
      }
      tickets[table.ids[ticket]] = lines
    }
    return tickets
  }

  private static func line(_ change: Int, of table: TicketTable) -> String {
    guard let history = table.history else { return "" }
    let at = Instant(seconds: history.seconds[change]).iso
    switch history.subject(change) {
    case .field(let index):
      let field = table.fields[index]
      return "\(at) \(field.name):=\(field.dictionary[history.values[change]])"
    case .moment(let index):
      return "\(at) \(table.moments[index].name) \(history.values[change])"
    }
  }
}
