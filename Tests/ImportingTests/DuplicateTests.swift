import Importing
import Messages
import Testing
import TestSupport
import Tickets

/// Several rows for one ticket, in one file or in many.
struct DuplicateTests {
  private static let header = "id,opened,resolved,updated,status\n"

  private static func status(of outcome: ImportOutcome) -> String? {
    guard let field = outcome.tickets?.fields.last, let code = field.codes.first else { return nil }
    return field.dictionary[code]
  }

  @Test(
    "The newer update stands, else the later row",
    arguments: [
      ("2026-01-02 00:00", "2026-01-01 00:00", "first"),
      ("2026-01-01 00:00", "2026-01-02 00:00", "second"),
      ("2026-01-01 00:00", "2026-01-01 00:00", "second"),
      ("", "2026-01-01 00:00", "second"),
      ("2026-01-01 00:00", "", "second"),
    ])
  func newer(first: String, second: String, winner: String) throws {
    let outcome = try Imports.read(
      Self.header + "1,2026-01-01 00:00,,\(first),first\n1,2026-01-01 00:00,,\(second),second\n")
    #expect(Self.status(of: outcome) == winner)
    #expect(outcome.ledger.superseded == 1)
    #expect(outcome.ledger.tickets == 1)
    #expect(outcome.ledger.tiesOut)
    #expect(outcome.tickets?.lineOfTicket == [winner == "first" ? 2 : 3])
  }

  @Test("The same row again is unchanged")
  func unchanged() throws {
    let row = "1,2026-01-01 00:00,,2026-01-01 00:00,New\n"
    let outcome = try Imports.read(Self.header + row + row)
    #expect(outcome.ledger.unchanged == 1)
    #expect(outcome.ledger.tiesOut)
  }

  @Test("Files count in byte order of their names, whatever order they are given in")
  func files() throws {
    let a = ("a.csv", Self.header + "1,2026-01-01 00:00,,,from a\n")
    let b = ("b.csv", Self.header + "1,2026-01-01 00:00,,,from b\n")
    for inputs in [[a, b], [b, a]] {
      let outcome = try Imports.read(inputs, Imports.tickets)
      #expect(Self.status(of: outcome) == "from b")
      #expect(outcome.tickets?.files == ["a.csv", "b.csv"])
      #expect(outcome.tickets?.fileOfTicket == [1])
    }
  }

  @Test("An event that another file repeats counts once; twice in one file are two events")
  func events() throws {
    let yaml = """
      mapping: small
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, at: at, status: status}
      """
    let text = "id,at,status\n1,2026-01-01 00:00,New\n1,2026-01-01 01:00,Done\n"
    let twice = try Imports.read([("a.csv", text), ("b.csv", text)], yaml)
    #expect(twice.ledger.unchanged == 2)
    #expect(twice.ledger.history == 1)
    let repeated = try Imports.read(text + "1,2026-01-01 01:00,Done\n", yaml)
    #expect(repeated.ledger.unchanged == 0)
    #expect(repeated.ledger.history == 2)
    for outcome in [twice, repeated] { #expect(outcome.ledger.tiesOut) }
  }

  @Test("Ids with equal hashes in part stay apart", arguments: 0..<3)
  func manyIDs(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let ids = (0..<3_000).map { _ in String(Int.random(in: 0..<2_000, using: &random)) }
    let text = Self.header + ids.map { "\($0),2026-01-01 00:00,,,x\n" }.joined()
    let outcome = try Imports.read(text)
    #expect(outcome.tickets?.count == Set(ids).count)
    #expect(outcome.ledger.unchanged == 3_000 - Set(ids).count)
    #expect(outcome.ledger.tiesOut)
  }
}
