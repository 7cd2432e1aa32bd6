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

  /// Command lines of `sh` blocks that call the tool, continued lines joined.
  var commands: [(line: Int, text: String, status: Int32)] {
    var commands: [(line: Int, text: String, status: Int32)] = []
    for block in blocks where block.language == "sh" {
      var whole = ""
      for (offset, line) in block.lines.enumerated() {
        whole += line
        if whole.hasSuffix("\\") {
          whole.removeLast()
          continue
        }
        if whole.hasPrefix("attain ") || whole.contains("| attain ") {
          let status = whole.firstMatch(of: /# exit (\d+)/).flatMap { Int32($0.1) } ?? 0
          commands.append((block.line + offset + 1, whole, status))
        }
        whole = ""
      }
    }
    return commands
  }
}

/// A private copy of what the examples read, in which they run one after the other.
struct Workplace {
  let folder: URL

  init() throws {
    let manager = FileManager.default
    folder = manager.temporaryDirectory.appendingPathComponent("attain-docs-\(UUID().uuidString)")
    try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    for name in ["pipelines", "sample-data"] {
      try manager.copyItem(
        at: House.root.appendingPathComponent(name).resolvingSymlinksInPath(),
        to: folder.appendingPathComponent(name))
    }
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Runs a line in the shell, with the binary under test as `attain`.
  func run(_ line: String) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    let tools = GoldenCase.binary.deletingLastPathComponent().path
    process.environment = ["PATH": tools + ":/usr/bin:/bin", "TZ": "Asia/Tokyo", "LC_ALL": "C"]
    process.standardInput = FileHandle.nullDevice
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-docs-io-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let (out, err) = (scratch.appendingPathComponent("out"), scratch.appendingPathComponent("err"))
    for file in [out, err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: try Data(contentsOf: out), as: UTF8.self),
      String(decoding: try Data(contentsOf: err), as: UTF8.self)
    )
  }
}
