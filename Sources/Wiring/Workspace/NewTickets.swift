internal import GRDB
internal import Importing

/// Stores tickets that were never seen, with their first versions, many rows a statement: most of
/// the time of a statement is that of its start and its end.
final class NewTickets {
  /// How many rows go in at once.
  static let rows = 100

  private let tickets: PreparedStatement
  private let versions: PreparedStatement
  private let source: Int64

  init(_ database: Database, _ source: Int64) throws {
    self.source = source
    // ?1 and ?2 are the same in every row.
    tickets = try PreparedStatement(
      database,
      "INSERT INTO tickets VALUES "
        + Self.list { row in "(?\(3 * row + 3), ?1, ?\(3 * row + 4), ?2, ?\(3 * row + 5))" })
    versions = try PreparedStatement(
      database,
      "INSERT INTO versions VALUES "
        + Self.list { row in
          let places = (3..<9).map { "?\(6 * row + $0)" }
          return "(\(places[0]), \(places[1]), ?1, \(places[2...4].joined(separator: ", ")), "
            + "?2, \(places[5]))"
        })
  }

  private static func list(_ row: (Int) -> String) -> String {
    (0..<rows).map(row).joined(separator: ", ")
  }

  /// - Parameters:
  ///   - range: As many as ``rows``, each of a ticket of its own.
  ///   - ticket: The number of the first ticket.
  ///   - version: The number of the first version.
  func store(
    _ batch: MappedBatch, _ range: Range<Int>, ticket: Int64, version: Int64, import number: Int64
  ) throws {
    try batch.withTexts { ids, texts in
      tickets.bind(1, source)
      tickets.bind(2, number)
      versions.bind(1, number)
      versions.bind(2, 0)
      for row in range {
        let offset = row - range.lowerBound
        let place = Int32(3 * offset + 3)
        tickets.bind(place, ticket + Int64(offset))
        tickets.bind(place + 1, text: ids[row])
        tickets.bind(place + 2, version + Int64(offset))
        bind(batch, row, texts[row], ticket, version, offset)
      }
      try tickets.run()
      try versions.run()
    }
  }

  private func bind(
    _ batch: MappedBatch, _ row: Int, _ cells: UnsafeRawBufferPointer, _ ticket: Int64,
    _ version: Int64, _ offset: Int
  ) {
    let place = Int32(6 * offset + 3)
    versions.bind(place, version + Int64(offset))
    versions.bind(place + 1, ticket + Int64(offset))
    versions.bind(place + 2, Int64(batch.lines[row]))
    versions.bind(place + 3, batch.at(row))
    versions.bind(place + 4, batch.order(row))
    versions.bind(place + 5, text: cells)
  }
}
