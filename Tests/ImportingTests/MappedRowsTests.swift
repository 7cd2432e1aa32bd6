import Foundation
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

  /// Also with several workers and small blocks, on which nothing depends.
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
    for (workers, blockSize) in [(1, 40), (2, 64), (3, 200)] {
      let other = HeldRows()
      let again = try Importer(mapping, zone: zone, workers: workers, blockSize: blockSize)
        .mappedRows(inputs, to: other)
      #expect(other.rows == rows.rows, "\(place), \(workers) workers, blocks of \(blockSize)")
      #expect(again.findings.map(\.line) == made.findings.map(\.line), "\(place)")
      #expect(again.ledger == made.ledger, "\(place)")
      #expect(again.settledTimestamps == made.settledTimestamps, "\(place)")
    }
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
  struct HeldRow: Equatable {
    let file: Int
    let line: UInt32
    let number: Int
    let isNew: Bool
    let at: Int64?
    let order: Int64?
    let id: [UInt8]
    let cells: [String: String]
  }

  private(set) var layout: MappedLayout?
  private(set) var rows: [HeldRow] = []
  private var file = -1
  /// By number: the id is told of the first row that has it.
  private var ids: [Int: [UInt8]] = [:]

  func begin(_ layout: MappedLayout) -> MappedRowForm {
    self.layout = layout
    (rows, ids, file) = ([], [:], -1)
    return MappedRowForm(
      layout.columns.indices.map { .init(column: $0, key: "\($0) \"key\"", isNumber: false) })
  }

  func begin(file: Int) { self.file = file }

  func take(_ batch: MappedBatch) throws {
    try batch.withTexts { ids, texts in
      for row in 0..<batch.count {
        let number = batch.numbers[row]
        if batch.areNew[row] { self.ids[number] = Array(ids[row]) }
        rows.append(
          HeldRow(
            file: file, line: batch.lines[row], number: number, isNew: batch.areNew[row],
            at: batch.at(row), order: batch.order(row), id: self.ids[number] ?? [],
            cells: try JSONDecoder().decode([String: String].self, from: Data(texts[row]))))
      }
    }
  }

  /// One for each file, because an event that another file repeats counts once.
  func inputs(_ count: Int) -> [ImportInput] {
    layout.map { layout in (0..<count).map { input(of: $0, layout) } } ?? []
  }

  private func input(of file: Int, _ layout: MappedLayout) -> ImportInput {
    let rows = rows.filter { $0.file == file }
    return ImportInput(name: "\(file)", layout: layout, ahead: 2) {
      HeldPieces(
        layout: layout, rows: rows.map { HeldPieces.Row(id: $0.id, cells: $0.cells) })
    }
  }
}

/// Seven rows a piece.
private struct HeldPieces: MappedRowPieces {
  struct Row: Sendable {
    let id: [UInt8]
    let cells: [String: String]
  }

  let layout: MappedLayout
  let rows: [Row]
  var count: Int { (rows.count + 6) / 7 }

  func begin(_ piece: Int, atLine line: Int) {}

  func write(_ piece: Int, to writer: inout MappedRowWriter) {
    for row in rows.dropFirst(piece * 7).prefix(7) {
      row.id.withUnsafeBytes { writer.begin(id: $0) }
      for column in layout.columns.indices {
        Array((row.cells["\(column) \"key\""] ?? "").utf8).withUnsafeBytes { writer.cell($0) }
      }
      writer.end()
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
