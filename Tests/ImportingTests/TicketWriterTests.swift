import Importing
import ServiceTime
import TestSupport
import Testing
import Tickets

/// What `import -o` writes, read back.
struct TicketWriterTests {
  private static func roundTrip(_ table: TicketTable) throws -> TicketTable {
    var writer = TicketWriter(table)
    var bytes: [UInt8] = []
    writer.write { bytes += $0 }
    let yaml = try #require(Presets.named(writer.mappingName)?.yaml)
    let mapping = try Mapping.read(yaml, file: "preset")
    let outcome = try Importer(mapping, zone: nil).read([
      ImportInput(name: "out.csv", bytes: bytes)
    ])
    #expect(outcome.rejectedRows == 0)
    #expect(outcome.ledger.tiesOut)
    return try #require(outcome.tickets)
  }

  @Test("Tickets come back with every instant, field, pause and verdict")
  func tickets() throws {
    let yaml = """
      mapping: m
      rows: tickets
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, opened: opened, resolved: resolved, "odd, name": odd}
      instants: {assigned: assigned}
      pauses: [{from: held, to: freed, party: the customer}]
      paused_seconds: {column: paused, counts: working}
      reported: {clock: resolution, breached: {column: sla, when: "false"}}
      """
    let outcome = try Imports.read(
      """
      id,opened,resolved,odd,assigned,held,freed,paused,sla
      1,2026-01-05 08:00,?,"a ""b"", c",2026-01-05 08:01,2026-01-05 09:00,2026-01-05 10:00,30,true
      =2,2026-01-05 08:00,,=1+1,,2026-01-05 09:00,,,false
      3,2026-01-05 08:00,2026-01-06 08:00,,,,,0,

      """, yaml)
    let table = try #require(outcome.tickets)
    let back = try Self.roundTrip(table)
    #expect(Imports.description(of: back) == Imports.description(of: table))
  }

  @Test("Histories come back change by change", arguments: 0..<10)
  func histories(seed: UInt64) throws {
    let yaml = """
      mapping: m
      rows: snapshots
      timestamps: iso
      ticket: {id: id, opened: opened, resolved: resolved, updated: updated, status: status,
               group: group}
      order: n
      """
    var random = SeededGenerator(seed: seed)
    var text = "id,n,opened,resolved,updated,status,group\n"
    for ticket in 0..<20 {
      var now: Int64 = 1_767_254_400
      for version in 0..<Int.random(in: 1...6, using: &random) {
        now += Int64.random(in: 60..<100_000, using: &random)
        let done = Bool.random(using: &random)
        let at = Instant(seconds: now).iso
        text += "\(ticket),\(version),2026-01-01T08:00:00Z,\(done ? at : ""),\(at),"
        text += "\(done ? "Done" : "Open"),\(["", "a", "b"].randomElement(using: &random) ?? "")\n"
      }
    }
    let table = try #require(try Imports.read(text, yaml).tickets)
    let back = try Self.roundTrip(table)
    #expect(Imports.description(of: back) == Imports.description(of: table))
  }
}
