/// A hash table from the bytes of cells to small numbers, without a `String` a look-up.
///
/// Cells of up to sixteen bytes, which is most of those that repeat, are compared as two words;
/// longer ones as bytes.
struct ByteCodes {
  private struct Slot {
    var first: UInt64 = 0
    var last: UInt64 = 0
    /// Bytes of the cell above, its code from 1 below; 0 is free.
    var entry: UInt64 = 0
  }

  private var slots = [Slot](repeating: Slot(), count: 64)
  private var shortCount = 0
  private var long = LongByteCodes()

  /// The code of a cell; `make` gives it when the cell is new.
  @inline(__always)
  mutating func code(
    for cell: UnsafeRawBufferPointer, make: (UnsafeRawBufferPointer) -> UInt32
  ) -> UInt32 {
    guard cell.count <= 16 else { return long.code(for: cell, make: make) }
    let (first, last) = cell.endWords
    let length = UInt64(cell.count) << 32
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: folded(first ^ folded(last ^ length))) & mask
    while true {
      let slot = slots[place]
      if slot.first == first, slot.last == last, (slot.entry >> 32) << 32 == length,
        slot.entry != 0
      {
        return UInt32(truncatingIfNeeded: slot.entry &- 1)
      }
      if slot.entry == 0 { break }
      place = (place &+ 1) & mask
    }
    let code = make(cell)
    add(Slot(first: first, last: last, entry: length | UInt64(code) &+ 1), at: place)
    return code
  }

  private mutating func add(_ slot: Slot, at place: Int) {
    slots[place] = slot
    shortCount += 1
    guard shortCount * 2 > slots.count else { return }
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    let mask = slots.count - 1
    for slot in old where slot.entry != 0 {
      let length = (slot.entry >> 32) << 32
      var place = Int(truncatingIfNeeded: folded(slot.first ^ folded(slot.last ^ length))) & mask
      while slots[place].entry != 0 { place = (place + 1) & mask }
      slots[place] = slot
    }
  }
}

/// ``ByteCodes`` for cells of any length.
private struct LongByteCodes {
  /// Part of the hash above, the entry's number from 1 below; 0 is free.
  private var slots = [UInt64](repeating: 0, count: 64)
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var codes: [UInt32] = []

  /// The code of a cell; `make` gives it when the cell is new.
  mutating func code(
    for cell: UnsafeRawBufferPointer, make: (UnsafeRawBufferPointer) -> UInt32
  ) -> UInt32 {
    let hash = cellHash(cell)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let found = slots[slot]
      if found == 0 { break }
      if found >> 32 == hash >> 32 {
        let entry = Int(found & 0xffff_ffff) - 1
        if isEqual(entry, cell) { return codes[entry] }
      }
      slot = (slot + 1) & mask
    }
    let code = make(cell)
    bytes.append(contentsOf: cell)
    ends.append(bytes.count)
    codes.append(code)
    slots[slot] = (hash >> 32) << 32 | UInt64(codes.count)
    if codes.count * 2 > slots.count { grow() }
    return code
  }

  @inline(__always)
  private func isEqual(_ entry: Int, _ cell: UnsafeRawBufferPointer) -> Bool {
    let start = entry == 0 ? 0 : ends[entry - 1]
    guard ends[entry] - start == cell.count else { return false }
    return bytes.withUnsafeBytes { all in
      areEqual(UnsafeRawBufferPointer(rebasing: all[start..<start + cell.count]), cell)
    }
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    bytes.withUnsafeBytes { all in
      for entry in codes.indices {
        let start = entry == 0 ? 0 : ends[entry - 1]
        let hash = cellHash(UnsafeRawBufferPointer(rebasing: all[start..<ends[entry]]))
        var slot = Int(truncatingIfNeeded: hash) & mask
        while larger[slot] != 0 { slot = (slot + 1) & mask }
        larger[slot] = (hash >> 32) << 32 | UInt64(entry + 1)
      }
    }
    slots = larger
  }
}

/// Compares cells of equal length, eight bytes at a time.
@inline(__always)
func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard a.count == b.count else { return false }
  var index = 0
  while index + 8 <= a.count {
    let left = a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    guard left == b.loadUnaligned(fromByteOffset: index, as: UInt64.self) else { return false }
    index += 8
  }
  while index < a.count {
    guard a[index] == b[index] else { return false }
    index += 1
  }
  return true
}

/// A hash that depends on the bytes alone: multiply and fold, as in wyhash (Wang Yi 2019).
@inline(__always)
func cellHash(_ cell: UnsafeRawBufferPointer) -> UInt64 {
  let count = cell.count
  var hash = UInt64(truncatingIfNeeded: count) &* 0x9e37_79b9_7f4a_7c15
  guard count > 16 else {
    let (first, last) = cell.endWords
    return folded(first ^ folded(last ^ hash))
  }
  var index = 0
  while index &+ 8 < count {
    hash = folded(hash ^ cell.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index &+= 8
  }
  // The last word overlaps the one before it.
  return folded(hash ^ cell.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
}

extension UnsafeRawBufferPointer {
  /// The first and the last eight bytes of up to sixteen, which overlap in the middle; a shorter
  /// cell is made longer by zeros.
  @inline(__always)
  var endWords: (first: UInt64, last: UInt64) {
    if count >= 8 {
      return (
        loadUnaligned(as: UInt64.self),
        loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
      )
    }
    if count >= 4 {
      return (
        UInt64(loadUnaligned(as: UInt32.self)),
        UInt64(loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
      )
    }
    var bytes: UInt64 = 0
    for byte in self { bytes = bytes << 8 | UInt64(byte) }
    return (bytes, 0)
  }
}

/// Whether a cell is text of one byte a letter, without a NUL byte; an empty one is not.
@inline(__always)
func isPlainText(_ cell: UnsafeRawBufferPointer) -> Bool {
  let tops: UInt64 = 0x8080_8080_8080_8080
  if cell.count >= 8, cell.count <= 16 {
    let (first, last) = cell.endWords
    // Taking one away makes the top bit of a NUL, and of no other byte that has none, but for
    // what a NUL below borrows.
    let less = (first &- 0x0101_0101_0101_0101) | (last &- 0x0101_0101_0101_0101)
    return (first | last | less) & tops == 0
  }
  var union: UInt8 = 0
  for byte in cell { union |= byte | (byte &- 1) }
  return union < 0x80 && !cell.isEmpty
}

@inline(__always)
private func folded(_ value: UInt64) -> UInt64 {
  let product = (value ^ 0xe703_7ed1_a0b4_28db).multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
  return product.high ^ product.low
}

/// The bytes of an array, given to a body that may throw; `Array.withUnsafeBytes` forgets what.
@inline(__always)
func withBytes<Result, Failure: Error>(
  _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
) throws(Failure) -> Result {
  let result: Swift.Result<Result, Failure> = bytes.withUnsafeBytes { buffer in
    do throws(Failure) {
      return .success(try body(buffer))
    } catch {
      return .failure(error)
    }
  }
  return try result.get()
}
