import Foundation
import Importing
import ServiceTime
import Testing
import Tickets
import Workspace

@Suite("Reading a workspace")
struct ReadingTests {
  private static let mapping = """
    mapping: desk
    rows: tickets
    timestamps: iso
    ticket: {id: id, opened: opened, updated: updated, status: status}
    """

  /// More tickets than are read at once.
  private static let count = 10_000

  private static func night(_ number: Int) -> Night {
    var text = "id,opened,updated,status\n"
    for ticket in 0..<count {
      text += "t\(ticket),2026-10-01T00:00:00Z,2026-10-1\(number)T00:00:00Z,night \(number)\n"
    }
    return Night("\(number).csv", text)
  }

  /// Reads the rest of what was opened.
  private static func rest(_ read: ImportInput.Read, _ first: [UInt8]) throws -> String {
    var bytes = first
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try read($0) }
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  @Test("What an import changes while rows are read is not seen", arguments: [false, true])
  func importBeside(isOpen: Bool) throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    try Desk.importFiles([Self.night(1)], Self.mapping, into: workspace)
    try workspace.close()

    // A writer that is there already has the file in WAL mode; else it comes while we read.
    let early = isOpen ? try home.open() : nil
    let reader = try Workspace(reading: home.path)
    let source = try #require(reader.stored().sources.first)
    let read = try source.input.open()
    var first = [UInt8](repeating: 0, count: 4_096)
    let count = try first.withUnsafeMutableBytes { try read($0) }
    let writer = try early ?? home.open()
    try Desk.importFiles([Self.night(2)], Self.mapping, into: writer, at: Desk.night(1))
    let text = try Self.rest(read, Array(first[..<count]))
    #expect(text.split(separator: "\n").count == Self.count + 1)
    #expect(!text.contains("night 2"))
    try writer.close()
    try reader.close()

    let after = try Workspace(home.path)
    let now = try #require(after.stored().sources.first)
    #expect(try !Self.rest(now.input.open(), []).contains("night 1"))
    try after.close()
  }

  @Test("Reading leaves the file as it is and nothing beside it, also where nothing may be written")
  func readOnly() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    try Desk.importFiles([Self.night(1)], Self.mapping, into: workspace)
    try workspace.close()
    let manager = FileManager.default
    let before = try Data(contentsOf: URL(fileURLWithPath: home.path))
    try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: home.path)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: home.folder)
    defer {
      try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: home.folder)
    }
    let reader = try Workspace(reading: home.path)
    let source = try #require(reader.stored().sources.first)
    let text = try Self.rest(source.input.open(), [])
    #expect(text.split(separator: "\n").count == Self.count + 1)
    #expect(try manager.contentsOfDirectory(atPath: home.folder) == ["desk.sqlite"])
    try reader.close()
    #expect(try manager.contentsOfDirectory(atPath: home.folder) == ["desk.sqlite"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: home.path)) == before)
  }

  @Test("All sources are read as of one import")
  func oneState() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    let other = Self.mapping.replacingOccurrences(of: "mapping: desk", with: "mapping: other")
    let small = Night("a.csv", "id,opened,updated,status\na,2026-10-01T00:00:00Z,,Open\n")
    try Desk.importFiles([small], Self.mapping, into: workspace, at: Desk.night(0))
    try Desk.importFiles([small], other, into: workspace, at: Desk.night(2))
    let early = try workspace.stored(knownAt: Desk.night(1))
    #expect(early.sources.map(\.name) == ["desk"])
    #expect(early.lastChange == Desk.night(0))
    #expect(try workspace.stored().sources.map(\.name) == ["desk", "other"])
    #expect(try workspace.stored().lastChange == Desk.night(2))
    let error = #expect(throws: WorkspaceError.self) {
      try workspace.stored(knownAt: Desk.start.advanced(by: -1))
    }
    #expect(error?.reason.contains("first import was at \(Desk.start.iso)") == true)
  }
}
