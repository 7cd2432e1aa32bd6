/// Something wrong with a value of a YAML file.
package struct YAMLProblem: Error, Hashable, Sendable {
  package let line: Int
  package let column: Int
  /// Lower case, no full stop.
  package let message: String

  package init(line: Int, column: Int, message: String) {
    self.line = line
    self.column = column
    self.message = message
  }
}

/// Walks the values of one file and collects all that is wrong with them, in the order found.
package final class YAMLReader {
  package private(set) var problems: [YAMLProblem] = []
  private let suggest: (String, [String]) -> String?

  /// Creates a reader.
  ///
  /// - Parameter suggest: The name of a list that a person most likely meant by another.
  package init(suggest: @escaping (String, [String]) -> String?) {
    self.suggest = suggest
  }

  package func report(_ message: String, line: Int, column: Int) {
    problems.append(YAMLProblem(line: line, column: column, message: message))
  }

  package func report(_ message: String, at node: YAMLNode) {
    report(message, line: node.line, column: node.column)
  }

  package func report(_ message: String, atKeyOf entry: YAMLEntry) {
    report(message, line: entry.keyLine, column: entry.keyColumn)
  }

  /// `did you mean "x"?`, or else the list of what is allowed.
  package func hint(for name: String, among allowed: [String]) -> String {
    if let near = suggest(name, allowed) { return "did you mean \"\(near)\"?" }
    if allowed.isEmpty { return "there are none" }
    return "allowed \(allowed.count == 1 ? "is" : "are") " + allowed.joined(separator: ", ")
  }

  /// The keys of a map of which the names are fixed; unknown and missing ones are reported.
  ///
  /// - Parameter what: How a message names the map, such as `the agreement`.
  /// - Returns: `nil`, reported, if `node` is no map.
  package func fields(
    _ node: YAMLNode, of what: String, allowed: [String], required: [String] = []
  ) -> YAMLFields? {
    guard let entries = entries(node, of: what) else { return nil }
    var meant: Set<String> = []
    for entry in entries where !allowed.contains(entry.key) {
      report(
        "unknown key \"\(entry.key)\" in \(what); \(hint(for: entry.key, among: allowed))",
        atKeyOf: entry)
      if let near = suggest(entry.key, allowed) { meant.insert(near) }
    }
    let fields = YAMLFields(node: node, what: what, entries: entries, meant: meant)
    for key in required { require(key, in: fields) }
    return fields
  }

  /// Reports a key that is not there, unless a typo of it was reported.
  package func require(_ key: String, in fields: YAMLFields) {
    guard fields[key] == nil, !fields.meant.contains(key) else { return }
    report("\(fields.what) has no \"\(key)\"; add it", at: fields.node)
  }

  /// The entries of a map of which the names are free.
  package func entries(_ node: YAMLNode, of what: String) -> [YAMLEntry]? {
    guard let entries = node.mapping else {
      report("\(what) is \(node.description), but must be a map of keys and values", at: node)
      return nil
    }
    return entries
  }

  /// The items of a list; anything else is reported.
  package func items(_ node: YAMLNode, of what: String) -> [YAMLNode]? {
    guard let items = node.sequence else {
      report("\(what) is \(node.description), but must be a list", at: node)
      return nil
    }
    return items
  }

  /// The items of a list, or the value itself as its only item.
  package func itemOrItems(_ node: YAMLNode) -> [YAMLNode] {
    node.sequence ?? [node]
  }

  /// A text that is not empty; anything else is reported.
  ///
  /// - Parameter expected: What would be right, such as `a name`.
  package func text(_ node: YAMLNode, of what: String, expected: String = "a text") -> String? {
    guard let text = node.scalar, !text.isEmpty else {
      report("\(what) is \(node.description), but must be \(expected)", at: node)
      return nil
    }
    return text
  }

  /// A list of texts that are not empty, or one such text.
  package func texts(_ node: YAMLNode, of what: String) -> [String] {
    itemOrItems(node).compactMap { text($0, of: what) }
  }

  /// One of a few fixed words.
  package func choice<Value: CaseIterable & RawRepresentable<String>>(
    _ node: YAMLNode, of what: String, as type: Value.Type = Value.self
  ) -> Value? {
    let allowed = Value.allCases.map(\.rawValue)
    guard let text = text(node, of: what, expected: "one of \(allowed.joined(separator: ", "))")
    else { return nil }
    if let value = Value(rawValue: text) { return value }
    report("\(what) is \"\(text)\"; \(hint(for: text, among: allowed))", at: node)
    return nil
  }

  /// `yes`, `no`, `true` or `false`.
  package func flag(_ node: YAMLNode, of what: String) -> Bool? {
    switch node.scalar {
    case "yes"?, "true"?: return true
    case "no"?, "false"?: return false
    default:
      report("\(what) is \(node.description), but must be yes or no", at: node)
      return nil
    }
  }
}

/// The entries of a map whose keys were checked by ``YAMLReader/fields(_:of:allowed:required:)``.
package struct YAMLFields {
  package let node: YAMLNode
  package let what: String
  package let entries: [YAMLEntry]
  /// The keys for which an unknown key is probably a typo.
  let meant: Set<String>

  package subscript(key: String) -> YAMLNode? { entry(key)?.value }

  package func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key == key } }
}
