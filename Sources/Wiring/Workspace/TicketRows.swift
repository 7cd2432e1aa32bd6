internal import GRDB
internal import Importing
internal import Tickets

/// Rows of shapes `tickets` and `snapshots`: versions of tickets, of which one stands.
final class TicketRows: RowTable {
  let isVersioned: Bool
  private let database: Database
  private let source: Int64
  private let tickets: KnownTickets
  private var nextVersion: Int64
  private var seen: Set<Int64> = []
  private let newTickets: NewTickets
  private let insertTicket: PreparedStatement
  private let insertVersion: PreparedStatement
  private let setCurrent: PreparedStatement
  private let current: PreparedStatement
  private let same: PreparedStatement
  private let last: PreparedStatement

  init(_ database: Database, _ source: Int64, isVersioned: Bool) throws {
    self.database = database
    self.source = source
    self.isVersioned = isVersioned
    tickets = try KnownTickets(database, source)
    nextVersion = try (Int64.fetchOne(database, sql: "SELECT max(version) FROM versions") ?? 0) + 1
    newTickets = try NewTickets(database, source)
    insertTicket = try PreparedStatement(
      database, "INSERT INTO tickets VALUES (?1, ?2, ?3, ?4, ?5)")
    insertVersion = try PreparedStatement(
      database, "INSERT INTO versions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
    setCurrent = try PreparedStatement(
      database, "UPDATE tickets SET current = ?2 WHERE ticket = ?1")
    current = try PreparedStatement(
      database,
      """
      SELECT cells, updated, version_order FROM versions
      WHERE version = (SELECT current FROM tickets WHERE ticket = ?1)
      """)
    same = try PreparedStatement(
      database,
      "SELECT 1 FROM versions WHERE ticket = ?1 AND updated IS ?2 AND outdated AND cells = ?3")
    last = try PreparedStatement(
      database,
      """
      SELECT cells FROM versions WHERE ticket = ?1 AND updated = ?2 AND version_order IS ?3
      ORDER BY version DESC LIMIT 1
      """)
  }

  var newRows: Int { tickets.newTickets }

  func beginFile() { tickets.beginFile() }

  func see(_ row: ImportedRow) throws {
    let (ticket, isNew) = try tickets.ticket(row)
    // A file that was imported before holds no ticket that is not there.
    if !isNew { seen.insert(ticket) }
  }

  /// Rows of tickets that were never seen go in many at a time.
  func store(_ rows: MappedBatch, import number: Int64, into outcomes: inout RowOutcomes) throws {
    guard !tickets.mayBeStored else {
      return try storeEach(rows, 0..<rows.count, number, &outcomes)
    }
    var row = 0
    var firstKnown = 0
    while row < rows.count {
      if firstKnown <= row { firstKnown = rows.areNew[row...].firstIndex(of: false) ?? rows.count }
      let end = row + NewTickets.rows
      if end <= firstKnown {
        try newTickets.store(
          rows, row..<end, ticket: tickets.add(NewTickets.rows), version: nextVersion,
          import: number)
        nextVersion += Int64(NewTickets.rows)
        outcomes.changed += NewTickets.rows
        row = end
      } else {
        try storeEach(rows, row..<row + 1, number, &outcomes)
        row += 1
      }
    }
  }

  private func storeEach(
    _ rows: MappedBatch, _ range: Range<Int>, _ number: Int64, _ outcomes: inout RowOutcomes
  ) throws {
    try rows.each(in: range) { row in outcomes.count(try store(row, import: number)) }
  }

  func store(_ row: ImportedRow, import number: Int64) throws -> StoredRow {
    let (ticket, isNew) = try tickets.ticket(row)
    if isNew {
      insertTicket.bind(1, ticket)
      insertTicket.bind(2, source)
      insertTicket.bind(3, text: row.id)
      insertTicket.bind(4, number)
      insertTicket.bind(5, nextVersion)
      try insertTicket.run()
      try insert(row, ticket, number, outdated: false)
      return .changed
    }
    if ticket < tickets.firstOfFile, !isVersioned { seen.insert(ticket) }
    return isVersioned
      ? try storeSnapshot(row, ticket, number) : try storeTicket(row, ticket, number)
  }

  /// The newer `updated` stands, then the higher order, then the later row.
  private func storeTicket(
    _ row: ImportedRow, _ ticket: Int64, _ number: Int64
  ) throws -> StoredRow {
    current.bind(1, ticket)
    let found = try current.first { found in
      areEqual(found.bytes(0), row.cells)
        ? nil : (updated: found.number(1), order: found.number(2) ?? Int64.min)
    }
    guard let found = found ?? nil else { return .unchanged }
    guard isOlder(row, than: found) else {
      try makeCurrent(ticket)
      try insert(row, ticket, number, outdated: false)
      return .changed
    }
    if ticket < tickets.firstOfFile {
      same.bind(1, ticket)
      same.bind(2, row.at)
      same.bind(3, text: row.cells)
      if try same.first({ _ in true }) != nil { return .unchanged }
    }
    try insert(row, ticket, number, outdated: true)
    return .outdated
  }

  private func isOlder(_ row: ImportedRow, than stored: (updated: Int64?, order: Int64)) -> Bool {
    if let mine = row.at, let theirs = stored.updated, mine != theirs { return mine < theirs }
    return (row.order ?? Int64.min) < stored.order
  }

  /// A version is stored unless it says what the one says after which it would stand.
  private func storeSnapshot(
    _ row: ImportedRow, _ ticket: Int64, _ number: Int64
  ) throws -> StoredRow {
    if ticket < tickets.firstOfFile {
      last.bind(1, ticket)
      last.bind(2, row.at)
      last.bind(3, row.order)
      if try last.first({ areEqual($0.bytes(0), row.cells) }) == true { return .unchanged }
    }
    current.bind(1, ticket)
    let isCurrent = try current.first { found in
      (row.order ?? Int64.min, row.at ?? Int64.min)
        >= (found.number(2) ?? Int64.min, found.number(1) ?? Int64.min)
    }
    if isCurrent != false { try makeCurrent(ticket) }
    try insert(row, ticket, number, outdated: false)
    return .changed
  }

  private func makeCurrent(_ ticket: Int64) throws {
    setCurrent.bind(1, ticket)
    setCurrent.bind(2, nextVersion)
    try setCurrent.run()
  }

  private func insert(
    _ row: ImportedRow, _ ticket: Int64, _ number: Int64,
    outdated: Bool
  ) throws {
    insertVersion.bind(1, nextVersion)
    insertVersion.bind(2, ticket)
    insertVersion.bind(3, number)
    insertVersion.bind(4, row.line)
    insertVersion.bind(5, row.at)
    insertVersion.bind(6, row.order)
    insertVersion.bind(7, outdated ? 1 : 0)
    insertVersion.bind(8, text: row.cells)
    try insertVersion.run()
    nextVersion += 1
  }

  /// Marks the tickets that an export which holds all does not have, and those that are back.
  func noteAbsences(import number: Int64) throws -> (gone: Int, returned: Int) {
    let firstNew = tickets.next - Int64(tickets.newTickets)
    let known = try Int64.fetchAll(
      database, sql: "SELECT ticket FROM tickets WHERE source = ? AND ticket < ?",
      arguments: [source, firstNew])
    let away = Set(
      try Int64.fetchAll(
        database,
        sql: """
          SELECT ticket FROM absences JOIN tickets USING (ticket)
          WHERE source = ? AND until_import IS NULL
          """, arguments: [source]))
    var gone = 0
    for ticket in known where !seen.contains(ticket) && !away.contains(ticket) {
      try database.execute(
        sql: "INSERT INTO absences VALUES (?, ?, NULL)", arguments: [ticket, number])
      gone += 1
    }
    let returned = away.filter { seen.contains($0) }.sorted()
    for ticket in returned {
      try database.execute(
        sql: "UPDATE absences SET until_import = ? WHERE ticket = ? AND until_import IS NULL",
        arguments: [number, ticket])
    }
    return (gone, returned.count)
  }
}

func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  a.count == b.count && a.elementsEqual(b)
}
