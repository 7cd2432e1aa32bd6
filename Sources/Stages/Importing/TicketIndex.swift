import Tickets

/// Finds a ticket by its id: equal hashes are compared by their bytes, never assumed equal.
struct TicketIndex {
  /// Part of the hash above, the ticket's number from 1 below; 0 is free.
  private var slots = [UInt64](repeating: 0, count: 1_024)
  private var hashes: [UInt64] = []

  /// The ticket with this id, which is appended to `ids` if it is new.
  mutating func ticket(
    _ id: UnsafeRawBufferPointer, in ids: inout TextArena
  ) -> (ticket: Int, isNew: Bool) {
    ticket(id, hash: cellHash(id), in: &ids)
  }

  /// - Parameter hash: The id's ``cellHash(_:)``.
  mutating func ticket(
    _ id: UnsafeRawBufferPointer, hash: UInt64, in ids: inout TextArena
  ) -> (ticket: Int, isNew: Bool) {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let found = slots[slot]
      if found >> 32 == hash >> 32 {
        let ticket = Int(found & 0xffff_ffff) - 1
        if ids.slice(ticket).withUnsafeBytes({ areEqual($0, id) }) { return (ticket, false) }
      }
      slot = (slot + 1) & mask
    }
    let ticket = ids.count
    ids.append(id)
    hashes.append(hash)
    slots[slot] = (hash >> 32) << 32 | UInt64(ticket + 1)
    if hashes.count * 2 > slots.count { grow() }
    return (ticket, true)
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = larger.count - 1
    for (ticket, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while larger[slot] != 0 { slot = (slot + 1) & mask }
      larger[slot] = (hash >> 32) << 32 | UInt64(ticket + 1)
    }
    slots = larger
  }
}
