import Importing
import Messages
import Testing
import Tickets

struct JoinedIDTests {
  private static let yaml = """
    mapping: slas
    rows: tickets
    timestamps: iso
    missing: ["-"]
    ticket: {id: {join: [[task, Task], {column: sla, until: " ("}]}, opened: start, task: task}
    """

  private static func ids(_ text: String) throws -> [String] {
    let table = try #require(try Imports.read(text, yaml).tickets)
    return (0..<table.count).map { table.ids[$0] }
  }

  @Test("An id is joined of the values of several columns, each cleaned in its own way")
  func joined() throws {
    let text = "sla,start,Task\nP1 (4 hours),2026-01-05,INC1\nP2,2026-01-05,INC1\n"
    #expect(try Self.ids(text) == ["INC1 P1", "INC1 P2"])
  }

  @Test("Rows of which all parts are equal are of one ticket")
  func equal() throws {
    let text = "task,sla,start\nINC1,P1,2026-01-05\nINC1,P1,2026-01-06\nINC1 P1,-,2026-01-07\n"
    let outcome = try Imports.read(text, Self.yaml)
    #expect(outcome.tickets?.count == 1)
    #expect(outcome.ledger.superseded == 2)
  }

  @Test("Only the first part must not be missing")
  func missing() throws {
    let text = "task,sla,start\nINC1,,2026-01-05\n-,P1,2026-01-05\n"
    let outcome = try Imports.read(text, Self.yaml)
    #expect(outcome.tickets.map { $0.ids[0] } == "INC1")
    #expect(
      outcome.findings.map(\.line) == [
        "small.csv:3: rejected: column \"task\", the id, is blank; correct the row"
      ])
  }

  @Test("A file that lacks one of the columns is refused")
  func lacking() throws {
    let error = #expect(throws: ImportError.self) {
      _ = try Imports.read("task,start\nINC1,2026-01-05\n", Self.yaml)
    }
    #expect(
      error
        == .columnMissing(
          file: "small.csv", key: "id", columns: ["sla"], nearest: nil, header: ["task", "start"]))
  }

  @Test("An optional opened may lack; it is missing everywhere then")
  func optional() throws {
    let yaml = """
      mapping: changes
      rows: tickets
      timestamps: iso
      ticket: {id: id, opened: {column: opened, optional: yes}, closed: closed}
      """
    let table = try #require(try Imports.read("id,closed\n1,2026-01-05\n", yaml).tickets)
    #expect(table.moments[try #require(table.momentIndex("opened"))][0] == nil)
    let whole = try #require(
      try Imports.read("id,opened,closed\n1,2026-01-04,2026-01-05\n", yaml).tickets)
    #expect(whole.moments[try #require(whole.momentIndex("opened"))][0] != nil)
  }

  @Test(
    "Only what may be optional or joined is",
    arguments: [
      (
        "{id: i, closed: {column: c, optional: yes}}",
        "m.yml:3:37: error: unknown key \"optional\" in closed; allowed are column, value, until, "
          + "without"
      ),
      (
        "{id: i, opened: {column: c, optional: maybe}}",
        "m.yml:3:47: error: optional is \"maybe\"; allowed are yes, no"
      ),
      (
        "{id: {join: [a, b], column: c}}",
        "m.yml:3:29: error: unknown key \"column\" in id; allowed is join"
      ),
    ])
  func wrong(ticket: String, message: String) {
    let error = #expect(throws: MappingError.self) {
      try Mapping.read("mapping: m\nrows: tickets\nticket: \(ticket)\n", file: "m.yml")
    }
    #expect(error?.findings.first?.line == message)
  }
}
