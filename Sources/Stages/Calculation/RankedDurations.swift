/// The durations at some ranks of two sets that have most durations in common.
///
/// Nothing is sorted but the neighbours of a rank: the durations are counted by their upper bits,
/// the counts tell which of them a rank falls among, and those alone are gathered (radix
/// selection). This takes two passes over the durations.
struct RankedDurations {
  /// Ascending ranks from 0, in either set.
  struct Ranks {
    var stopped: [Int] = []
    var decided: [Int] = []
  }

  /// The durations at the ranks.
  let stopped: [UInt32]
  let decided: [UInt32]

  /// Fewer durations are sorted faster by comparing them.
  private static let leastCounted = 2_048
  private static let bits = 11

  /// - Parameters:
  ///   - shared: Durations of both sets.
  ///   - onlyStopped: The other ones of the first set.
  ///   - onlyDecided: The other ones of the second set.
  init(
    _ ranks: Ranks, shared: [[UInt32]], onlyStopped: [[UInt32]], onlyDecided: [[UInt32]]
  ) {
    let count = (shared + onlyStopped + onlyDecided).reduce(0) { $0 + $1.count }
    guard count >= Self.leastCounted else {
      stopped = Self.sorted(shared + onlyStopped, at: ranks.stopped)
      decided = Self.sorted(shared + onlyDecided, at: ranks.decided)
      return
    }
    let width = (shared + onlyStopped + onlyDecided).reduce(0) { max($0, Self.width($1)) }
    let shift = UInt32(max(0, width - Self.bits))
    let common = Self.counts(shared, shift: shift)
    let places = (
      Self.places(of: ranks.stopped, counts: common, Self.counts(onlyStopped, shift: shift)),
      Self.places(of: ranks.decided, counts: common, Self.counts(onlyDecided, shift: shift))
    )
    var isWanted = [UInt8](repeating: 0, count: 1 << Self.bits)
    for place in places.0 + places.1 { isWanted[place.bucket] = 1 }
    let neighbours = Self.gathered(shared, isWanted, shift: shift)
    stopped = Self.pick(
      places.0, neighbours, Self.gathered(onlyStopped, isWanted, shift: shift), shift: shift)
    decided = Self.pick(
      places.1, neighbours, Self.gathered(onlyDecided, isWanted, shift: shift), shift: shift)
  }

  private static func sorted(_ lists: [[UInt32]], at ranks: [Int]) -> [UInt32] {
    guard !ranks.isEmpty else { return [] }
    let sorted = ascending(lists.flatMap(\.self))
    return ranks.map { sorted[$0] }
  }

  /// The values in ascending order.
  ///
  /// Many are sorted by counting their digits, lowest first (radix sort, Knuth 1998, 5.2.5).
  private static func ascending(_ values: [UInt32]) -> [UInt32] {
    guard values.count >= 400 else { return values.sorted() }
    var from = values
    var to = values
    for shift in stride(from: 0, to: width(values), by: bits) {
      distribute(from, to: &to, shift: UInt32(shift))
      swap(&from, &to)
    }
    return from
  }

  /// One pass of the radix sort: by one digit, keeping the order of equal ones.
  private static func distribute(_ from: [UInt32], to: inout [UInt32], shift: UInt32) {
    let mask = UInt32(1) << UInt32(bits) - 1
    var places = [UInt32](repeating: 0, count: 1 << bits)
    places.withUnsafeMutableBufferPointer { places in
      for value in from { places[Int(value &>> shift & mask)] &+= 1 }
      var place: UInt32 = 0
      for digit in places.indices { (places[digit], place) = (place, place &+ places[digit]) }
      to.withUnsafeMutableBufferPointer { to in
        for value in from {
          let digit = Int(value &>> shift & mask)
          to[Int(places[digit])] = value
          places[digit] &+= 1
        }
      }
    }
  }

  /// How many bits the largest value has.
  private static func width(_ values: [UInt32]) -> Int {
    // The bits of all together reach as far, and are found faster than the largest value.
    let together = values.withUnsafeBufferPointer { $0.reduce(0, |) }
    return UInt32.bitWidth - together.leadingZeroBitCount
  }

  /// How many values there are by their upper bits.
  private static func counts(_ lists: [[UInt32]], shift: UInt32) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: 1 << bits)
    counts.withUnsafeMutableBufferPointer { counts in
      for list in lists {
        list.withUnsafeBufferPointer { list in
          for value in list { counts[Int(value &>> shift)] &+= 1 }
        }
      }
    }
    return counts
  }

  /// For each rank the upper bits of its value, and the rank among the values that share them.
  private static func places(
    of ranks: [Int], counts: [UInt32], _ others: [UInt32]
  ) -> [(bucket: Int, rank: Int)] {
    var bucket = 0
    var before = 0
    return ranks.map { rank in
      while rank >= before + Int(counts[bucket] + others[bucket]) {
        before += Int(counts[bucket] + others[bucket])
        bucket += 1
      }
      return (bucket, rank - before)
    }
  }

  /// The values of which the upper bits are wanted.
  private static func gathered(
    _ lists: [[UInt32]], _ isWanted: [UInt8], shift: UInt32
  ) -> [UInt32] {
    // Every value is written down, and the next one over it if it was not wanted: there is no
    // branch to guess wrong, and what is never reached costs no memory.
    let room = lists.reduce(1) { $0 + $1.count }
    return [UInt32](unsafeUninitializedCapacity: room) { gathered, count in
      isWanted.withUnsafeBufferPointer { isWanted in
        for list in lists {
          list.withUnsafeBufferPointer { list in
            for value in list {
              gathered[count] = value
              count &+= Int(isWanted[Int(value &>> shift)])
            }
          }
        }
      }
    }
  }

  private static func pick(
    _ places: [(bucket: Int, rank: Int)], _ shared: [UInt32], _ others: [UInt32], shift: UInt32
  ) -> [UInt32] {
    let sorted = ascending(shared + others)
    return places.map { place in
      let smallest = UInt32(place.bucket) << shift
      var low = 0
      var high = sorted.count
      while low < high {
        let middle = (low + high) / 2
        if sorted[middle] < smallest { low = middle + 1 } else { high = middle }
      }
      return sorted[low + place.rank]
    }
  }
}
