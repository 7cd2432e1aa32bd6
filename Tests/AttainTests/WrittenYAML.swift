import Foundation
import Yams

/// A YAML file as it is written, to be changed in one place and given to readers and schemas.
enum WrittenYAML: Hashable {
  case text(String, isPlain: Bool)
  case list([WrittenYAML])
  case map([Entry])

  struct Entry: Hashable {
    let key: String
    var value: WrittenYAML
  }

  static func text(_ text: String) -> WrittenYAML { .text(text, isPlain: false) }

  /// `nil` if the text is no YAML, or uses what the tool refuses in any file.
  init?(_ text: String) {
    guard let node = try? Yams.compose(yaml: text, Resolver.basic) else { return nil }
    self.init(node)
  }

  private init?(_ node: Node) {
    switch node {
    case .scalar(let scalar):
      self = .text(scalar.string, isPlain: scalar.style == .plain)
    case .sequence(let sequence):
      let items = sequence.compactMap(Self.init)
      guard items.count == sequence.count else { return nil }
      self = .list(items)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        guard let key = key.scalar?.string, let value = Self(value) else { return nil }
        entries.append(Entry(key: key, value: value))
      }
      self = .map(entries)
    case .alias: return nil
    }
  }

  subscript(key: String) -> WrittenYAML? {
    guard case .map(let entries) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}

extension WrittenYAML {
  /// How the values of plain texts are told.
  enum Sight: CaseIterable {
    /// As the tool does: each is a text.
    case texts
    /// As the core schema of YAML 1.2 does, and editors with it: numbers, truth values, nothing.
    case types
  }

  /// As JSON, which is YAML, too.
  func json(_ sight: Sight) -> String {
    switch self {
    case .text(let text, let isPlain):
      return isPlain && sight == .types ? Self.typed(text) : Self.quoted(text)
    case .list(let items):
      return "[" + items.map { $0.json(sight) }.joined(separator: ", ") + "]"
    case .map(let entries):
      let pairs = entries.map { Self.quoted($0.key) + ": " + $0.value.json(sight) }
      return "{" + pairs.joined(separator: ", ") + "}"
    }
  }

  private static func typed(_ text: String) -> String {
    switch text {
    case "", "~", "null", "Null", "NULL": "null"
    case "true", "True", "TRUE": "true"
    case "false", "False", "FALSE": "false"
    case _ where text.wholeMatch(of: /[-+]?[0-9]+/) != nil: Int(text).map(String.init) ?? "0"
    case _ where text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil:
      Double(text).map { "\($0)" } ?? "0"
    default: quoted(text)
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension WrittenYAML {
  /// A way from the root: keys of maps, and places in lists from 0 on.
  typealias Path = [String]

  /// The value that a path leads to.
  func value(at path: some Collection<String>) -> WrittenYAML? {
    guard let first = path.first else { return self }
    if case .list(let items) = self {
      guard let index = Int(first), items.indices.contains(index) else { return nil }
      return items[index].value(at: path.dropFirst())
    }
    return self[first]?.value(at: path.dropFirst())
  }

  /// The same with another value at the end of a path; with `nil` it is left out.
  func setting(_ path: some Collection<String>, to value: WrittenYAML?) -> WrittenYAML {
    guard let first = path.first else { return value ?? self }
    let rest = path.dropFirst()
    switch self {
    case .text: return self
    case .list(var items):
      guard let index = Int(first), items.indices.contains(index) else { return self }
      if rest.isEmpty && value == nil {
        items.remove(at: index)
      } else {
        items[index] = items[index].setting(rest, to: value)
      }
      return .list(items)
    case .map(var entries):
      let index = entries.firstIndex { $0.key == first }
      if let index, rest.isEmpty && value == nil {
        entries.remove(at: index)
      } else if let index {
        entries[index].value = entries[index].value.setting(rest, to: value)
      } else if rest.isEmpty, let value {
        entries.append(Entry(key: first, value: value))
      }
      return .map(entries)
    }
  }

  /// The paths of all values, the root's own among them.
  var paths: [Path] {
    let parts: [(String, WrittenYAML)] =
      switch self {
      case .text: []
      case .list(let items): items.enumerated().map { (String($0.offset), $0.element) }
      case .map(let entries): entries.map { ($0.key, $0.value) }
      }
    return [[]] + parts.flatMap { key, value in value.paths.map { [key] + $0 } }
  }
}
