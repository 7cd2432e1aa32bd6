import ServiceTime
import Tickets

/// The columns of some tickets, as far as plain promises need them.
///
/// Points into memory that is taken once for all blocks of a table or batch.
struct PlainBlock {
  /// So many that what is looked at stays in the first-level cache.
  static let size = 1_024

  let tickets: Range<Int>
  private let memory: UnsafeMutablePointer<UInt32>

  /// Instants, and eight columns more.
  static func capacity(columns: Int) -> Int { (columns + 8) * size }

  init(_ tickets: Range<Int>, memory: UnsafeMutablePointer<UInt32>) {
    self.tickets = tickets
    self.memory = memory
  }

  private func part(_ index: Int) -> UnsafeMutablePointer<UInt32> { memory + index * Self.size }

  /// The codes of the fields that matter, as one number.
  var numbers: UnsafeMutablePointer<UInt32> { part(0) }
  /// The kind; ``unsorted`` of a ticket that has to be sorted by itself.
  var kinds: UnsafeMutablePointer<UInt32> { part(1) }
  /// The clocks that have to be replayed, as bits.
  var replayed: UnsafeMutablePointer<UInt32> { part(2) }
  var workBeforeStart: UnsafeMutablePointer<UInt32> { part(3) }
  var segmentOfStart: UnsafeMutablePointer<UInt32> { part(4) }
  /// Tickets of which a promise reaches over an edge, from the block's first.
  var crossing: UnsafeMutablePointer<UInt32> { part(5) }
  /// Elapsed of these promises, and the segment of the stop.
  var elapsedOfCrossing: UnsafeMutablePointer<UInt32> { part(6) }
  var segmentOfCrossing: UnsafeMutablePointer<UInt32> { part(7) }
  func instants(_ column: Int) -> UnsafeMutablePointer<UInt32> { part(8 + column) }

  static let unsorted = UInt32.max
}

extension PlainRules {
  /// Reads the instants of a block, in seconds since the origin.
  func read(_ table: TicketTable, into block: PlainBlock) {
    for (index, moments) in columns.enumerated() {
      let out = block.instants(index)
      if moments.count == 1 {
        read(table.moments[moments[0]].seconds, of: block.tickets, into: out)
      } else {
        for place in 0..<block.tickets.count { out[place] = Self.missing }
        for moment in moments.reversed() {
          readOver(table.moments[moment].seconds, of: block.tickets, into: out)
        }
      }
    }
  }

  private func read(
    _ seconds: [Int64], of tickets: Range<Int>, into out: UnsafeMutablePointer<UInt32>
  ) {
    let (origin, limit) = (origin, UInt64(limit))
    seconds.withUnsafeBufferPointer { seconds in
      guard let first = seconds.baseAddress.map({ $0 + tickets.lowerBound }) else { return }
      for place in 0..<tickets.count {
        let since = UInt64(bitPattern: first[place] &- origin)
        out[place] = since < limit ? UInt32(truncatingIfNeeded: since) : Self.missing
      }
    }
  }

  /// An instant that is there takes the place of one further down the list; one that cannot be
  /// read stays.
  private func readOver(
    _ seconds: [Int64], of tickets: Range<Int>, into out: UnsafeMutablePointer<UInt32>
  ) {
    for (place, ticket) in tickets.enumerated() where out[place] != Self.unreadable {
      let at = seconds[ticket]
      if at == MomentColumn.unreadable {
        out[place] = Self.unreadable
      } else if let since = UInt32(exactly: at &- origin), since < limit {
        out[place] = since
      }
    }
  }

  /// Finds the kind of each ticket, and counts it, up to the first of a kind that is not known yet.
  ///
  /// - Returns: The place of that ticket, which has its number in the table of kinds in place of a
  ///   kind; the block's end if there is none.
  mutating func sortKnown(_ block: PlainBlock, from first: Int) -> Int {
    let (numbers, sorted, replayed) = (block.numbers, block.kinds, block.replayed)
    let (opened, limit) = (block.instants(self.opened), limit)
    let versions = UInt32(validity.count)
    return validity.withUnsafeBufferPointer { validity in
      kinds.withTables { table, tallies in
        for place in first..<block.tickets.count {
          let at = opened[place]
          var version = 0
          while version < validity.count, at &- validity[version].from >= validity[version].seconds
          {
            version &+= 1
          }
          guard at < limit, version < validity.count else {
            sorted[place] = PlainBlock.unsorted
            replayed[place] = .max
            continue
          }
          let number = numbers[place] &* versions &+ UInt32(truncatingIfNeeded: version)
          let kind = table[Int(number)]
          guard kind >= 0 else {
            sorted[place] = number
            return place
          }
          replayed[place] = 0
          sorted[place] = UInt32(bitPattern: kind)
          let tally = tallies + Int(kind)
          tally.pointee.count &+= 1
          tally.pointee.firstOpened = min(tally.pointee.firstOpened, at)
        }
        return block.tickets.count
      }
    }
  }

  /// Gives `body` what the loops over one clock look at.
  func withLane<Result>(
    _ place: Place, number: Int, block: PlainBlock, bit: UInt32, _ body: (PlainLane) -> Result
  ) -> Result {
    kinds.rules[number].withUnsafeBufferPointer { ruled in
      days.withUnsafeBufferPointer { days in
        laterOpenings.withUnsafeBufferPointer { laterOpenings in
          guard let ruled = ruled.baseAddress, let days = days.baseAddress,
            let laterOpenings = laterOpenings.baseAddress
          else { preconditionFailure("a kind has a tier, and a tier a calendar") }
          return body(
            PlainLane(
              count: block.tickets.count, limit: limit, bit: bit, kinds: block.kinds,
              rules: ruled, days: days, laterOpenings: laterOpenings, block: block,
              start: block.instants(place.start), stop: block.instants(place.stop),
              end: block.instants(place.end)))
        }
      }
    }
  }
}
