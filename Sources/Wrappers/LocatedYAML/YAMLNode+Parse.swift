import Yams

extension YAMLNode {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 1 << 20
  /// How deep lists and maps may nest.
  package static let depthLimit = 64

  /// Reads one YAML document.
  ///
  /// Anchors, aliases, tags and keys that are not plain texts are refused, and so are a key given
  /// twice, a second document and an empty file.
  package static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
    guard bytes.count <= sizeLimit else {
      throw YAMLError(line: 1, column: 1, reason: .tooLarge(bytes.count))
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? Array(bytes.dropFirst(3)) : bytes
    guard let text = String(validating: body, as: UTF8.self) else {
      throw invalidUTF8(body)
    }
    var scan = TokenScan(body)
    try scan.run()
    return try node(compose(text, scan: scan), depth: 1)
  }

  /// Reads one YAML document; see ``parse(_:)-([UInt8])``.
  package static func parse(_ text: String) throws(YAMLError) -> YAMLNode {
    try parse(Array(text.utf8))
  }

  private static func compose(_ text: String, scan: TokenScan) throws(YAMLError) -> Node {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text, Resolver.basic)
    } catch let error as YamlError {
      throw YAMLError(error, scan: scan)
    } catch {
      throw YAMLError(line: 1, column: 1, reason: "\(error)")
    }
    guard let root else { throw YAMLError(line: 1, column: 1, reason: .empty) }
    return root
  }

  private static func node(_ node: Node, depth: Int) throws(YAMLError) -> YAMLNode {
    let line = node.mark?.line ?? 1
    let column = node.mark?.column ?? 1
    guard depth <= depthLimit else {
      throw YAMLError(line: line, column: column, reason: .tooDeep)
    }
    switch node {
    case .scalar(let scalar):
      guard scalar.anchor == nil else {
        throw YAMLError(line: line, column: column, reason: .anchor)
      }
      let isNull = scalar.style == .plain && (scalar.string == "~" || scalar.string == "null")
      return YAMLNode(line: line, column: column, content: .scalar(isNull ? "" : scalar.string))
    case .sequence(let sequence):
      guard sequence.anchor == nil else {
        throw YAMLError(line: line, column: column, reason: .anchor)
      }
      var items: [YAMLNode] = []
      for item in sequence { items.append(try Self.node(item, depth: depth + 1)) }
      return YAMLNode(line: line, column: column, content: .sequence(items))
    case .mapping(let mapping):
      guard mapping.anchor == nil else {
        throw YAMLError(line: line, column: column, reason: .anchor)
      }
      return YAMLNode(
        line: line, column: column, content: .mapping(try entries(mapping, depth: depth)))
    case .alias:
      throw YAMLError(line: line, column: column, reason: .anchor)
    }
  }

  private static func entries(
    _ mapping: Node.Mapping, depth: Int
  ) throws(YAMLError) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      let column = key.mark?.column ?? 1
      guard case .scalar(let text) = key else {
        throw YAMLError(line: line, column: column, reason: .keyIsNoText)
      }
      guard text.anchor == nil else {
        throw YAMLError(line: line, column: column, reason: .anchor)
      }
      entries.append(
        YAMLEntry(
          key: text.string, keyLine: line, keyColumn: column,
          value: try node(value, depth: depth + 1)))
    }
    return entries
  }

  private static func invalidUTF8(_ bytes: [UInt8]) -> YAMLError {
    var line = 1
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      guard String(validating: rest[..<end], as: UTF8.self) != nil else { break }
      rest = rest[(end + 1)...]
      line += 1
    }
    return YAMLError(line: line, column: 1, reason: .notUTF8)
  }
}

extension YAMLError {
  fileprivate init(_ error: YamlError, scan: TokenScan) {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let inside = context.map { " (\($0.text), line \($0.mark.line))" } ?? ""
      self.init(
        line: mark.line, column: mark.column,
        reason: .syntax(
          problem, inside: inside, at: scan.byte(line: mark.line, column: mark.column))
      )
    case .reader(let problem, let offset, _, _):
      self.init(line: scan.line(ofOffset: offset ?? 0), column: 1, reason: problem)
    case .duplicatedKeysInMapping(let keys, let context):
      let key = keys.first ?? ""
      let first = context.mark
      let second = scan.repetition(of: key, line: first.line, column: first.column)
      self.init(
        line: second?.line ?? first.line, column: second?.column ?? first.column,
        reason: .duplicate(key, firstLine: first.line))
    case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      self.init(line: 1, column: 1, reason: "\(error)")
    }
  }
}

extension String {
  fileprivate static let empty = "the file is empty; it must hold a map of keys and values"
  fileprivate static let notUTF8 = "this line is not UTF-8; save the file as UTF-8"
  fileprivate static let tooDeep =
    "lists and maps nest deeper than \(YAMLNode.depthLimit) levels"
  fileprivate static let keyIsNoText =
    "a list or a map stands where a key must be a text; if braces belong to the text, quote it"

  fileprivate static func tooLarge(_ size: Int) -> String {
    "the file has \(size) bytes; at most \(YAMLNode.sizeLimit) are read"
  }

  fileprivate static func duplicate(_ key: String, firstLine: Int) -> String {
    "key \"\(key)\" is given twice, first in line \(firstLine); remove one of the two"
  }

  fileprivate static func syntax(_ problem: String, inside: String, at byte: UInt8?) -> String {
    switch byte {
    case UInt8(ascii: "\t")?:
      "a tab stands where a value or key must start; indent with spaces"
    case let byte? where "@`%>|".utf8.contains(byte):
      .mustBeQuoted(byte)
    case _ where problem.contains("another document"):
      "a second document starts here; keep one document in a file"
    default:
      problem + inside
    }
  }
}
