/// The edge of an opening: decides which occurrence of a doubled local time is meant.
package enum WindowEdge: Hashable, Sendable {
  case start, end
}

/// The offsets from UTC that one place has used and will use, from 1970 to 2101.
///
/// All transitions are laid out in one ascending table when the rules are read, so that every
/// look-up is a table look-up and a comparison.
package struct ZoneRules: Hashable, Sendable {
  /// How often a local time occurs.
  package enum Placement: Hashable, Sendable {
    /// Once.
    case unique
    /// Never: the clocks were put forward past it.
    case gap
    /// Twice: the clocks were put back over it.
    case fold
  }

  package let identifier: String
  let table: ZoneTable

  /// Reads the rules from the bytes of a compiled zone file (RFC 8536), version 2 or later.
  ///
  /// - Parameter identifier: The name the zone is known by, such as `Europe/London`.
  package init(identifier: String, tzif: [UInt8]) throws(ZoneError) {
    self.identifier = identifier
    table = try ZoneFile(tzif).table()
  }

  init(identifier: String, table: ZoneTable) {
    self.identifier = identifier
    self.table = table
  }

  package static let utc = ZoneRules(identifier: "UTC", table: ZoneTable(first: 0, changes: []))

  /// Seconds to add to UTC to get local time; positive east of Greenwich.
  package func offset(at instant: Instant) -> Int {
    Int(table.offsets[table.segment(at: instant.seconds)])
  }

  /// What a wall clock shows.
  package func local(of instant: Instant) -> CivilDateTime {
    CivilDateTime(localSeconds: localSeconds(of: instant))
  }

  /// The seconds from 1970-01-01 00:00 on the wall clock to what it shows now.
  package func localSeconds(of instant: Instant) -> Int64 {
    instant.seconds + Int64(offset(at: instant))
  }

  /// The local date, as days since 1970-01-01.
  package func day(of instant: Instant) -> Int {
    CivilDate.day(ofLocal: localSeconds(of: instant))
  }

  /// The instants at which a wall clock shows a local time.
  ///
  /// A time in a gap moves forward by the gap: 02:30 in a gap from 02:00 to 03:00 is the instant
  /// of 03:30. `first` and `second` differ only in a fold.
  package func instants(
    ofLocal localSeconds: Int64
  ) -> (first: Instant, second: Instant, placement: Placement) {
    table.instants(ofLocal: localSeconds)
  }

  /// The instant of an opening's edge.
  ///
  /// An edge in a gap is the next valid instant, which is the clock change itself. In a fold a
  /// start is the first occurrence and an end the second.
  package func nextValidInstant(ofLocal localSeconds: Int64, edge: WindowEdge) -> Instant {
    let (first, second, placement) = table.instants(ofLocal: localSeconds)
    guard placement == .gap else { return edge == .start ? first : second }
    return Instant(seconds: table.starts[table.segment(at: first.seconds)])
  }

  /// The first instant of a local day.
  package func midnight(of date: CivilDate) -> Instant {
    nextValidInstant(ofLocal: Int64(date.daysSince1970) * 86_400, edge: .start)
  }

  /// The instants in `interval` at which the offset changes, ascending.
  package func changes(in interval: ClockInterval) -> [Instant] {
    table.starts.dropFirst().map(Instant.init(seconds:)).filter(interval.contains)
  }
}

/// Why the bytes of a zone file could not be used.
package enum ZoneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The bytes do not begin as a zone file does.
  case notZoneData
  /// Version 1 ends in 2037.
  case tooOld
  /// The bytes end early, or hold numbers that contradict each other.
  case damaged
  /// The file counts leap seconds, which civil time does not.
  case leapSeconds
  /// The rule for the years after the table cannot be read.
  case badFooter(String)

  package var description: String {
    switch self {
    case .notZoneData: "not a compiled zone file (it does not begin with TZif)"
    case .tooOld: "a zone file of version 1, which says nothing of the years after 2037"
    case .damaged: "a damaged zone file"
    case .leapSeconds: "a zone file that counts leap seconds, which no export does"
    case .badFooter(let text): "a zone file whose rule for later years, \"\(text)\", is not valid"
    }
  }
}
