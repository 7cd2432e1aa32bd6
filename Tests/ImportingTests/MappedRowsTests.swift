import Importing
import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Rows that were handed on one by one and read back are the rows of the export.
@Suite("Mapped rows")
struct MappedRowsTests {
  @Test("Handed on and read back, an export is the same tickets")
  func messyExports() throws {
    let zone = try RealExports.rules("Europe/London")
    for shape in ["tickets", "snapshots"] {
      for seed in 0..<UInt64(Effort.rounds(150, long: 1_500)) {
        let export = MessyExport(seed: seed, rows: shape)
        let inputs = export.files.map { ImportInput(name: $0.name, bytes: $0.bytes) }
        try compare(export.mapping, inputs, zone: zone, "\(shape), seed \(seed)")
      }
    }
  }

  @Test("Handed on and read back, a log of events is the same tickets")
  func messyEvents() throws {
    let zone = try RealExports.rules("Europe/London")
    for seed in 0..<UInt64(Effort.rounds(300, long: 3_000)) {
      let log = MessyLog(seed: seed)
      try compare(log.mapping, log.inputs, zone: zone, "seed \(seed)")
    }
  }

  @Test(
    "Handed on and read back, intervals and counts are the same rows",
    arguments: [
      """
      mapping: outages
      rows: intervals
      timestamps: iso
      ticket: {id: id, start: start, end: end, service: service}
      """,
      """
      mapping: outages
      rows: intervals
      timestamps: iso
      ticket: {start: start, end: end, service: service}
      """,
      """
      mapping: leads
      rows: counts
      timestamps: iso
      ticket: {id: id, at: start, amount: amount, service: service}
      """,
      """
      mapping: leads
      rows: counts
      timestamps: iso
      ticket: {at: start, service: service}
      """,
    ])
  func plainRows(_ yaml: String) throws {
    let text = """
      id,start,end,amount,service
      a,2026-10-01T10:00:00Z,2026-10-01T11:00:00Z,12.5,"mail, web"
      b,2026-10-02T10:00:00Z,,-0.000001,
      a,2026-10-01T10:00:00Z,2026-10-01T12:00:00Z,3,mail
      c,soon,,1,mail
      a,2026-10-01T10:00:00Z,2026-10-01T12:00:00Z,3,mail
      ,2026-10-05T10:00:00Z,2026-10-05T12:00:00Z,3,mail
      """
    try compare(
      yaml, [ImportInput(name: "rows.csv", bytes: Array(text.utf8))], zone: .utc, yaml)
  }

  @Test(
    "Handed on and read back, real exports are the same tickets",
    .enabled(if: RealExports.arePresent, Comment(rawValue: SharedData.absent)))
  func realExports() throws {
    for (file, preset, zone) in [
      ("uci-servicenow/incident_event_log.csv.gz", "servicenow-audit-log", "America/Sao_Paulo")
    ] {
      let yaml = try #require(Presets.named(preset)?.yaml)
      let bytes = try Gunzip.bytes(RealExports.bytes(of: file))
      try compare(
        yaml, [ImportInput(name: file, bytes: bytes)], zone: try RealExports.rules(zone), file)
    }
  }

  private func compare(
    _ yaml: String, _ inputs: [ImportInput], zone: ZoneRules?, _ place: String
  ) throws {
    let mapping = try Mapping.read(yaml, file: "test.yml")
    let importer = Importer(mapping, zone: zone)
    let direct = try importer.read(inputs)
    let rows = HeldRows()
    let made = try importer.mappedRows(inputs, to: rows)
    #expect(made.findings.map(\.line) == unhistoric(direct), "\(place)")
    #expect(made.ledger.read == direct.ledger.read, "\(place)")
    #expect(made.ledger.rejected == direct.ledger.rejected, "\(place)")
    #expect(made.ledger.adjusted == direct.ledger.adjusted, "\(place)")
    #expect(made.ledger.tiesOut, "\(place)")
    let layout = try #require(rows.layout)
    let again = try Importer(layout.mapping(source: "test", holds: .all), zone: zone)
      .read(rows.inputs(inputs.count))
    #expect(again.ledger.rejected == 0, "\(place): \(again.findings.map(\.line).prefix(3))")
    switch (direct.content, again.content) {
    case (.tickets(let a), .tickets(let b)):
      #expect(Imports.description(of: a) == Imports.description(of: b), "\(place)")
      #expect(a.count == b.count, "\(place)")
    case (.intervals(let a), .intervals(let b)):
      #expect(a.starts == b.starts && a.ends == b.ends, "\(place)")
      #expect(words(a.fields) == words(b.fields), "\(place)")
    case (.counts(let a), .counts(let b)):
      #expect(a.instants == b.instants && a.amounts == b.amounts, "\(place)")
      #expect(words(a.fields) == words(b.fields), "\(place)")
    default: Issue.record("\(place): rows came back in another shape")
    }
  }

  /// What an import says of single rows, without what it says of their order.
  private func unhistoric(_ outcome: ImportOutcome) -> [String] {
    outcome.findings.map(\.line).filter { !$0.contains("precedes it in order") }
  }

  private func words(_ fields: [FieldColumn]) -> [[String]] {
    fields.map { field in [field.name] + field.codes.map { field.dictionary[$0] } }
  }
}

/// Holds all rows in memory.
private final class HeldRows: MappedRowTaker {
  private(set) var layout: MappedLayout?
  private var rows: [(file: Int, id: [UInt8], cells: [[UInt8]])] = []

  func begin(_ layout: MappedLayout) {
    self.layout = layout
    rows = []
  }

  func take(_ row: MappedRow) {
    let columns = layout?.columns.count ?? 0
    rows.append((row.file, row.id, (0..<columns).map { Array(row.bytes[row.range($0)]) }))
  }

  /// One for each file, because an event that another file repeats counts once.
  func inputs(_ count: Int) -> [ImportInput] {
    layout.map { layout in (0..<count).map { input(of: $0, layout) } } ?? []
  }

  private func input(of file: Int, _ layout: MappedLayout) -> ImportInput {
    let rows = rows.filter { $0.file == file }
    return ImportInput(name: "\(file)", layout: layout) {
      var next = 0
      return { writer in
        for row in rows[next..<min(next + 7, rows.count)] {
          row.id.withUnsafeBytes { writer.begin(id: $0) }
          for cell in row.cells { cell.withUnsafeBytes { writer.cell($0) } }
          writer.end()
        }
        next += 7
        return next < rows.count
      }
    }
  }
}

/// A made-up log with one row a change, times that occurred twice, and rows that say it again.
private struct MessyLog {
  let mapping: String
  let inputs: [ImportInput]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let hasFrom = Bool.random(using: &random)
    mapping = """
      mapping: log
      rows: events
      timestamps: yyyy-MM-dd HH:mm
      values: {field: {Zustand: status}, status: {zu: Closed}}
      ticket: {id: id, at: at, field: field, \(hasFrom ? "from: from, " : "")to: to, group: group}
      paused_seconds: {column: pause, counts: wall, as: minutes}
      """
    func pick(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    func row() -> String {
      [
        pick(["a", "b", "c"]),
        pick([
          "2026-10-25 01:30", "2026-10-25 01:10", "2026-10-25 00:30", "2026-10-25 03:00",
          "2026-10-24 12:00", "2026-03-29 01:30", "never",
        ]),
        pick(["status", "Zustand", "at:resolved", "resolved", "priority", "", "group", "opened"]),
        pick(["Open", "zu", "", "2"]), pick(["Open", "zu", "", "2", "yes"]),
        pick(["", "", "Systems"]), pick(["", "5", "long"]),
      ].joined(separator: ",")
    }
    let header = "id,at,field,from,to,group,pause"
    let lines = (0..<Int.random(in: 0...25, using: &random)).map { _ in row() }
    let others = (0..<Int.random(in: 0...10, using: &random)).map { _ in row() }
    let texts = [([header] + lines + lines.suffix(2)), [header] + others]
    inputs = texts.enumerated().map { index, lines in
      ImportInput(name: "\(index).csv", bytes: Array((lines.joined(separator: "\n") + "\n").utf8))
    }
  }
}
