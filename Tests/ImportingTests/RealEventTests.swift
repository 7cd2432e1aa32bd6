import Importing
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExports.arePresent, Comment(rawValue: SharedData.absent)))
struct RealEventTests {
  private static let volvo = """
    mapping: vinst
    rows: events
    timestamps: iso
    encoding: iso-8859-1
    ticket: {id: Problem Number, at: Problem Change Date+Time, status: Problem Sub Status,
             impact: Problem Latest Impact, product: Product}
    """

  private static let volvoUTC = """
    mapping: vinst-utc
    rows: events
    timestamps: auto
    ticket: {id: CaseID, at: Timestamp, status: Activity}
    """

  @Test("Both files of one event log hold the same instants and the same intervals")
  func volvo() throws {
    let local = try #require(
      try RealExports.read("volvo-vinst/closed-problems.csv", yaml: Self.volvo).tickets)
    let coded = try #require(
      try RealExports.read("volvo-vinst/closed-problems-utc.csv", yaml: Self.volvoUTC).tickets)
    for table in [local, coded] {
      #expect(table.count == 1_487)
      #expect(table.ledger.read == 6_660)
      #expect(table.ledger.tickets == 1_487)
      #expect(table.ledger.history == 6_660 - 1_487)
      #expect(table.ledger.tiesOut)
    }
    #expect(try Self.statusInstants(of: local) == Self.statusInstants(of: coded))
  }

  /// When each ticket changed status, sorted, because the files number tickets differently.
  private static func statusInstants(of table: TicketTable) throws -> [[Int64]] {
    let history = try #require(table.history)
    let status = ChangeTable.Subject.field(try #require(table.fieldIndex("status")))
    return (0..<table.count).map { ticket in
      history.range(of: ticket).filter { history.subject($0) == status }
        .map { history.seconds[$0] }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test("The Italian help desk's log is 21,348 events of 4,580 tickets, opened by their first")
  func italian() throws {
    let yaml = """
      mapping: helpdesk
      rows: events
      timestamps: iso
      ticket: {id: "case:concept:name", at: "time:timestamp", status: Activity}
      """
    let outcome = try RealExports.read("italian-helpdesk/events.csv", yaml: yaml)
    let table = try #require(outcome.tickets)
    #expect(table.count == 4_580)
    #expect(table.ledger.read == 21_348)
    #expect(table.ledger.tiesOut)
    #expect(outcome.findings.isEmpty)
    let opened = table.moments[try #require(table.momentIndex("opened"))]
    let history = try #require(table.history)
    for ticket in 0..<table.count {
      let first = history.seconds[history.range(of: ticket).lowerBound]
      #expect(opened[ticket]?.seconds == first)
    }
    let status = table.fields[try #require(table.fieldIndex("status"))]
    #expect(status.initialCodes?.allSatisfy { $0 == 0 } == true)
    let waits = try #require(status.dictionary.existingCode(for: "Wait"))
    let count = history.values.indices.count {
      history.values[$0] == waits && history.subject($0) == .field(0)
    }
    #expect(count == 1_350, "of 1,463 events, 113 repeat the status the ticket was in")
  }
}
