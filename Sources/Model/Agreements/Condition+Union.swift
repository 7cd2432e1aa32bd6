import Tickets

extension Condition {
  /// More combinations of values than these are not looked at one by one.
  private static let mostCombinations = 10_000

  /// The first of some conditions that together surely hold wherever this one does; `nil` if they
  /// do not.
  ///
  /// Each combination of the values that this one lists is held against each of them, so that two
  /// that share the values between them are found. A range or a glob counts as one value.
  ///
  /// - Returns: Indices, ascending; one alone if it is enough.
  func takers(among others: [Condition]) -> [Int]? {
    if let alone = others.firstIndex(where: { $0.covers(self) }) { return [alone] }
    let count = tests.reduce(1) { product, test in
      min(product, Self.mostCombinations) * test.patterns.count
    }
    guard (1...Self.mostCombinations).contains(count), !others.isEmpty else { return nil }
    var takers: Set<Int> = []
    for number in 0..<count {
      let combination = combination(number)
      guard let taker = others.firstIndex(where: { $0.covers(combination) }) else { return nil }
      takers.insert(taker)
    }
    return takers.sorted()
  }

  /// The condition with one value of each list, by its number as in a counter of mixed digits.
  private func combination(_ number: Int) -> Condition {
    var rest = number
    let chosen = tests.map { test in
      defer { rest /= test.patterns.count }
      return FieldTest(field: test.field, patterns: [test.patterns[rest % test.patterns.count]])
    }
    return Condition(tests: chosen, none: none)
  }

  /// Whether another surely does not hold where this one does: it asks a field for what none of
  /// the values is that this one lists.
  func excludes(_ other: Condition) -> Bool {
    other.tests.contains { wanted in
      tests.contains { test in
        test.field == wanted.field
          && test.patterns.allSatisfy { pattern in
            guard case .text(let value) = pattern else { return false }
            return !wanted.patterns.contains { $0.matches(value) }
          }
      }
    }
  }
}
