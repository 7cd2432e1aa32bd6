import Files
import Testing

@Suite("Other programs")
struct ChildProcessTests {
  private func run(
    _ script: String, seconds: Int = 20, errorLimit: Int = 100, input: String? = nil
  ) throws -> (ChildProcess.Outcome, String) {
    var output: [UInt8] = []
    let program = ChildProcess(
      "/bin/sh", ["-c", script], environment: ["GREETING=hello"], seconds: seconds,
      errorLimit: errorLimit)
    var file: TemporaryFile?
    if let input {
      let written = try TemporaryFile()
      try Array(input.utf8).withUnsafeBytes { try written.append($0) }
      file = written
    }
    let outcome = try program.run(input: file) { bytes in
      output += bytes
      return true
    }
    return (outcome, String(decoding: output, as: UTF8.self))
  }

  @Test("Streams, the status and nothing but the given environment")
  func plain() throws {
    let (outcome, output) = try run("/usr/bin/env; /bin/cat; echo oh >&2; exit 7", input: "in")
    #expect(output.split(separator: "\n").contains("GREETING=hello"))
    #expect(!output.contains("HOME=") && output.hasSuffix("in"))
    #expect(outcome.end == .exited(7))
    #expect(outcome.errors == Array("oh\n".utf8))
  }

  @Test("Without an input there is nothing to read, and much on both streams does not block")
  func streams() throws {
    #expect(try run("cat").1.isEmpty)
    let (outcome, output) = try run(
      "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; "
        + "echo 0123456789012345678901234567890123456789 >&2; i=$((i+1)); done")
    #expect(output.utf8.count == 3_000 * 41)
    #expect(outcome.errors.count == 100 && outcome.end == .exited(0))
  }

  @Test(
    "A program whose time is over is ended, with all that it started", .timeLimit(.minutes(1)),
    arguments: ["sleep 1000", "sleep 1000 & wait", "exec >&- 2>&-; sleep 1000"])
  func timeLimit(script: String) throws {
    #expect(try run(script, seconds: 1).0.end == .timedOut)
  }

  @Test("A program is ended when nobody wants more of it", .timeLimit(.minutes(1)))
  func cutOff() throws {
    let program = ChildProcess("/bin/sh", ["-c", "while :; do echo more; done"], seconds: 50)
    var pieces = 0
    let outcome = try program.run { _ in
      pieces += 1
      return pieces < 3
    }
    #expect(outcome.end == .cutOff)
  }

  @Test("A program that a signal ends says so, and one that is not there cannot be started")
  func ends() throws {
    #expect(try run("kill -9 $$").0.end == .killed(signal: 9))
    #expect(throws: FileError.cannotStart(path: "/nowhere/program", errno: 2)) {
      _ = try ChildProcess("/nowhere/program", [], seconds: 1).run()
    }
  }
}
