import Importing
import Messages
import ServiceTime
import Testing
import Tickets

/// Naive times in the hours that a clock change skips or repeats.
struct ClockChangeTests {
  private static func london() throws -> ZoneRules { try RealExports.rules("Europe/London") }

  private static func resolved(_ opened: String, _ resolved: String) throws -> ImportOutcome {
    try Imports.read(
      "id,opened,resolved,updated,status\n1,\(opened),\(resolved),,New\n", zone: london())
  }

  @Test("A time in the spring gap moves forward by the gap and counts as adjusted")
  func gap() throws {
    let outcome = try Self.resolved("2026-03-29 01:30", "")
    #expect(outcome.tickets?.moments[0][0] == Instant(iso: "2026-03-29T01:30:00Z"))
    #expect(outcome.ledger.adjusted == 1)
    #expect(
      outcome.findings.map(\.line) == [
        "small.csv:2: adjusted: column \"opened\" holds \"2026-03-29 01:30\", which the clocks of "
          + "Europe/London skipped; taken as moved forward by the gap"
      ])
  }

  @Test("A time in the autumn fold is the first occurrence")
  func fold() throws {
    let outcome = try Self.resolved("2026-10-25 01:30", "")
    #expect(outcome.tickets?.moments[0][0] == Instant(iso: "2026-10-25T00:30:00Z"))
    #expect(outcome.ledger.adjusted == 1)
  }

  @Test("Unless that is before the ticket's previous event: then it is the second")
  func secondFold() throws {
    let outcome = try Self.resolved("2026-10-25 01:40", "2026-10-25 01:20")
    #expect(outcome.tickets?.moments[1][0] == Instant(iso: "2026-10-25T01:20:00Z"))
    #expect(outcome.findings.map(\.severity) == [.adjusted, .adjusted])
    #expect(outcome.ledger.adjusted == 1, "two values of one row")
  }

  @Test("An event in the fold that follows a later time is the second occurrence")
  func events() throws {
    let yaml = """
      mapping: small
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, at: at, status: status}
      """
    let outcome = try Imports.read(
      "id,at,status\n1,2026-10-25 01:50,New\n1,2026-10-25 01:10,Open\n1,2026-10-25 03:00,Done\n",
      yaml, zone: Self.london())
    let table = try #require(outcome.tickets)
    let history = try #require(table.history)
    let status = history.seconds.indices.filter { history.subject($0) == .field(0) }
    #expect(
      status.map { Instant(seconds: history.seconds[$0]).iso } == [
        "2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z", "2026-10-25T03:00:00Z",
      ])
    #expect(table.fields[0].dictionary[table.fields[0].codes[0]] == "Done")
  }

  @Test("A version in the fold that would precede the one before takes the second occurrence")
  func versions() throws {
    let yaml = """
      mapping: small
      rows: snapshots
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, updated: at, status: status}
      order: n
      """
    let outcome = try Imports.read(
      "id,n,at,status\n1,1,2026-10-25 01:50,New\n1,2,2026-10-25 01:10,Open\n", yaml,
      zone: Self.london())
    let history = try #require(outcome.tickets?.history)
    #expect(history.seconds.map { Instant(seconds: $0).iso } == ["2026-10-25T01:10:00Z"])
    #expect(outcome.ledger.adjusted == 2)
  }

  @Test("Of 1,100 adjusted times 100 are not listed, and none of these is a problem")
  func unlisted() throws {
    let rows = (0..<1_100).map { "\($0),2026-10-25 01:30,,,New\n" }.joined()
    let outcome = try Imports.read(
      "id,opened,resolved,updated,status\n" + rows, zone: Self.london())
    #expect(outcome.ledger.adjusted == 1_100)
    #expect(outcome.findings.count == 1_000)
    #expect(outcome.unlistedFindings == 100)
    #expect(outcome.unlistedProblems == 0)
  }
}
