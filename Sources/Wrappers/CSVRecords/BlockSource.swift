/// Cuts a stream of bytes into blocks, as near as it can see behind the end of a record.
///
/// A cut may be wrong, because a line end can lie inside quotes; ``RecordReader`` finds out. It is
/// only there so that most blocks can be scanned without knowing the blocks before.
struct BlockSource {
  typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

  struct Block {
    /// Counted from 0.
    var number: Int
    /// How many bytes it has.
    var filled: Int
    /// Whether no block follows.
    var ended: Bool
  }

  private let read: Read
  private let blockSize: Int
  private let delimiter: UInt8
  /// Bytes that were read and stand behind the last cut.
  private var carry: [UInt8] = []
  private var number = 0
  private var ended = false
  private var failure: (any Error)?
  /// How many delimiters the first line holds, if it is a whole record.
  private var expected: Int?

  init(delimiter: UInt8, blockSize: Int, read: @escaping Read) {
    self.delimiter = delimiter
    self.blockSize = blockSize
    self.read = read
  }

  /// How far from its end a block may be cut, and so how much may be carried.
  private var farthest: Int { min(blockSize, 16 << 10) }

  /// How many bytes a block may have.
  var mostBytes: Int { blockSize + farthest }

  /// Fills `storage` with the next block; `nil` when there is none.
  ///
  /// An error of the source ends the stream: it is thrown again by every later call.
  mutating func next(into storage: inout [UInt8]) throws -> Block? {
    if let failure { throw failure }
    if ended { return nil }
    do {
      let (filled, cut) = try storage.withUnsafeMutableBytes { try fill($0) }
      carry.replaceSubrange(0..., with: storage[cut..<filled])
      defer { number += 1 }
      return Block(number: number, filled: cut, ended: ended)
    } catch {
      failure = error
      throw error
    }
  }

  private mutating func fill(
    _ storage: UnsafeMutableRawBufferPointer
  ) throws -> (filled: Int, cut: Int) {
    var filled = carry.count
    let wanted = filled + blockSize
    carry.withUnsafeBytes { storage.copyMemory(from: $0) }
    while !ended && filled < wanted {
      let count = try read(UnsafeMutableRawBufferPointer(rebasing: storage[filled..<wanted]))
      if count == 0 { ended = true }
      filled += count
    }
    let bytes = UnsafeRawBufferPointer(rebasing: storage[..<filled])
    return (filled, ended ? filled : cut(bytes))
  }

  /// Where the next block should start.
  private mutating func cut(_ bytes: UnsafeRawBufferPointer) -> Int {
    if number == 0 { expected = Self.delimitersOfFirstLine(bytes, delimiter) }
    let lowest = bytes.count - farthest
    // A CR at the very end may be half a line end.
    guard let last = Self.lineEnd(bytes, before: bytes.count, from: lowest, isWhole: false) else {
      return bytes.count
    }
    guard let expected else { return last }
    var end = last
    for _ in 0..<8 {
      guard let start = Self.lineEnd(bytes, before: end, from: lowest, isWhole: true) else { break }
      if Self.delimiters(bytes[start..<end], delimiter) == expected { return end }
      end = start
    }
    return last
  }

  /// The place behind the last line end that lies in `lowest..<end`; if `isWhole`, in front of the
  /// line end that ends there.
  private static func lineEnd(
    _ bytes: UnsafeRawBufferPointer, before end: Int, from lowest: Int, isWhole: Bool
  ) -> Int? {
    var place = end - 1
    if isWhole {
      if place > lowest && bytes[place] == Byte.lf && bytes[place - 1] == Byte.cr { place -= 1 }
      place -= 1
    } else if place >= lowest && bytes[place] == Byte.cr {
      place -= 1
    }
    while place >= lowest {
      if bytes[place] == Byte.lf || bytes[place] == Byte.cr { return place + 1 }
      place -= 1
    }
    return nil
  }

  /// How many delimiters lie outside quotes, or `nil` if the quotes do not come in pairs.
  private static func delimiters(
    _ bytes: Slice<UnsafeRawBufferPointer>, _ delimiter: UInt8
  ) -> Int? {
    var count = 0
    var isQuoted = false
    for byte in bytes {
      if byte == Byte.quote { isQuoted.toggle() }
      if byte == delimiter && !isQuoted { count += 1 }
    }
    return isQuoted ? nil : count
  }

  private static func delimitersOfFirstLine(
    _ bytes: UnsafeRawBufferPointer, _ delimiter: UInt8
  ) -> Int? {
    let start = bytes.prefix(16 << 10).drop { $0 == Byte.lf || $0 == Byte.cr }
    guard let end = start.firstIndex(where: { $0 == Byte.lf || $0 == Byte.cr }) else { return nil }
    return delimiters(start[..<end], delimiter)
  }
}
