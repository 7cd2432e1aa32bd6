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
    .deletingLastPathComponent().appendingPathComponent("Cases").resolvingSymlinksInPath()

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

  struct Outcome: Equatable {
    var files: [String: Data] = [:]
  }

  /// Runs every line of `cmd` in a private copy of the case.
  func run() throws -> Outcome {
    let scratch = try Scratch()
    let work = scratch.folder.appendingPathComponent("case")
    let manager = FileManager.default
    try manager.copyItem(at: folder, to: work)
    try manager.removeItem(at: work.appendingPathComponent("cmd"))
    try? manager.removeItem(at: work.appendingPathComponent("expected"))
    let before = try Scratch.files(below: work)
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
    outcome.files["stderr"] = Self.timeless(stderr)
    outcome.files["status"] = Data((status.joined(separator: " ") + "\n").utf8)
    for (path, data) in try Scratch.files(below: work) where before[path] == nil {
      guard !path.hasSuffix(".lock"), !path.hasSuffix("run.json") else { continue }
      outcome.files["files/" + path] = Self.comparable(data, path)
    }
    outcome.files["stdout"] = Self.comparable(stdout, "stdout")
    return outcome
  }

  /// The summary of a run without how long it took.
  private static func timeless(_ data: Data) -> Data {
    guard let text = String(data: data, encoding: .utf8) else { return data }
    return Data(
      text.replacing(/: done in [0-9.]+ s\n/, with: ": done in … s\n")
        .replacing(/first import was at [-0-9T:]+Z/, with: "first import was at …").utf8)
  }

  /// What of a file is the same on every machine: pages, workbooks and the hashes of both have
  /// tests of their own, and the time zone rules come from the system.
  private static func comparable(_ data: Data, _ path: String) -> Data {
    let isElsewhere = [".xlsx", ".html", ".sqlite", "manifest.json"].contains { path.hasSuffix($0) }
    if isElsewhere { return Data("present\n".utf8) }
    guard let text = String(data: data, encoding: .utf8) else { return data }
    return Data(
      text.replacing(/"tzdata":"[^"]*"/, with: "\"tzdata\":\"of this system\"")
        .replacing(/"knownAt":[0-9]+/, with: "\"knownAt\":0")
        .replacing(/, imported [-0-9T:]+Z/, with: ", imported …").utf8)
  }

  /// What the case expects; empty files may be left out.
  func expected() throws -> Outcome {
    var files = try Scratch.files(below: folder.appendingPathComponent("expected"))
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

  /// Words are split at blanks; `<` names a file for standard input.
  private static func run(_ line: String, in folder: URL) throws -> Tool.Result {
    var words = line.split(separator: " ").map(String.init)
    var input: URL?
    if let mark = words.firstIndex(of: "<"), mark + 1 < words.count {
      input = folder.appendingPathComponent(words[mark + 1])
      words.removeSubrange(mark...)
    }
    return try Tool.run(
      words.first == "attain" ? Array(words.dropFirst()) : words, in: folder, input: input)
  }
}
