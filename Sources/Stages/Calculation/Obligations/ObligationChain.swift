import Agreements
import ServiceTime
import Tickets

/// One obligation in all versions of its agreement, each in force for a stretch of time.
struct ObligationChain: Sendable {
  struct Part: Sendable {
    let obligation: Obligation
    /// When its version is in force.
    let valid: Range<Int64>
  }

  /// Ascending by their stretches; not empty.
  let parts: [Part]
  let zone: ZoneRules

  var newest: Obligation { parts[parts.count - 1].obligation }

  /// The chains of an agreement: in the order of its newest version, then those that ended before.
  static func all(of versions: [Agreement], zone: ZoneRules) -> [ObligationChain] {
    var names: [String] = []
    for name in versions.reversed().flatMap({ $0.obligations.map(\.name) })
    where !names.contains(name) {
      names.append(name)
    }
    return names.map { name in
      let parts = versions.compactMap { version -> Part? in
        guard let obligation = version.obligations.first(where: { $0.name == name }) else {
          return nil
        }
        let from = version.validFrom.map { zone.midnight(of: $0).seconds } ?? .min
        let until = version.validUntil.map { zone.midnight(of: $0).seconds } ?? .max
        return Part(obligation: obligation, valid: from..<max(from, until))
      }
      return ObligationChain(parts: parts, zone: zone)
    }
  }

  /// The part in force at an instant.
  func part(at instant: Int64) -> Part? { parts.first { $0.valid.contains(instant) } }

  /// The part in force at an instant, else the first later one, else the last.
  func part(nearest instant: Int64) -> Part {
    parts.first { instant < $0.valid.upperBound } ?? parts[parts.count - 1]
  }

  /// Whether it is in force in any second of a stretch.
  func covers(anyOf stretch: Range<Int64>) -> Bool {
    parts.contains { $0.valid.overlaps(stretch) }
  }
}
