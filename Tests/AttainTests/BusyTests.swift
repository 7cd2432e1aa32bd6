import Foundation
import Glibc
import Testing

@Suite("Places that are held or cannot be written")
struct BusyTests {
  @Test("A run beside another ends with status 75, names the lock, and changes nothing")
  func busy() throws {
    let desk = try DeskFolder(tickets: 20, seed: 4)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    let before = try Packs.instants(of: desk)
    let lock = open(desk.folder.appendingPathComponent("out/.attain.lock").path, O_RDWR)
    #expect(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    try desk.setTickets(30, seed: 5)
    let result = try Tool.run(DeskFolder.arguments, in: desk.folder)
    #expect(result.status == 75)
    #expect(result.errors.hasPrefix("out/.attain.lock: error: is held by another run (process "))
    #expect(result.errors.hasSuffix("); run again when it has ended\n"))
    #expect(try Packs.instants(of: desk) == before)
    close(lock)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
    #expect(try Packs.instants(of: desk) != before)
  }

  @Test("A run whose workspace is held ends with status 75 at once, and changes nothing")
  func heldWorkspace() throws {
    let desk = try DeskFolder(tickets: 20, seed: 4)
    let arguments = DeskFolder.arguments + ["-w", "desk.sqlite"]
    #expect(try Tool.run(arguments, in: desk.folder).status == 0)
    let lock = open(desk.folder.appendingPathComponent("desk.sqlite.lock").path, O_RDWR)
    #expect(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    let file = desk.folder.appendingPathComponent("desk.sqlite")
    let (before, packs) = (try Data(contentsOf: file), try Packs.instants(of: desk))
    try desk.setTickets(30, seed: 5)
    let result = try Tool.run(arguments, in: desk.folder)
    #expect(result.status == 75)
    #expect(result.errors.hasPrefix("desk.sqlite.lock: error: is held by another run (process "))
    let reading = ["-a", "agreement.yml", "-p", "all", "-w", "desk.sqlite"]
    #expect(try Tool.run(["calculate"] + reading, in: desk.folder).status == 0)
    #expect(try Data(contentsOf: file) == before)
    #expect(try Packs.instants(of: desk) == packs)
    close(lock)
    #expect(try Tool.run(arguments, in: desk.folder).status == 0)
    #expect(try Packs.instants(of: desk) != packs)
  }

  @Test("Of two runs at once one works; the other names it within a second, and so until it ends")
  func twoAtOnce() throws {
    let desk = try DeskFolder(tickets: 3_000, seed: 4)
    let first = try Tool.start(DeskFolder.arguments, in: desk.folder)
    let lock = desk.folder.appendingPathComponent("out/.attain.lock").path
    let number = "\(first.processIdentifier)\n"
    while (try? String(contentsOfFile: lock, encoding: .utf8)) != number, first.isRunning {
      usleep(500)
    }
    kill(first.processIdentifier, SIGSTOP)
    try #require(first.isRunning, "the first run ended before it could be held")
    let clock = ContinuousClock()
    let began = clock.now
    let second = try Tool.run(DeskFolder.arguments, in: desk.folder)
    #expect(clock.now - began < .seconds(1))
    #expect(second.status == 75)
    #expect(
      second.errors == "out/.attain.lock: error: is held by another run (process "
        + "\(first.processIdentifier)); run again when it has ended\n")
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
  }

  @Test("Of two imports into a workspace one works; the lock of one that is dead is free at once")
  func twoImportsAtOnce() throws {
    let desk = try DeskFolder(tickets: 3_000, seed: 6)
    let arguments = ["import", "tickets.csv", "-m", "./mapping.yml", "-w", "desk.sqlite"]
    let first = try Tool.start(arguments, in: desk.folder)
    let number = "\(first.processIdentifier)\n"
    let lock = desk.folder.appendingPathComponent("desk.sqlite.lock").path
    while (try? String(contentsOfFile: lock, encoding: .utf8)) != number, first.isRunning {
      usleep(500)
    }
    kill(first.processIdentifier, SIGSTOP)
    try #require(first.isRunning, "the first import ended before it could be held")
    for other in [arguments, ["workspace", "vacuum", "desk.sqlite"], DeskFolder.arguments] {
      let began = ContinuousClock.now
      let isRun = other[0] == "run"
      let second = try Tool.run(other + (isRun ? ["-w", "desk.sqlite"] : []), in: desk.folder)
      #expect(ContinuousClock.now - began < .seconds(1))
      // The file of the workspace may not be there yet.
      guard second.status != 66 || other[0] != "workspace" else { continue }
      #expect(second.status == 75)
      #expect(
        second.errors == "desk.sqlite.lock: error: is held by another run (process "
          + "\(first.processIdentifier)); run again when it has ended\n")
    }
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(try Tool.run(arguments, in: desk.folder).status == 0)
  }

  @Test("A file that may still be written ends with status 75, and nothing is made of it")
  func settling() throws {
    let desk = try DeskFolder(tickets: 20, seed: 4)
    let file = desk.folder.appendingPathComponent("review.yml")
    let pipeline = try String(contentsOf: file, encoding: .utf8)
    try desk.scratch.write(
      pipeline.replacing("./mapping.yml}", with: "./mapping.yml, settle: 1h}"),
      to: "desk/review.yml")
    let result = try Tool.run(DeskFolder.arguments, in: desk.folder)
    #expect(result.status == 75)
    #expect(
      result.errors
        == "tickets.csv: error: the file changed less than 3600 seconds ago and may still be "
        + "written; run again later\n")
    #expect(try Packs.files(of: desk).isEmpty)
    let past = Date(timeIntervalSinceNow: -7_200)
    let path = desk.folder.appendingPathComponent("tickets.csv").path
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: path)
    #expect(try Tool.run(DeskFolder.arguments, in: desk.folder).status == 0)
  }

  @Test("Packs below a file end with status 73 before anything is read or written")
  func belowAFile() throws {
    let desk = try DeskFolder(tickets: 20, seed: 4)
    let before = try Scratch.files(below: desk.folder)
    let result = try Tool.run(
      DeskFolder.arguments + ["--out", "tickets.csv/packs"], in: desk.folder)
    #expect(result.status == 73)
    #expect(result.errors.hasPrefix("tickets.csv: error: cannot be written: Not a directory"))
    #expect(try Scratch.files(below: desk.folder) == before)
  }

  @Test("A full device ends with status 73; it stays the device that it is")
  func fullDisk() throws {
    let desk = try DeskFolder(tickets: 20, seed: 4)
    let result = try Tool.run(
      ["import", "tickets.csv", "-m", "./mapping.yml", "-o", "/dev/full"], in: desk.folder)
    #expect(result.status == 73)
    #expect(result.errors.hasPrefix("/dev/full: error: cannot be written: the disk is full"))
    var found = stat()
    #expect(stat("/dev/full", &found) == 0 && found.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("A file that a link leads to is replaced, and the link stays")
  func link() throws {
    let desk = try DeskFolder(tickets: 20, seed: 4)
    try desk.scratch.write("old", to: "desk/kept/real.csv")
    let link = desk.folder.appendingPathComponent("link.csv").path
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "kept/real.csv")
    let result = try Tool.run(
      ["import", "tickets.csv", "-m", "./mapping.yml", "-o", "link.csv"], in: desk.folder)
    #expect(result.status == 0)
    let destination = try FileManager.default.destinationOfSymbolicLink(atPath: link)
    #expect(destination == "kept/real.csv")
    let real = try Data(contentsOf: desk.folder.appendingPathComponent("kept/real.csv"))
    #expect(real.starts(with: Data("id,".utf8)))
  }
}
