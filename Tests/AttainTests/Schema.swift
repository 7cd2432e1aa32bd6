import Foundation
import TestSupport

/// One of the JSON Schemas of docs/schema.
struct Schema {
  let kind: RuleKind
  private let root: [String: Any]

  static func url(_ kind: RuleKind) -> URL {
    House.root.appendingPathComponent("docs/schema/\(kind).schema.json").resolvingSymlinksInPath()
  }

  init(_ kind: RuleKind) throws {
    self.kind = kind
    root = try Self.object(JSONSerialization.jsonObject(with: Data(contentsOf: Self.url(kind))))
  }

  private static func object(_ value: Any) throws -> [String: Any] {
    guard let object = value as? [String: Any] else { throw Unexpected() }
    return object
  }

  private struct Unexpected: Error {}

  /// Every part that is a map, by its JSON pointer, sorted by it.
  var parts: [(pointer: String, part: [String: Any])] {
    func walk(_ value: Any, _ pointer: String) -> [(pointer: String, part: [String: Any])] {
      if let object = value as? [String: Any] {
        return [(pointer, object)]
          + object.sorted { $0.key < $1.key }.flatMap { walk($0.value, pointer + "/" + $0.key) }
      }
      return (value as? [Any] ?? []).enumerated().flatMap {
        walk($0.element, pointer + "/\($0.offset)")
      }
    }
    return walk(root, "#")
  }

  /// The keys of maps that may have no others, by the place of the map in the schema.
  var closedMaps: [String: Set<String>] {
    var maps: [String: Set<String>] = [:]
    for (pointer, part) in parts where part["additionalProperties"] as? Bool == false {
      maps[pointer] = Set((part["properties"] as? [String: Any] ?? [:]).keys)
    }
    return maps
  }

  /// The fixed words that are allowed somewhere, by the place in the schema.
  var words: [String: [String]] {
    var words: [String: [String]] = [:]
    for (pointer, part) in parts {
      if let values = part["enum"] as? [Any] {
        words[pointer] = values.compactMap { $0 as? String }
      }
    }
    return words
  }

  /// The shared parts, by name.
  var definitions: [String: NSDictionary] {
    (root["definitions"] as? [String: NSDictionary]) ?? [:]
  }

  /// The keys of maps without a description that an editor could show.
  var undescribed: [String] {
    parts.filter { $0.pointer.hasSuffix("/properties") && !isCondition($0.pointer) }
      .flatMap { pointer, properties in
        properties.filter { _, value in !isDescribed(value) }.map { pointer + "/" + $0.key }
      }.sorted()
  }

  /// Whether `properties` is part of a condition of the schema, not of a map of the user's.
  private func isCondition(_ pointer: String) -> Bool {
    ["/if/", "/then/", "/anyOf/"].contains { pointer.contains($0) }
  }

  private func isDescribed(_ value: Any) -> Bool {
    guard let part = value as? [String: Any] else { return false }
    if part["description"] is String { return true }
    let name = (part["$ref"] as? String)?.split(separator: "/").last.map(String.init)
    return name.flatMap { definitions[$0]?["description"] } is String
  }

  /// A file to hold against the schema of its kind.
  struct Document: Hashable {
    let kind: RuleKind
    let json: String
  }

  /// What an independent validator says, document by document; `nil` if it says nothing.
  static func complaints(of documents: [Document]) throws -> [String?] {
    let scratch = try Scratch()
    let schemas = RuleKind.allCases.map { "\"\($0)\": \"\(url($0).path)\"" }
    let lines = documents.map { "[\"\($0.kind)\", \($0.json)]" }
    let text = "{\(schemas.joined(separator: ", "))}\n" + lines.joined(separator: "\n")
    try scratch.write(text, to: "documents")
    let output = try Python.run(
      script, scratch.folder.appendingPathComponent("documents").path)
    let answers = output.split(separator: "\n").map { $0 == "-" ? nil : String($0) }
    guard answers.count == documents.count else { throw Unexpected() }
    return answers
  }

  /// Prints a line each document: `-`, or the first complaint.
  private static let script = """
    import json, sys
    from jsonschema import Draft7Validator as Validator
    with open(sys.argv[1], encoding="utf-8") as file:
        paths = json.loads(next(file))
        schemas = {}
        for kind, path in paths.items():
            with open(path, encoding="utf-8") as schema:
                schemas[kind] = Validator(json.load(schema))
            Validator.check_schema(schemas[kind].schema)
        for line in file:
            kind, document = json.loads(line)
            error = next(schemas[kind].iter_errors(document), None)
            place = "" if error is None else "/".join(str(part) for part in error.path)
            print("-" if error is None else ascii(place + ": " + error.message))
    """
}
