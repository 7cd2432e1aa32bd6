package import Tickets

/// What ties an agreement to others in a chain.
package struct ChainRules: Hashable, Sendable {
  /// A clock of another agreement that this one's groups or suppliers have a part in.
  package struct Supported: Hashable, Sendable {
    package var agreement: String
    package var clock: String

    package init(agreement: String, clock: String) {
      self.agreement = agreement
      self.clock = clock
    }

    package var text: String { "\(agreement)/\(clock)" }
  }

  /// The ways that tickets are to go, from group to group.
  package enum Routes: Hashable, Sendable {
    /// Those that they went.
    case taken
    case declared([[String]])
  }

  package var supports: Supported?
  package var routes: Routes?
  /// Counted seconds that each hand-off between two groups may take.
  package var handOff: Int64 = 0
  /// The field that tells the person who works on a ticket.
  package var person: String?

  package init() {}

  package var isEmpty: Bool { self == ChainRules() }
}

/// The part of a promise that one group or supplier has.
package enum ClockPart: Hashable, Sendable {
  /// Counts while the ticket is held by those of whom the condition tells.
  case group(Condition)
  /// Counts while the supported clock is paused by a party and the condition holds.
  case pauses(party: String, Condition)

  package var condition: Condition {
    switch self {
    case .group(let condition), .pauses(_, let condition): condition
    }
  }
}

extension Agreement {
  /// The same, of which the clocks follow the one that they have a part in; `nil` if that is not
  /// among the agreements.
  func following(_ others: [Agreement]) -> Agreement? {
    guard let supports = chain.supports else { return self }
    let versions = others.filter { $0.name == supports.agreement }.inOrderOfValidity
    let valid = versions.last { version in
      guard let from = version.validFrom else { return true }
      return validFrom.map { from <= $0 } ?? false
    }
    guard let version = valid ?? versions.first,
      let whole = version.clocks.first(where: { $0.name == supports.clock })
    else { return nil }
    var following = self
    for index in clocks.indices { following.clocks[index].follow(whole) }
    return following
  }
}

extension Clock {
  /// Takes over all but the name and the part.
  ///
  /// However often the whole is started anew, the visits of a ticket to a group add up.
  fileprivate mutating func follow(_ whole: Clock) {
    start = whole.start
    stop = whole.stop
    pauses = whole.pauses
    cancel = whole.cancel
    reopen = whole.reopen.rule == .ignore ? .ignore : .resume
    onTierChange = whole.onTierChange
    stopsAtEnd = whole.stopsAtEnd
  }
}
