package import Messages
package import ServiceTime
package import Tickets

/// One entry of a register of exclusions: what is asked to be left out of the figures, why, and who
/// approved it.
package struct Exclusion: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    /// Takes the promises of these tickets out of the denominator; of every source if `nil`.
    case tickets([String], source: String?)
    /// Takes the time from an instant, up to but without another, out of the clocks of the tickets
    /// for which the condition holds then.
    case interval(from: Instant, to: Instant, when: Condition)
  }

  package var subject: Subject
  /// Names of the clocks that it is about; empty for all.
  package var clocks: [String]
  package var reason: String
  /// Who approved it, or is to; empty if nobody is named.
  package var approver: String
  /// `nil` if it is asked for and not approved: it is listed, and changes no figure.
  package var approved: Instant?
  /// Where it was read.
  package var place: Place

  package init(
    _ subject: Subject, clocks: [String] = [], reason: String, approver: String,
    approved: Instant?, place: Place
  ) {
    self.subject = subject
    self.clocks = clocks
    self.reason = reason
    self.approver = approver
    self.approved = approved
    self.place = place
  }

  package func isAbout(clock: String) -> Bool { clocks.isEmpty || clocks.contains(clock) }

  /// The fields of tickets that it looks at.
  package var fields: [String] {
    if case .interval(_, _, let condition) = subject { condition.fields } else { [] }
  }
}

extension [Agreement] {
  /// The entries of the registers of all versions in the order read, each once.
  package var allExclusions: [Exclusion] {
    var seen: Set<Exclusion> = []
    return flatMap(\.exclusions).filter { seen.insert($0).inserted }
  }
}
