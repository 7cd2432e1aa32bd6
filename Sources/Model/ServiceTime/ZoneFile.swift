/// The bytes of a compiled zone file, read as RFC 8536 lays them out.
struct ZoneFile {
  private let bytes: [UInt8]

  /// The length of a header, which begins with the four bytes `TZif`.
  private static let headerLength = 44

  /// The numbers of entries that a header announces.
  private struct Counts {
    let utFlags, standardFlags, leapSeconds, transitions, types, letters: Int

    /// The length of the data behind the header, with instants of `width` bytes.
    func length(width: Int) -> Int {
      transitions * (width + 1) + types * 6 + letters + leapSeconds * (width + 4) + standardFlags
        + utFlags
    }
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The table that the file describes, carried on to 2101 by the rule in its footer.
  func table() throws(ZoneError) -> ZoneTable {
    guard bytes.starts(with: Array("TZif".utf8)), bytes.count > ZoneFile.headerLength else {
      throw .notZoneData
    }
    guard bytes[4] >= UInt8(ascii: "2") else { throw .tooOld }
    let firstBlock = try counts(at: 0)
    let header = ZoneFile.headerLength + firstBlock.length(width: 4)
    guard bytes[min(header, bytes.count)...].starts(with: Array("TZif".utf8)) else {
      throw .damaged
    }
    let counts = try counts(at: header)
    guard counts.leapSeconds == 0 else { throw .leapSeconds }
    let data = header + ZoneFile.headerLength
    let end = data + counts.length(width: 8)
    guard end < bytes.count, counts.types > 0, counts.transitions < ZoneFile.mostTransitions else {
      throw .damaged
    }
    var changes = try transitions(at: data, counts)
    let first = signed32(at: data + counts.transitions * 9)
    guard abs(first) <= ZoneFile.largestOffset else { throw .damaged }
    guard let rule = try footer(at: end) else { return ZoneTable(first: first, changes: changes) }
    guard let last = changes.last else {
      return ZoneTable(first: rule.offsetBeforeChanges, changes: rule.changes())
    }
    changes += rule.changes().filter { $0.at > last.at }
    return ZoneTable(first: first, changes: changes)
  }

  private func counts(at header: Int) throws(ZoneError) -> Counts {
    guard header + ZoneFile.headerLength <= bytes.count else { throw .damaged }
    let fields = (0..<6).map { Int(unsigned32(at: header + 20 + $0 * 4)) }
    // A count that the file has no room for would overflow the sums that follow.
    guard fields.allSatisfy({ $0 <= bytes.count }) else { throw .damaged }
    return Counts(
      utFlags: fields[0], standardFlags: fields[1], leapSeconds: fields[2],
      transitions: fields[3], types: fields[4], letters: fields[5])
  }

  private func transitions(
    at data: Int, _ counts: Counts
  ) throws(ZoneError) -> [(at: Int64, offset: Int)] {
    let typeIndexes = data + counts.transitions * 8
    let types = typeIndexes + counts.transitions
    var changes: [(at: Int64, offset: Int)] = []
    changes.reserveCapacity(counts.transitions)
    for index in 0..<counts.transitions {
      let type = Int(bytes[typeIndexes + index])
      let instant = signed64(at: data + index * 8)
      guard type < counts.types, (changes.last?.at ?? -ZoneFile.largestInstant) <= instant,
        instant <= ZoneFile.largestInstant
      else { throw .damaged }
      let offset = signed32(at: types + type * 6)
      guard abs(offset) <= ZoneFile.largestOffset else { throw .damaged }
      changes.append((instant, offset))
    }
    return changes
  }

  /// RFC 8536 asks for offsets between -25 and 26 hours.
  private static let largestOffset = 26 * 3_600

  /// RFC 8536 asks for no instant before -2^59; the same is far enough for the other end.
  private static let largestInstant: Int64 = 1 << 59

  /// No zone has changed its clocks so often; the table numbers its segments with 16 bits.
  private static let mostTransitions = 60_000

  private func footer(at end: Int) throws(ZoneError) -> ZoneFooter? {
    let newline = UInt8(ascii: "\n")
    guard bytes[end] == newline, let close = bytes[(end + 1)...].firstIndex(of: newline) else {
      throw .damaged
    }
    guard close > end + 1 else { return nil }
    let text = String(decoding: bytes[(end + 1)..<close], as: UTF8.self)
    guard let footer = ZoneFooter(text) else { throw .badFooter(text) }
    return footer
  }

  private func unsigned32(at index: Int) -> UInt32 {
    bytes[index..<index + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private func signed32(at index: Int) -> Int {
    Int(Int32(bitPattern: unsigned32(at: index)))
  }

  private func signed64(at index: Int) -> Int64 {
    Int64(bitPattern: bytes[index..<index + 8].reduce(0) { $0 << 8 | UInt64($1) })
  }
}
