/// One full table of data: a sheet of the workbook, a CSV file, or both.
package struct DataSheet: Hashable, Sendable {
  package struct Column: Hashable, Sendable {
    /// The heading in CSV, such as `elapsed_seconds`.
    package var key: String
    /// The heading in the workbook, such as `Elapsed`.
    package var heading: String

    package init(_ key: String, _ heading: String) {
      self.key = key
      self.heading = heading
    }
  }

  /// What the sheet is, for exporters that treat some of them apart.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case attainment, control, survival, changes, percentiles, breaches, nearMisses, running,
      tickets, ledger
    case definitions, exclusions, exclusionTargets, pauses, pauseMoments, reconciliation
    case disagreements, chain, obligations, outages, maintenance, deliveries, responses, credits
    case serviceChanges, changeWindows, changeRates, actions
  }

  package var role: Role
  /// At most 31 characters, Excel's limit for a sheet name.
  package var name: String
  /// The name in the pack's `csv/` folder without its ending; `nil` if it has no CSV file.
  package var file: String?
  package var columns: [Column]
  package var rows: [[Cell]]
  /// What to know before reading, shown above the table.
  package var note: String

  package init(
    role: Role, name: String, file: String?, columns: [Column], rows: [[Cell]], note: String = ""
  ) {
    self.role = role
    self.name = name
    self.file = file
    self.columns = columns
    self.rows = rows
    self.note = note
  }

  package func columnIndex(_ key: String) -> Int? { columns.firstIndex { $0.key == key } }
}
