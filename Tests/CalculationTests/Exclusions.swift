import Agreements
import Messages
import Results
import ServiceTime
import Tickets

extension Exclusion {
  /// An exclusion of tickets, approved long before any test's as-of.
  static func of(
    _ tickets: String..., source: String? = nil, clocks: [String] = [], reason: String = "a test",
    approved: String? = "01-02 09:00", line: Int = 1
  ) -> Exclusion {
    Exclusion(
      .tickets(tickets, source: source), clocks: clocks, reason: reason, approver: "the owner",
      approved: approved.map { Instant(seconds: instant($0)) },
      place: Place(file: "register.yml", line: line))
  }

  /// An exclusion of an interval.
  static func of(
    from: String, to: String, when condition: Condition = .anything, clocks: [String] = [],
    reason: String = "a power cut", approved: String? = "01-02 09:00", line: Int = 1
  ) -> Exclusion {
    Exclusion(
      .interval(
        from: Instant(seconds: instant(from)), to: Instant(seconds: instant(to)), when: condition),
      clocks: clocks, reason: reason, approver: "the owner",
      approved: approved.map { Instant(seconds: instant($0)) },
      place: Place(file: "register.yml", line: line))
  }
}

extension Terms {
  func excluding(_ exclusions: Exclusion...) -> Terms {
    var copy = self
    copy.exclusions = exclusions
    return copy
  }
}

extension CalculationResults {
  /// The entries of the agreement as a whole.
  var wholeEntries: [ExclusionEntry] { exclusions?.entries.filter(\.customer.isEmpty) ?? [] }
}
