import TestSupport
import Testing

@testable import Importing

/// What the order of ids says of whether they are all different.
@Suite struct IDRunsTests {
  /// The answer for batches of ids, of which every second one is another worker's.
  private func areDifferent(_ batches: [[String]]) -> Bool {
    var workers = [IDRuns(), IDRuns()]
    for (number, batch) in batches.enumerated() {
      for id in batch {
        Array(id.utf8).withUnsafeBytes { workers[number % 2].add($0) }
      }
      workers[number % 2].endRun()
    }
    return IDRuns.areDifferent(workers)
  }

  @Test(
    "Ids in order are different",
    arguments: [
      [], [[]], [["A"]], [["INC0001", "INC0002"], ["INC0003"]], [["3", "4"], ["1", "2"]],
      [["9", "10", "11"], ["99", "100"]], [["B3", "B2", "B1"], ["A9", "A8"], ["C7"]],
      [["INC00000009", "INC00000005", "INC00000002"]],
      [["0123456789abcdef", "0123456789abcdeg"]], [["Z", "AB"], ["Y"]],
      [(1_008...1_021).map { "INC000\($0)" }],
    ])
  func ordered(_ batches: [[String]]) {
    #expect(areDifferent(batches))
  }

  @Test(
    "Nothing is said of ids that are in no order, or repeated",
    arguments: [
      [["A", "A"]], [["1", "2"], ["2", "3"]], [["1", "5"], ["3"]], [["1", "3", "2"], ["2"]],
      [["5", "4", "4"]], [["1"], ["2"], ["1"]], [["0123456789abcdefg"]],
    ])
  func unordered(_ batches: [[String]]) {
    #expect(!areDifferent(batches))
  }

  @Test("Nothing is said of ids that jump about")
  func jumping() {
    let ids = (0..<4_000).map { "\(1_000 + $0 * 1_999 % 4_001)" }
    #expect(Set(ids).count == ids.count)
    #expect(!areDifferent([ids]))
  }

  @Test("Ids of which one is repeated are never called different")
  func repeated() {
    var random = SeededGenerator(seed: 7)
    var different = 0
    for _ in 0..<3_000 {
      var batches: [[String]] = []
      var next = Int.random(in: 0..<120, using: &random)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let step = Int.random(in: -2...3, using: &random)
        var batch: [String] = []
        for _ in 0..<Int.random(in: 0...6, using: &random) {
          next = max(0, next + step)
          batch.append("\(next)")
        }
        batches.append(batch)
        next += Int.random(in: -9...30, using: &random)
        next = max(0, next)
      }
      let ids = batches.flatMap(\.self)
      guard areDifferent(batches) else { continue }
      different += 1
      #expect(Set(ids).count == ids.count, "\(batches)")
    }
    #expect(different > 500)
  }
}
