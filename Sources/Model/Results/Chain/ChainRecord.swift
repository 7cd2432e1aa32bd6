/// Who held the tickets of one clock's promises for how long, and whose the missed ones are.
///
/// Of the promises decided in the reported period. Of one agreement, customer and clock.
package struct ChainRecord: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var clock: String
  /// The groups in the order of their agreements, then others by name, then unowned time, then the
  /// agreement gap; those without anything are left out.
  package var groups: [ChainGroup] = []
  /// By source and ticket.
  package var promises: [ChainPromise] = []
  /// The most taken first, or as the agreement declares them; one for each route and tier.
  package var routes: [ChainRoute] = []
  /// By person, where the agreement says so.
  package var persons: [ChainPerson]?

  package init(agreement: String, customer: String, clock: String) {
    self.agreement = agreement
    self.customer = customer
    self.clock = clock
  }
}

/// The part of one group in all promises of a chain.
package struct ChainGroup: Hashable, Sendable, Codable {
  package enum Kind: String, Hashable, Sendable, Codable {
    case group
    /// Time in which no group held the ticket.
    case unowned
    /// Misses for which no group is the cause, because every one kept its own agreement.
    case gap = "agreement-gap"
  }

  package var name: String
  package var kind: Kind
  /// The agreement that promises its part; `nil` if there is none.
  package var ola: String?
  /// Promises of which it held the ticket, and how often it came to it.
  package var promises = 0
  package var visits = 0
  /// Counted seconds in the promises' calendars, and in the group's own.
  package var elapsed: Int64 = 0
  package var own: Int64?
  /// Of `elapsed`, the seconds in which no person had the ticket.
  package var queue: Int64?
  /// Missed promises by each rule; see docs/DECISIONS.md, "Whose a missed promise is".
  package var heldAtLoss = 0
  package var firstOver = 0
  /// In millionths of a promise.
  package var byExcess: Int64 = 0
  /// Seconds beyond the time allowed, divided as `byExcess`.
  package var late: Int64 = 0

  package init(name: String, kind: Kind, ola: String? = nil) {
    self.name = name
    self.kind = kind
    self.ola = ola
  }

  package static let gapName = "agreement gap"
  package static let unownedName = "unowned"
}

/// One promise, by who held its ticket.
package struct ChainPromise: Hashable, Sendable, Codable {
  package var ticket: String
  package var source: String
  package var cycle: Int?
  package var tier: String
  package var verdict: Verdict
  package var elapsed: Int64
  package var within: Int64?
  package var lost: Int64?
  package var handOffs = 0
  /// Hand-offs to a group that had held the ticket before.
  package var returns = 0
  /// In the order in which they first held it; their seconds add up to `elapsed`.
  package var shares: [ChainShare] = []
  /// Of a missed promise, by name: the holder when it was lost, and the first over its part.
  package var heldAtLoss: String?
  package var firstOver: String?
  /// Of a missed promise, millionths by name; they add up to 1,000,000.
  package var byExcess: [ChainPart]?

  package init(_ promise: PromiseRow, elapsed: Int64) {
    ticket = promise.ticket
    source = promise.source
    cycle = promise.cycle
    tier = promise.tier
    verdict = promise.verdict
    self.elapsed = elapsed
    within = promise.withinSeconds
    lost = promise.lost
  }

  /// The groups that held the ticket, each once.
  package var route: [String] { shares.filter { !$0.isUnowned }.map(\.group) }

  package var isMissed: Bool { verdict == .breached || verdict == .overdue }

  /// Seconds beyond the time allowed.
  package var late: Int64 { within.map { max(0, elapsed - $0) } ?? 0 }
}

package struct ChainPart: Hashable, Sendable, Codable {
  package var name: String
  package var parts: Int64

  package init(name: String, parts: Int64) {
    self.name = name
    self.parts = parts
  }
}

/// What one group had of one promise; an empty name is nobody's.
package struct ChainShare: Hashable, Sendable, Codable {
  package var group: String
  package var ola: String?
  package var visits = 0
  /// Counted seconds in the promise's calendar, and in the group's own.
  package var elapsed: Int64 = 0
  package var own: Int64?
  package var queue: Int64?
  /// Of the group's own promise, if it has one.
  package var within: Int64?
  package var verdict: Verdict?
  package var lost: Int64?

  package init(group: String) {
    self.group = group
  }

  package var isUnowned: Bool { group.isEmpty }
}

/// One person's part, where an agreement asks for it.
package struct ChainPerson: Hashable, Sendable, Codable {
  package var group: String
  package var person: String
  package var promises = 0
  package var elapsed: Int64 = 0

  package init(group: String, person: String) {
    self.group = group
    self.person = person
  }
}

/// Whether the parts of one route add up to the promise of one tier.
package struct ChainRoute: Hashable, Sendable, Codable {
  package struct Hop: Hashable, Sendable, Codable {
    package var group: String
    package var ola: String?
    /// In the group's own calendar; `nil` if it promises no amount.
    package var within: Int64?
    package var calendar: String?
    /// How long that may last in the promise's calendar, at most and at the median start.
    package var longest: Int64?
    package var median: Int64?
    /// Millionths of a per cent.
    package var objective: Int64?

    package init(group: String) {
      self.group = group
    }
  }

  package var tier: String
  package var hops: [Hop]
  package var within: Int64?
  package var objective: Int64?
  /// Counted seconds allowed for all hand-offs.
  package var handOffs: Int64
  /// Promises of the tier that went this way, and how many of them were kept; 0 of declared routes
  /// that none went.
  package var promises = 0
  package var met = 0
  /// All promises of the tier.
  package var all = 0
  /// Missed though every group kept its part.
  package var gaps = 0

  package init(tier: String, hops: [Hop], within: Int64?, objective: Int64?, handOffs: Int64) {
    self.tier = tier
    self.hops = hops
    self.within = within
    self.objective = objective
    self.handOffs = handOffs
  }

  /// What the parts and hand-offs take at most; `nil` if a group promises no amount.
  package var sum: Int64? {
    hops.reduce(handOffs) { sum, hop in
      guard let sum, let longest = hop.longest else { return nil }
      return sum + longest
    }
  }

  /// Seconds by which the parts exceed the promise; `nil` if that cannot be told.
  package var excess: Int64? { sum.flatMap { sum in within.map { sum - $0 } } }

  /// Millionths of a per cent that the groups' objectives guarantee; see docs/DECISIONS.md, "What a
  /// chain guarantees".
  package var guaranteed: Int64? {
    guard let excess else { return nil }
    guard excess <= 0 else { return 0 }
    let whole: Int64 = 100_000_000
    var missing: Int64 = 0
    for hop in hops {
      guard let objective = hop.objective else { return nil }
      missing += whole - objective
    }
    return max(0, whole - missing)
  }

  /// Millionths of a per cent that each of so many groups has to reach, rounded up.
  package static func needed(each hops: Int, for objective: Int64) -> Int64 {
    let whole: Int64 = 100_000_000
    return whole - (whole - objective) / Int64(max(hops, 1))
  }
}

extension [ChainRecord] {
  /// What one client may see; `nil` if there is nothing.
  func limited(to agreement: String, customer: String) -> [ChainRecord]? {
    let own = filter { $0.agreement == agreement && $0.customer == customer }
    return own.isEmpty ? nil : own
  }
}
