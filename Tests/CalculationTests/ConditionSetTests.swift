import Agreements
import Results
import TestSupport
import Testing
import Tickets

@Suite("Conditions looked at together")
struct ConditionSetTests {
  private static let fields = ["status", "priority", "group"]

  /// A table of three fields with five values each, besides the missing one.
  private static func fiveValues() -> TicketTable {
    var table = TicketTable(source: "desk")
    table.fields = fields.map { name in
      var field = FieldColumn(name: name)
      for value in 1...5 { _ = field.dictionary.code(for: "\(name) \(value)") }
      return field
    }
    return table
  }

  private static func condition(
    depth: Int, using random: inout SeededGenerator
  ) -> Condition {
    var tests: [Condition.FieldTest] = []
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      // A field that the table lacks is missing for every ticket.
      let field = (fields + ["absent"]).randomElement(using: &random) ?? "status"
      let patterns = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        ["\(field) 1", "\(field) 2", "\(field) 3", "", "* 4", "*"].randomElement(using: &random)
          ?? ""
      }
      tests.append(.init(field: field, patterns: patterns.map { ValuePattern($0) }))
    }
    guard depth > 0 else { return Condition(tests: tests) }
    let none = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      condition(depth: depth - 1, using: &random)
    }
    return Condition(tests: tests, none: none)
  }

  @Test("Each holds exactly where it holds by itself", arguments: 1...40)
  func agree(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let table = Self.fiveValues()
    let conditions = (0..<Int.random(in: 0...9, using: &random)).map { _ in
      CompiledCondition(Self.condition(depth: 2, using: &random), for: table)
    }
    // Nested ones take bits too.
    guard let set = ConditionSet(conditions) else { return }
    for _ in 0..<100 {
      let codes = Self.fields.map { _ in UInt32.random(in: 0...5, using: &random) }
      let held = set.holding(codes)
      for (bit, condition) in conditions.enumerated() {
        #expect(held >> UInt64(bit) & 1 == (condition.holds(codes) ? 1 : 0), "\(bit) \(codes)")
      }
    }
  }

  @Test("64 conditions are looked at together, those they exclude counted")
  func most() {
    let table = Self.fiveValues()
    let plain = CompiledCondition(when("status", "status 1"), for: table)
    let excluding = CompiledCondition(
      Condition(none: [when("status", "status 2")]), for: table)
    #expect(ConditionSet(Array(repeating: plain, count: 64)) != nil)
    #expect(ConditionSet(Array(repeating: plain, count: 65)) == nil)
    #expect(ConditionSet(Array(repeating: excluding, count: 32)) != nil)
    #expect(ConditionSet(Array(repeating: excluding, count: 33)) == nil)
    #expect(ConditionSet(Array(repeating: plain, count: 63) + [excluding]) == nil)
    let set = ConditionSet(Array(repeating: plain, count: 63))
    #expect(set?.holding([1, 0, 0]) == .max >> 1)
    #expect(set?.holding([2, 0, 0]) == 0)
  }

  @Test("A clock of more conditions gives the same results as one of few")
  func manyPauses() throws {
    let names = (1...70).map { "Awaiting \($0)" }
    let statuses = names + ["Open", "Done"]
    var random = SeededGenerator(seed: 5)
    let sketches = (0..<60).map { number in
      var sketch = Sketch("T\(number)", ["priority": "2", "status": "Open"])
      sketch.happenings = [(instant("03-02 09:00"), .now("opened"))]
      for step in 1...5 {
        let at = instant("03-02 09:00") + Int64(step) * 3_600
        let status = statuses.randomElement(using: &random) ?? "Open"
        sketch.happenings.append((at, .set("status", status)))
      }
      sketch.happenings.append((instant("03-02 16:00"), .now("resolved")))
      return sketch
    }
    let groupings: [[[String]]] = [names.map { [$0] }, [names]]
    let own = try groupings.map { groups in
      var terms = Terms()
      terms.clock = Clock(
        name: "resolution", start: [.moment("opened")], stop: [.moment("resolved")],
        pauses: groups.map { names in
          let patterns = names.map { ValuePattern($0) }
          let test = Condition.FieldTest(field: "status", patterns: patterns)
          return .init(condition: Condition(tests: [test]), party: "customer")
        })
      return try results(
        [table(sketches)], [terms], period: "2026-03", asOf: "2026-04-01 00:00", history: 1,
        explained: 0)
    }
    #expect(own[0].promises == own[1].promises)
    #expect(own[0].promises.contains { ($0.pausedSeconds ?? 0) > 0 })
  }
}
