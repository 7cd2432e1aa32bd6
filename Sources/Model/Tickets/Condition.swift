/// A test on the fields of a ticket: all keys must hold, any listed value will do.
package struct Condition: Hashable, Sendable {
  package struct FieldTest: Hashable, Sendable {
    package let field: String
    package let patterns: [ValuePattern]

    package init(field: String, patterns: [ValuePattern]) {
      self.field = field
      self.patterns = patterns
    }
  }

  package let tests: [FieldTest]
  /// Conditions of which none may hold.
  package let none: [Condition]

  package init(tests: [FieldTest] = [], none: [Condition] = []) {
    self.tests = tests
    self.none = none
  }

  /// Holds for every ticket.
  package static let anything = Condition()

  package var isAnything: Bool { tests.isEmpty && none.isEmpty }

  /// The fields looked at, without repeats, in the order of first mention.
  package var fields: [String] {
    var seen: [String] = []
    for field in tests.map(\.field) + none.flatMap(\.fields) where !seen.contains(field) {
      seen.append(field)
    }
    return seen
  }
}

/// What one value may look like: a text, a glob with `*` and `?`, or a comparison with a number.
package enum ValuePattern: Hashable, Sendable {
  case text(String)
  case glob(String)
  case comparison(Comparison, Decimal)

  package enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
  }

  /// An exact decimal, in millionths.
  package struct Decimal: Hashable, Sendable, Comparable {
    package let millionths: Int64

    package init?(_ text: String) {
      var digits = Substring(text)
      let negative = digits.first == "-"
      if negative { digits.removeFirst() }
      let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
      guard (1...2).contains(parts.count), let whole = Int64(parts[0]), !parts[0].hasPrefix("+"),
        whole >= 0, whole < 1_000_000_000_000
      else { return nil }
      var fraction: Int64 = 0
      if parts.count == 2 {
        guard (1...6).contains(parts[1].count), let value = Int64(parts[1]), value >= 0,
          !parts[1].hasPrefix("+")
        else { return nil }
        fraction = (parts[1].count..<6).reduce(value) { sum, _ in sum * 10 }
      }
      millionths = (negative ? -1 : 1) * (whole * 1_000_000 + fraction)
    }

    package static func < (a: Decimal, b: Decimal) -> Bool { a.millionths < b.millionths }
  }

  /// Reads a pattern as a user writes it: `>=1`, `email*`, or plain text.
  package init(_ text: String) {
    for comparison in Comparison.allCases where text.hasPrefix(comparison.rawValue) {
      let rest = text.dropFirst(comparison.rawValue.count).drop { $0 == " " }
      if let number = Decimal(String(rest)) {
        self = .comparison(comparison, number)
        return
      }
    }
    self = text.contains("*") || text.contains("?") ? .glob(text) : .text(text)
  }

  package func matches(_ value: String) -> Bool {
    switch self {
    case .text(let text): return value == text
    case .glob(let glob): return Self.glob(Array(glob.utf8), matches: Array(value.utf8))
    case .comparison(let comparison, let bound):
      guard let number = Decimal(value) else { return false }
      return switch comparison {
      case .atLeast: number >= bound
      case .atMost: number <= bound
      case .above: number > bound
      case .below: number < bound
      }
    }
  }

  /// Linear in practice: on a mismatch only the last star is tried one byte further.
  private static func glob(_ glob: [UInt8], matches value: [UInt8]) -> Bool {
    let star = UInt8(ascii: "*")
    let any = UInt8(ascii: "?")
    var g = 0
    var v = 0
    var resume: (glob: Int, value: Int)?
    while v < value.count {
      if g < glob.count, glob[g] == star {
        resume = (g, v)
        g += 1
      } else if g < glob.count, glob[g] == any || glob[g] == value[v] {
        g += 1
        v += 1
      } else if let last = resume {
        resume = (last.glob, last.value + 1)
        g = last.glob + 1
        v = last.value + 1
      } else {
        return false
      }
    }
    return glob[g...].allSatisfy { $0 == star }
  }
}
