/// A condition made ready for one table: each test is a look-up by code.
package struct CompiledCondition: Sendable {
  fileprivate struct Test: Sendable {
    /// `nil` if the table has no such field: then the test sees the missing value.
    let field: Int?
    let holds: [Bool]
  }

  fileprivate let tests: [Test]
  fileprivate let none: [CompiledCondition]

  package init(_ condition: Condition, for table: TicketTable) {
    tests = condition.tests.map { test in
      let field = table.fieldIndex(test.field)
      let values = field.map { table.fields[$0].dictionary.values } ?? [""]
      return Test(
        field: field, holds: values.map { value in test.patterns.contains { $0.matches(value) } })
    }
    none = condition.none.map { CompiledCondition($0, for: table) }
  }

  /// Whether the condition holds for the given code of each field of the table.
  package func holds(_ codes: [UInt32]) -> Bool {
    for test in tests {
      let code = test.field.map { Int(codes[$0]) } ?? 0
      guard test.holds[code] else { return false }
    }
    return !none.contains { $0.holds(codes) }
  }

  /// Indices of the fields looked at, ascending.
  package var fields: [Int] {
    var fields = Set(tests.compactMap(\.field))
    for condition in none { fields.formUnion(condition.fields) }
    return fields.sorted()
  }
}

/// Some conditions looked at together: each field is looked up once, for all of them.
///
/// A condition is a bit. It holds if its bit is set in `always` and in the mask of every field's
/// code, unless any of those that it excludes holds. The type is public because members of a
/// package type are never inlined in other modules.
public struct ConditionSet: Sendable {
  /// A field, and where in `masks` the masks of its codes begin.
  @usableFromInline struct Field: Sendable {
    @usableFromInline let index: Int
    @usableFromInline let start: Int
  }

  @usableFromInline struct Exclusion: Sendable {
    @usableFromInline let condition: UInt64
    @usableFromInline let excluded: UInt64
  }

  @usableFromInline private(set) var always: UInt64 = 0
  @usableFromInline private(set) var fields: [Field] = []
  @usableFromInline private(set) var masks: [UInt64] = []
  /// Inner ones before those around them.
  @usableFromInline private(set) var exclusions: [Exclusion] = []

  /// The bits of the conditions that hold for the given code of each field of the table; those
  /// above the conditions mean nothing.
  @inlinable package func holding(_ codes: [UInt32]) -> UInt64 {
    var held = always
    for field in fields { held &= masks[field.start + Int(codes[field.index])] }
    for exclusion in exclusions where held & exclusion.excluded != 0 {
      held &= ~exclusion.condition
    }
    return held
  }

  /// Gives every condition the bit of its place; those that conditions exclude follow.
  ///
  /// - Returns: `nil` if there are more than 64.
  package init?(_ conditions: [CompiledCondition]) {
    var all = conditions
    var next = 0
    var exclusions: [Exclusion] = []
    while next < all.count {
      let none = all[next].none
      if !none.isEmpty, next < 64, all.count + none.count <= 64 {
        let excluded = none.indices.reduce(UInt64(0)) { $0 | 1 << UInt64(all.count + $1) }
        exclusions.append(Exclusion(condition: 1 << UInt64(next), excluded: excluded))
      }
      all += none
      next += 1
    }
    guard all.count <= 64 else { return nil }
    self.exclusions = exclusions.reversed()
    for (bit, condition) in all.enumerated() {
      let holdsWithoutFields = condition.tests.allSatisfy { $0.field != nil || $0.holds[0] }
      if holdsWithoutFields { always |= 1 << UInt64(bit) }
    }
    for field in Set(all.flatMap(\.fields)).sorted() {
      add(field, tests: all.map { $0.tests.filter { $0.field == field } })
    }
  }

  private mutating func add(_ field: Int, tests: [[CompiledCondition.Test]]) {
    fields.append(Field(index: field, start: masks.count))
    let codes = tests.joined().map(\.holds.count).max() ?? 0
    for code in 0..<codes {
      var mask: UInt64 = 0
      for (bit, tests) in tests.enumerated() where tests.allSatisfy({ $0.holds[code] }) {
        mask |= 1 << UInt64(bit)
      }
      masks.append(mask)
    }
  }
}
