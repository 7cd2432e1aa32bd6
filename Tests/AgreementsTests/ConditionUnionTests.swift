import TestSupport
import Testing
import Tickets

@testable import Agreements

@Suite("Conditions that together take what another asks for")
struct ConditionUnionTests {
  private func condition(_ tests: [String: [String]], not: [Condition] = []) -> Condition {
    Condition(
      tests: tests.sorted { $0.key < $1.key }.map { field, values in
        .init(field: field, patterns: values.map { ValuePattern($0) })
      }, none: not)
  }

  @Test("Two that share the values between them are found, one alone before them")
  func shared() {
    let (one, two) = (condition(["p": ["1"]]), condition(["p": ["2"]]))
    let both = condition(["p": ["1", "2"]])
    #expect(both.takers(among: [one, two]) == [0, 1])
    #expect(both.takers(among: [one, both, two]) == [1])
    #expect(both.takers(among: [one]) == nil)
    #expect(condition(["p": ["1", "2", "3"]]).takers(among: [one, two]) == nil)
  }

  @Test("Ranges and globs are one value, taken only by the same or by everything")
  func ranges() {
    let low = condition(["p": [">=3"]])
    #expect(condition(["p": ["3", "4"]]).takers(among: [low]) == [0])
    #expect(low.takers(among: [condition(["p": ["3"]]), condition(["p": [">3"]])]) == nil)
    #expect(
      condition(["p": ["1", ">=3"]]).takers(among: [condition(["p": ["1"]]), low]) == [0, 1])
  }

  @Test("What an earlier one leaves out counts, unless the values asked for rule it out")
  func exceptions() {
    let desk = condition(["p": ["1"]], not: [condition(["q": ["vip"]])])
    let rest = condition(["p": ["2"]])
    #expect(condition(["p": ["1", "2"]]).takers(among: [desk, rest]) == nil)
    #expect(condition(["p": ["1", "2"], "q": ["desk"]]).takers(among: [desk, rest]) == [0, 1])
    #expect(
      condition(["p": ["1", "2"], "q": ["desk", "vip"]]).takers(among: [desk, rest]) == nil)
  }

  @Test(
    "No ticket of a small world meets a condition of which none of the takers takes it",
    arguments: 0..<300 as Range<UInt64>)
  func world(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values = ["1", "2", "3"]
    func some() -> Condition {
      var tests: [String: [String]] = [:]
      for field in ["a", "b"] where Bool.random(using: &random) {
        tests[field] = values.filter { _ in Bool.random(using: &random) }
        if tests[field]?.isEmpty == true { tests[field] = [">=2"] }
      }
      let not = Int.random(in: 0..<4, using: &random) == 0
      return condition(tests, not: not ? [condition(["a": [values[0]]])] : [])
    }
    let others = (0..<3).map { _ in some() }
    let last = some()
    func holds(_ condition: Condition, _ a: String, _ b: String) -> Bool {
      condition.tests.allSatisfy { test in
        test.patterns.contains { $0.matches(test.field == "a" ? a : b) }
      } && !condition.none.contains { holds($0, a, b) }
    }
    guard let takers = last.takers(among: others) else { return }
    // A value beyond those that conditions list stands for all others.
    for a in values + ["9", "x"] {
      for b in values + ["9", "x"] where holds(last, a, b) {
        #expect(takers.contains { holds(others[$0], a, b) }, "\(a) \(b)")
      }
    }
  }
}
