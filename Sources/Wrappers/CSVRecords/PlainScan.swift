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

  /// The record at hand.
  private struct Record {
    var start: Int
    var line: Int
    var firstField: Int
    var hasDoubledQuotes = false
  }

  /// Takes records from `place` on, which must be the start of one, until the record at `place` is
  /// not plain, or there is no room.
  ///
  /// - Returns: Whether there is room.
  func run(_ place: inout Place) -> Bool {
    let (bytes, filled, certain, maximum) = (bytes, filled, certain, maximum)
    let (patterns, entries, fieldRoom, recordRoom) = (patterns, entries, fieldRoom, recordRoom)
    var base = place.position
    var fields = place.fields
    var records = place.records
    var line = place.line
    var record = Record(start: base, line: line, firstField: fields)
    var before = Before()
    var hasRoom = true
    chunks: while base < filled && base &- record.start <= maximum {
      guard fields < fieldRoom && records < recordRoom else {
        hasRoom = false
        break
      }
      let masks = patterns.masks(of: bytes + base)
      let inside = Self.prefixXor(masks.quotes) ^ before.inside
      let opening = masks.quotes & inside
      let closing = masks.quotes & ~inside
      var lineEnds: UInt64 = 0
      var separators = masks.delimiters
      var endsWithCR: UInt64 = 0
      if masks.controls != 0 {
        let found = patterns.lineEnds(of: bytes + base)
        let pairs = found.carriageReturns &<< 1 | before.carriageReturn
        lineEnds = found.carriageReturns | found.lineFeeds & ~pairs
        separators |= found.carriageReturns | found.lineFeeds
        endsWithCR = found.carriageReturns &>> 63
      }
      let closed = closing &<< 1 | before.closing
      let outOfPlace =
        closed & ~(separators | masks.quotes)
        | opening & ~(separators &<< 1 | before.separator | closed)
      var doubled = opening & closed
      var found = (masks.delimiters | lineEnds) & ~inside
      var isLast = false
      if outOfPlace != 0 {
        let good = (outOfPlace & (0 &- outOfPlace)) &- 1
        lineEnds &= good
        found &= good
        isLast = true
      }
      while lineEnds != 0 {
        let bit = lineEnds & (0 &- lineEnds)
        let end = base &+ lineEnds.trailingZeroBitCount
        lineEnds ^= bit
        if inside & bit != 0 {
          line &+= 1
          continue
        }
        let upTo = bit | (bit &- 1)
        if end >= certain || end &- record.start > maximum {
          found &= bit &- 1
          isLast = true
          break
        }
        if end == record.start {
          found ^= bit
        } else {
          let hasDoubled = record.hasDoubledQuotes || doubled & upTo != 0
          entries[records] = RecordBatch.Entry(
            start: record.start, firstField: record.firstField, line: record.line,
            lines: line &- record.line, hasDoubledQuotes: hasDoubled, suitsLibCSV: true)
          records &+= 1
          record.firstField = fields &+ (found & upTo).nonzeroBitCount
        }
        doubled &= ~upTo
        record.hasDoubledQuotes = false
        line &+= 1
        record.line = line
        let pair = bytes.loadUnaligned(fromByteOffset: end, as: UInt16.self)
        record.start = end &+ (UInt16(littleEndian: pair) == 0x0a0d ? 2 : 1)
      }
      fields = write(found, base: base, fields: fields)
      if isLast { break chunks }
      if doubled != 0 { record.hasDoubledQuotes = true }
      before.inside = UInt64(bitPattern: Int64(bitPattern: inside) &>> 63)
      before.separator = separators &>> 63
      before.closing = closing &>> 63
      before.carriageReturn = endsWithCR
      base &+= ChunkMasks.width
    }
    place = Place(
      position: record.start, line: record.line, fields: record.firstField, records: records)
    return hasRoom
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
