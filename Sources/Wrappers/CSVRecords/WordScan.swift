/// Finding bytes eight at a time.
///
/// All functions read up to seven bytes past the end they are given; ``RecordScanner/slack`` is
/// the room that makes this safe.
enum WordScan {
  static let low7: UInt64 = 0x7f7f_7f7f_7f7f_7f7f
  static let ones: UInt64 = 0x0101_0101_0101_0101

  @inline(__always)
  static func pattern(_ byte: UInt8) -> UInt64 { UInt64(byte) &* ones }

  @inline(__always)
  static func load(_ bytes: UnsafeRawPointer, at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The top bit of every byte of `word` that equals the pattern's byte, and no other bit.
  @inline(__always)
  static func matches(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
    let x = word ^ pattern
    return ~(((x & low7) &+ low7) | x | low7)
  }

  /// The first place of `byte` in `start..<end`, or `end`.
  @inline(__always)
  static func find(
    _ byte: UInt8, in bytes: UnsafeRawPointer, from start: Int, to end: Int
  ) -> Int {
    let wanted = pattern(byte)
    var cursor = start
    while cursor < end {
      let hits = matches(load(bytes, at: cursor), wanted)
      if hits != 0 { return min(end, cursor + hits.trailingZeroBitCount >> 3) }
      cursor += 8
    }
    return end
  }

  /// The first delimiter, CR or LF in `start..<end`, or `end`.
  static func findSeparator(
    _ delimiter: UInt8, in bytes: UnsafeRawPointer, from start: Int, to end: Int
  ) -> Int {
    let delimiters = pattern(delimiter)
    let cr = pattern(Byte.cr)
    let lf = pattern(Byte.lf)
    var cursor = start
    while cursor < end {
      let word = load(bytes, at: cursor)
      let hits = matches(word, delimiters) | matches(word, cr) | matches(word, lf)
      if hits != 0 { return min(end, cursor + hits.trailingZeroBitCount >> 3) }
      cursor += 8
    }
    return end
  }

  /// The first CR or LF in `start..<end`, or `end`.
  static func findLineEnd(in bytes: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
    let cr = pattern(Byte.cr)
    let lf = pattern(Byte.lf)
    var cursor = start
    while cursor < end {
      let word = load(bytes, at: cursor)
      let hits = matches(word, cr) | matches(word, lf)
      if hits != 0 { return min(end, cursor + hits.trailingZeroBitCount >> 3) }
      cursor += 8
    }
    return end
  }

  /// How many line ends lie in `start..<end`, where CRLF is one.
  static func countLineEnds(in bytes: UnsafeRawPointer, from start: Int, to end: Int) -> Int {
    var count = 0
    var cursor = findLineEnd(in: bytes, from: start, to: end)
    while cursor < end {
      count += 1
      let isCR = bytes.load(fromByteOffset: cursor, as: UInt8.self) == Byte.cr
      cursor += 1
      if isCR && cursor < end && bytes.load(fromByteOffset: cursor, as: UInt8.self) == Byte.lf {
        cursor += 1
      }
      cursor = findLineEnd(in: bytes, from: cursor, to: end)
    }
    return count
  }
}
