import Importing
import ServiceTime
import Testing
import Workspace

@Suite("What the exports of a source hold together")
struct CoverageTests {
  private static func mapping(_ holds: String, shape: String = "tickets") -> String {
    let ticket =
      shape == "events"
      ? "{id: id, at: at, field: field, to: to}"
      : "{id: id, opened: opened, updated: updated, status: status}"
    return """
      mapping: desk
      rows: \(shape)
      timestamps: iso
      holds: \(holds)
      ticket: \(ticket)
      """
  }

  private static func night(_ id: String, updated: String) -> String {
    "id,opened,updated,status\n\(id),2026-09-01T00:00:00Z,\(updated),Open\n"
  }

  /// Imports a file a night, and says what is held after each.
  private static func held(_ nights: [(holds: String, text: String)]) throws -> [String] {
    let home = try TestWorkspace()
    let workspace = try home.open()
    var held: [String] = []
    for (number, night) in nights.enumerated() {
      let shape = night.text.hasPrefix("id,at") ? "events" : "tickets"
      try Desk.importFiles(
        [Night("\(number).csv", night.text)], mapping(night.holds, shape: shape), into: workspace,
        at: Desk.night(number))
      held.append(try workspace.rows(of: "desk").holds)
    }
    // What was known on an earlier night is told in the words of that night.
    for (number, words) in held.enumerated() {
      #expect(try workspace.rows(of: "desk", knownAt: Desk.night(number)).holds == words)
    }
    try workspace.close()
    return held
  }

  @Test("is everything, if deltas follow a full export without a gap")
  func deltas() throws {
    #expect(
      try Self.held([
        ("all", Self.night("a", updated: "2026-10-01T12:00:00Z")),
        // Noon in UTC of that day is known.
        ("updated-from 2026-10-01", Self.night("b", updated: "2026-10-02T18:00:00Z")),
        ("updated-from 2026-10-02", Self.night("a", updated: "2026-10-03T18:00:00Z")),
      ]) == ["all", "all", "all"])
  }

  @Test("has a gap, if nothing is known that was updated on the day from which a delta is")
  func gap() throws {
    #expect(
      try Self.held([
        ("all", Self.night("a", updated: "2026-10-01T11:59:59Z")),
        ("updated-from 2026-10-01", Self.night("b", updated: "2026-10-02T18:00:00Z")),
        ("updated-from 2026-10-02", Self.night("c", updated: "2026-10-03T18:00:00Z")),
        ("all", Self.night("d", updated: "2026-10-04T18:00:00Z")),
      ]) == ["all", "updated-from 2026-10-01", "updated-from 2026-10-01", "all"])
  }

  @Test("reaches as far back as the first of several deltas, and no window takes from a delta")
  func others() throws {
    #expect(
      try Self.held([
        ("opened-from 2026-01-01", Self.night("a", updated: "2026-10-01T18:00:00Z")),
        ("updated-from 2026-10-01", Self.night("b", updated: "2026-10-02T18:00:00Z")),
        ("finished", Self.night("c", updated: "2026-10-03T18:00:00Z")),
        ("updated-from 2026-10-03", Self.night("d", updated: "2026-10-04T18:00:00Z")),
      ]) == [
        "opened-from 2026-01-01", "opened-from 2026-01-01", "finished", "updated-from 2026-10-03",
      ])
  }

  @Test("is told of changes by their instants")
  func events() throws {
    func log(_ at: String) -> String { "id,at,field,to\na,\(at),status,Open\n" }
    #expect(
      try Self.held([
        ("all", log("2026-10-01T12:00:00Z")),
        ("updated-from 2026-10-01", log("2026-10-02T08:00:00Z")),
        ("updated-from 2026-10-02", log("2026-10-03T08:00:00Z")),
      ]) == ["all", "all", "updated-from 2026-10-02"])
  }
}
