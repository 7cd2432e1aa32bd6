import Foundation

/// One folder of `Tests/Cases`: a command line, its input, and what must come out.
///
/// `cmd` holds the arguments, a line each run; `expected` holds what the runs print and write:
/// `stdout`, `stderr`, `status`, and below `files` every file that was made.
struct GoldenCase: CustomStringConvertible, Sendable {
  let folder: URL
  let name: String

  var description: String { name }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Cases")

  /// All cases, sorted by name; a folder is a case if it has a `cmd`.
  static let all: [GoldenCase] = {
    let manager = FileManager.default
    let prefix = root.path + "/"
    let paths = manager.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix("/cmd") }.sorted().map { path in
      let name = String(path.dropLast(4))
      return GoldenCase(folder: URL(fileURLWithPath: prefix + name), name: name)
    }
  }()

  /// The binary under test, beside the test bundle.
  static let binary = Bundle.main.bundleURL.appendingPathComponent("attain")

  struct Outcome: Equatable {
    var files: [String: Data] = [:]
  }

  /// Runs every line of `cmd` in a private copy of the case.
  func run() throws -> Outcome {
    let manager = FileManager.default
    let work = manager.temporaryDirectory.appendingPathComponent("attain-case-\(UUID().uuidString)")
    try manager.copyItem(at: folder, to: work)
    defer { try? manager.removeItem(at: work) }
    try manager.removeItem(at: work.appendingPathComponent("cmd"))
    try? manager.removeItem(at: work.appendingPathComponent("expected"))
    let before = try Self.files(below: work)
    var outcome = Outcome()
    var stdout = Data()
    var stderr = Data()
    var status: [String] = []
    let lines = try String(contentsOf: folder.appendingPathComponent("cmd"), encoding: .utf8)
    for line in lines.split(separator: "\n") where !line.hasPrefix("#") {
      let result = try Self.run(String(line), in: work)
      stdout += result.stdout
      stderr += result.stderr
      status.append(String(result.status))
    }
    outcome.files["stdout"] = stdout
    outcome.files["stderr"] = stderr
    outcome.files["status"] = Data((status.joined(separator: " ") + "\n").utf8)
    for (path, data) in try Self.files(below: work) where before[path] == nil {
      guard !path.hasSuffix(".lock"), !path.hasSuffix("run.json") else { continue }
      outcome.files["files/" + path] =
        path.hasSuffix(".xlsx") || path.hasSuffix(".html") || path.hasSuffix("manifest.json")
        ? Data("present\n".utf8) : data
    }
    return outcome
  }

  /// What the case expects; empty files may be left out.
  func expected() throws -> Outcome {
    var files = try Self.files(below: folder.appendingPathComponent("expected"))
    for name in ["stdout", "stderr"] where files[name] == nil { files[name] = Data() }
    return Outcome(files: files)
  }

  /// Rewrites `expected` with what came out.
  func record(_ outcome: Outcome) throws {
    let manager = FileManager.default
    let target = folder.appendingPathComponent("expected")
    try? manager.removeItem(at: target)
    for (name, data) in outcome.files where !data.isEmpty {
      let file = target.appendingPathComponent(name)
      try manager.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: file)
    }
  }

  private static func files(below folder: URL) throws -> [String: Data] {
    let manager = FileManager.default
    var files: [String: Data] = [:]
    for path in manager.enumerator(atPath: folder.path)?.compactMap({ $0 as? String }) ?? [] {
      let file = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue
      else { continue }
      files[path] = try Data(contentsOf: file)
    }
    return files
  }

  /// Words are split at blanks; `<` at the end names a file for standard input.
  private static func run(_ line: String, in folder: URL) throws -> (
    stdout: Data, stderr: Data, status: Int32
  ) {
    var words = line.split(separator: " ").map(String.init)
    let process = Process()
    if let mark = words.firstIndex(of: "<"), mark + 1 < words.count {
      process.standardInput = try FileHandle(
        forReadingFrom: folder.appendingPathComponent(words[mark + 1]))
      words.removeSubrange(mark...)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    process.executableURL = binary
    process.arguments = words.first == "attain" ? Array(words.dropFirst()) : words
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo", "LC_ALL": "C"]
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-io-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let (out, err) = (scratch.appendingPathComponent("out"), scratch.appendingPathComponent("err"))
    FileManager.default.createFile(atPath: out.path, contents: nil)
    FileManager.default.createFile(atPath: err.path, contents: nil)
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    process.waitUntilExit()
    return (
      try Data(contentsOf: out), try Data(contentsOf: err), process.terminationStatus
    )
  }
}
