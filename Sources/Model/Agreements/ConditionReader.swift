import LocatedYAML
import Tickets

extension RuleFile {
  /// Reads `{priority: [1, 2], service: "email*", count: ">=1", not: {status: Closed}}`.
  ///
  /// - Parameter ignoring: Keys that are no fields, such as the `party` of a pause.
  func condition(_ node: YAMLNode, of what: String, ignoring: [String] = []) -> Condition? {
    guard let entries = reader.entries(node, of: what) else { return nil }
    var tests: [Condition.FieldTest] = []
    var none: [Condition] = []
    for entry in entries where !ignoring.contains(entry.key) {
      if entry.key == "not" {
        none += negated(entry, of: what)
      } else if entry.key.isEmpty {
        reader.report("a field without a name in \(what)", atKeyOf: entry)
      } else {
        tests.append(
          Condition.FieldTest(field: entry.key, patterns: patterns(entry.value, of: entry.key)))
      }
    }
    return Condition(tests: tests, none: none)
  }

  private func negated(_ entry: YAMLEntry, of what: String) -> [Condition] {
    reader.itemOrItems(entry.value).compactMap { item in
      guard let condition = condition(item, of: "\"not\" of \(what)") else { return nil }
      if condition.isAnything { reader.report(.notNothing, at: item) }
      return condition
    }
  }

  /// One value or a list; an empty text is the missing value.
  private func patterns(_ node: YAMLNode, of field: String) -> [ValuePattern] {
    let items = reader.itemOrItems(node)
    if items.isEmpty { reader.report(.noValue(field), at: node) }
    return items.compactMap { item in
      guard let text = item.scalar else {
        reader.report(.notAValue(field, found: item.description), at: item)
        return nil
      }
      let pattern = ValuePattern(text)
      if case .comparison = pattern { return pattern }
      if let sign = text.first, sign == ">" || sign == "<" {
        reader.report(.notANumber(text, field: field), at: item)
      }
      return pattern
    }
  }
}

extension Condition {
  /// Whether every ticket that meets `other` surely meets this one too.
  ///
  /// Looks at the texts alone, so it may miss a case, but never names a wrong one.
  func covers(_ other: Condition) -> Bool {
    none.allSatisfy { other.none.contains($0) || other.excludes($0) }
      && tests.allSatisfy { test in
        other.tests.contains { narrower in
          narrower.field == test.field
            && narrower.patterns.allSatisfy { pattern in
              test.patterns.contains { $0.covers(pattern) }
            }
        }
      }
  }
}

extension ValuePattern {
  fileprivate func covers(_ other: ValuePattern) -> Bool {
    if self == other || self == .glob("*") { return true }
    guard case .text(let value) = other else { return false }
    return matches(value)
  }
}

extension String {
  fileprivate static let notNothing =
    "\"not\" holds no condition, so that no ticket could match; name a field, or remove it"

  fileprivate static func noValue(_ field: String) -> String {
    "field \"\(field)\" lists no value, so that no ticket could match; name at least one"
  }

  fileprivate static func notAValue(_ field: String, found: String) -> String {
    "field \"\(field)\" holds \(found), but must hold a value or a list of values"
  }

  fileprivate static func notANumber(_ text: String, field: String) -> String {
    "field \"\(field)\" compares with \"\(text)\", which is not a number like >=1 or <2.5"
  }
}
