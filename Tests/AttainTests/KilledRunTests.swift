import Foundation
import Glibc
import TestSupport
import Testing

@Suite("A run that is killed", .serialized)
struct KilledRunTests {
  private static let rounds = ProcessInfo.processInfo.environment["ATTAIN_LONG"] == nil ? 20 : 300

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
    for _ in 0..<Self.rounds {
      try restore(old, in: desk)
      // The square makes the early instants, before the first pack, as likely as the late ones.
      let part = Double.random(in: 0..<1, using: &random)
      let isEnded = try Tool.run(
        DeskFolder.arguments, in: desk.folder, signal: signal, after: whole * (part * part * 1.1),
        surroundings: surroundings)
      if isEnded {
        ended += 1
        if signal != SIGKILL { try expectNothingLeft(in: desk, temporary) }
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
    #expect(states.count { $0 > 0 } > 1, "killed at one point only: \(states)")
  }

  /// No folder that was being prepared, beside the packs or among temporary files.
  private func expectNothingLeft(in desk: DeskFolder, _ temporary: String) throws {
    let manager = FileManager.default
    // libxlsxwriter puts a file of its own, `tmp.`, beside a folder that was taken from under it.
    let left = try manager.contentsOfDirectory(atPath: temporary).filter { $0.hasPrefix("attain-") }
    #expect(left == [])
    let out = desk.folder.appendingPathComponent("out").path
    let staged = manager.enumerator(atPath: out)?.compactMap { $0 as? String }
      .filter { $0.contains(".attain-staging-") }
    #expect(staged == [])
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
