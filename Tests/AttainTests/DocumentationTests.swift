import Foundation
import Testing

@Suite("Documentation")
struct DocumentationTests {
  @Test(
    "Every command shown runs, and ends with the status shown",
    arguments: ["README.md", "docs/COMMANDS.md"])
  func commandsRun(path: String) throws {
    let commands = try Page(path).commands
    #expect(commands.count > 5)
    let place = try Workplace()
    for command in commands {
      let result = try place.run(command.text)
      #expect(
        result.status == command.status,
        "\(path):\(command.line): \(command.text)\n\(result.errors)")
    }
  }

  @Test("What README.md shows of a command's output is what it prints")
  func outputIsTrue() throws {
    let outputs = try Page("README.md").outputs
    #expect(!outputs.isEmpty)
    let place = try Workplace()
    for (command, shown) in outputs {
      let printed = Set(
        try place.run(command.text).output.split(separator: "\n").map(Self.withoutBlanksAtEnd))
      for line in shown.lines where !line.isEmpty && !printed.contains(line) {
        Issue.record("README.md:\(shown.line): this is not printed: \(line)")
      }
    }
  }

  private static func withoutBlanksAtEnd(_ line: Substring) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  @Test("Every rule file shown in FORMATS.md passes the check")
  func ruleFilesAreRight() throws {
    let place = try Workplace()
    let folders = [
      "agreement": "pipelines/agreements", "calendar": "pipelines/calendars",
      "mapping": "pipelines/mappings", "pipeline": "pipelines",
    ]
    var seen: Set<String> = []
    for block in try Page("docs/FORMATS.md").blocks where block.language == "yaml" {
      let keys = block.lines.compactMap { $0.split(separator: ":").first.map(String.init) }
      guard let kind = keys.first(where: { folders[$0] != nil }), let folder = folders[kind] else {
        continue
      }
      seen.insert(kind)
      let name = "\(folder)/shown-\(block.line).yml"
      let text = block.lines.joined(separator: "\n") + "\n"
      try Data(text.utf8).write(to: place.folder.appendingPathComponent(name))
      // What supports another agreement is read with it.
      let beside = keys.contains("supports") ? " pipelines/agreements/it-internal.yml" : ""
      let result = try place.run("attain check \(name)\(beside)")
      #expect(result.status == 0, "docs/FORMATS.md:\(block.line): \(result.errors)")
      #expect(result.errors.isEmpty, "docs/FORMATS.md:\(block.line): \(result.errors)")
    }
    #expect(seen == Set(folders.keys))
  }

  @Test("Every subcommand and option is described in COMMANDS.md")
  func optionsAreDescribed() throws {
    let page = try Page("docs/COMMANDS.md")
    let common = try #require(page.section("## Options of every command"))
    let commands = try HelpDump.commands()
    #expect(commands.count > 7)
    for command in commands {
      let heading = "## attain \(command.name)"
      guard let section = page.section(heading) else {
        Issue.record("docs/COMMANDS.md has no heading \"\(heading)\"")
        continue
      }
      for option in command.options where !section.contains("`\(option)") {
        #expect(common.contains("`\(option)"), "\(heading) does not describe \(option)")
      }
    }
  }

  @Test("Every column of the CSV files is described in METRICS.md or FORMATS.md")
  func columnsAreDescribed() throws {
    let text = try Page("docs/METRICS.md").text + Page("docs/FORMATS.md").text
    let place = try Workplace()
    let export = try place.run("attain export csv \(Self.smallExample) -o csv")
    #expect(export.status == 0, "\(export.errors)")
    for name in ["attainment", "tickets", "ledger"] {
      let file = place.folder.appendingPathComponent("csv/\(name).csv")
      let header = try String(contentsOf: file, encoding: .utf8).prefix { !$0.isNewline }
      let columns = header.split(separator: ",")
      #expect(columns.count > 4)
      for column in columns where !text.contains("`\(column)`") {
        Issue.record("\(name).csv: column \(column) is not described")
      }
    }
  }

  @Test("Every key of the results' JSON is described in FORMATS.md")
  func keysAreDescribed() throws {
    let text = try Page("docs/FORMATS.md").text
    let place = try Workplace()
    let result = try place.run("attain calculate \(Self.smallExample) -f json")
    #expect(result.status == 0, "\(result.errors)")
    let root = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let keys = Self.keys(of: root)
    #expect(keys.count > 60)
    for key in keys.sorted() where !text.contains("`\(key)`") {
      Issue.record("key \(key) is not described")
    }
  }

  /// One customer's desk, which every command reads in well under a second.
  private static let smallExample = """
    -i sample-data/zendesk/tickets.csv -m pipelines/mappings/zendesk.yml \
    -a pipelines/agreements/northwind.yml -p 2026-10 --as-of 2026-10-20T20:00:00Z
    """

  private static func keys(of value: Any) -> Set<String> {
    if let object = value as? [String: Any] {
      return object.values.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1)) }
    }
    return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys(of: $1)) }
  }

  @Test("Every link inside the project leads somewhere", arguments: Page.paths)
  func linksLead(path: String) throws {
    let page = try Page(path)
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    for link in page.links {
      let parts = link.target.split(
        separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(parts[0])
      let target = name.isEmpty ? path : folder.isEmpty ? name : folder + "/" + name
      let url = House.root.appendingPathComponent(target)
      guard FileManager.default.fileExists(atPath: url.path) else {
        Issue.record("\(path):\(link.line): \(link.target) is not there")
        continue
      }
      if parts.count == 2, target.hasSuffix(".md") {
        let anchors = try Page(target).anchors
        #expect(
          anchors.contains(String(parts[1])), "\(path):\(link.line): no heading \(link.target)")
      }
    }
  }

  @Test("The manual is what Scripts/man makes of the help")
  func manualIsCurrent() throws {
    let result = try Workplace.run(
      House.root.appendingPathComponent("Scripts/man"), ["--check", Tool.binary.path],
      in: House.root)
    #expect(result.status == 0, "\(result.errors)")
  }
}

/// The help as data.
struct HelpDump: Decodable {
  struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let names: [Name]?
    let shouldDisplay: Bool
  }

  let command: Command

  /// The subcommands with the names of their options, such as `--period` and `-p`.
  static func commands() throws -> [(name: String, options: [String])] {
    let result = try Tool.run(["--experimental-dump-help"], in: House.root)
    let dump = try JSONDecoder().decode(HelpDump.self, from: result.stdout)
    return (dump.command.subcommands ?? []).filter { $0.commandName != "help" }.map { command in
      let names = (command.arguments ?? []).filter(\.shouldDisplay).flatMap { $0.names ?? [] }
      return (
        command.commandName, names.map { ($0.kind == "short" ? "-" : "--") + $0.name }
      )
    }
  }
}
