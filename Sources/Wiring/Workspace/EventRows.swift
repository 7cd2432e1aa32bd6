internal import GRDB
internal import Importing

/// Rows of shape `events`: what another file has told already counts once; two equal events in
/// one file are two.
final class EventRows: RowTable {
  private let source: Int64
  private let tickets: KnownTickets
  private let insertTicket: PreparedStatement
  private let insertEvent: PreparedStatement
  private let same: PreparedStatement

  init(_ database: Database, _ source: Int64) throws {
    self.source = source
    tickets = try KnownTickets(database, source)
    insertTicket = try PreparedStatement(
      database, "INSERT INTO tickets VALUES (?1, ?2, ?3, ?4, NULL)")
    insertEvent = try PreparedStatement(
      database,
      "INSERT INTO events (ticket, import, line, at, cells) VALUES (?1, ?2, ?3, ?4, ?5)")
    same = try PreparedStatement(
      database,
      "SELECT 1 FROM events WHERE ticket = ?1 AND at = ?2 AND import <> ?3 AND cells = ?4")
  }

  var newRows: Int { tickets.newTickets }

  func beginFile() { tickets.beginFile() }

  func see(_ row: ImportedRow) throws { _ = try tickets.ticket(row) }

  func store(_ row: ImportedRow, import number: Int64) throws -> StoredRow {
    let (ticket, isNew) = try tickets.ticket(row)
    if isNew {
      insertTicket.bind(1, ticket)
      insertTicket.bind(2, source)
      insertTicket.bind(3, text: row.id)
      insertTicket.bind(4, number)
      try insertTicket.run()
    } else if ticket < tickets.firstOfFile {
      same.bind(1, ticket)
      same.bind(2, row.at)
      same.bind(3, number)
      same.bind(4, text: row.cells)
      if try same.first({ _ in true }) != nil { return .unchanged }
    }
    insertEvent.bind(1, ticket)
    insertEvent.bind(2, number)
    insertEvent.bind(3, row.line)
    insertEvent.bind(4, row.at)
    insertEvent.bind(5, text: row.cells)
    try insertEvent.run()
    return .changed
  }
}
