import Dispatch
import Synchronization

/// Finds hashes that occur more than once.
///
/// Hashes are dealt into parts by their highest bits, so that a part and its table fit in the
/// cache of a processor.
enum RepeatedHashes {
  private static let partBits = 8
  private static let parts = 1 << partBits

  /// - Parameters:
  ///   - lists: All hashes, in any order.
  ///   - workers: Processors that may work at once.
  /// - Complexity: O(n), with room for n hashes.
  static func find(in lists: [[UInt64]], workers: Int) -> Set<UInt64> {
    let count = lists.reduce(0) { $0 + $1.count }
    guard count > 1 else { return [] }
    var starts = [Int](repeating: 0, count: parts + 1)
    for list in lists {
      for hash in list { starts[Int(hash >> (64 - partBits)) + 1] += 1 }
    }
    for part in 0..<parts { starts[part + 1] += starts[part] }
    var places = starts
    let dealt = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      places.withUnsafeMutableBufferPointer { places in
        for list in lists {
          for hash in list {
            let part = Int(hash >> (64 - partBits))
            buffer[places[part]] = hash
            places[part] &+= 1
          }
        }
      }
      initialized = count
    }
    let ends = starts
    let found = Mutex<Set<UInt64>>([])
    DispatchQueue.concurrentPerform(iterations: max(1, workers)) { worker in
      var table = HashTable()
      for part in stride(from: worker, to: parts, by: max(1, workers)) {
        let repeated = dealt.withUnsafeBufferPointer {
          table.repeated(in: UnsafeBufferPointer(rebasing: $0[ends[part]..<ends[part + 1]]))
        }
        if !repeated.isEmpty { found.withLock { $0.formUnion(repeated) } }
      }
    }
    return found.withLock { $0 }
  }
}

/// An open-addressing table of hashes; its memory is used again from part to part.
private struct HashTable {
  private var slots: [UInt64] = []

  mutating func repeated(in hashes: UnsafeBufferPointer<UInt64>) -> [UInt64] {
    var capacity = 16
    while capacity < hashes.count * 2 { capacity *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: capacity))
    let mask = capacity - 1
    var repeated: [UInt64] = []
    var zeros = 0
    slots.withUnsafeMutableBufferPointer { slots in
      for hash in hashes {
        // Zero marks a free slot, so it is counted by itself.
        if hash == 0 {
          zeros += 1
          continue
        }
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0, slots[slot] != hash { slot = (slot &+ 1) & mask }
        if slots[slot] == hash { repeated.append(hash) }
        slots[slot] = hash
      }
    }
    if zeros > 1 { repeated.append(0) }
    return repeated
  }
}
