import TestSupport
import Testing

@testable import Importing

/// The cell of the row above beside a plain comparison.
struct CellAboveTests {
  @Test("Says of every cell whether it is the one before", arguments: 1...20)
  func same(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var above = CellAbove()
    var before: [UInt8]?
    for _ in 0..<2_000 {
      var cell = (0..<Int.random(in: 0...20, using: &random)).map { _ in UInt8(ascii: "7") }
      // Mostly the one before, or that with one byte changed.
      if let before, Int.random(in: 0..<4, using: &random) > 0 { cell = before }
      if !cell.isEmpty, Bool.random(using: &random) {
        cell[Int.random(in: cell.indices, using: &random)] = UInt8.random(
          in: 55...56, using: &random)
      }
      if Int.random(in: 0..<9, using: &random) == 0 {
        above.forget()
        before = nil
      }
      let isRepeated = cell.withUnsafeBytes { above.isRepeated(by: $0) }
      #expect(isRepeated == (cell == before && (4...16).contains(cell.count)))
      before = cell
    }
  }
}
