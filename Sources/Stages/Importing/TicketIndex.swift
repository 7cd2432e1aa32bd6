import Tickets

/// Ids end to end in one buffer, in the order in which they were appended.
struct IDList: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []

  var count: Int { ends.count }

  mutating func append(_ id: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: id)
    ends.append(bytes.count)
  }

  /// Appends an id that takes no bytes, because it repeats the one above.
  mutating func appendRepeated() { ends.append(bytes.count) }

  /// Makes room for an id in a list that may become long.
  mutating func makeRoom(for id: UnsafeRawBufferPointer) {
    bytes.makeRoom(for: id.count)
    ends.makeRoom(for: 1)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  var arena: TextArena { TextArena(bytes: bytes, ends: ends) }

  @inline(__always)
  func range(of index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index &- 1])..<ends[index] }
}

/// Finds a ticket by its id: equal hashes are compared by their bytes, never assumed equal.
struct TicketIndex: Sendable {
  /// The ids of all tickets, by number.
  private(set) var ids = IDList()
  /// Part of the hash above, the ticket's number from 1 below; 0 is free.
  private var slots = [UInt64](repeating: 0, count: 1_024)
  /// The part of every id's hash that is not in its slot.
  private var lowHashes: [UInt32] = []
  /// How many slots are taken.
  private var named = 0
  /// Tells nothing; it keeps looking ahead from being left out as useless.
  private var seen: UInt64 = 0

  /// The ticket with this id, which gets the next number if it is new.
  mutating func ticket(_ id: UnsafeRawBufferPointer) -> (ticket: Int, isNew: Bool) {
    ticket(id, hash: cellHash(id))
  }

  /// - Parameter hash: The id's ``cellHash(_:)``.
  @inline(__always)
  mutating func ticket(
    _ id: UnsafeRawBufferPointer, hash: UInt64
  ) -> (ticket: Int, isNew: Bool) {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let found = slots[slot]
      if found >> 32 == hash >> 32 {
        let ticket = Int(found & 0xffff_ffff) &- 1
        if isID(id, of: ticket) { return (ticket, false) }
      }
      slot = (slot &+ 1) & mask
    }
    return (add(id, hash: hash, at: slot), true)
  }

  /// The tickets of all rows of a batch, in their order.
  mutating func tickets(of rows: RowColumns, _ body: (Int, (ticket: Int, isNew: Bool)) -> Void) {
    rows.ids.bytes.withUnsafeBytes { bytes in
      var last = -1
      look(ahead: rows.hashes)
      for row in 0..<rows.count {
        let range = rows.ids.range(of: row)
        // The id of the row above.
        if range.isEmpty {
          body(row, (last, false))
          continue
        }
        let found = ticket(
          UnsafeRawBufferPointer(rebasing: bytes[range]), hash: rows.hashes[row])
        last = found.ticket
        body(row, found)
      }
    }
  }

  /// Brings the slots of all hashes into the cache, where the look-ups do not wait for each other.
  private mutating func look(ahead hashes: [UInt64]) {
    let mask = slots.count &- 1
    for hash in hashes { seen |= slots[Int(truncatingIfNeeded: hash) & mask] }
  }

  /// Appends an id that no row will be compared with.
  mutating func appendUnnamed() {
    ids.append(UnsafeRawBufferPointer(start: nil, count: 0))
    lowHashes.append(0)
  }

  @inline(__always)
  private func isID(_ id: UnsafeRawBufferPointer, of ticket: Int) -> Bool {
    let range = ids.range(of: ticket)
    guard range.count == id.count else { return false }
    return ids.bytes.withUnsafeBytes { areEqual(UnsafeRawBufferPointer(rebasing: $0[range]), id) }
  }

  private mutating func add(_ id: UnsafeRawBufferPointer, hash: UInt64, at slot: Int) -> Int {
    let ticket = ids.count
    ids.makeRoom(for: id)
    lowHashes.makeRoom(for: 1)
    ids.append(id)
    lowHashes.append(UInt32(truncatingIfNeeded: hash))
    named += 1
    slots[slot] = (hash >> 32) << 32 | UInt64(ticket + 1)
    if named * 2 > slots.count { grow() }
    return ticket
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for entry in slots where entry != 0 {
      let ticket = Int(entry & 0xffff_ffff) - 1
      let hash = (entry >> 32) << 32 | UInt64(lowHashes[ticket])
      var slot = Int(truncatingIfNeeded: hash) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = entry
    }
    slots = larger
  }
}
