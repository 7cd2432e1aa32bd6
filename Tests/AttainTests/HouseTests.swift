import Foundation
import Testing

/// Who may import whom, and a few rules that a reader should not have to check.
///
/// The table is written by hand on purpose: a new arrow is a decision, and it is taken here. See
/// docs/ARCHITECTURE.md, "Who may import whom".
@Suite("The house")
struct HouseTests {
  private static let arrows: [String: Set<String>] = [
    "CSVRecords": ["CIconv", "CLibCSV", "Glibc", "_Builtin_intrinsics"],
    "Workbooks": ["CLibXlsxWriter", "Glibc"],
    "Compression": ["CZlib"],
    "HolidayFeeds": ["CLibICal"],
    "LocatedYAML": ["Yams"],
    "Files": ["CPlatform", "Compression", "Crypto", "Dispatch", "Glibc", "Synchronization"],

    "Messages": [],
    "ServiceTime": [],
    "Tickets": ["ServiceTime"],
    "Agreements": ["CSVRecords", "LocatedYAML", "Messages", "ServiceTime", "Tickets"],
    "Results": ["ServiceTime"],
    "ReportDocuments": [],

    "Importing": [
      "CSVRecords", "Dispatch", "LocatedYAML", "Messages", "ServiceTime", "Synchronization",
      "Tickets",
    ],
    "Calculation": [
      "Agreements", "Dispatch", "Messages", "Results", "ServiceTime", "Synchronization", "Tickets",
    ],
    "Reporting": ["ReportDocuments", "Results", "ServiceTime"],
    "CSVReports": ["CSVRecords", "ReportDocuments"],
    "HTMLReports": ["Crypto", "Mustache", "ReportDocuments"],
    "XLSXReports": ["ReportDocuments", "Workbooks"],

    "Workspace": [
      "GRDB", "GRDBSQLite", "Glibc", "Importing", "Messages", "Results", "ServiceTime",
      "Synchronization", "Tickets",
    ],
    "Pipelines": [
      "Agreements", "CSVReports", "Calculation", "Compression", "Files", "FoundationEssentials",
      "HTMLReports", "HolidayFeeds", "Importing", "LocatedYAML", "Logging", "Messages",
      "ReportDocuments", "Reporting", "Results", "ServiceTime", "Tickets", "Workspace",
      "XLSXReports",
    ],
    "AttainCommands": [
      "ArgumentParser", "Files", "Glibc", "Logging", "Messages", "Pipelines", "ServiceTime",
    ],
    "attain": ["ArgumentParser", "AttainCommands"],
  ]

  /// From the ground up; a module imports its own layer or one below.
  private static let layers = ["C", "Wrappers", "Model", "Stages", "Wiring"]

  private static let mostLines = 400

  @Test("Every module is in the table, and the table names no module that is gone")
  func tableIsComplete() {
    let modules = Set(House.sources.filter { $0.layer != "C" }.map(\.module))
    #expect(modules == Set(Self.arrows.keys))
  }

  @Test("Every import is one that the table allows")
  func imports() {
    for file in House.sources where file.layer != "C" {
      let allowed = Self.arrows[file.module] ?? []
      for found in file.imports where !allowed.contains(found.module) {
        Issue.record("\(file.path):\(found.line): \(file.module) may not import \(found.module)")
      }
    }
  }

  @Test("The table has no arrow that points upwards, and none from stage to stage")
  func arrowsPointDown() {
    let layerOf = Dictionary(
      House.sources.map { ($0.module, $0.layer) }, uniquingKeysWith: { first, _ in first })
    for (module, targets) in Self.arrows.sorted(by: { $0.key < $1.key }) {
      for target in targets.sorted() {
        guard let from = layerOf[module].flatMap(Self.layers.firstIndex),
          let to = layerOf[target].flatMap(Self.layers.firstIndex)
        else { continue }
        #expect(to <= from, "\(module) -> \(target) points upwards")
        #expect(from != 3 || to != 3, "\(module) -> \(target) joins two stages")
      }
    }
  }

  @Test("Each C library is imported by exactly one wrapper")
  func oneDoorToEachLibrary() {
    let libraries = Set(House.sources.filter { $0.layer == "C" }.map(\.module))
    #expect(libraries.count > 3)
    for library in libraries.sorted() {
      let importers = House.sources.filter { file in
        file.imports.contains { $0.module == library }
      }
      #expect(Set(importers.map(\.module)).count == 1, "\(library)")
      #expect(importers.allSatisfy { $0.layer == "Wrappers" }, "\(library)")
    }
  }

  @Test("No source imports Foundation, and only Pipelines its essentials")
  func noFoundation() {
    for file in House.sources {
      for found in file.imports where found.module.hasPrefix("Foundation") {
        let isAllowed = file.module == "Pipelines" && found.module == "FoundationEssentials"
        #expect(isAllowed, "\(file.path):\(found.line): imports \(found.module)")
      }
    }
  }

  @Test("No source file is longer than 400 lines")
  func shortFiles() {
    for file in House.sources where file.path.hasSuffix(".swift") {
      #expect(file.lines.count <= Self.mostLines, "\(file.path): \(file.lines.count) lines")
    }
  }

  @Test("Nothing is left to do in a comment")
  func nothingLeftToDo() {
    let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    for file in House.sources + House.tests {
      for (number, line) in file.lines.enumerated() {
        for mark in marks where line.contains(mark) {
          Issue.record("\(file.path):\(number + 1): \(mark); do it, or write an issue")
        }
      }
    }
  }

  /// A helper without tests of its own counts for the suites that name it.
  @Test("Every suite that does more in the long run is named in the Makefile's LONG")
  func longTests() throws {
    let makefile = try String(
      contentsOf: House.root.appendingPathComponent("Makefile"), encoding: .utf8)
    let line = makefile.split(separator: "\n").first { $0.hasPrefix("LONG = ") }
    let named = try #require(line).dropFirst(7).split(separator: "|").map(String.init)
    #expect(Set(named).count == named.count)
    let isLong = { (file: House.File) in
      file.lines.contains { $0.contains("Effort" + ".rounds(") }
    }
    let suites = House.tests.filter { $0.lines.contains { $0.contains("@Test") } }
    var long = Set(suites.filter(isLong).map(\.suite))
    for helper in House.tests
    where isLong(helper) && !suites.contains(where: { $0.path == helper.path }) {
      long.formUnion(
        suites.filter { $0.lines.contains { $0.contains(helper.suite) } }.map(\.suite))
    }
    #expect(Set(named) == long)
  }

  @Test("Neither the program nor a test asks the network")
  func noNetwork() {
    let modules: Set<String> = [
      "FoundationNetworking", "Network", "NIO", "NIOCore", "AsyncHTTPClient",
    ]
    let calls = ["URL" + "Session", "get" + "addrinfo(", "gethost" + "byname("]
    for file in House.sources + House.tests {
      for found in file.imports where modules.contains(found.module) {
        Issue.record("\(file.path):\(found.line): imports \(found.module)")
      }
      for (number, line) in file.lines.enumerated() where calls.contains(where: line.contains) {
        Issue.record("\(file.path):\(number + 1): asks the network")
      }
    }
  }
}

/// The files of the project, as its rules look at them.
enum House {
  struct Import {
    let module: String
    let line: Int
  }

  struct File {
    /// Below the project's folder.
    let path: String
    /// `Model` of `Sources/Model/Tickets/Condition.swift`; empty for a test.
    let layer: String
    /// `Tickets` of the same.
    let module: String
    let lines: [Substring]
    let imports: [Import]

    /// The type that a file of tests is named after, be it one of its extensions.
    var suite: String {
      let name = path.split(separator: "/").last ?? ""
      return String(name.prefix { $0 != "." && $0 != "+" })
    }

    init(path: String, layer: String, module: String, text: String) {
      self.path = path
      self.layer = layer
      self.module = module
      lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      imports = Self.imports(of: lines)
    }

    /// Lines inside of a text of several lines are none: they may be a program of another language.
    private static func imports(of lines: [Substring]) -> [Import] {
      var isText = false
      return lines.enumerated().compactMap { number, line in
        let isCode = !isText
        if line.ranges(of: "\"\"\"").count % 2 == 1 { isText.toggle() }
        guard isCode, line.contains("import"), let module = imported(by: line) else { return nil }
        return Import(module: module, line: number + 1)
      }
    }

    /// The module that a line imports, behind attributes and an access level.
    private static func imported(by line: Substring) -> String? {
      var words = line.split(separator: " ")
      let levels = ["public", "package", "internal", "fileprivate", "private"]
      while let first = words.first, first.hasPrefix("@") || levels.contains(String(first)) {
        words.removeFirst()
      }
      guard words.first == "import", words.count > 1 else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
      let name = kinds.contains(String(words[1])) && words.count > 2 ? words[2] : words[1]
      return name.split(separator: ".").first.map(String.init)
    }
  }

  /// The project's folder, found from this file's place.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let sources = files(below: "Sources") { parts in
    parts.count > 3 ? (String(parts[1]), String(parts[2])) : ("", "")
  }

  static let tests = files(below: "Tests") { parts in
    ("", parts.count > 2 ? String(parts[1]) : "")
  }

  private static func files(
    below folder: String, place: ([Substring]) -> (layer: String, module: String)
  ) -> [File] {
    let start = root.appendingPathComponent(folder).resolvingSymlinksInPath()
    let names = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String }
    return (names ?? []).sorted().compactMap { name in
      guard name.hasSuffix(".swift") || name.hasSuffix(".modulemap"),
        let text = try? String(contentsOf: start.appendingPathComponent(name), encoding: .utf8)
      else { return nil }
      let path = folder + "/" + name
      let (layer, module) = place(path.split(separator: "/"))
      return File(path: path, layer: layer, module: module, text: text)
    }
  }
}
