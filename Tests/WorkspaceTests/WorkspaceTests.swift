import Foundation
import Importing
import ServiceTime
import TestSupport
import Testing
import Workspace

@Suite("The workspace")
struct WorkspaceTests {
  static let tickets = """
    mapping: desk
    rows: tickets
    timestamps: iso
    ticket: {id: id, opened: opened, updated: updated, status: status, group: group}
    """

  static func file(_ name: String, _ count: Int, _ status: String, day: Int = 10) -> Night {
    var text = "id,opened,updated,status,group\n"
    for id in 0..<count {
      text += "T\(id),2026-10-01T10:00:00Z,2026-10-\(day)T10:00:00Z,\(status),\"a \"\"b\"\",\nc\"\n"
    }
    return Night(name, text)
  }

  @Test("A workspace is for its owner alone, and one file when it is closed")
  func closed() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    try Desk.importFiles([Self.file("a.csv", 3, "Open")], Self.tickets, into: workspace)
    try workspace.close()
    #expect(try FileManager.default.contentsOfDirectory(atPath: home.folder) == ["desk.sqlite"])
    let attributes = try FileManager.default.attributesOfItem(atPath: home.path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let header = try Data(contentsOf: URL(fileURLWithPath: home.path)).prefix(20)
    #expect(Array(header.suffix(2)) == [1, 1], "readers without a log beside it need this")
  }

  @Test("An import that is not accepted leaves nothing")
  func allOrNothing() throws {
    struct Refusal: Error {}
    let home = try TestWorkspace()
    let workspace = try home.open()
    #expect(throws: Refusal.self) {
      try Desk.importFiles([Self.file("a.csv", 3, "Open")], Self.tickets, into: workspace) { _ in
        throw Refusal()
      }
    }
    #expect(try workspace.sourceNames() == [])
    try Desk.importFiles([Self.file("a.csv", 3, "Open")], Self.tickets, into: workspace)
    #expect(throws: Refusal.self) {
      try Desk.importFiles([Self.file("b.csv", 5, "Closed")], Self.tickets, into: workspace) { _ in
        throw Refusal()
      }
    }
    #expect(try workspace.texts("SELECT count(*) FROM tickets") == ["3"])
    #expect(try workspace.check() == [])
  }

  @Test("Files as a process leaves them that is killed inside of an import hold the night before")
  func killed() throws {
    let home = try TestWorkspace()
    var workspace = try home.open()
    for night in 0..<4 {
      let before = night == 0 ? [:] : try Desk.stored(workspace, "desk")
      let copy = try TestWorkspace()
      let file = Self.file("\(night).csv", 2_000 * (night + 1), "status \(night)", day: 10 + night)
      try Desk.importFiles([file], Self.tickets, into: workspace, at: Desk.night(night)) { _ in
        for name in try FileManager.default.contentsOfDirectory(atPath: home.folder) {
          try FileManager.default.copyItem(
            atPath: home.folder + "/" + name, toPath: copy.folder + "/" + name)
        }
      }
      let left = try copy.open()
      #expect(try left.check() == [])
      #expect((night == 0 ? [:] : try Desk.stored(left, "desk")) == before)
      try Desk.importFiles([file], Self.tickets, into: left, at: Desk.night(night))
      #expect(try Desk.stored(left, "desk") == Desk.stored(workspace, "desk"))
      try left.close()
      if night == 2 {
        try workspace.close()
        workspace = try home.open()
      }
    }
  }

  @Test("What is no workspace, is damaged or comes from a later version is named as such")
  func notOurs() throws {
    let home = try TestWorkspace()
    let missing = #expect(throws: WorkspaceError.self) { try Workspace(home.path) }
    #expect(missing == .missing(path: home.path))

    try Data("id,opened\n1,2026\n".utf8).write(to: URL(fileURLWithPath: home.path))
    let foreign = #expect(throws: WorkspaceError.self) { try Workspace(home.path) }
    #expect(foreign?.reason.contains("is no workspace, or is damaged") == true)
    try FileManager.default.removeItem(atPath: home.path)

    let workspace = try home.open()
    try Desk.importFiles([Self.file("a.csv", 5_000, "Open")], Self.tickets, into: workspace)
    try workspace.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: home.path))
    let whole = bytes
    bytes.replaceSubrange(40_000..<90_000, with: Data(repeating: 0x5a, count: 50_000))
    try bytes.write(to: URL(fileURLWithPath: home.path))
    let damaged = #expect(throws: WorkspaceError.self) {
      let broken = try Workspace(home.path)
      let wrong = try broken.check()
      #expect(wrong != [])
      throw WorkspaceError.damaged(path: home.path, detail: "found by check")
    }
    #expect(damaged?.reason.contains("put the last backup in its place") == true)

    try whole.write(to: URL(fileURLWithPath: home.path))
    try SQLiteShell.run("INSERT INTO grdb_migrations VALUES ('99 later');", on: home.path)
    let newer = #expect(throws: WorkspaceError.self) { try Workspace(home.path) }
    #expect(newer == .newer(path: home.path, migration: "migration 99 later"))
  }

  @Test("Pruning keeps what is known since, and refuses what an issued pack needs")
  func pruning() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    for night in 0..<4 {
      try Desk.importFiles(
        [Self.file("\(night).csv", 5, "status \(night)", day: 10 + night)], Self.tickets,
        into: workspace, at: Desk.night(night))
    }
    let known = try (2..<4).map {
      try Desk.stored(workspace, "desk", knownAt: Desk.night($0))
    }
    _ = try workspace.issue(
      client: "City", agreement: "it", period: "2026-09", asOf: Desk.night(1),
      knownAt: Desk.night(1), manifestSHA256: "x", issued: Desk.night(1))
    let needed = #expect(throws: WorkspaceError.self) { try workspace.prune(before: Desk.night(2)) }
    #expect(needed?.reason.hasPrefix("pack it 2026-09 of City was issued") == true)
    #expect(try workspace.prune(before: Desk.night(2), forgetPacks: true) == 10)
    #expect(
      try (2..<4).map {
        try Desk.stored(workspace, "desk", knownAt: Desk.night($0))
      } == known)
    let pruned = #expect(throws: WorkspaceError.self) {
      try workspace.rows(of: "desk", knownAt: Desk.night(1))
    }
    #expect(pruned?.reason.hasPrefix("was pruned before") == true)
    #expect(try workspace.check() == [])
    try workspace.vacuum()
    #expect(try workspace.check() == [])
  }

  @Test("A pack has the next number of its client, agreement and period")
  func packs() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    func issue(_ period: String) throws -> Int {
      try workspace.issue(
        client: "City", agreement: "it", period: period, asOf: Desk.night(1),
        knownAt: Desk.night(1), manifestSHA256: "x", issued: Desk.night(2))
    }
    #expect(try [issue("2026-09"), issue("2026-09"), issue("2026-10")] == [1, 2, 1])
    #expect(try workspace.issuedPacks().map(\.number) == [1, 2, 1])
  }

  @Test("A dump makes the same workspace again")
  func dump() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    try Desk.importFiles([Self.file("a.csv", 4, "Open")], Self.tickets, into: workspace)
    var text = ""
    try workspace.dump { text += $0 }
    #expect(text.contains("-- in the order in which they were first seen"))
    let other = try TestWorkspace()
    try SQLiteShell.run(text, on: other.path)
    let again = try other.open()
    #expect(try again.check() == [])
    #expect(try Desk.stored(again, "desk") == Desk.stored(workspace, "desk"))
    var second = ""
    try again.dump { second += $0 }
    #expect(second == text)
  }
}
