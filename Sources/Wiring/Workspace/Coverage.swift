internal import GRDB
internal import Importing
internal import ServiceTime
internal import Tickets

/// What the imports of a source hold together; see docs/DECISIONS.md, "A delta over a full export".
struct Coverage {
  /// What one import said of its export.
  private struct Export {
    let holds: Holds
    /// The last change that its rows tell; seconds since 1970.
    let latest: Int64?
  }

  private let exports: [Export]

  /// - Parameter last: The last import that is known.
  init(of source: SourceRecord, upTo last: Int64, _ database: Database) throws {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT holds, latest FROM imports WHERE source = ? AND import <= ? ORDER BY import",
      arguments: [source.number, last])
    exports = rows.map { Export(holds: Mapping.holds($0[0]) ?? .all, latest: $0[1]) }
  }

  /// What all the exports hold; `nil` without any.
  var holds: Holds? {
    var known: Holds?
    var reached = Int64.min
    for export in exports {
      if case .updatedFrom(let day) = export.holds, let before = known,
        reached >= Self.endOfNight(of: day)
      {
        known = Self.union(before, updatedFrom: day)
      } else {
        known = export.holds
      }
      reached = max(reached, export.latest ?? .min)
    }
    return known
  }

  /// What was held, brought up to date by all that was updated since a day before its end.
  private static func union(_ before: Holds, updatedFrom day: CivilDate) -> Holds {
    switch before {
    case .all, .openedFrom: before
    case .updatedFrom(let earlier): .updatedFrom(min(earlier, day))
    case .finished: .updatedFrom(day)
    }
  }

  /// Noon in UTC, when a day has begun everywhere.
  private static func endOfNight(of day: CivilDate) -> Int64 {
    Int64(day.daysSince1970) * 86_400 + 43_200
  }
}
