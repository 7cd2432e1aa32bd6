import Foundation
import Glibc
import Testing

/// Disks that are full or may not be written, made with mounts where this process may mount.
@Suite("Disks that take no more")
struct DiskTests {
  /// A folder with a file system of its own, gone with the value.
  private final class Mounted {
    let path: String

    /// `nil`, said, where this process may not mount.
    init?(_ arguments: [String], at path: String) throws {
      self.path = path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      guard try Self.run("/usr/bin/mount", arguments + [path]) == 0 else {
        print("skipped: this process may not mount")
        return nil
      }
    }

    deinit { _ = try? Self.run("/usr/bin/umount", ["-l", path]) }

    static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
      guard FileManager.default.isExecutableFile(atPath: program) else { return 127 }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: program)
      process.arguments = arguments
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  private static let small = ["-t", "tmpfs", "-o", "size=1m", "tmpfs"]

  private func names(_ path: String) -> [String] {
    (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  @Test("A full disk for the packs: status 73, packs whole, and room makes the next run complete")
  func fullOutput() throws {
    let desk = try DeskFolder(tickets: 1_500, seed: 40)
    let out = desk.folder.appendingPathComponent("out").path
    guard let disk = try Mounted(Self.small, at: out) else { return }
    let result = try Tool.run(DeskFolder.arguments, in: desk.folder)
    #expect(result.status == 73)
    #expect(
      result.errors.hasSuffix(
        ": error: cannot be written: the disk is full; make room and run again\n"))
    #expect(result.errors.hasPrefix("out/"))
    #expect(!names(out).contains { $0.contains(".attain-staging-") })
    for pack in names(out + "/2026-04") where !pack.contains("/") {
      let verified = try Tool.run(["verify", "out/2026-04/\(pack)"], in: desk.folder)
      #expect(verified.status == 0, "\(verified.errors)")
    }
    #expect(try Mounted.run("/usr/bin/mount", ["-o", "remount,size=64m", out]) == 0)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let fresh = try Tool.run(DeskFolder.arguments + ["--out", "fresh"], in: desk.folder)
    #expect(fresh.status == 0)
    #expect(try Packs.files(of: desk) == Packs.files(of: desk, out: "fresh"))
    withExtendedLifetime(disk) {}
  }

  @Test("A full temporary folder: status 73, the old packs stay, and nothing is left in it")
  func fullTemporary() throws {
    let desk = try DeskFolder(tickets: 1_500, seed: 41)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let before = try Packs.files(of: desk)
    try desk.setTickets(1_500, seed: 42)
    let temporary = desk.scratch.folder.appendingPathComponent("tmp").path
    guard let disk = try Mounted(Self.small, at: temporary) else { return }
    try Data(count: 1 << 20).withUnsafeBytes { bytes in
      let file = open(temporary + "/filler", O_WRONLY | O_CREAT, 0o600)
      try #require(file >= 0)
      _ = write(file, bytes.baseAddress, bytes.count)
      close(file)
    }
    let surroundings = Tool.surroundings.merging(["TMPDIR": temporary]) { $1 }
    let result = try Tool.run(DeskFolder.arguments, in: desk.folder, surroundings: surroundings)
    #expect(result.status == 73, "\(result.errors)")
    #expect(names(temporary) == ["filler"])
    #expect(try Packs.files(of: desk) == before)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    withExtendedLifetime(disk) {}
  }

  private static let importing = [
    "import", "tickets.csv", "-m", "./mapping.yml", "-w", "room/desk.sqlite",
  ]

  private func dump(_ desk: DeskFolder) throws -> Data {
    let result = try Tool.run(["workspace", "dump", "room/desk.sqlite"], in: desk.folder)
    #expect(result.status == 0, "\(result.errors)")
    return result.stdout
  }

  @Test("A full disk for the workspace: status 73, it is as before, and room lets it in")
  func fullWorkspace() throws {
    let desk = try DeskFolder(tickets: 300, seed: 45)
    let room = desk.folder.appendingPathComponent("room").path
    guard let disk = try Mounted(Self.small, at: room) else { return }
    #expect(try Tool.run(Self.importing, in: desk.folder).status == 0)
    let before = try dump(desk)
    try desk.setTickets(6_000, seed: 46)
    for arguments in [Self.importing, DeskFolder.arguments + ["-w", "room/desk.sqlite"]] {
      let result = try Tool.run(arguments, in: desk.folder)
      #expect(result.status == 73)
      #expect(
        result.errors == "room/desk.sqlite: error: cannot be written: the disk is full; make room "
          + "and run again\n")
      #expect(names(room) == ["desk.sqlite", "desk.sqlite.lock"])
    }
    let packs = desk.folder.appendingPathComponent("out/2026-04").path
    #expect(!FileManager.default.fileExists(atPath: packs))
    let check = try Tool.run(["workspace", "check", "room/desk.sqlite"], in: desk.folder)
    #expect(check.status == 0, "\(check.errors)")
    #expect(try dump(desk).count >= before.count)
    let reading = ["calculate", "-a", "agreement.yml", "-p", "all", "-w", "room/desk.sqlite"]
    #expect(try Tool.run(reading, in: desk.folder).status == 0)
    #expect(try Mounted.run("/usr/bin/mount", ["-o", "remount,size=64m", room]) == 0)
    #expect(try Tool.run(Self.importing, in: desk.folder).status == 0)
    #expect(try dump(desk).count > 2 * before.count)
    withExtendedLifetime(disk) {}
  }

  @Test("A disk too small for a new workspace: status 73, and one that is empty at most")
  func noRoomAtAll() throws {
    let desk = try DeskFolder(tickets: 300, seed: 47)
    let room = desk.folder.appendingPathComponent("room").path
    let tiny = ["-t", "tmpfs", "-o", "size=32k", "tmpfs"]
    guard let disk = try Mounted(tiny, at: room) else { return }
    let result = try Tool.run(Self.importing, in: desk.folder)
    #expect(result.status == 73)
    #expect(
      result.errors == "room/desk.sqlite: error: cannot be written: the disk is full; make room "
        + "and run again\n")
    #expect(try Mounted.run("/usr/bin/mount", ["-o", "remount,size=64m", room]) == 0)
    #expect(try Tool.run(Self.importing, in: desk.folder).status == 0)
    withExtendedLifetime(disk) {}
  }

  @Test("A workspace that may only be read: imports end with status 73, reports are made")
  func readOnlyWorkspace() throws {
    let desk = try DeskFolder(tickets: 30, seed: 48)
    let room = desk.folder.appendingPathComponent("room").path
    try FileManager.default.createDirectory(atPath: room, withIntermediateDirectories: true)
    #expect(try Tool.run(Self.importing, in: desk.folder).status == 0)
    let before = try Scratch.files(below: desk.folder.appendingPathComponent("room"))
    guard let disk = try Mounted(["--bind", room], at: room) else { return }
    guard try Mounted.run("/usr/bin/mount", ["-o", "remount,bind,ro", room]) == 0 else {
      print("skipped: this process may not mount read-only")
      return
    }
    try desk.setTickets(30, seed: 49)
    let result = try Tool.run(Self.importing, in: desk.folder)
    #expect(result.status == 73)
    #expect(
      result.errors == "room/desk.sqlite.lock: error: cannot be written: Read-only file system; "
        + "correct the path, or its permissions\n")
    let reading = ["calculate", "-a", "agreement.yml", "-p", "all", "-w", "room/desk.sqlite"]
    #expect(try Tool.run(reading, in: desk.folder).status == 0)
    #expect(try Scratch.files(below: desk.folder.appendingPathComponent("room")) == before)
    withExtendedLifetime(disk) {}
  }

  @Test("A folder that may only be read: status 73, nothing changed")
  func readOnly() throws {
    let desk = try DeskFolder(tickets: 30, seed: 43)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let before = try Scratch.files(below: desk.folder)
    try desk.setTickets(30, seed: 44)
    let out = desk.folder.appendingPathComponent("out").path
    guard let disk = try Mounted(["--bind", out], at: out) else { return }
    guard try Mounted.run("/usr/bin/mount", ["-o", "remount,bind,ro", out]) == 0 else {
      print("skipped: this process may not mount read-only")
      return
    }
    let result = try Tool.run(DeskFolder.arguments, in: desk.folder)
    #expect(result.status == 73)
    #expect(
      result.errors == "out/.attain.lock: error: cannot be written: Read-only file system; "
        + "correct the path, or its permissions\n")
    let after = try Scratch.files(below: desk.folder)
    for (path, bytes) in before where path.hasPrefix("out/") { #expect(after[path] == bytes) }
    #expect(after.keys.sorted() == before.keys.sorted())
    withExtendedLifetime(disk) {}
  }
}
