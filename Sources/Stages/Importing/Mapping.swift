package import CSVRecords
package import Messages
package import Tickets

/// How one system's export becomes tickets, as its YAML file says.
package struct Mapping: Hashable, Sendable {
  /// What one row of the export is.
  package enum RowShape: String, CaseIterable, Sendable {
    /// One ticket.
    case tickets
    /// One change of a ticket.
    case events
    /// One version of a ticket.
    case snapshots
    /// A stretch of time with a start and an end.
    case intervals
    /// Something delivered.
    case counts
  }

  package enum Timestamps: Hashable, Sendable {
    /// Settled over the whole column.
    case auto
    /// The first that fits a cell reads it.
    case patterns([TimestampPattern])
  }

  /// Where a value of a ticket comes from.
  package struct CellSource: Hashable, Sendable {
    /// Column names; of those that a file has, the first that is not missing in a row counts.
    package var columns: [String] = []
    /// The value of every row, in place of columns.
    package var constant: String?
    /// Only what stands before this text counts.
    package var until: String?
    /// Texts that are taken out wherever they occur, such as the blank in `52 267`.
    package var without: [String] = []
    /// Sources whose values together, with blanks between, are the value; ``columns`` has all theirs.
    package var parts: [CellSource] = []
    /// Whether a file may lack a column that rows cannot otherwise do without.
    package var isOptional = false

    /// Whether cells are used as they are, but for blanks around them.
    var isPlain: Bool { until == nil && without.isEmpty && parts.isEmpty }
  }

  /// A named instant of a ticket.
  package struct MomentRule: Hashable, Sendable {
    package var name: String
    package var source: CellSource
    /// The instant from which `source` counts a duration; `nil` if it holds an instant.
    package var after: String?
    package var format = DurationFormat.minutes
    /// Of `events`: the values of `source` with which a row tells that it happened at the row's own
    /// instant; `nil` if `source` holds the instant.
    package var when: [String]?
  }

  /// A named field of a ticket.
  package struct FieldRule: Hashable, Sendable {
    package var name: String
    package var source: CellSource
  }

  package struct PauseRule: Hashable, Sendable {
    package var from: CellSource
    package var to: CellSource
    package var party: String
  }

  package struct PausedRule: Hashable, Sendable {
    package var source: CellSource
    package var counts: PausedTotals.Counts
    package var format: DurationFormat
  }

  package struct ReportedRule: Hashable, Sendable {
    package var clock: String
    package var source: CellSource
    /// The values that mean `breached`; `nil` if `met` is given.
    package var breached: [String]?
    package var met: [String]?
    /// Values that say neither.
    package var unless: [String] = []
  }

  /// A file with a secret, as the mapping names it.
  package struct KeyFile: Hashable, Sendable {
    package var path: String
    package var place: Place
  }

  /// The columns of a row that tells of one change: which field, from what, to what.
  package struct ChangeRule: Hashable, Sendable {
    package var field: CellSource
    package var from: CellSource?
    package var to: CellSource
  }

  package var name: String
  /// The system the tickets come from; a ticket is known by source and id.
  package var source: String
  package var rows: RowShape
  /// The zone of timestamps without an offset, such as `Europe/London`.
  package var zone: String?
  /// Where the file names the zone.
  package var zonePlace: Place?
  package var timestamps = Timestamps.auto
  /// Cells that say nothing, beside the empty one.
  package var missing: [String] = []
  /// `nil` is found out from the header.
  package var delimiter: UInt8?
  /// `nil` is found out from the file.
  package var encoding: TextEncoding?
  /// The sheet of a workbook to read; `nil` is the first that is not hidden.
  package var sheet: String?
  package var id: CellSource?
  /// The instant of an event or of something delivered; of a version, its `updated`.
  package var at: CellSource?
  /// How much was delivered; `nil` is one a row.
  package var amount: CellSource?
  package var start: CellSource?
  package var end: CellSource?
  package var change: ChangeRule?
  /// In the order of the file; `updated` among them.
  package var moments: [MomentRule] = []
  /// In the order of the file, those of `keep` last.
  package var fields: [FieldRule] = []
  package var order: CellSource?
  /// By field, from the export's value to ours.
  package var values: [String: [String: String]] = [:]
  package var holds = Holds.all
  package var reported: ReportedRule?
  package var pauses: [PauseRule] = []
  /// A column that lists suspensions as `import -o` writes them.
  package var suspensions: CellSource?
  /// The first of which a file has the column counts.
  package var paused: [PausedRule] = []
  /// Whether every column that nothing else names is kept as a field.
  package var keepsAll = false
  /// Seconds by unit of durations in words, in lower case.
  package var units: [String: Int64] = [:]
  /// Columns and fields that are not read at all.
  package var dropped: Set<String> = []
  /// Columns and fields of which only keyed hashes are read.
  package var hashed: Set<String> = []
  package var personalKey: KeyFile?
  /// Where the rules were read, for messages.
  package var file: String

  /// Whether a line break inside a cell means something.
  package var looksForLineBreaks: Bool {
    let sources = [id].compactMap { $0 } + moments.map(\.source) + fields.map(\.source)
    return sources.contains { source in
      (source.without + [source.until].compactMap { $0 }).contains { $0.contains("\n") }
    }
  }

  /// Whether the values of a field are hashed.
  func isHashed(_ rule: FieldRule) -> Bool {
    hashed.contains(rule.name) || !hashed.isDisjoint(with: rule.source.columns)
  }

  init(name: String, source: String, rows: RowShape, file: String) {
    self.name = name
    self.source = source
    self.rows = rows
    self.file = file
  }

  /// The names that conditions and clocks may use, sorted.
  package var names: [String] {
    var names = Set(moments.map(\.name) + fields.map(\.name))
    if rows == .events { names.insert("opened") }
    if change != nil { names.formUnion(values["field"].map { Array($0.values) } ?? []) }
    return names.sorted()
  }
}

/// A mapping that cannot be used, with all that is wrong with it.
package struct MappingError: Error, Hashable, Sendable {
  package let findings: [Finding]
}
