import Foundation
import Testing

@Suite("Schedules")
struct ScheduleTests {
  private static let folder = House.root.appendingPathComponent("pipelines/schedule")
    .resolvingSymlinksInPath()

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// What follows the name of the program in a line.
  private func arguments(_ line: some StringProtocol) throws -> [String] {
    let program = try #require(line.firstRange(of: "attain run "))
    let words = String(line[program.lowerBound...]).split(separator: " ")
    return words.dropFirst().map(String.init)
  }

  @Test("The command of each schedule is one that runs")
  func commands() throws {
    let cron = try #require(try text("crontab").split(separator: "\n").last { !$0.hasPrefix("#") })
    let fields = cron.split(separator: " ", maxSplits: 5)
    #expect(fields.count == 6 && fields.prefix(5).joined(separator: " ") == "15 2 * * *")
    #expect(fields[5].hasPrefix("cd /srv/attain && attain run "))
    let service = try text("attain-nightly.service").split(separator: "\n")
    let start = try #require(service.first { $0.hasPrefix("ExecStart=") })
    #expect(try arguments(fields[5]) == arguments(start))
    let result = try Tool.run(
      try arguments(start) + ["--dry-run"], in: House.root.resolvingSymlinksInPath())
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test("systemd finds nothing wrong with the units")
  func units() throws {
    let tool = "/usr/bin/systemd-analyze"
    guard FileManager.default.isExecutableFile(atPath: tool) else {
      print("skipped: there is no systemd-analyze on this machine")
      return
    }
    let scratch = try Scratch()
    // A unit may only name a program and a folder that are there.
    let service = try text("attain-nightly.service")
      .replacing("/usr/local/bin/attain ", with: Tool.binary.path + " ")
      .replacing("WorkingDirectory=/srv/attain", with: "WorkingDirectory=/")
    try scratch.write(service, to: "attain-nightly.service")
    try scratch.write(try text("attain-nightly.timer"), to: "attain-nightly.timer")
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: tool)
    process.arguments =
      ["verify"]
      + ["attain-nightly.service", "attain-nightly.timer"].map {
        scratch.folder.appendingPathComponent($0).path
      }
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && said.isEmpty, "\(said)")
  }

  @Test("The service may write where its pipeline writes, and nowhere else")
  func writable() throws {
    let service = try text("attain-nightly.service").split(separator: "\n")
    #expect(
      service.filter { $0.hasPrefix("ReadWritePaths=") } == ["ReadWritePaths=/srv/attain/out"])
    for line in [
      "User=attain", "ProtectSystem=strict", "PrivateTmp=yes", "PrivateNetwork=yes",
      "NoNewPrivileges=yes", "CapabilityBoundingSet=",
    ] {
      #expect(service.contains { $0 == line }, "\(line)")
    }
    let pipeline = try String(
      contentsOf: Self.folder.deletingLastPathComponent().appendingPathComponent("nightly.yml"),
      encoding: .utf8)
    #expect(pipeline.contains("to: \"../out/"))
  }
}
