/// Finds out whether ids are all different because they stand in order, as in an export that is
/// sorted by number.
///
/// Ids are in order if each is longer than the one before it, or as long and greater, or if it is
/// the other way round from row to row. Rows in order make a *run*. Where no two runs overlap, no
/// id occurs twice. Ids of more than sixteen bytes are in no order.
struct IDRuns: Sendable {
  private struct Run: Sendable {
    var lowest: Key
    var highest: Key
  }

  private var runs: [Run] = []
  private var first = Key()
  private var last = Key()
  /// How many ids the run at hand has, from the first to the last, and which way it goes.
  private var length = 0
  private var isRising = true
  private var count = 0
  /// Whether there are too many runs, or ids that have no key.
  private var isUnordered = false

  /// Adds the next id.
  @inline(__always)
  mutating func add(_ id: UnsafeRawBufferPointer) {
    guard !isUnordered else { return }
    guard id.count <= Key.mostBytes else { return giveUp() }
    let key = Key(id)
    let isGreater = last < key
    if length < 2 || isGreater != isRising || key == last {
      guard length == 1, key != last else { return begin(key) }
      isRising = isGreater
    }
    last = key
    length &+= 1
  }

  private mutating func begin(_ key: Key) {
    endRun()
    (first, last, length) = (key, key, 1)
  }

  /// Ends the run at hand, because the rows that follow belong to someone else.
  mutating func endRun() {
    guard length > 0 else { return }
    runs.append(Run(lowest: min(first, last), highest: max(first, last)))
    count += length
    length = 0
    if runs.count > 64 + count / 32 { giveUp() }
  }

  /// Says that there are ids that were not added.
  mutating func giveUp() {
    isUnordered = true
    (runs, length) = ([], 0)
  }

  /// Whether the order tells that all ids together are different; runs have to be ended.
  ///
  /// - Complexity: O(n log n) in the number of runs.
  static func areDifferent(_ all: [IDRuns]) -> Bool {
    guard all.allSatisfy({ !$0.isUnordered }) else { return false }
    let runs = all.flatMap(\.runs).sorted { $0.lowest < $1.lowest }
    return zip(runs, runs.dropFirst()).allSatisfy { $0.highest < $1.lowest }
  }
}

extension IDRuns {
  /// An id of up to sixteen bytes as numbers; different ids have different keys.
  fileprivate struct Key: Comparable, Sendable {
    static let mostBytes = 16

    private var length = 0
    /// The first and the last eight bytes, which overlap in the middle of a shorter id.
    private var first: UInt64 = 0
    private var last: UInt64 = 0

    init() {}

    @inline(__always)
    init(_ id: UnsafeRawBufferPointer) {
      let ends = id.endWords
      (length, first, last) = (id.count, ends.first.bigEndian, ends.last.bigEndian)
    }

    @inline(__always)
    static func < (left: Key, right: Key) -> Bool {
      if left.length != right.length { return left.length < right.length }
      if left.first != right.first { return left.first < right.first }
      return left.last < right.last
    }
  }
}
