/// The changes that were made to the services of one agreement, as one customer may see them.
///
/// See docs/DECISIONS.md, "Changes of a service".
package struct ServiceChangeRecord: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  /// How many stretches of 24 hours were looked at before and after a change.
  package var days: Int
  /// Those that began in a shown period, ascending by their start, then as read.
  package var changes: [ServiceChange]

  package init(agreement: String, customer: String, days: Int, changes: [ServiceChange] = []) {
    self.agreement = agreement
    self.customer = customer
    self.days = days
    self.changes = changes
  }

  /// The rates of the changes of a stretch: all together, then by type, then by service, each
  /// sorted by name.
  package func rates(in stretch: Range<Int64>) -> [ChangeRate] {
    let own = changes.filter { stretch.contains($0.start) }
    func rate(_ kind: ChangeRate.Kind, _ name: String, _ changes: [ServiceChange]) -> ChangeRate {
      func count(_ outcome: ServiceChange.Outcome) -> Int {
        changes.count { $0.outcome == outcome }
      }
      return ChangeRate(
        kind: kind, name: name, succeeded: count(.succeeded), failed: count(.failed),
        untold: count(.untold))
    }
    func by(_ kind: ChangeRate.Kind, _ name: (ServiceChange) -> String) -> [ChangeRate] {
      Dictionary(grouping: own, by: name).sorted { $0.key < $1.key }.map { rate(kind, $0, $1) }
    }
    return [rate(.all, "", own)] + by(.type, \.type) + by(.service, \.serviceTitle)
  }
}

/// How many of some changes succeeded.
package struct ChangeRate: Hashable, Sendable {
  package enum Kind: String, Sendable { case all, type, service }

  package var kind: Kind
  package var name: String
  package var succeeded: Int
  package var failed: Int
  /// Without an outcome; in neither part of the rate.
  package var untold: Int

  package var told: Int { succeeded + failed }
}

/// One change of one service.
package struct ServiceChange: Hashable, Sendable, Codable {
  package enum Outcome: String, Hashable, Sendable, Codable { case succeeded, failed, untold }

  package var id: String
  package var title: String
  /// Empty if the rows tell none.
  package var type: String
  package var service: String
  package var serviceTitle: String
  /// Seconds since 1970, as all instants here.
  package var start: Int64
  /// `nil` while it lasts.
  package var end: Int64?
  package var outcome: Outcome
  /// The obligation that is about the service, by name.
  package var availability: String?
  /// Whether the agreement knows the service's tickets; left out where it does not.
  package var isAboutTickets: Bool?
  /// What it took from the service, where the agreement has an availability of it.
  package var downtime: ChangeDowntime?
  /// Of changes that began in the reported period.
  package var before: ChangeWindow?
  package var after: ChangeWindow?

  package init(
    id: String, title: String, type: String, service: String, serviceTitle: String, start: Int64,
    end: Int64?, outcome: Outcome
  ) {
    self.id = id
    self.title = title
    self.type = type
    self.service = service
    self.serviceTitle = serviceTitle
    self.start = start
    self.end = end
    self.outcome = outcome
  }
}

/// Seconds of agreed service time in the outages of a change, each second once.
package struct ChangeDowntime: Hashable, Sendable, Codable {
  /// In outages that were planned alone.
  package var planned: Int64 = 0
  package var unplanned: Int64 = 0
  /// In approved maintenance, which is left out of the agreed service time.
  package var maintenance: Int64 = 0

  package init() {}
}

/// A stretch before or after a change, half-open.
package struct ChangeWindow: Hashable, Sendable, Codable {
  package var from: Int64
  package var to: Int64
  /// Whether less is known of it than the agreement asks for: it reaches past the horizon, or to
  /// before what the results hold.
  package var isCut: Bool
  /// Agreed seconds of the service, and its downtime by weight in millionths of a second.
  package var agreedSeconds: Int64?
  package var downMicroseconds: Int64?
  /// Promises of the service's tickets that were decided in it.
  package var met: Int?
  package var missed: Int?
  /// Tickets of the service that were opened in it.
  package var opened: Int?

  package init(from: Int64, to: Int64, isCut: Bool) {
    self.from = from
    self.to = to
    self.isCut = isCut
  }
}
