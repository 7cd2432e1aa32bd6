import Dispatch
import Synchronization

/// Finds hashes that occur more than once.
///
/// Hashes are dealt into parts by their highest bits, so that a part and its table fit in the
/// cache of a processor.
enum RepeatedHashes {
  private static let partBits: UInt64 = 8
  private static let parts = 1 << Int(partBits)

  /// - Parameter lists: All hashes, in any order; each list is dealt by a worker of its own.
  /// - Complexity: O(n), with room for n hashes.
  static func find(in lists: [[[UInt64]]]) -> Set<UInt64> {
    guard lists.contains(where: { !$0.isEmpty }) else { return [] }
    let dealt = Mutex([DealtHashes?](repeating: nil, count: lists.count))
    DispatchQueue.concurrentPerform(iterations: lists.count) { worker in
      let own = DealtHashes(lists[worker], parts: parts, shift: 64 - partBits)
      dealt.withLock { $0[worker] = own }
    }
    let hands = dealt.withLock { $0.compactMap(\.self) }
    let found = Mutex<Set<UInt64>>([])
    DispatchQueue.concurrentPerform(iterations: lists.count) { worker in
      var table = HashTable()
      for part in stride(from: worker, to: parts, by: lists.count) {
        let repeated = table.repeated(in: part, of: hands)
        if !repeated.isEmpty { found.withLock { $0.formUnion(repeated) } }
      }
    }
    return found.withLock { $0 }
  }
}

/// The hashes of one worker, part after part.
private struct DealtHashes: Sendable {
  let hashes: [UInt64]
  /// Where each part starts, and one entry more for the end.
  let starts: [Int]

  init(_ lists: [[UInt64]], parts: Int, shift: UInt64) {
    var starts = [Int](repeating: 0, count: parts + 1)
    starts.withUnsafeMutableBufferPointer { starts in
      for list in lists {
        for hash in list { starts[Int(truncatingIfNeeded: hash &>> shift) &+ 1] &+= 1 }
      }
    }
    for part in 0..<parts { starts[part + 1] += starts[part] }
    var places = starts
    let count = starts[parts]
    hashes = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      places.withUnsafeMutableBufferPointer { places in
        for list in lists {
          for hash in list {
            let part = Int(truncatingIfNeeded: hash &>> shift)
            buffer[places[part]] = hash
            places[part] &+= 1
          }
        }
      }
      initialized = count
    }
    self.starts = starts
  }
}

/// An open-addressing table of hashes; its memory is used again from part to part.
private struct HashTable {
  private var slots: [UInt64] = []

  /// The hashes of a part that occur more than once in all hands together.
  mutating func repeated(in part: Int, of hands: [DealtHashes]) -> [UInt64] {
    let count = hands.reduce(0) { $0 + $1.starts[part + 1] - $1.starts[part] }
    var capacity = 16
    while capacity < count * 2 { capacity *= 2 }
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(0, count: capacity))
    let mask = capacity - 1
    var repeated: [UInt64] = []
    var zeros = 0
    slots.withUnsafeMutableBufferPointer { slots in
      for hash in hands.lazy.flatMap({ $0.hashes[$0.starts[part]..<$0.starts[part + 1]] }) {
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
