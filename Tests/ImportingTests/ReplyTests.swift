import ServiceTime
import Testing
import Tickets

@testable import Importing

/// Messages may be written again and again: every one is an event of the ticket.
@Suite("Messages of customers and agents")
struct ReplyTests {
  private func replies(_ text: String, _ yaml: String) throws -> [String] {
    let outcome = try Imports.read(text, yaml)
    #expect(outcome.findings.isEmpty)
    return Imports.description(of: try #require(outcome.tickets))["A", default: []].filter {
      $0.contains("replied") && !$0.contains("=")
    }
  }

  private let log = """
    mapping: log
    rows: events
    timestamps: yyyy-MM-dd HH:mm
    ticket:
      id: id
      at: at
      customer-replied: {column: kind, when: [mail, "portal*"]}
      agent-replied: {column: kind, when: answer}
    """

  @Test("are read from rows of events by what a column says")
  func marked() throws {
    let text = """
      id,at,kind
      A,2026-03-02 09:00,mail
      A,2026-03-02 09:30,note
      A,2026-03-02 10:00,answer
      A,2026-03-02 11:00,portal form
      A,2026-03-02 11:00,mail
      """
    #expect(
      try replies(text, log) == [
        "2026-03-02T09:00:00Z customer-replied 1", "2026-03-02T10:00:00Z agent-replied 1",
        "2026-03-02T11:00:00Z customer-replied 1",
      ])
  }

  @Test("take the second occurrence of an hour with their row")
  func repeatedHour() throws {
    let text = """
      id,at,kind
      A,2026-10-25 02:30,note
      A,2026-10-25 02:50,answer
      A,2026-10-25 02:10,mail
      """
    let zone = try RealExports.rules("Europe/Berlin")
    let outcome = try Imports.read(text, log, zone: zone)
    let found = Imports.description(of: try #require(outcome.tickets))["A", default: []].filter {
      $0.contains("replied 1")
    }
    #expect(
      found == ["2026-10-25T00:50:00Z agent-replied 1", "2026-10-25T01:10:00Z customer-replied 1"])
  }

  @Test("are read from rows of one change, by their names or renamed")
  func changes() throws {
    let yaml = """
      mapping: log
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, at: at, field: field, to: to}
      values: {field: {Answer sent: agent-replied}}
      """
    let text = """
      id,at,field,to
      A,2026-03-02 09:00,customer-replied,1
      A,2026-03-02 10:00,Answer sent,yes
      A,2026-03-02 11:00,Answer sent,yes
      A,2026-03-02 12:00,Answer sent,
      """
    #expect(
      try replies(text, yaml) == [
        "2026-03-02T09:00:00Z customer-replied 1", "2026-03-02T10:00:00Z agent-replied 1",
        "2026-03-02T11:00:00Z agent-replied 1",
      ])
  }

  @Test("are every new instant of a version's column; an emptied one takes nothing back")
  func versions() throws {
    let yaml = """
      mapping: versions
      rows: snapshots
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, opened: opened, updated: updated, agent-replied: answered}
      """
    let text = """
      id,opened,updated,answered
      A,2026-03-02 09:00,2026-03-02 09:00,
      A,2026-03-02 09:00,2026-03-02 10:05,2026-03-02 10:00
      A,2026-03-02 09:00,2026-03-02 11:05,2026-03-02 10:00
      A,2026-03-02 09:00,2026-03-02 12:05,
      A,2026-03-02 09:00,2026-03-02 13:05,2026-03-02 13:00
      """
    #expect(
      try replies(text, yaml) == [
        "2026-03-02T10:00:00Z agent-replied 1", "2026-03-02T13:00:00Z agent-replied 1",
      ])
  }

  @Test("come back from what is written for the mapping attain-events")
  func roundTrip() throws {
    let text = """
      id,at,kind
      A,2026-03-02 09:00,mail
      A,2026-03-02 10:00,answer
      A,2026-03-02 11:00,answer
      B,2026-03-02 11:00,note
      """
    let table = try #require(try Imports.read(text, log).tickets)
    var bytes: [UInt8] = []
    var writer = TicketWriter(table)
    writer.write { (piece: [UInt8]) in bytes += piece }
    let preset = try #require(Presets.all.first { $0.name == "attain-events" })
    let again = try #require(
      try Imports.read(String(decoding: bytes, as: UTF8.self), preset.yaml).tickets)
    #expect(Imports.description(of: again) == Imports.description(of: table))
  }

  @Test("cannot be marked in rows of another shape, nor can other instants")
  func refused() throws {
    for (rows, name) in [("snapshots", "agent-replied"), ("events", "resolved")] {
      let yaml = """
        mapping: m
        rows: \(rows)
        ticket: {id: id, at: at, updated: at, \(name): {column: kind, when: x}}
        """
      #expect(throws: MappingError.self) { try Mapping.read(yaml, file: "m.yml") }
    }
  }
}
