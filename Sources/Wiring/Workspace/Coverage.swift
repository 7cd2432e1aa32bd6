internal import GRDB
internal import Importing
internal import ServiceTime
internal import Tickets

/// What the imports of a source hold together; see docs/DECISIONS.md, "A delta over a full export".
struct Coverage {
  /// What one import said of its export.
  private struct Export {
    let number: Int64
    let holds: Holds
  }

  /// The last change that the rows of an import tell, by import; seconds since 1970.
  private let latest: [Int64: Int64]
  private let exports: [Export]

  /// - Parameter last: The last import that is known.
  init(of source: SourceRecord, upTo last: Int64, _ database: Database) throws {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT import, holds FROM imports WHERE source = ? AND import <= ? ORDER BY import",
      arguments: [source.number, last])
    exports = rows.map { Export(number: $0[0], holds: Mapping.holds($0[1]) ?? .all) }
    // Only a delta has to be looked at more closely, which takes a look at every row.
    guard exports.contains(where: \.holds.isDelta),
      let column = Self.column(of: source.layout?.shape)
    else {
      latest = [:]
      return
    }
    let found = try Row.fetchAll(
      database,
      sql: """
        SELECT import, max(\(column.name)) FROM \(column.table)
        WHERE import IN (SELECT import FROM imports WHERE source = ?1 AND import <= ?2)
          AND \(column.name) IS NOT NULL GROUP BY import
        """, arguments: [source.number, last])
    latest = Dictionary(uniqueKeysWithValues: found.map { ($0[0], $0[1]) })
  }

  private static func column(of shape: Mapping.RowShape?) -> (table: String, name: String)? {
    switch shape {
    case .tickets, .snapshots: ("versions", "updated")
    case .events: ("events", "at")
    case .intervals, .counts, nil: nil
    }
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
      reached = max(reached, latest[export.number] ?? .min)
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

extension Holds {
  fileprivate var isDelta: Bool {
    if case .updatedFrom = self { true } else { false }
  }
}
