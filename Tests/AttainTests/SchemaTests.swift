import Foundation
import Importing
import TestSupport
import Testing

/// The schemas for editors beside the readers: what one refuses for its form, the other does too.
@Suite("Schemas")
struct SchemaTests {
  /// A word that is near to none of the tool's.
  private static let marker = "zzqqxx"

  /// What a schema cannot know, as the readers say it.
  private static let beyondSchemas = [
    // Names that must be given elsewhere in the file, or in another.
    "there is no clock", "which is not under \"tiers\"", "no preset", "after names",
    "values names", "no \"calendar\" for every tier", "the agreement has no \"calendar\"",
    "need \"units\"", "and needs \"column\"", "hashes need", "only a field can be hashed",
    "is not known here",
    // Meaning.
    "given twice", "overlap", "as a business day", "never opens", "starts and stops at",
    "can never stop", "has two targets", "has \"when\", which is for", "both \"repeat\" and",
    "names nothing that may happen again", "can never start", "is no time at all",
    "calendar days are 24 hours each",
    "both \"within\" and \"due\"", "which holds no day", "start on the same day", "a hole",
    "does not exist", "ends before it begins", "longer than a hundred years",
    "there are two obligations", "says nothing about an obligation of kind", "needs one of",
    ", which needs \"", "is not after the one before it", "and the agreement names none",
    "calendar days need calendar always", "is built in (24 x 7)",
    "which is not within 1970 to 2100",
    "so \"currency\" must say of what", "an amount needs \"currency\"", "but there is no \"fee\"",
    "which the agreement does not have", "needs one of \"clock\"", "has no tiers; remove",
    "no band begins at 0%", "two bands begin there", "are about the same figure",
    "cannot earn less",
    "must be an amount of", "which is no availability of this agreement",
    "has no clocks and judges",
    "is there twice; keep one", "has a contrast of", "before it was agreed on",
    "\"caused-by\" is a field of outages",
  ]

  private struct Example {
    let name: String
    let kind: RuleKind
    let file: WrittenYAML
    /// As it was written, for the reader.
    let text: String
  }

  /// Whether reader and schema agree about each example; says where they do not.
  ///
  /// - Parameter inTurn: Whether each example is seen in one way only.
  private static func compare(_ examples: [Example], inTurn: Bool = false) throws {
    let all = WrittenYAML.Sight.allCases
    let sights = examples.indices.map { inTurn ? [all[$0 % all.count]] : all }
    let documents = zip(examples, sights).map { example, sights in
      sights.map { Schema.Document(kind: example.kind, json: example.file.json($0)) }
    }
    let distinct = Array(Set(documents.joined()))
    let complaints = Dictionary(
      uniqueKeysWithValues: zip(distinct, try Schema.complaints(of: distinct)))
    for (index, example) in examples.enumerated() {
      let problems = example.kind.problems(example.text)
      let structural = problems.filter { problem in
        !beyondSchemas.contains { problem.contains($0) }
      }
      for (document, sight) in zip(documents[index], sights[index]) {
        let complaint = complaints[document] ?? nil
        if problems.isEmpty {
          #expect(complaint == nil, "\(example.name), as \(sight): only the schema refuses it")
        } else if let problem = structural.first {
          #expect(
            complaint != nil, "\(example.name), as \(sight): only the reader says: \(problem)")
        }
      }
    }
  }

  @Test("Readers and schemas take and refuse the same files of the project")
  func filesOfTheProject() throws {
    var examples: [Example] = []
    func add(_ text: String, _ name: String) {
      guard let file = WrittenYAML(text), let kind = RuleKind(of: file) else { return }
      examples.append(Example(name: name, kind: kind, file: file, text: text))
    }
    for folder in ["pipelines", "Tests/Cases"] {
      let url = House.root.appendingPathComponent(folder).resolvingSymlinksInPath()
      for (path, data) in try Scratch.files(below: url).sorted(by: { $0.key < $1.key })
      where path.hasSuffix(".yml") && !path.contains("not-a-file-of-attain") {
        add(String(decoding: data, as: UTF8.self), folder + "/" + path)
      }
    }
    for preset in Presets.all { add(preset.yaml, "preset \(preset.name)") }
    for path in Page.paths {
      for block in try Page(path).blocks where block.language == "yaml" {
        add(block.lines.joined(separator: "\n"), "\(path):\(block.line)")
      }
    }
    for (index, text) in SchemaExamples.all.enumerated() { add(text, "example \(index)") }
    #expect(Set(examples.map(\.kind)).count == RuleKind.allCases.count)
    #expect(examples.count > 50)
    #expect(examples.contains { !$0.kind.problems($0.text).isEmpty })
    try Self.compare(examples)
  }

  @Test("The files that hold every key are right")
  func examplesAreRight() throws {
    for text in SchemaExamples.all {
      let file = try #require(WrittenYAML(text))
      let kind = try #require(RuleKind(of: file))
      #expect(kind.problems(text) == [])
    }
  }

  @Test("Readers and schemas agree when any one value is another, or is not there")
  func oneValueChanged() throws {
    let others: [WrittenYAML?] = [
      nil, .text(Self.marker), .text(""), .list([]), .list([.list([.text("x")])]),
      .map([.init(key: Self.marker, value: .text("x"))]),
    ]
    // In turn, unless there is time for all.
    let moreOthers: [WrittenYAML?] = [
      .text("7", isPlain: true), .text("2026-01-31", isPlain: true), .text("4h"), .text(">x"),
      .list([.text(Self.marker)]), .map([]),
    ]
    let isLong = Effort.rounds(0, long: 1) > 0
    var examples: [Example] = []
    for text in SchemaExamples.all {
      let file = try #require(WrittenYAML(text))
      let kind = try #require(RuleKind(of: file))
      for (turn, path) in file.paths.enumerated() where !path.isEmpty {
        let more = isLong ? moreOthers : [moreOthers[turn % moreOthers.count]]
        for other in others + more {
          let changed = file.setting(path, to: other)
          let name = path.joined(separator: "/") + " = " + (other?.json(.types) ?? "nothing")
          examples.append(
            Example(name: name, kind: kind, file: changed, text: changed.json(.texts)))
        }
      }
    }
    #expect(examples.count > 1_000)
    try Self.compare(examples, inTurn: !isLong)
  }

  /// Where the examples have each map of fixed keys, and each choice of fixed words.
  private static let places: [RuleKind: [String: [String]]] = [
    .mapping: [
      "#": [], "#/definitions/cellMap": ["ticket", "id"],
      "#/definitions/afterMap": ["ticket", "responded"],
      "#/definitions/markMap": ["ticket", "customer-replied"],
      "#/definitions/suspension": ["pauses", "0"], "#/definitions/paused": ["paused_seconds"],
      "#/definitions/reported": ["reported"], "#/definitions/verdict": ["reported", "breached"],
      "#/properties/version": ["version"], "#/properties/rows": ["rows"],
      "#/definitions/joined": ["ticket", "id"],
      "#/definitions/optionalColumn": ["ticket", "opened"],
      "#/definitions/optionalColumn/properties/optional": ["ticket", "opened", "optional"],
      "#/definitions/afterMap/properties/as": ["ticket", "responded", "as"],
      "#/definitions/paused/properties/as": ["paused_seconds", "as"],
      "#/definitions/paused/properties/counts": ["paused_seconds", "counts"],
      "#/properties/personal/additionalProperties": ["personal", "caller"],
    ],
    .calendar: [
      "#": [], "#/definitions/valid": ["valid"],
      "#/definitions/calendarVersion": ["versions", "1"], "#/properties/version": ["version"],
    ],
    .agreement: [
      "#": [], "#/definitions/valid": ["valid"], "#/definitions/customerField": ["customer"],
      "#/definitions/calendar": ["calendars", "office"],
      "#/definitions/calendarVersion": ["calendars", "moving", "versions", "0"],
      "#/definitions/clock": ["clocks", "resolution"], "#/definitions/target": ["targets", "1"],
      "#/definitions/rebase": ["rebase", "0"],
      "#/definitions/due": ["targets", "2", "due"], "#/properties/version": ["version"],
      "#/properties/kind": ["kind"], "#/properties/count-by": ["count-by"],
      "#/properties/per-person": ["per-person"],
      "#/definitions/reopening": ["clocks", "resolution", "reopen"],
      "#/definitions/cycles": ["clocks", "third", "reopen"],
      "#/definitions/cycles/properties/rule": ["clocks", "third", "reopen", "rule"],
      "#/definitions/cycles/properties/count": ["clocks", "third", "reopen", "count"],
      "#/definitions/tierChange": ["clocks", "resolution", "on-tier-change"],
      "#/definitions/tierChanges": ["clocks", "third", "on-tier-change"],
      "#/definitions/clock/properties/at-end": ["clocks", "response", "at-end"],
      "#/definitions/clock/properties/repeat": ["clocks", "update", "repeat"],
      "#/definitions/exclusion": ["exclusions", "1"],
      "#/definitions/obligation": ["obligations", "0"],
      "#/definitions/obligation/properties/kind": ["obligations", "1", "kind"],
      "#/definitions/obligation/properties/shared": ["obligations", "0", "shared"],
      "#/definitions/obligation/properties/pro-rata": ["obligations", "1", "pro-rata"],
      "#/definitions/obligationRows": ["obligations", "0", "rows"],
      "#/definitions/brand": ["brand"],
      "#/definitions/brand/properties/accent": ["brand", "accent"],
      "#/definitions/changes": ["changes"],
      "#/definitions/changes/properties/shared": ["changes", "shared"],
      "#/definitions/changeService": ["changes", "services", "0"],
      "#/definitions/credits": ["credits"], "#/definitions/creditRule": ["credits", "rules", "0"],
    ],
    .exclusions: [
      "#": [], "#/definitions/exclusion": ["exclusions", "0"],
      "#/properties/version": ["version"],
    ],
    .actions: [
      "#": [], "#/definitions/action": ["actions", "0"], "#/properties/version": ["version"],
    ],
    .pipeline: [
      "#": [], "#/definitions/stage": ["stages", "0"],
      "#/definitions/import": ["stages", "0", "import"],
      "#/definitions/expects": ["stages", "2", "import", "expects"],
      "#/definitions/limits": ["stages", "2", "import", "limits"],
      "#/definitions/import/properties/keep-raw": ["stages", "2", "import", "keep-raw"],
      "#/definitions/timeLimit/anyOf/1": ["stages", "2", "import", "expects", "newer-than"],
      "#/definitions/rowsLimit/anyOf/1": ["stages", "2", "import", "expects", "at-least"],
      "#/definitions/rejectsLimit/anyOf/1": ["stages", "2", "import", "limits", "rejects"],
      "#/definitions/shareLimit/anyOf/1": ["stages", "2", "import", "limits", "drop"],
      "#/definitions/calculateLimits": ["stages", "7", "calculate", "limits"],
      "#/definitions/calculate": ["stages", "5", "calculate"],
      "#/definitions/export": ["stages", "8", "export"],
      "#/definitions/format": ["stages", "9", "export", "formats"],
      "#/properties/version": ["version"],
    ],
  ]

  /// Keys that a reader names, but does not take.
  private static let refused: [String: Set<String>] = [
    "mapping #/definitions/afterMap": ["value"], "mapping #/definitions/markMap": ["value"],
  ]

  /// What the readers say they allow, where a marker stands in the place of a key or of a word.
  private static func allowed(in text: String, _ kind: RuleKind) -> Set<String>? {
    for problem in kind.problems(text) where problem.contains("\"\(marker)\"") {
      guard let list = problem.firstMatch(of: /; allowed (?:is|are) (.*)$/)?.1 else { continue }
      return Set(list.split(separator: ", ").map(String.init))
    }
    return nil
  }

  private static func examples(of kind: RuleKind) throws -> [WrittenYAML] {
    try SchemaExamples.all.map { try #require(WrittenYAML($0)) }.filter { RuleKind(of: $0) == kind }
  }

  @Test("A schema knows the keys that its reader knows, map by map", arguments: RuleKind.allCases)
  func sameKeys(_ kind: RuleKind) throws {
    let places = try #require(Self.places[kind])
    let examples = try Self.examples(of: kind)
    for (pointer, keys) in try Schema(kind).closedMaps.sorted(by: { $0.key < $1.key }) {
      let path = try #require(places[pointer], "\(kind) \(pointer) is in no example")
      let found = examples.compactMap { example -> Set<String>? in
        guard case .map(let entries)? = example.value(at: path),
          entries.allSatisfy({ keys.contains($0.key) || $0.key == kind.rawValue })
        else { return nil }
        let marked = example.setting(path + [Self.marker], to: .text("x"))
        let alone = example.setting(
          path, to: .map([.init(key: Self.marker, value: .text("x"))]))
        return Self.allowed(in: marked.json(.texts), kind)
          ?? Self.allowed(in: alone.json(.texts), kind)
      }
      let known = try #require(found.first, "\(kind) \(pointer): the reader names no keys")
      #expect(keys == known.subtracting(Self.refused["\(kind) \(pointer)"] ?? []), "\(pointer)")
    }
  }

  @Test("A schema knows the words that its reader knows", arguments: RuleKind.allCases)
  func sameWords(_ kind: RuleKind) throws {
    let places = try #require(Self.places[kind])
    let examples = try Self.examples(of: kind)
    for (pointer, words) in try Schema(kind).words.sorted(by: { $0.key < $1.key }) {
      let path = try #require(places[pointer], "\(kind) \(pointer) is in no example")
      let example = try #require(examples.first { $0.value(at: path) != nil })
      let marked = example.setting(path, to: .text(Self.marker))
      if let known = Self.allowed(in: marked.json(.texts), kind) {
        #expect(Set(words) == known, "\(pointer)")
      } else {
        #expect(!kind.problems(marked.json(.texts)).isEmpty)
        for word in words {
          let right = example.setting(path, to: .text(word)).json(.texts)
          #expect(kind.problems(right) == [], "\(pointer): \(word)")
        }
      }
    }
  }

  @Test("Every key has words that an editor can show", arguments: RuleKind.allCases)
  func described(_ kind: RuleKind) throws {
    #expect(try Schema(kind).undescribed == [])
  }

  @Test("Parts of one name are the same in every schema")
  func sharedParts() throws {
    var seen: [String: NSDictionary] = [:]
    for kind in RuleKind.allCases {
      for (name, part) in try Schema(kind).definitions {
        #expect(seen[name] == nil || seen[name] == part, "\(kind): \(name)")
        seen[name] = part
      }
    }
  }

  @Test("Every sample file names its schema for editors, and it is there")
  func samplesNameTheirSchema() throws {
    let folder = House.root.appendingPathComponent("pipelines").resolvingSymlinksInPath()
    for (path, data) in try Scratch.files(below: folder).sorted(by: { $0.key < $1.key })
    where path.hasSuffix(".yml") {
      let text = String(decoding: data, as: UTF8.self)
      let kind = try #require(WrittenYAML(text).flatMap(RuleKind.init(of:)))
      let up = String(repeating: "../", count: path.split(separator: "/").count)
      let line = "# yaml-language-server: $schema=\(up)docs/schema/\(kind).schema.json"
      #expect(text.hasPrefix(line + "\n"), "pipelines/\(path) does not start with \(line)")
    }
  }
}
