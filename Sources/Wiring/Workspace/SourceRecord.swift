internal import GRDB
internal import Importing
internal import ServiceTime
internal import Tickets

/// What is stored of a source beside its rows.
struct SourceRecord {
  let number: Int64
  let name: String
  private(set) var shape: String
  private(set) var hasIDs: Bool
  private(set) var zone: String?
  private(set) var holds: String
  private(set) var cells: CellsText
  private(set) var settled: [String: String]

  static func find(_ name: String, _ database: Database) throws -> SourceRecord? {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT * FROM sources WHERE name = ?", arguments: [name])
    else { return nil }
    let number: Int64 = row["source"]
    let columns = try Row.fetchAll(
      database, sql: "SELECT key, role, name FROM columns WHERE source = ? ORDER BY place",
      arguments: [number])
    let patterns = try Row.fetchAll(
      database, sql: "SELECT key, pattern FROM timestamps WHERE source = ?", arguments: [number])
    return SourceRecord(
      number: number, name: name, shape: row["shape"], hasIDs: row["has_ids"], zone: row["zone"],
      holds: row["holds"],
      cells: CellsText(
        columns.compactMap { row in
          MappedColumn.Role(rawValue: row["role"]).map {
            .init(column: MappedColumn($0, row["name"]), key: row["key"])
          }
        }),
      settled: Dictionary(
        patterns.map { ($0["key"], $0["pattern"]) }, uniquingKeysWith: { first, _ in first }))
  }

  static func make(_ mapping: Mapping, _ database: Database) throws -> SourceRecord {
    let number = (try Int64.fetchOne(database, sql: "SELECT max(source) FROM sources") ?? 0) + 1
    let hasIDs = mapping.id != nil
    try database.execute(
      sql: "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?)",
      arguments: [
        number, mapping.source, mapping.rows.rawValue, hasIDs, mapping.zone, mapping.holds.text,
      ])
    return SourceRecord(
      number: number, name: mapping.source, shape: mapping.rows.rawValue, hasIDs: hasIDs,
      zone: mapping.zone, holds: mapping.holds.text, cells: CellsText([]), settled: [:])
  }

  /// The layout of all rows that are stored.
  var layout: MappedLayout? {
    Mapping.RowShape(rawValue: shape).map {
      MappedLayout(shape: $0, hasIDs: hasIDs, columns: cells.columns.map(\.column))
    }
  }

  /// Adds the columns of an import, or refuses one whose rows mean something else.
  mutating func adopt(
    _ layout: MappedLayout, of mapping: Mapping, _ database: Database, path: String
  ) throws {
    try agree("rows of shape", shape, layout.shape.rawValue, path)
    try agree("rows that have", Self.words(hasIDs), Self.words(layout.hasIDs), path)
    try agree("times of zone", zone ?? "UTC", mapping.zone ?? "UTC", path)
    for (role, what) in [
      (MappedColumn.Role.paused, "total pauses that count"), (.reported, "verdicts on clock"),
    ] {
      let known = cells.columns.first { $0.column.role == role }?.column.name
      let found = layout.columns.first { $0.role == role }?.name
      if let known, let found { try agree(what, known, found, path) }
    }
    for column in layout.columns {
      let count = cells.columns.count
      let place = cells.place(of: column)
      guard place == count else { continue }
      try database.execute(
        sql: "INSERT INTO columns VALUES (?, ?, ?, ?, ?)",
        arguments: [
          number, place, cells.columns[place].key, column.role.rawValue, column.name,
        ])
    }
  }

  private static func words(_ hasIDs: Bool) -> String { hasIDs ? "ids" : "no ids" }

  private func agree(_ what: String, _ stored: String, _ found: String, _ path: String) throws {
    guard stored != found else { return }
    throw WorkspaceError.otherSource(
      path: path, source: name, what: what, stored: stored, found: found)
  }

  func save(settled: [String: String], holds: String, _ database: Database) throws {
    for (key, pattern) in settled.sorted(by: { $0.key < $1.key }) {
      try database.execute(
        sql: "INSERT OR IGNORE INTO timestamps VALUES (?, ?, ?)", arguments: [number, key, pattern])
    }
    try database.execute(
      sql: "UPDATE sources SET holds = ? WHERE source = ?", arguments: [holds, number])
  }
}

extension Holds {
  /// As a mapping writes it.
  var text: String {
    switch self {
    case .all: "all"
    case .finished: "finished"
    case .openedFrom(let date): "opened-from \(date.iso)"
    case .updatedFrom(let date): "updated-from \(date.iso)"
    }
  }
}
