internal import GRDB
internal import Importing

/// The numbers of a source's tickets in the workspace, found by their ids.
final class KnownTickets {
  private let source: Int64
  private let find: PreparedStatement
  /// Whether the source had tickets before this import.
  private let hadAny: Bool
  /// By the import's own numbers.
  private var numbers: [Int64] = []
  private(set) var next: Int64
  private(set) var newTickets = 0
  /// Tickets from this number on are of the file at hand.
  private(set) var firstOfFile: Int64
  /// Whether a ticket may be there although no row of this import had its id.
  var mayBeStored: Bool { hadAny }

  init(_ database: Database, _ source: Int64) throws {
    self.source = source
    find = try PreparedStatement(
      database, "SELECT ticket FROM tickets WHERE source = ?1 AND id = ?2")
    hadAny =
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM tickets WHERE source = ?)",
        arguments: [source]) ?? false
    next = try (Int64.fetchOne(database, sql: "SELECT max(ticket) FROM tickets") ?? 0) + 1
    firstOfFile = next
  }

  func beginFile() { firstOfFile = next }

  /// The row's ticket; one that is not there gets a number, and `isNew` is true.
  func ticket(_ row: ImportedRow) throws -> (number: Int64, isNew: Bool) {
    if !row.isNew { return (numbers[row.number], false) }
    if hadAny, let known = try stored(row) {
      numbers.append(known)
      return (known, false)
    }
    numbers.append(next)
    next += 1
    newTickets += 1
    return (next - 1, true)
  }

  /// Gives numbers to the tickets of rows that are all new, and returns the first.
  func add(_ count: Int) -> Int64 {
    let first = next
    numbers.append(contentsOf: first..<first + Int64(count))
    next += Int64(count)
    newTickets += count
    return first
  }

  private func stored(_ row: ImportedRow) throws -> Int64? {
    find.bind(1, source)
    find.bind(2, text: row.id)
    return try find.first { $0.number(0) ?? 0 }
  }
}
