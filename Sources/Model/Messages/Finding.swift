/// Where in a file something was found; lines and columns count from 1.
package struct Place: Hashable, Sendable {
  package let file: String
  package let line: Int?
  package let column: Int?

  package init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The clickable form `file:line:column`, as far as it is known.
  package var text: String {
    guard let line else { return file }
    guard let column else { return "\(file):\(line)" }
    return "\(file):\(line):\(column)"
  }
}

/// Something about the input that a person should look at.
///
/// A finding of a row never stops a stage; an `error` finding of a rule file stops the command
/// after all of them are listed.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, Sendable {
    /// A rule file is wrong; nothing is calculated.
    case error
    /// The row is left out of every figure.
    case rejected
    /// The row is used as described in the message.
    case adjusted
    /// Probably not what was meant.
    case warning
    /// Said once, for the record.
    case note
  }

  /// What was read, what was expected, and what to do; lower case, no full stop.
  package struct Message: Hashable, Sendable, ExpressibleByStringInterpolation {
    package let text: String
    /// The text with `…` for what differs from row to row: equal for findings of one kind.
    package let pattern: String

    package init(stringLiteral value: String) {
      text = value
      pattern = value
    }

    package init(stringInterpolation parts: Parts) {
      text = parts.text
      pattern = parts.pattern
    }

    package struct Parts: StringInterpolationProtocol {
      fileprivate var text = ""
      fileprivate var pattern = ""
      private var isFirst = true

      package init(literalCapacity: Int, interpolationCount: Int) {}

      package mutating func appendLiteral(_ literal: String) {
        text += literal
        pattern += literal
      }

      /// What a message names first, after `column "`, is a column, and part of its kind.
      package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
        let isColumn = isFirst && pattern == "column \""
        text += value.description
        pattern += isColumn ? value.description : "…"
        isFirst = false
      }
    }
  }

  package let severity: Severity
  package let place: Place
  package let message: Message
  /// The short name of the check that found it, of those that have one; see docs/CHECKS.md.
  package var check: String?

  package init(
    _ severity: Severity, at place: Place, _ message: Message, check: String? = nil
  ) {
    self.severity = severity
    self.place = place
    self.message = message
    self.check = check
  }

  /// The one layout of every message of the tool.
  package var line: String { "\(place.text): \(severity.rawValue): \(message.text)" }

  /// The line with the name of the check: `... [tier-shadowed]`.
  package var namedLine: String { line + (check.map { " [\($0)]" } ?? "") }
}
