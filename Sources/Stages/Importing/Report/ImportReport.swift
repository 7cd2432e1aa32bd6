import Tickets

/// What came in with an import, for people to look through before they trust it.
///
/// A value of a column that is dropped or hashed is nowhere in it.
package struct ImportReport: Hashable, Sendable, Codable {
  package static let format = "attain.import-report/1"

  /// A place in a file, as messages write it.
  package typealias PlaceText = String

  package struct Column: Hashable, Sendable, Codable {
    package var name: String
    /// The names of the mapping that read the column; empty if nothing does.
    package var use: [String]
    package var filled: Int
    package var missing: Int
    /// Different values, at most ``mostDistinct``.
    package var distinct: Int
    package var hasMoreDistinct: Bool
    /// The earliest instant (UTC), or the first text in byte order; `nil` if the column is not used.
    package var first: String?
    package var last: String?
    /// The values of a column that has but a few, the most frequent first.
    package var values: [ValueCount]
    /// What was made of the cells, a sentence each.
    package var conversions: [String]
    package var unreadable: Int
    /// Instants after the as-of.
    package var future: Int
    package var futurePlaces: [PlaceText]
  }

  package struct ValueCount: Hashable, Sendable, Codable {
    package var value: String
    package var count: Int
  }

  /// Findings of one kind.
  package struct Reason: Hashable, Sendable, Codable {
    package var reason: String
    package var count: Int
    /// The first three.
    package var places: [PlaceText]
  }

  package struct Duplicates: Hashable, Sendable, Codable {
    /// Rows with an id that an earlier row has.
    package var rows: Int
    package var places: [PlaceText]
  }

  package struct Days: Hashable, Sendable, Codable {
    /// ISO dates in the zone of the mapping.
    package var first: String
    package var last: String
    package var withTickets: Int
    package var without: Int
    /// The longest stretches of days without tickets, longest first.
    package var gaps: [Gap]
  }

  package struct Gap: Hashable, Sendable, Codable {
    package var from: String
    /// The last day of the gap.
    package var to: String
    package var days: Int
  }

  package struct Rows: Hashable, Sendable, Codable {
    package var read: Int
    package var rejected: Int
    package var unchanged: Int
    package var superseded: Int
    package var history: Int
    package var tickets: Int
    package var adjusted: Int
  }

  package var source: String
  package var mapping: String
  package var shape: String
  package var zone: String
  package var files: [String]
  package var rows: Rows
  package var columns: [Column]
  package var rejects: [Reason]
  package var adjustments: [Reason]
  package var warnings: [Reason]
  /// `nil` where rows of one id are no duplicates: events and versions.
  package var duplicates: Duplicates?
  package var days: Days?
  /// What looks wrong, in plain sentences.
  package var remarks: [String]

  static let mostDistinct = 100_000
  /// At most this many places are told of one kind.
  static let mostPlaces = 3
}

extension ImportReport.Rows {
  init(_ ledger: RowLedger) {
    self.init(
      read: ledger.read, rejected: ledger.rejected, unchanged: ledger.unchanged,
      superseded: ledger.superseded, history: ledger.history, tickets: ledger.tickets,
      adjusted: ledger.adjusted)
  }
}
