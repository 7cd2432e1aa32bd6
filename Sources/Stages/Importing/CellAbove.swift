/// Remembers the cell of the row above: in a log of versions, most cells repeat it.
///
/// Only cells of 4 to 16 bytes are compared, which can be done in two words.
struct CellAbove {
  private var first: UInt64 = 0
  private var last: UInt64 = 0
  /// 0 where no cell is remembered.
  private var count = 0

  /// Whether a cell is the same as the one before, which it takes the place of.
  @inline(__always)
  mutating func isRepeated(by cell: UnsafeRawBufferPointer) -> Bool {
    let (first, last): (UInt64, UInt64)
    switch cell.count {
    case 8...16:
      first = cell.loadUnaligned(as: UInt64.self)
      last = cell.loadUnaligned(fromByteOffset: cell.count &- 8, as: UInt64.self)
    case 4..<8:
      first = UInt64(cell.loadUnaligned(as: UInt32.self))
      last = UInt64(cell.loadUnaligned(fromByteOffset: cell.count &- 4, as: UInt32.self))
    default:
      count = 0
      return false
    }
    if cell.count == count, first == self.first, last == self.last { return true }
    (self.first, self.last, count) = (first, last, cell.count)
    return false
  }

  mutating func forget() { count = 0 }
}
