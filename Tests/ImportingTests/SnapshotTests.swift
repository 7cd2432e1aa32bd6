import Importing
import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Changes found between the versions of a ticket.
struct SnapshotTests {
  private static let yaml = """
    mapping: small
    rows: snapshots
    timestamps: yyyy-MM-dd HH:mm
    ticket: {id: id, opened: opened, resolved: resolved, updated: updated, status: status,
             priority: priority}
    order: n
    """
  private static let header = "id,n,opened,resolved,updated,status,priority\n"

  private static func changes(_ rows: String) throws -> [String] {
    let outcome = try Imports.read(header + rows, yaml)
    let table = try #require(outcome.tickets)
    #expect(table.ledger.tiesOut)
    return Imports.description(of: table)["1", default: []].filter { $0.hasPrefix("2026") }
  }

  @Test("What a version has in place of the version before it is a change at its update")
  func fields() throws {
    let changes = try Self.changes(
      """
      1,1,2026-01-01 08:00,,2026-01-01 08:05,New,3
      1,2,2026-01-01 08:00,,2026-01-01 09:00,Open,3
      1,3,2026-01-01 08:00,,2026-01-01 10:00,Open,1

      """)
    #expect(
      changes == [
        "2026-01-01T08:00:00Z opened 1", "2026-01-01T08:05:00Z status:=New",
        "2026-01-01T09:00:00Z status:=Open", "2026-01-01T10:00:00Z priority:=1",
      ])
  }

  @Test("The first version's status holds from its update, all else from the opening")
  func firstVersion() throws {
    let changes = try Self.changes(
      "1,1,2026-01-01 08:00,2026-01-01 08:20,2026-01-01 08:20,Resolved,3\n")
    #expect(
      changes == [
        "2026-01-01T08:00:00Z opened 1", "2026-01-01T08:20:00Z status:=Resolved",
        "2026-01-01T08:20:00Z resolved 1",
      ])
    let atOnce = try Self.changes("1,1,2026-01-01 08:00,,2026-01-01 08:00,Awaiting User Info,3\n")
    #expect(atOnce == ["2026-01-01T08:00:00Z opened 1"])
  }

  @Test("An instant that is emptied was taken back at that version's update, and may come again")
  func reopening() throws {
    let changes = try Self.changes(
      """
      1,1,2026-01-01 08:00,2026-01-01 09:00,2026-01-01 09:00,Done,3
      1,2,2026-01-01 08:00,,2026-01-01 11:00,Open,3
      1,3,2026-01-01 08:00,2026-01-01 12:00,2026-01-01 12:30,Done,3

      """)
    #expect(
      changes == [
        "2026-01-01T08:00:00Z opened 1", "2026-01-01T09:00:00Z status:=Done",
        "2026-01-01T09:00:00Z resolved 1", "2026-01-01T11:00:00Z status:=Open",
        "2026-01-01T11:00:00Z resolved 0", "2026-01-01T12:00:00Z resolved 1",
        "2026-01-01T12:30:00Z status:=Done",
      ])
  }

  @Test("A later instant in place of another is a reopening if the status changed in between")
  func replaced() throws {
    let changes = try Self.changes(
      """
      1,1,2026-01-01 08:00,2026-01-01 09:00,2026-01-01 09:00,Done,3
      1,2,2026-01-01 08:00,2026-01-01 09:00,2026-01-01 11:00,Open,3
      1,3,2026-01-01 08:00,2026-01-01 12:00,2026-01-01 12:00,Done,3

      """)
    #expect(changes.contains("2026-01-01T11:00:00Z resolved 0"))
    #expect(changes.contains("2026-01-01T12:00:00Z resolved 1"))
    #expect(changes.contains("2026-01-01T09:00:00Z resolved 1"))
  }

  @Test("Else it is a correction, of which the first instant leaves nothing")
  func corrected() throws {
    let changes = try Self.changes(
      """
      1,1,2026-01-01 08:00,2026-01-01 09:00,2026-01-01 09:00,Done,3
      1,2,2026-01-01 08:00,2026-01-01 09:30,2026-01-01 11:00,Done,3

      """)
    #expect(
      changes == [
        "2026-01-01T08:00:00Z opened 1", "2026-01-01T09:00:00Z status:=Done",
        "2026-01-01T09:30:00Z resolved 1",
      ])
  }

  @Test("An instant that every version repeats, even before it came, is one change")
  func constant() throws {
    let changes = try Self.changes(
      """
      1,1,2026-01-01 08:00,2026-01-03 09:00,2026-01-01 09:00,New,3
      1,2,2026-01-01 08:00,2026-01-03 09:00,2026-01-03 09:00,Done,3

      """)
    #expect(changes.count { $0.contains("resolved") } == 1)
  }

  @Test("An instant that was taken back before it came never was")
  func neverCame() throws {
    let changes = try Self.changes(
      """
      1,1,2026-01-01 08:00,2026-01-03 09:00,2026-01-01 09:00,New,3
      1,2,2026-01-01 08:00,,2026-01-02 09:00,New,3

      """)
    #expect(!changes.contains { $0.contains("resolved") })
  }

  @Test("The order of rows does not matter where the order of versions is named", arguments: 0..<20)
  func shuffled(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var rows: [String] = []
    for ticket in 0..<30 {
      var minute = Int.random(in: 0..<100, using: &random)
      for version in 0..<Int.random(in: 1...6, using: &random) {
        minute += Int.random(in: 1..<200, using: &random)
        let status = ["New", "Open", "Done"].randomElement(using: &random) ?? ""
        let resolved = status == "Done" ? Self.time(minute) : ""
        rows.append(
          "\(ticket),\(version),\(Self.time(0)),\(resolved),\(Self.time(minute)),\(status),"
            + "\(Int.random(in: 1...4, using: &random))\n")
      }
    }
    let plain = try Imports.read(Self.header + rows.joined(), Self.yaml)
    rows.shuffle(using: &random)
    let mixed = try Imports.read(Self.header + rows.joined(), Self.yaml)
    let first = try #require(plain.tickets)
    let second = try #require(mixed.tickets)
    #expect(Imports.description(of: first) == Imports.description(of: second))
    #expect(first.ledger == second.ledger)
    #expect(first.ledger.tiesOut)
  }

  private static func time(_ minute: Int) -> String {
    let text = Instant(seconds: 1_767_225_600 + Int64(minute) * 60).iso
    return String(text.prefix(16)).replacing("T", with: " ")
  }

  @Test("Rows of one change say the field, its value before and its value after")
  func changeRows() throws {
    let yaml = """
      mapping: small
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, at: at, field: what, from: old, to: new}
      values:
        what: {}
        field: {Assignment group: group}
        group: {Net: Networks}
      """
    let outcome = try Imports.read(
      """
      id,at,what,old,new
      1,2026-01-01 09:00,Assignment group,Desk,Net
      1,2026-01-01 08:00,status,New,Open
      1,2026-01-01 10:00,resolved,,yes
      1,2026-01-01 11:00,resolved,yes,

      """, yaml)
    let table = try #require(outcome.tickets)
    #expect(
      Imports.description(of: table)["1"] == [
        "group=Desk>Networks", "opened=1767254400", "resolved=\(Int64.min)", "status=New>Open",
        "2026-01-01T08:00:00Z opened 1", "2026-01-01T08:00:00Z status:=Open",
        "2026-01-01T09:00:00Z group:=Networks", "2026-01-01T10:00:00Z resolved 1",
        "2026-01-01T11:00:00Z resolved 0",
      ])
  }

  @Test("Rows of one change may name an instant that no column holds, in every file")
  func changeRowsInTwoFiles() throws {
    let yaml = """
      mapping: small
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, at: at, field: what, from: old, to: new}
      """
    let header = "id,at,what,old,new\n"
    let outcome = try Imports.read(
      [
        ("1.csv", header + "1,2026-01-01 09:00,opened,,yes\n"),
        ("2.csv", header + "2,2026-01-02 09:00,opened,,yes\n2,2026-01-02 10:00,resolved,,yes\n"),
      ], yaml)
    let table = try #require(outcome.tickets)
    #expect(outcome.findings.isEmpty)
    #expect(
      Imports.description(of: table)["2"] == [
        "opened=1767344400", "resolved=1767348000", "2026-01-02T09:00:00Z opened 1",
        "2026-01-02T10:00:00Z resolved 1",
      ])
  }
}
