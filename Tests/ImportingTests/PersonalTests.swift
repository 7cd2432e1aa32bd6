import Importing
import Messages
import ServiceTime
import Testing
import Tickets

@Suite("Personal values are dropped or hashed on the way in")
struct PersonalTests {
  private static let text = """
    id,opened,caller,agent,note
    a,2026-03-02 09:00,Ann Other,Bob,x
    b,2026-03-02 10:00,Ann Other,,y
    c,2026-03-02 11:00,Cid,Bob,z

    """

  private func table(_ yaml: String, _ text: String = text) throws -> TicketTable {
    let mapping = try Mapping.read(yaml, file: "desk.yml")
    let hash: @Sendable (String) -> String = {
      "#\($0.utf8.reduce(0) { $0 * 31 + Int($1) } % 9_973)"
    }
    let outcome = try Importer(mapping, zone: .utc, hash: hash)
      .read([ImportInput(name: "x.csv", bytes: Array(text.utf8))])
    return try #require(outcome.tickets)
  }

  private func values(_ name: String, _ table: TicketTable) -> [String]? {
    table.fieldIndex(name).map { index in
      (0..<table.count).map { table.fields[index].dictionary[table.fields[index].codes[$0]] }
    }
  }

  @Test("A hashed field holds hashes alone, equal for equal values; a blank stays blank")
  func tickets() throws {
    let table = try table(
      """
      mapping: desk
      rows: tickets
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, opened: opened, caller: caller, agent: agent}
      personal: {caller: hash, agent: hash}
      personal_key: secret
      """)
    let callers = try #require(values("caller", table))
    #expect(callers[0] == callers[1])
    #expect(callers[0] != callers[2])
    #expect(callers.allSatisfy { $0.hasPrefix("#") })
    #expect(try #require(values("agent", table))[1] == "")
    let kept = table.fields.flatMap { field in
      (0..<field.dictionary.count).map { field.dictionary[UInt32($0)] }
    }
    #expect(!kept.contains { $0.contains("Ann") || $0.contains("Bob") || $0.contains("Cid") })
  }

  @Test("Columns kept by a star are hashed by their own name, and dropped ones are not kept")
  func star() throws {
    let table = try table(
      """
      mapping: desk
      rows: tickets
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, opened: opened}
      keep: "*"
      personal: {caller: drop, agent: hash}
      personal_key: secret
      """)
    #expect(values("caller", table) == nil)
    #expect(try #require(values("agent", table))[0].hasPrefix("#"))
    #expect(values("note", table) == ["x", "y", "z"])
  }

  @Test("Changes of a hashed field are hashed as well")
  func changes() throws {
    let table = try table(
      """
      mapping: desk
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      ticket: {id: id, at: at, field: field, from: from, to: to}
      personal: {agent: hash, caller: drop}
      personal_key: secret
      """,
      """
      id,at,field,from,to
      a,2026-03-02 09:00,agent,Ann,Bob
      a,2026-03-02 10:00,caller,Cid,Dee
      a,2026-03-02 11:00,status,New,Done

      """)
    #expect(values("caller", table) == nil)
    #expect(try #require(values("agent", table))[0].hasPrefix("#"))
    #expect(values("status", table) == ["Done"])
  }

  @Test("Without a key nothing can be hashed, and only fields can")
  func refused() {
    for (line, words) in [
      ("personal: {caller: hash}", "need \"personal_key\""),
      ("personal: {id: hash}\npersonal_key: k", "only a field can be hashed"),
      ("personal: {caller: keep}", "must be drop or hash"),
    ] {
      let yaml = """
        mapping: desk
        rows: tickets
        ticket: {id: id, opened: opened, caller: caller}
        \(line)
        """
      do {
        _ = try Mapping.read(yaml, file: "m.yml")
        Issue.record("\(line) was taken")
      } catch {
        #expect(error.findings.contains { $0.message.text.contains(words) }, "\(line)")
      }
    }
  }
}
