import Foundation
import Importing
import ServiceTime
import TestSupport
import Testing
import Workspace

/// Nights of dumps, windows and deltas in any order, against importing all files at once and
/// against a dictionary.
@Suite("Upserts")
struct UpsertTests {
  @Test(
    "Every night the workspace knows what all files say together, and knows it still later on",
    arguments: ["tickets", "snapshots", "events", "intervals", "counts"])
  func nights(shape: String) throws {
    for seed in 0..<UInt64(Effort.rounds(20, long: 600)) {
      var desk = RandomDesk(seed: seed, shape: shape)
      let home = try TestWorkspace()
      var workspace = try home.open()
      var files: [Night] = []
      var known: [[String: [String]]] = []
      var register = AbsenceRegister()
      for night in 0..<Int.random(in: 2...7, using: &desk.random) {
        let tonight = desk.files(of: night)
        let changes = try Desk.importFiles(
          tonight, desk.mapping, into: workspace, at: Desk.night(night))
        let fresh = tonight.filter { file in !files.contains { $0.text == file.text } }
        #expect(changes.repeatedFiles == tonight.count - fresh.count, "seed \(seed)")
        files += fresh
        if shape == "tickets", !fresh.isEmpty {
          try register.note(tonight, desk.mapping, at: Desk.night(night))
        }
        known.append(register.added(to: try Desk.direct(files, desk.mapping)))
        let found = try Desk.stored(workspace, "desk")
        #expect(found == known[night], "\(shape), seed \(seed), night \(night)")
        if Bool.random(using: &desk.random) {
          try workspace.close()
          workspace = try home.open()
        }
      }
      for (night, expected) in known.enumerated() {
        let found = try Desk.stored(workspace, "desk", knownAt: Desk.night(night))
        #expect(found == expected, "\(shape), seed \(seed), known at night \(night)")
      }
      let wrong = try workspace.check()
      #expect(wrong == [], "\(shape), seed \(seed)")
      try workspace.close()
    }
  }

  @Test("The newer updated stands, then the later import, then the later row")
  func winners() throws {
    for seed in 0..<UInt64(Effort.rounds(20, long: 600)) {
      var desk = RandomDesk(seed: seed, shape: "tickets")
      let home = try TestWorkspace()
      let workspace = try home.open()
      var expected: [String: (updated: String, status: String)] = [:]
      var seen: Set<String> = []
      for night in 0..<6 {
        let files = desk.files(of: night)
        try Desk.importFiles(files, desk.mapping, into: workspace, at: Desk.night(night))
        for file in files where seen.insert(file.text).inserted {
          for line in file.text.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(
              String.init)
            let row = (updated: cells[2], status: cells[3])
            if let stored = expected[cells[0]], !row.updated.isEmpty, !stored.updated.isEmpty,
              row.updated < stored.updated
            {
              continue
            }
            expected[cells[0]] = row
          }
        }
      }
      let found = try Desk.stored(workspace, "desk")
      #expect(found.keys.sorted() == expected.keys.sorted(), "seed \(seed)")
      for (id, row) in expected {
        let status = found[id]?.first { $0.hasPrefix("status=") }
        #expect(
          status == (row.status.isEmpty ? nil : "status=>\(row.status)"), "seed \(seed), \(id)")
      }
      try workspace.close()
    }
  }

  @Test("Many tickets at once, new, known and repeated in any order, are those of the files")
  func manyAtOnce() throws {
    for seed in 0..<UInt64(Effort.rounds(4, long: 60)) {
      var random = SeededGenerator(seed: seed)
      func file(_ name: String) -> Night {
        var text = Self.header
        let first = Int.random(in: 0..<300, using: &random)
        for number in first..<first + 450 {
          let id = Int.random(in: 0..<90, using: &random) == 0 ? first : number
          let day = Int.random(in: 10...14, using: &random)
          text += "\(id),2026-10-01T10:00:00Z,2026-10-\(day)T10:00:00Z,\(name)\n"
        }
        return Night(name, text)
      }
      let home = try TestWorkspace()
      let workspace = try home.open()
      var files: [Night] = []
      var register = AbsenceRegister()
      for night in 0..<3 {
        let tonight = (0..<2).map { file("\(night)-\($0).csv") }
        files += tonight
        let changes = try Desk.importFiles(
          tonight, Self.tickets, into: workspace, at: Desk.night(night), workers: 1 + night)
        #expect(changes.rows == 900, "seed \(seed)")
        try register.note(tonight, Self.tickets, at: Desk.night(night))
        let expected = register.added(to: try Desk.direct(files, Self.tickets))
        #expect(try Desk.stored(workspace, "desk") == expected, "seed \(seed)")
      }
      #expect(try workspace.check() == [], "seed \(seed)")
      try workspace.close()
    }
  }

  private static let tickets = """
    mapping: desk
    rows: tickets
    timestamps: iso
    ticket: {id: id, opened: opened, updated: updated, status: status}
    """
  private static let header = "id,opened,updated,status\n"

  @Test("The same bytes again change nothing, and say so; by another mapping they are read")
  func sameBytes() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    let night = Night("a.csv", Self.header + "1,2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,Open\n")
    let first = try Desk.importFiles([night], Self.tickets, into: workspace)
    #expect(first.newTickets == 1)
    #expect(first.changed == 1)
    let again = try Desk.importFiles([night], Self.tickets, into: workspace, at: Desk.night(1))
    #expect(again.repeatedFiles == 1)
    #expect(again.imported == nil)
    let other = try Desk.importFiles(
      [night], Self.tickets + "\nvalues: {status: {Open: New}}", into: workspace,
      at: Desk.night(2))
    #expect(other.changed == 1)
    #expect(try Desk.stored(workspace, "desk")["1"]?.contains("status=>New") == true)
  }

  @Test("A ticket that an export of all does not have is marked, and unmarked when it is back")
  func goneAndBack() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    func row(_ id: String, _ status: String) -> String {
      "\(id),2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,\(status)\n"
    }
    let both = Night("a.csv", Self.header + row("1", "Open") + row("2", "Open"))
    let one = Night("b.csv", Self.header + row("2", "Open"))
    let back = Night("c.csv", Self.header + row("2", "Open") + row("1", "Open"))
    try Desk.importFiles([both], Self.tickets, into: workspace, at: Desk.night(0))
    let without = try Desk.importFiles([one], Self.tickets, into: workspace, at: Desk.night(1))
    #expect(without.gone == 1)
    #expect(
      try workspace.texts("SELECT id FROM current_tickets WHERE gone_since IS NOT NULL") == ["1"])
    #expect(try Desk.stored(workspace, "desk").keys.sorted() == ["1", "2"])
    let since = "gone from the export=\(Desk.night(1).seconds)"
    #expect(try Desk.stored(workspace, "desk")["1"]?.contains(since) == true)
    #expect(try Desk.stored(workspace, "desk")["2"]?.contains { $0.hasPrefix("gone") } == false)
    #expect(
      try Desk.stored(workspace, "desk", knownAt: Desk.night(0))["1"]?
        .contains { $0.hasPrefix("gone") } == false, "that was not known the night before")
    let returned = try Desk.importFiles([back], Self.tickets, into: workspace, at: Desk.night(2))
    #expect(returned.returned == 1)
    #expect(returned.gone == 0)
    #expect(
      try Desk.stored(workspace, "desk")["1"]?.contains { $0.hasPrefix("gone") } == false,
      "it is there again, so it never was gone for good")
    #expect(
      try Desk.stored(workspace, "desk", knownAt: Desk.night(1))["1"]?.contains(since) == true)
    #expect(
      try workspace.texts("SELECT id FROM current_tickets WHERE gone_since IS NOT NULL") == [])
    let part = Self.tickets + "\nholds: updated-from 2026-10-02"
    let window = try Desk.importFiles(
      [Night("d.csv", Self.header + row("2", "Closed"))], part, into: workspace,
      at: Desk.night(3))
    #expect(window.gone == 0, "an export of a part says nothing of the rest")
  }

  @Test("What is told of a ticket after an export without it shows that it is there")
  func goneAndToldOf() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    func row(_ id: String, _ day: String, _ status: String) -> String {
      "\(id),2026-10-01T10:00:00Z,2026-10-\(day)T10:00:00Z,\(status)\n"
    }
    let both = Night("a.csv", Self.header + row("1", "01", "Open") + row("2", "01", "Open"))
    let one = Night("b.csv", Self.header + row("2", "02", "Open"))
    let delta = Night("c.csv", Self.header + row("1", "03", "Closed"))
    let part = Self.tickets + "\nholds: updated-from 2026-10-02"
    try Desk.importFiles([both], Self.tickets, into: workspace, at: Desk.night(0))
    try Desk.importFiles([one], Self.tickets, into: workspace, at: Desk.night(1))
    try Desk.importFiles([delta], part, into: workspace, at: Desk.night(2))
    #expect(
      try Desk.stored(workspace, "desk")["1"]?.contains { $0.hasPrefix("gone") } == false)
    let before = try Desk.stored(workspace, "desk", knownAt: Desk.night(1))
    #expect(before["1"]?.contains("gone from the export=\(Desk.night(1).seconds)") == true)
  }

  @Test("A file among several that was imported before still says which tickets are there")
  func goneAmongSeveral() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    func file(_ id: Int, _ status: String) -> Night {
      Night("\(id).csv", Self.header + "\(id),2026-10-01T10:00:00Z,,\(status)\n")
    }
    try Desk.importFiles([file(1, "Open"), file(2, "Open")], Self.tickets, into: workspace)
    let changes = try Desk.importFiles(
      [file(1, "Open"), file(2, "Closed")], Self.tickets, into: workspace, at: Desk.night(1))
    #expect(changes.repeatedFiles == 1)
    #expect(changes.gone == 0)
    #expect(changes.changed == 1)
  }

  @Test("Times that are written otherwise than before are refused, and nothing is kept")
  func otherTimes() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    let yaml = Self.tickets.replacingOccurrences(of: "timestamps: iso", with: "timestamps: auto")
    try Desk.importFiles(
      [Night("a.csv", Self.header + "1,25/10/2026 10:00,,Open\n")], yaml, into: workspace)
    let before = try Desk.stored(workspace, "desk")
    #expect(throws: ImportError.self) {
      try Desk.importFiles(
        [Night("b.csv", Self.header + "2,10/25/2026 10:00,,Open\n3,11/25/2026 10:00,,Open\n")],
        yaml, into: workspace)
    }
    #expect(try Desk.stored(workspace, "desk") == before)
    try Desk.importFiles(
      [Night("c.csv", Self.header + "2,10/11/2026 10:00,,Open\n")], yaml, into: workspace)
    #expect(try Desk.stored(workspace, "desk")["2"]?.contains("opened=1794304800") == true)
  }

  @Test("Another shape, zone or lack of ids under the name of a source is refused")
  func otherSource() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    let file = Night("a.csv", Self.header + "1,2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,Open\n")
    try Desk.importFiles([file], Self.tickets, into: workspace)
    for other in [
      Self.tickets.replacingOccurrences(of: "rows: tickets", with: "rows: snapshots"),
      Self.tickets + "\nzone: Europe/London",
    ] {
      let error = #expect(throws: WorkspaceError.self) {
        try Desk.importFiles([file], other, into: workspace)
      }
      #expect(error?.reason.contains("source \"desk\" was stored with") == true)
    }
    #expect(try workspace.check() == [])
  }
}

/// Which tickets are missing from the last export, written down without the workspace.
private struct AbsenceRegister {
  private var known: Set<String> = []
  private var gone: [String: Int64] = [:]

  mutating func note(_ files: [Night], _ mapping: String, at: Instant) throws {
    let seen = Set(try Desk.direct(files, mapping).keys)
    for id in known.subtracting(seen) where gone[id] == nil { gone[id] = at.seconds }
    for id in seen { gone[id] = nil }
    known.formUnion(seen)
  }

  func added(to tickets: [String: [String]]) -> [String: [String]] {
    var tickets = tickets
    for (id, at) in gone {
      tickets[id] = ((tickets[id] ?? []) + ["gone from the export=\(at)"]).sorted()
    }
    return tickets
  }
}
