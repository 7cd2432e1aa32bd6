/// A value of a YAML file that knows where it stands; lines and columns count from 1.
///
/// Every scalar stays the text that was written: `17:00`, `no`, `on` and `2026-01-01` are texts.
/// A plain `~`, `null` or nothing at all is the empty text.
package struct YAMLNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case scalar(String)
    case sequence([YAMLNode])
    /// In the order of the file; no key twice.
    case mapping([YAMLEntry])
  }

  package let line: Int
  package let column: Int
  package let content: Content

  package init(line: Int, column: Int, content: Content) {
    self.line = line
    self.column = column
    self.content = content
  }

  /// The text, if this is a scalar.
  package var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// The items, if this is a list.
  package var sequence: [YAMLNode]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  /// The entries, if this is a map.
  package var mapping: [YAMLEntry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }

  /// The value of a key, if this is a map that has it.
  package subscript(key: String) -> YAMLNode? {
    mapping?.first { $0.key == key }?.value
  }

  /// What a message calls this value: `"17:00"`, `nothing`, `a list` or `a map`.
  package var description: String {
    switch content {
    case .scalar(""): "nothing"
    case .scalar(let text): "\"\(text)\""
    case .sequence: "a list"
    case .mapping: "a map"
    }
  }
}

/// One key of a map and its value.
package struct YAMLEntry: Hashable, Sendable {
  package let key: String
  package let keyLine: Int
  package let keyColumn: Int
  package let value: YAMLNode

  package init(key: String, keyLine: Int, keyColumn: Int, value: YAMLNode) {
    self.key = key
    self.keyLine = keyLine
    self.keyColumn = keyColumn
    self.value = value
  }
}

/// Why a text is not a YAML file as this tool takes it.
package struct YAMLError: Error, Hashable, Sendable {
  package let line: Int
  package let column: Int
  /// Lower case, no full stop.
  package let reason: String

  package init(line: Int, column: Int, reason: String) {
    self.line = line
    self.column = column
    self.reason = reason
  }
}
