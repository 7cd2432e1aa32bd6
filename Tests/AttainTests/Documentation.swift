import Foundation

/// The project's Markdown, as the tests of the documentation look at it.
struct Page {
  struct Block {
    /// The word after the fence, such as `sh` or `yaml`.
    let language: String
    let line: Int
    let lines: [String]
  }

  struct Link {
    let target: String
    let line: Int
  }

  /// Below the project's folder.
  let path: String
  let text: String

  init(_ path: String) throws {
    self.path = path
    text = try String(contentsOf: House.root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Every page of the project, sorted.
  static let paths: [String] = {
    let folders = ["", "docs", "sample-data", "Benchmarks"]
    return folders.flatMap { folder -> [String] in
      let url = House.root.appendingPathComponent(folder).resolvingSymlinksInPath()
      let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      return names.filter { $0.hasSuffix(".md") }.map { folder.isEmpty ? $0 : folder + "/" + $0 }
    }.sorted()
  }()

  private var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  var blocks: [Block] {
    var blocks: [Block] = []
    var open: (language: String, line: Int, lines: [String])?
    for (number, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        if let block = open {
          blocks.append(Block(language: block.language, line: block.line, lines: block.lines))
          open = nil
        } else {
          open = (String(line.dropFirst(3)), number + 1, [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return blocks
  }

  /// What stands outside of blocks, with its line numbers.
  private var prose: [(number: Int, line: String)] {
    var isBlock = false
    return lines.enumerated().compactMap { number, line in
      if line.hasPrefix("```") { isBlock.toggle() }
      return isBlock || line.hasPrefix("```") ? nil : (number + 1, line)
    }
  }

  /// Links to places of the project itself.
  var links: [Link] {
    prose.flatMap { number, line in
      line.matches(of: /\]\(([^)\s]+)\)/).map { Link(target: String($0.1), line: number) }
    }.filter { !$0.target.contains("://") && !$0.target.hasPrefix("mailto:") }
  }

  /// The anchors that a link may name: headings in lower case, with hyphens for blanks.
  var anchors: Set<String> {
    Set(
      prose.filter { $0.line.hasPrefix("#") }.map { _, line in
        let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(
          title.compactMap { letter -> Character? in
            if letter == " " { return "-" }
            return letter.isLetter || letter.isNumber || letter == "-" || letter == "_"
              ? letter : nil
          })
      })
  }

  /// The part under a heading, to the next heading of the same or a higher level.
  func section(_ heading: String) -> String? {
    guard let start = lines.firstIndex(of: heading) else { return nil }
    let level = heading.prefix { $0 == "#" }.count
    let rest = lines[(start + 1)...].prefix { line in
      let depth = line.prefix { $0 == "#" }.count
      return depth == 0 || depth > level
    }
    return rest.joined(separator: "\n")
  }

  /// Command lines of `sh` blocks that call the tool.
  var commands: [Command] { blocks.flatMap(\.commands) }

  /// What a command is said to print: `text` blocks, each with the last command before it.
  var outputs: [(command: Command, shown: Block)] {
    var outputs: [(command: Command, shown: Block)] = []
    var last: Command?
    for block in blocks {
      if block.language == "text", let command = last { outputs.append((command, block)) }
      last = block.commands.last ?? last
    }
    return outputs
  }
}

extension Page {
  struct Command {
    let line: Int
    let text: String
    /// From a comment such as `# exit 1`.
    let status: Int32
  }
}

extension Page.Block {
  /// The lines that call the tool, continued ones joined.
  var commands: [Page.Command] {
    guard language == "sh" else { return [] }
    var commands: [Page.Command] = []
    var whole = ""
    for (offset, part) in lines.enumerated() {
      whole += part
      if whole.hasSuffix("\\") {
        whole.removeLast()
        continue
      }
      if whole.hasPrefix("attain ") || whole.contains("| attain ") {
        let status = whole.firstMatch(of: /# exit (\d+)/).flatMap { Int32($0.1) } ?? 0
        commands.append(Page.Command(line: line + offset + 1, text: whole, status: status))
      }
      whole = ""
    }
    return commands
  }
}

/// A private copy of what the examples read, in which they run one after the other.
struct Workplace {
  private let scratch: Scratch

  var folder: URL { scratch.folder }

  init() throws {
    scratch = try Scratch()
    for name in ["pipelines", "sample-data"] {
      try FileManager.default.copyItem(
        at: House.root.appendingPathComponent(name).resolvingSymlinksInPath(),
        to: folder.appendingPathComponent(name))
    }
  }

  /// Runs a line in the shell, with the program under test as `attain`.
  func run(_ line: String) throws -> Tool.Result {
    try Self.run(URL(fileURLWithPath: "/bin/sh"), ["-c", line], in: folder)
  }

  static func run(_ program: URL, _ arguments: [String], in folder: URL) throws -> Tool.Result {
    let scratch = try Scratch()
    let files = ["out", "err"].map { scratch.folder.appendingPathComponent($0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = Tool.surroundings.merging(
      ["PATH": Tool.binary.deletingLastPathComponent().path + ":/usr/local/bin:/usr/bin:/bin"]
    ) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    return Tool.Result(
      status: process.terminationStatus, stdout: try Data(contentsOf: files[0]),
      stderr: try Data(contentsOf: files[1]))
  }
}
