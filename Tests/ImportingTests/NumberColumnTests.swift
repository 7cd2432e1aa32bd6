import TestSupport
import Testing
import Tickets

@testable import Importing

/// Columns of numbers beside plain arrays of them.
struct NumberColumnTests {
  /// Numbers of one kind, so that columns of every width come about.
  private static func value(kind: Int, using random: inout SeededGenerator) -> Int64 {
    if kind > 0, Int.random(in: 0..<9, using: &random) == 0 {
      return [MomentColumn.missing, MomentColumn.unreadable, 0].randomElement(using: &random) ?? 0
    }
    return switch kind {
    case 0: 7
    case 1: Int64.random(in: 0...253, using: &random)
    case 2: Int64.random(in: 0...65_533, using: &random)
    case 3: Int64.random(in: 0...4_294_967_293, using: &random)
    case 4: Int64.random(in: -3...3, using: &random)
    default: Int64.random(in: .min ... .max, using: &random)
    }
  }

  private static func expect(_ column: NumberColumn, _ plain: [Int64]) {
    #expect(column.count == plain.count)
    #expect(plain.indices.allSatisfy { column[$0] == plain[$0] })
    column.withReader { reader in
      #expect(plain.indices.allSatisfy { reader[$0] == plain[$0] })
    }
  }

  @Test("Give back what was put in, however it was put in", arguments: 1...60)
  func same(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var column = NumberColumn()
    var plain: [Int64] = []
    var kind = Int.random(in: 0...5, using: &random)
    for _ in 0..<20 {
      if Int.random(in: 0..<4, using: &random) == 0 { kind = Int.random(in: 0...5, using: &random) }
      let values = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        Self.value(kind: kind, using: &random)
      }
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        for value in values { column.append(value) }
        plain += values
      case 1:
        column.append(contentsOf: values)
        plain += values
      case 2:
        column.append(repeating: values.first ?? 3, count: values.count)
        plain += values.map { _ in values.first ?? 3 }
      default:
        for value in values where !plain.isEmpty {
          let row = Int.random(in: plain.indices, using: &random)
          column[row] = value
          plain[row] = value
        }
      }
      Self.expect(column, plain)
    }
  }

  @Test("Take no more bytes a row than the largest number needs")
  func narrow() {
    let missing = MomentColumn.missing
    let cases: [([Int64], Int)] = [
      ([], 0), ([missing, missing], 0), ([4_294_967_293, 4_294_967_293], 0), ([1, 2], 1),
      ([missing, 253], 1), ([0, 254], 2), ([0, 65_533], 2), ([0, 65_534], 4),
      ([MomentColumn.unreadable, 4_102_444_800], 4), ([0, 4_294_967_294], 8), ([0, -1], 8),
      ([-1, -1], 8),
    ]
    for (values, bytes) in cases {
      var single = NumberColumn()
      for value in values { single.append(value) }
      var whole = NumberColumn()
      whole.append(contentsOf: values)
      #expect(single.bytesPerRow == bytes, "\(values)")
      #expect(whole.bytesPerRow == bytes, "\(values)")
      Self.expect(single, values)
      Self.expect(whole, values)
    }
  }

  @Test("Lines are given back, whether rows take one line each or several", arguments: 1...20)
  func lines(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var column = LineColumn()
    var plain: [UInt32] = []
    var line: UInt32 = 1
    let mostLines = UInt64.random(in: 1...3, using: &random)
    for _ in 0..<20 {
      // Every file begins at its first line; a line that is too high to tell is the highest.
      if Int.random(in: 0..<6, using: &random) == 0 {
        line = Bool.random(using: &random) ? 1 : .max
      }
      let lines = (0..<Int.random(in: 0...20, using: &random)).map { _ in
        line = UInt32(clamping: UInt64(line) + UInt64.random(in: 1...mostLines, using: &random))
        return line
      }
      if Bool.random(using: &random) {
        for line in lines { column.append(line) }
      } else {
        column.append(contentsOf: lines)
      }
      plain += lines
    }
    column.distances.withReader { distances in
      let reader = LineReader(distances: distances)
      #expect(plain.indices.allSatisfy { reader[$0] == plain[$0] })
    }
    if mostLines == 1, plain.first == 2, plain.last == UInt32(plain.count + 1) {
      #expect(column.distances.bytesPerRow == 0)
    }
  }
}
