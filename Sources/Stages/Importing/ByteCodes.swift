/// A hash table from the bytes of cells to small numbers, without a `String` a look-up.
struct ByteCodes {
  /// Part of the hash above, the entry's number from 1 below; 0 is free.
  private var slots = [UInt64](repeating: 0, count: 64)
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var codes: [UInt32] = []

  /// The code of a cell; `make` gives it when the cell is new.
  @inline(__always)
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
  var hash = UInt64(cell.count) &* 0x9e37_79b9_7f4a_7c15
  var index = 0
  while index + 8 <= cell.count {
    hash = folded(hash ^ cell.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index += 8
  }
  var rest: UInt64 = 0
  while index < cell.count {
    rest = rest << 8 | UInt64(cell[index])
    index += 1
  }
  return folded(hash ^ rest)
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
