import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A run that is killed", .serialized)
struct KilledRunTests {
  private static let rounds = Effort.rounds(5, long: 100)

  @Test(
    "It leaves every pack old or new, never half, and the next run completes it",
    arguments: [SIGKILL, SIGTERM, SIGINT])
  func oldOrNew(signal: Int32) throws {
    let desk = try DeskFolder(tickets: 60, seed: 10)
    let temporary = desk.scratch.folder.appendingPathComponent("tmp").path
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    let surroundings = Tool.surroundings.merging(["TMPDIR": temporary]) { $1 }
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let old = try packs(of: desk)
    let clock = ContinuousClock()
    try desk.setTickets(60, seed: 11)
    let began = clock.now
    let other = DeskFolder.arguments + ["--out", "reference"]
    #expect(try Tool.run(other, in: desk.folder).status == 0)
    let whole = clock.now - began
    let new = try packs(of: desk, out: "reference")
    #expect(old.keys == new.keys && old != new)

    var random = SeededGenerator(seed: UInt64(signal))
    var states = [0, 0, 0]
    var ended = 0
    var cancelled = 0
    for _ in 0..<Self.rounds {
      try restore(old, in: desk)
      // The square makes the early instants, before the first pack, as likely as the late ones.
      let part = Double.random(in: 0..<1, using: &random)
      let isEnded = try Tool.run(
        DeskFolder.arguments, in: desk.folder, signal: signal, after: whole * (part * part * 1.1),
        surroundings: surroundings)
      if isEnded {
        ended += 1
        if signal != SIGKILL {
          try expectNothingLeft(in: desk, temporary)
          cancelled += try expectCancelled(in: desk, by: signal)
        }
      }
      let found = try packs(of: desk)
      for (name, pack) in found {
        #expect(pack == old[name] || pack == new[name], "\(name) is neither old nor new")
      }
      let renewed = found.count { $0.value == new[$0.key] }
      states[renewed == 0 ? 0 : renewed < found.count ? 1 : 2] += 1
      #expect(Set(found.keys) == Set(old.keys))
      let next = try Tool.run(DeskFolder.arguments, in: desk.folder, surroundings: surroundings)
      #expect(next.status == 0)
      #expect(try packs(of: desk, withHidden: true) == new)
      try expectNothingLeft(in: desk, temporary)
    }
    #expect(ended > 0, "no run was ended by the signal")
    let areFew = Self.rounds < 20
    #expect(areFew || signal == SIGKILL || cancelled > 0, "no run had begun its record")
    #expect(areFew || states.count { $0 > 0 } > 1, "killed at one point only: \(states)")
  }

  @Test(
    "With a workspace: the import is whole or undone, packs are old or new, the next completes it",
    arguments: [SIGKILL, SIGTERM])
  func withWorkspace(signal: Int32) throws {
    let desk = try DeskFolder(tickets: 60, seed: 12)
    let temporary = desk.scratch.folder.appendingPathComponent("tmp").path
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
    let surroundings = Tool.surroundings.merging(["TMPDIR": temporary]) { $1 }
    let arguments = DeskFolder.arguments + ["-w", "desk.sqlite"]
    #expect(try Tool.run(arguments, in: desk.folder).status == 0)
    let old = try packs(of: desk)
    let workspace = desk.folder.appendingPathComponent("desk.sqlite")
    let stored = try Data(contentsOf: workspace)
    try stored.write(to: desk.folder.appendingPathComponent("reference.sqlite"))
    try desk.setTickets(60, seed: 13)
    let began = ContinuousClock.now
    let other = DeskFolder.arguments + ["-w", "reference.sqlite", "--out", "reference"]
    #expect(try Tool.run(other, in: desk.folder).status == 0)
    var whole = ContinuousClock.now - began
    let new = try packs(of: desk, out: "reference").mapValues(figures)

    var random = SeededGenerator(seed: UInt64(signal))
    let rounds = Effort.rounds(7, long: 150)
    var ended = 0
    for _ in 0..<rounds * 4 where ended < rounds {
      try restore(old, in: desk)
      try restore(stored, at: workspace)
      let isEnded = try Tool.run(
        arguments, in: desk.folder, signal: signal,
        after: whole * Double.random(in: 0..<1, using: &random), surroundings: surroundings)
      if isEnded { ended += 1 } else { whole = whole * 0.9 }
      if isEnded, signal != SIGKILL {
        try expectNothingLeft(in: desk, temporary)
        try expectOneFile(workspace)
        _ = try expectCancelled(in: desk, by: signal)
      }
      let check = try Tool.run(["workspace", "check", "desk.sqlite"], in: desk.folder)
      #expect(check.status == 0, "\(check.errors)")
      let found = try packs(of: desk)
      #expect(Set(found.keys) == Set(old.keys))
      for (name, pack) in found where pack != old[name] {
        #expect(figures(pack) == new[name], "\(name) is neither old nor new")
        let verified = try Tool.run(["verify", "out/2026-04/\(name)"], in: desk.folder)
        #expect(verified.status == 0, "\(verified.errors)")
      }
      let next = try Tool.run(arguments, in: desk.folder, surroundings: surroundings)
      #expect(next.status == 0, "\(next.errors)")
      #expect(try packs(of: desk, withHidden: true).mapValues(figures) == new)
      try expectNothingLeft(in: desk, temporary)
      try expectOneFile(workspace)
    }
    #expect(ended == rounds)
  }

  /// The tables of a pack; its other files also tell when the workspace was last changed.
  private func figures(_ pack: [String: Data]) -> [String: Data] {
    pack.filter { $0.key.hasPrefix("csv/") }
  }

  private func restore(_ stored: Data, at workspace: URL) throws {
    for end in ["-journal", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: workspace.path + end)
    }
    try stored.write(to: workspace)
  }

  /// Nothing beside a workspace but its lock.
  private func expectOneFile(_ workspace: URL) throws {
    let folder = workspace.deletingLastPathComponent().path
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasPrefix(workspace.lastPathComponent) }
    #expect(names.sorted() == ["desk.sqlite", "desk.sqlite.lock"])
  }

  /// No folder that was being prepared, beside the packs or among temporary files.
  private func expectNothingLeft(in desk: DeskFolder, _ temporary: String) throws {
    let manager = FileManager.default
    #expect(try manager.contentsOfDirectory(atPath: temporary) == [])
    let out = desk.folder.appendingPathComponent("out").path
    let staged = manager.enumerator(atPath: out)?.compactMap { $0 as? String }
      .filter { $0.contains(".attain-staging-") }
    #expect(staged == [])
  }

  /// A run that a signal ended says so in its record, unless it had not begun one.
  ///
  /// - Returns: Whether it had, as 1 or 0.
  private func expectCancelled(in desk: DeskFolder, by signal: Int32) throws -> Int {
    let file = desk.folder.appendingPathComponent("out/run.json")
    let record = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let state = try #require(record["state"] as? String)
    guard state == "cancelled" else {
      #expect(state == "done", "of the run before, or of one that was over")
      return 0
    }
    let name = signal == SIGTERM ? "SIGTERM" : "SIGINT"
    #expect(record["status"] as? Int == Int(128 + signal))
    #expect(
      record["messages"] as? [String]
        == ["review.yml: note: the run was ended by \(name); run it again"])
    #expect(record["ended"] as? String != nil && record["seconds"] as? Double != nil)
    return 1
  }

  /// The files of each pack, by its folder.
  private func packs(
    of desk: DeskFolder, out: String = "out", withHidden: Bool = false
  ) throws -> [String: [String: Data]] {
    var packs: [String: [String: Data]] = [:]
    for (path, bytes) in try Packs.files(of: desk, out: out) {
      let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
      guard parts.count == 3, withHidden || !parts[1].hasPrefix(".") else { continue }
      packs[parts[1], default: [:]][parts[2]] = bytes
    }
    return packs
  }

  private func restore(_ packs: [String: [String: Data]], in desk: DeskFolder) throws {
    for (name, files) in packs {
      let folder = desk.folder.appendingPathComponent("out/2026-04/\(name)")
      try FileManager.default.removeItem(at: folder)
      for (path, bytes) in files {
        let file = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
      }
    }
  }
}
