import Foundation
import Glibc
import Testing

@Suite("The record of a run")
struct RunRecordTests {
  private typealias Object = [String: Any]

  private func record(of desk: DeskFolder) throws -> Object {
    let file = desk.folder.appendingPathComponent("out/run.json")
    var found = stat()
    #expect(stat(file.path, &found) == 0 && found.st_mode & 0o777 == 0o600)
    return try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
  }

  private func list(_ object: Object, _ key: String) throws -> [Object] {
    try #require(object[key] as? [Object], "\(key)")
  }

  @Test("It holds every stage, input, rule file and pack, and adds up")
  func whole() throws {
    let desk = try DeskFolder(tickets: 80, seed: 30)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let record = try record(of: desk)
    #expect(record["format"] as? String == "attain.run/1")
    #expect(record["state"] as? String == "done" && record["status"] as? Int == 0)
    let stages = try list(record, "stages")
    #expect(stages.map { $0["stage"] as? String } == ["import", "calculate", "export"])
    let seconds = stages.compactMap { $0["seconds"] as? Double }
    #expect(
      seconds.count == 3 && seconds.reduce(0, +) <= (record["seconds"] as? Double ?? 0) + 0.01)
    #expect(stages[0]["rowsRead"] as? Int == 80 && stages[0]["inputsChanged"] as? Int == 1)
    #expect(stages[2]["packsMade"] as? Int == 6 && stages[2]["packsLeft"] as? Int == 0)
    let input = try #require(try list(record, "inputs").first)
    let tickets = try Data(contentsOf: desk.folder.appendingPathComponent("tickets.csv"))
    #expect(input["bytes"] as? Int == tickets.count && (input["sha256"] as? String)?.count == 64)
    #expect(try list(record, "rules").count == 2)
    for pack in try list(record, "packs") {
      let folder = try #require(pack["folder"] as? String)
      let files = try list(pack, "files")
      let usual = files.filter { ($0["name"] as? String)?.hasSuffix(Packs.notInEach) == false }
      #expect(usual.count == Packs.filesPerPack)
      for file in files {
        let name = try #require(file["name"] as? String)
        let bytes = try Data(contentsOf: desk.folder.appendingPathComponent("\(folder)/\(name)"))
        #expect(file["bytes"] as? Int == bytes.count)
      }
    }
  }

  @Test("A run that fails says why, and the nights before it are remembered")
  func failed() throws {
    let desk = try DeskFolder(tickets: 80, seed: 31)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let tickets = try String(
      contentsOf: desk.folder.appendingPathComponent("tickets.csv"), encoding: .utf8)
    try desk.scratch.write("", to: "desk/tickets.csv")
    let result = try Tool.run(DeskFolder.arguments, in: desk.folder)
    #expect(result.status == 65)
    let failed = try record(of: desk)
    #expect(failed["state"] as? String == "failed" && failed["status"] as? Int == 65)
    #expect((failed["messages"] as? [String] ?? []).joined(separator: "\n") + "\n" == result.errors)
    #expect(try list(failed, "stages").map { $0["stage"] as? String } == ["import"])

    try desk.scratch.write(tickets, to: "desk/tickets.csv")
    let killed = try Tool.run(
      DeskFolder.arguments, in: desk.folder, signal: SIGKILL, after: .milliseconds(60))
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let earlier = try list(try record(of: desk), "earlier")
    let states = earlier.map { $0["state"] as? String }
    #expect(Array(states.suffix(2)) == ["failed", "done"])
    #expect(!killed || states.first == "running" || states.count == 2)
    #expect(earlier.last?["packsMade"] as? Int == 6)
    #expect(earlier.last?["rows"] as? [String: Int] == ["desk": 80])
  }

  @Test("Rejected rows are for the owner's eyes only, and gone when none is rejected any more")
  func rejects() throws {
    let desk = try DeskFolder(tickets: 40, seed: 34)
    let whole = try String(
      contentsOf: desk.folder.appendingPathComponent("tickets.csv"), encoding: .utf8)
    let bad = "T-1,=secret(),2026-13-01 09:00,,1,Sales\n"
    try desk.scratch.write(whole + bad, to: "desk/tickets.csv")
    let result = try Tool.run(DeskFolder.arguments + ["--keep-raw"], in: desk.folder)
    #expect(result.status == 0)
    #expect(result.errors.hasSuffix("1 row was rejected; out/rejects.csv lists it\n"))
    for name in ["rejects.csv", "run.json", "import-report.json"] {
      var found = stat()
      let path = desk.folder.appendingPathComponent("out/\(name)").path
      #expect(stat(path, &found) == 0 && found.st_mode & 0o777 == 0o600, "\(name)")
    }
    let rejects = desk.folder.appendingPathComponent("out/rejects.csv")
    let text = try String(contentsOf: rejects, encoding: .utf8)
    #expect(text.hasPrefix("file,line,column,reason,raw\ntickets.csv,42,opened,"))
    #expect(text.hasSuffix(",\"\(bad.dropLast())\"\n"))
    try desk.scratch.write(whole, to: "desk/tickets.csv")
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    #expect(!FileManager.default.fileExists(atPath: rejects.path))
    #expect(try record(of: desk)["rejects"] == nil)
  }

  @Test("A month of nights is remembered, and the last good one however long it is ago")
  func remembered() throws {
    let desk = try DeskFolder(tickets: 20, seed: 32)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    try desk.scratch.write("", to: "desk/tickets.csv")
    for _ in 0..<33 { _ = try Tool.run(DeskFolder.arguments, in: desk.folder) }
    let earlier = try list(try record(of: desk), "earlier")
    #expect(earlier.count == 31)
    #expect(earlier.last?["state"] as? String == "done")
    #expect(earlier.dropLast().allSatisfy { $0["state"] as? String == "failed" })
  }

  @Test("An export that is not made any more ends the run, or is told, by its age")
  func newerThan() throws {
    let desk = try DeskFolder(tickets: 20, seed: 33)
    let file = desk.folder.appendingPathComponent("review.yml")
    let pipeline = try String(contentsOf: file, encoding: .utf8)
    let limits = "./mapping.yml, expects: {newer-than: {warn: 26h, error: 50h}}}"
    try desk.scratch.write(
      pipeline.replacing("./mapping.yml}", with: limits), to: "desk/review.yml")
    let path = desk.folder.appendingPathComponent("tickets.csv").path
    func age(_ hours: Double) throws -> Tool.Result {
      let past = Date(timeIntervalSinceNow: -hours * 3_600 - 60)
      try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
      return try Tool.run(DeskFolder.arguments, in: desk.folder)
    }
    let fresh = try age(25)
    #expect(fresh.status == 0 && fresh.errors.isEmpty)
    let old = try age(27)
    #expect(old.status == 0)
    #expect(
      old.errors == "tickets.csv: warning: the newest file was changed 27 h ago, and must be "
        + "newer than 26 h (\"newer-than\"); see whether the export was made\n")
    let stale = try age(51)
    #expect(stale.status == 66)
    #expect(
      stale.errors == "tickets.csv: error: the newest file was changed 51 h ago, and must be newer "
        + "than 50 h (\"newer-than\"); see whether the export was made, or run once with "
        + "--accept-limits if this is right\n")
    let accepted = try Tool.run(
      DeskFolder.arguments + ["--accept-limits"], in: desk.folder)
    #expect(accepted.status == 0 && accepted.errors.contains("warning: the newest file"))
    #expect((try record(of: desk)["warnings"] as? [String])?.count == 1)
  }
}
