/// Finds records in which every quote is where it belongs, 64 bytes at a time.
///
/// A *mask* is a number whose bit *i* tells something of byte *i* of a chunk of 64 bytes: that it
/// is a delimiter, or lies inside quotes. What a parser decides byte by byte is then a handful of
/// operations on masks:
///
/// - *Inside quotes*: a byte is inside if the number of quotes up to it is odd. The parity of all
///   bits up to each bit is the *prefix xor*, six shifts and xors (``prefixXor(_:)``). What holds
///   at the end of a chunk is carried into the next. Two quotes inside a field leave it and enter
///   it again, which comes to the same as staying in.
/// - *Separators*: delimiters and line ends outside quotes. The place of each is the end of a
///   field, and all are written down in one go. A field starts behind the end before it.
/// - *Quotes out of place*: a quote that opens must stand behind a separator, or behind one that
///   closes (a doubled quote); a quote that closes must stand before a separator or a quote. A
///   shift by one brings the neighbours together.
///
/// The first quote that is out of place, a record that is too long, and a record whose end is not
/// in the block end the scan: a ``CarefulRecord`` looks at that record, and the next scan starts
/// behind it. Until then no guess was made, so what was found stands.
struct PlainScan {
  /// Where the next record starts, and what the records before it hold.
  struct Place {
    var position = 0
    var line = 0
    var fields = 0
    var records = 0
  }

  let bytes: UnsafeRawPointer
  let filled: Int
  /// The first place that cannot be a line end for certain: the end, or a CR before it.
  let certain: Int
  let patterns: ChunkPatterns
  let maximum: Int
  let ends: UnsafeMutablePointer<UInt32>
  let entries: UnsafeMutablePointer<RecordBatch.Entry>
  /// With fewer fields and records than this, a chunk finds room for all it may hold.
  let fieldRoom: Int
  let recordRoom: Int

  /// What a chunk has to know of the one before it; a 1 in the lowest bit, or nothing.
  private struct Before {
    /// All bits, if the chunk starts inside quotes.
    var inside: UInt64 = 0
    /// What stands before a record counts as a separator.
    var separator: UInt64 = 1
    var closing: UInt64 = 0
    var carriageReturn: UInt64 = 0
  }

  /// What the masks tell of a chunk, as far as its quotes are in their places.
  private struct Chunk {
    /// Delimiters and line ends outside quotes.
    var separators: UInt64
    /// Line ends, also inside quotes; a CRLF is one, where its CR is.
    var lineEnds: UInt64
    var inside: UInt64
    /// The second of each two quotes that stand for one.
    var doubled: UInt64
    /// Whether the record at hand cannot be taken.
    var isLast = false
  }

  /// The record at hand, and how many fields and records there are before the chunk.
  private struct Progress {
    var start: Int
    var line: Int
    var firstField: Int
    var hasDoubledQuotes = false

    /// The line that the chunk has come to.
    var currentLine: Int
    var fields: Int
    var records: Int

    init(_ place: Place) {
      (start, line, firstField) = (place.position, place.line, place.fields)
      (currentLine, fields, records) = (place.line, place.fields, place.records)
    }
  }

  /// Takes records from `place` on, which must be the start of one, until the record at `place` is
  /// not plain, or there is no room.
  ///
  /// - Returns: Whether there is room.
  func run(_ place: inout Place) -> Bool {
    let (bytes, filled, maximum) = (bytes, filled, maximum)
    let (patterns, fieldRoom, recordRoom) = (patterns, fieldRoom, recordRoom)
    var base = place.position
    var progress = Progress(place)
    var before = Before()
    var hasRoom = true
    scan: while base < filled && base &- progress.start <= maximum {
      guard progress.fields < fieldRoom && progress.records < recordRoom else {
        hasRoom = false
        break
      }
      // Up to here every chunk finds room, whatever it holds, and no record is too long.
      let room = min(fieldRoom &- progress.fields, recordRoom &- progress.records) &- 1
      let roomEnd = base &+ room / ChunkMasks.width &* ChunkMasks.width &+ 1
      let end = min(filled, roomEnd, progress.start &+ maximum &+ 1)
      while base < end {
        var chunk = Self.chunk(patterns, bytes + base, &before)
        if chunk.lineEnds != 0 { closeRecords(&chunk, base, &progress) }
        progress.fields = write(chunk.separators, base: base, fields: progress.fields)
        if chunk.isLast { break scan }
        if chunk.doubled != 0 { progress.hasDoubledQuotes = true }
        base &+= ChunkMasks.width
      }
    }
    place = Place(
      position: progress.start, line: progress.line, fields: progress.firstField,
      records: progress.records)
    return hasRoom
  }

  @inline(__always)
  private static func chunk(
    _ patterns: ChunkPatterns, _ bytes: UnsafeRawPointer, _ before: inout Before
  ) -> Chunk {
    let masks = patterns.masks(of: bytes)
    let inside = prefixXor(masks.quotes) ^ before.inside
    let opening = masks.quotes & inside
    let closing = masks.quotes & ~inside
    var lineEnds: UInt64 = 0
    var separators = masks.delimiters
    var lastCR: UInt64 = 0
    if masks.hasControls {
      let found = patterns.lineEnds(of: bytes)
      let behindCR = found.carriageReturns &<< 1 | before.carriageReturn
      lineEnds = found.carriageReturns | found.lineFeeds & ~behindCR
      separators |= found.carriageReturns | found.lineFeeds
      lastCR = found.carriageReturns &>> 63
    }
    let closed = closing &<< 1 | before.closing
    let outOfPlace =
      closed & ~(separators | masks.quotes)
      | opening & ~(separators &<< 1 | before.separator | closed)
    before = Before(
      inside: UInt64(bitPattern: Int64(bitPattern: inside) &>> 63), separator: separators &>> 63,
      closing: closing &>> 63, carriageReturn: lastCR)
    var chunk = Chunk(
      separators: (masks.delimiters | lineEnds) & ~inside, lineEnds: lineEnds, inside: inside,
      doubled: opening & closed)
    if outOfPlace != 0 {
      let good = (outOfPlace & (0 &- outOfPlace)) &- 1
      chunk.separators &= good
      chunk.lineEnds &= good
      chunk.isLast = true
    }
    return chunk
  }

  /// Ends a record at each line end outside quotes.
  @inline(__always)
  private func closeRecords(_ chunk: inout Chunk, _ base: Int, _ progress: inout Progress) {
    while chunk.lineEnds != 0 {
      let bit = chunk.lineEnds & (0 &- chunk.lineEnds)
      let end = base &+ chunk.lineEnds.trailingZeroBitCount
      chunk.lineEnds ^= bit
      if chunk.inside & bit != 0 {
        progress.currentLine &+= 1
        continue
      }
      if end >= certain || end &- progress.start > maximum {
        chunk.separators &= bit &- 1
        chunk.isLast = true
        return
      }
      let upTo = bit | (bit &- 1)
      if end == progress.start {
        // An empty line is no record, and its end is the end of no field.
        chunk.separators ^= bit
      } else {
        entries[progress.records] = RecordBatch.Entry(
          start: progress.start, firstField: progress.firstField, line: progress.line,
          lines: progress.currentLine &- progress.line,
          hasDoubledQuotes: progress.hasDoubledQuotes || chunk.doubled & upTo != 0,
          suitsLibCSV: true)
        progress.records &+= 1
        progress.firstField = progress.fields &+ (chunk.separators & upTo).nonzeroBitCount
      }
      chunk.doubled &= ~upTo
      progress.hasDoubledQuotes = false
      progress.currentLine &+= 1
      progress.line = progress.currentLine
      let pair = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt16.self))
      progress.start = end &+ (pair == 0x0a0d ? 2 : 1)
    }
  }

  /// Writes down the places of all bits; returns how many fields there are then.
  ///
  /// Eight are written whether they are there or not, because a jump that cannot be foreseen costs
  /// more than a few places that the next chunk writes over.
  @inline(__always)
  private func write(_ found: UInt64, base: Int, fields: Int) -> Int {
    let count = found.nonzeroBitCount
    let start = UInt32(truncatingIfNeeded: base)
    var rest = found
    var target = ends + fields
    let end = target + count
    repeat {
      for slot in 0..<8 {
        target[slot] = start &+ Self.lowestBit(rest)
        rest &= rest &- 1
      }
      target += 8
    } while target < end
    return fields &+ count
  }

  /// The number of the lowest bit; 63 if there is none.
  @inline(__always)
  private static func lowestBit(_ mask: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: (mask | 1 &<< 63).trailingZeroBitCount)
  }

  /// Bit *i* of the result is the parity of the bits 0 to *i*.
  @inline(__always)
  private static func prefixXor(_ mask: UInt64) -> UInt64 {
    var parity = mask
    parity ^= parity &<< 1
    parity ^= parity &<< 2
    parity ^= parity &<< 4
    parity ^= parity &<< 8
    parity ^= parity &<< 16
    parity ^= parity &<< 32
    return parity
  }
}
