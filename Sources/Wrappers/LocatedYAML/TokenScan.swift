/// A look at the places of a YAML text where a value or key starts, before it is parsed.
///
/// It refuses what must not reach the parser (aliases can make a small file grow without bound),
/// and remembers the keys, because the parser gives no place for a key that is repeated.
struct TokenScan {
  private struct Key {
    let text: String
    let line: Int
    let column: Int
    let depth: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1
  private var lineStart = 0
  /// A place in the line whose column is known, so that long lines are counted once.
  private var known = (position: 0, column: 1)
  private var depth = 0
  /// Where the last key or dash of the line starts, in bytes from the line's start.
  private var lastStart: Int?
  private var keys: [Key] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Goes through the text.
  mutating func run() throws(YAMLError) {
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\t"), UInt8(ascii: ","):
        position += 1
      case UInt8(ascii: "\n"):
        newLine()
      case UInt8(ascii: "#"):
        skipLine()
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        depth += 1
        guard depth <= YAMLNode.depthLimit else { throw error(.tooDeepInFlow) }
        position += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        position += 1
      case UInt8(ascii: "-") where isBlank(peek(1)),
        UInt8(ascii: ":") where isBlank(peek(1)) || (depth > 0 && isFlow(peek(1))):
        if byte == UInt8(ascii: "-") { lastStart = position - lineStart }
        position += 1
      case UInt8(ascii: "?") where isBlank(peek(1)):
        throw error(.complexKey)
      case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
        throw error(byte == UInt8(ascii: "!") ? .tag : .anchor)
      case UInt8(ascii: "|") where depth == 0, UInt8(ascii: ">") where depth == 0:
        try blockScalar()
      default:
        scalar(quote: byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") ? byte : nil)
      }
    }
  }

  /// Where the key that stands at `line` and `column` is given again in the same map.
  func repetition(of key: String, line: Int, column: Int) -> (line: Int, column: Int)? {
    guard
      let first = keys.firstIndex(where: {
        $0.line == line && $0.column == column
      })
    else { return nil }
    let depth = keys[first].depth
    let second = keys[(first + 1)...].first {
      $0.text == key && $0.depth == depth && (depth > 0 || $0.column == column)
    }
    return second.map { ($0.line, $0.column) }
  }

  /// The byte at a place, if the characters before it in the line are one byte each.
  func byte(line: Int, column: Int) -> UInt8? {
    var rest = bytes[...]
    for _ in 1..<max(1, line) {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
      rest = rest[(end + 1)...]
    }
    return rest.prefix { $0 != UInt8(ascii: "\n") }.dropFirst(column - 1).first
  }

  func line(ofOffset offset: Int) -> Int {
    bytes.prefix(offset).reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  private func isBlank(_ byte: UInt8?) -> Bool {
    guard let byte else { return true }
    return byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
      || byte == UInt8(ascii: "\t")
  }

  private func error(_ reason: String) -> YAMLError {
    YAMLError(line: line, column: column(of: position), reason: reason)
  }

  /// Columns count characters, not bytes.
  private func column(of position: Int) -> Int {
    bytes[known.position..<position].reduce(known.column) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }

  private mutating func newLine() {
    position += 1
    line += 1
    lineStart = position
    known = (position, 1)
    lastStart = nil
  }

  private mutating func skipLine() {
    while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
  }

  private mutating func scalar(quote: UInt8?) {
    let start = position
    let startLine = line
    let startColumn = column(of: start)
    known = (start, startColumn)
    let offset = start - lineStart
    if let quote { skipQuoted(quote) } else { skipPlain() }
    let raw = bytes[start..<position]
    var ahead = 0
    while peek(ahead) == UInt8(ascii: " ") { ahead += 1 }
    guard startLine == line, peek(ahead) == UInt8(ascii: ":") else { return }
    var text = String(decoding: raw, as: UTF8.self)
    if quote != nil { text = String(text.dropFirst().dropLast()) }
    while text.hasSuffix(" ") { text.removeLast() }
    if depth == 0 { lastStart = offset }
    keys.append(Key(text: text, line: startLine, column: startColumn, depth: depth))
  }

  private mutating func skipQuoted(_ quote: UInt8) {
    position += 1
    while let byte = peek() {
      if byte == UInt8(ascii: "\n") {
        newLine()
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        position += peek(1) == UInt8(ascii: "\n") ? 1 : 2
      } else if byte == quote {
        position += 1
        guard quote == UInt8(ascii: "'"), peek() == quote else { return }
        position += 1
      } else {
        position += 1
      }
    }
    position = min(position, bytes.count)
  }

  private mutating func skipPlain() {
    while let byte = peek() {
      let isEnd =
        byte == UInt8(ascii: "\n")
        || (byte == UInt8(ascii: ":") && (isBlank(peek(1)) || (depth > 0 && isFlow(peek(1)))))
        || (depth > 0 && isFlow(byte))
        || (byte == UInt8(ascii: "#") && position > 0 && isBlank(bytes[position - 1]))
      if isEnd { return }
      position += 1
    }
  }

  private func isFlow(_ byte: UInt8?) -> Bool {
    byte.map { ",[]{}".utf8.contains($0) } ?? false
  }

  private mutating func blockScalar() throws(YAMLError) {
    let indicator = bytes[position]
    let parent = lastStart ?? -1
    var ahead = 1
    while let byte = peek(ahead), "+-123456789".utf8.contains(byte) { ahead += 1 }
    guard isBlank(peek(ahead)) else { throw error(.mustBeQuoted(indicator)) }
    skipLine()
    while peek() != nil {
      newLine()
      let spaces = bytes[position...].prefix { $0 == UInt8(ascii: " ") }.count
      let next = peek(spaces)
      let isEmpty = next == nil || next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r")
      guard isEmpty || spaces > parent else { return }
      skipLine()
    }
  }
}

extension String {
  static let anchor =
    "anchors and aliases (& and *) are not allowed; put a text that starts with one in quotes"
  fileprivate static let tag =
    "tags (!) are not allowed; put a text that starts with ! in quotes"
  fileprivate static let complexKey = "a key that starts with \"? \" is not allowed"
  fileprivate static let tooDeepInFlow =
    "lists and maps nest deeper than \(YAMLNode.depthLimit) levels"

  static func mustBeQuoted(_ byte: UInt8) -> String {
    let character = Character(Unicode.Scalar(byte))
    return "a text that starts with \(character) must be in quotes"
  }
}
