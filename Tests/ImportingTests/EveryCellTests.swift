import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Importing

/// Every row of the real exports is accounted for, and every cell that a preset reads.
@Suite(.enabled(if: RealExports.arePresent, Comment(rawValue: SharedData.absent)))
struct EveryCellTests {
  struct File: Sendable, CustomTestStringConvertible {
    let name: String
    let preset: String
    let zone: String
    /// Records of the file, by the folder's README.
    let records: Int
    var delimiter = UInt8(ascii: ",")
    var isUTF8 = true
    /// Whether the file has all columns that the preset reads.
    var hasAllColumns = false

    var testDescription: String { "\(name) by \(preset)" }
  }

  static let files = [
    File(
      name: "uci-servicenow/incident_event_log.csv.gz", preset: "servicenow-audit-log",
      zone: "America/Sao_Paulo", records: 141_712),
    File(name: "zendesk/tickets.csv", preset: "zendesk", zone: "Asia/Riyadh", records: 16_476),
    File(
      name: "otrs/tickets.csv", preset: "otrs", zone: "America/Fortaleza", records: 628,
      delimiter: UInt8(ascii: ";")),
    File(
      name: "glpi/tickets.csv", preset: "glpi", zone: "America/Sao_Paulo", records: 148,
      delimiter: UInt8(ascii: ";")),
    File(
      name: "glpi-ugly/tickets.csv", preset: "glpi", zone: "America/Recife", records: 522,
      delimiter: UInt8(ascii: ";")),
    File(
      name: "volvo-vinst/closed-problems.csv", preset: "vinst", zone: "Europe/Stockholm",
      records: 6_660, delimiter: UInt8(ascii: ";"), isUTF8: false, hasAllColumns: true),
    File(
      name: "volvo-vinst/closed-problems-utc.csv", preset: "event-log", zone: "UTC",
      records: 6_660),
    File(
      name: "italian-helpdesk/events.csv", preset: "event-log", zone: "Europe/Rome",
      records: 21_348),
    File(name: "outages/outages.csv", preset: "intervals", zone: "UTC", records: 101),
    File(name: "jira/jira-en.csv", preset: "jira-cloud", zone: "America/New_York", records: 22),
    File(
      name: "jira/jira-es-service-management.csv", preset: "jira-cloud", zone: "Europe/Madrid",
      records: 3),
    File(
      name: "change-requests/change_request-cp1252.csv", preset: "servicenow-change",
      zone: "America/Chicago", records: 176, isUTF8: false),
    File(
      name: "headers/glpi_fr_lab_4rows.csv", preset: "glpi", zone: "Europe/Paris", records: 4,
      delimiter: UInt8(ascii: ";")),
    File(
      name: "headers/autotask_rest_ticket_header.csv", preset: "autotask", zone: "UTC", records: 0,
      hasAllColumns: true),
    File(
      name: "headers/zendesk_view_export_header.csv", preset: "zendesk", zone: "UTC", records: 0),
  ]

  @Test("No row and no cell is lost", arguments: files)
  func everyCell(file: File) throws {
    let outcome = try RealExports.read(file.name, preset: file.preset, zone: file.zone)
    let mapping = try Mapping.read(
      try #require(Presets.named(file.preset)?.yaml), file: file.preset)
    let contents = try RealExports.bytes(of: file.name)
    let sheet = SlowSheet(
      file.name.hasSuffix(".gz") ? try Gunzip.bytes(contents) : contents,
      delimiter: file.delimiter, isUTF8: file.isUTF8,
      limit: Effort.rounds(5_000, long: 1_000_000))
    #expect(sheet.count == file.records)
    #expect(outcome.ledger.read == sheet.count)
    #expect(outcome.ledger.tiesOut)
    #expect(outcome.ledger.rejected == 0)
    #expect(!outcome.findings.contains { $0.severity == .rejected })
    let missing = outcome.findings.filter { $0.message.text.hasPrefix("there is no column") }
    #expect(!file.hasAllColumns || missing.isEmpty)
    var cells = CellCount(mapping, sheet, outcome, zone: try RealExports.rules(file.zone))
    cells.count()
    #expect(cells.lost == [])
    #expect(cells.found > sheet.rows.count || sheet.rows.isEmpty)
  }
}

/// Looks for every cell that a mapping reads in what came out of the import.
private struct CellCount {
  private let mapping: Mapping
  private let sheet: SlowSheet
  private let outcome: ImportOutcome
  private let zone: ZoneRules
  private(set) var found = 0
  /// Key, record and cell of those that are neither in the table nor in a finding.
  private(set) var lost: [String] = []
  /// What each id has ever held, by the name of the field or instant.
  private var held: [String: [String: Set<String>]] = [:]
  /// Cells that findings quote.
  private var told: Set<String> = []

  init(_ mapping: Mapping, _ sheet: SlowSheet, _ outcome: ImportOutcome, zone: ZoneRules) {
    self.mapping = mapping
    self.sheet = sheet
    self.outcome = outcome
    self.zone = zone
  }

  mutating func count() {
    for finding in outcome.findings {
      let parts = finding.message.text.split(separator: "\"", omittingEmptySubsequences: false)
      told.formUnion(parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) })
    }
    if let table = outcome.intervals { collect(table) }
    if let table = outcome.tickets { collect(table) }
    let ids = values(mapping.id ?? .init()).map { $0 ?? "" }
    for field in mapping.fields where field.source.constant == nil {
      for (row, cell) in values(field.source).enumerated() {
        guard let cell else { continue }
        look(for: [mapping.values[field.name]?[cell] ?? cell], field.name, of: ids, row, cell)
      }
    }
    let at = mapping.rows == .snapshots ? "updated" : "at"
    let times: [(String, Mapping.CellSource?)] =
      mapping.moments.filter { $0.after == nil && $0.name != at }.map { ($0.name, $0.source) }
      + [("start", mapping.start), ("end", mapping.end)]
    for case (let name, let source?) in times {
      for (row, cell) in values(source).enumerated() {
        if let cell { look(for: instants(cell, name).map { "\($0)" }, name, of: ids, row, cell) }
      }
    }
    let source = mapping.at ?? mapping.moments.first { $0.name == at }?.source
    if outcome.tickets?.history != nil, let source { countChanges(ids, values(source), at) }
  }

  /// A row that says anything new is told of at its instant, or at that of the row before it if
  /// that is later.
  private mutating func countChanges(_ ids: [String], _ times: [String?], _ name: String) {
    let fields = mapping.fields.map { values($0.source) }
    let orders = mapping.order.map { values($0).map { $0.flatMap { Int($0) } ?? 0 } }
    for (_, rows) in Dictionary(grouping: times.indices, by: { ids[$0] }) {
      let known = rows.map { (row: $0, at: instants(times[$0] ?? "", name).first ?? 0) }
      let sorted = known.sorted { left, right in
        let (a, b) = (orders?[left.row] ?? 0, orders?[right.row] ?? 0)
        return (a, left.at, left.row) < (b, right.at, right.row)
      }
      var last = fields.map { _ in String?.none }
      var latest = Int64.min
      for (number, (row, at)) in sorted.enumerated() {
        latest = max(latest, at)
        var isNew = false
        for index in fields.indices {
          guard let value = fields[index][row] ?? (name == "updated" ? "" : nil) else { continue }
          isNew = isNew || value != last[index]
          last[index] = value
        }
        guard isNew, number > 0 || name == "at" else { continue }
        look(for: ["\(latest)"], "change", of: ids, row, times[row] ?? "")
      }
    }
  }

  private mutating func look(
    for texts: [String], _ name: String, of ids: [String], _ row: Int, _ cell: String
  ) {
    let names = held[ids[row]]?[name] ?? []
    if texts.contains(where: names.contains) || told.contains(cell) {
      found += 1
    } else if lost.count < 20 {
      lost.append("\(name) of record \(row + 1): \(cell)")
    }
  }

  /// The instants that a cell may stand for: two where the clocks went back.
  private func instants(_ text: String, _ name: String) -> [Int64] {
    let pattern = outcome.settledTimestamps[name].flatMap { TimestampPattern($0) } ?? .iso
    guard let time = Array(text.utf8).withUnsafeBytes({ pattern.read($0) }) else { return [] }
    if time.offset != WrittenTime.noOffset { return [time.localSeconds - time.offset] }
    var cursor = ZoneCursor(zone)
    let found = cursor.instants(ofLocal: time.localSeconds)
    return [found.first.seconds, found.second.seconds]
  }

  /// What a source reads in each row.
  private func values(_ source: Mapping.CellSource) -> [String?] {
    let columns = sheet.columns(source.columns)
    return sheet.rows.map { row in
      for column in columns where column < row.count {
        var text = row[column]
        if let until = source.until, let range = text.firstRange(of: until) {
          text = String(text[..<range.lowerBound])
          while text.last == " " { text.removeLast() }
        }
        for extra in source.without { text = text.replacing(extra, with: "") }
        if !text.isEmpty, !mapping.missing.contains(text) { return text }
      }
      return nil
    }
  }
}

extension CellCount {
  private mutating func hold(_ id: String, _ name: String, _ value: String) {
    held[id, default: [:]][name, default: []].insert(value)
  }

  private mutating func collect(_ table: IntervalTable) {
    for row in table.starts.indices {
      let id = table.ids[row]
      hold(id, "start", "\(table.starts[row])")
      hold(id, "end", "\(table.ends[row])")
      for field in table.fields { hold(id, field.name, field.dictionary[field.codes[row]]) }
    }
  }

  private mutating func collect(_ table: TicketTable) {
    for ticket in 0..<table.count {
      let id = table.ids[ticket]
      for moment in table.moments { hold(id, moment.name, "\(moment.seconds[ticket])") }
      for field in table.fields {
        hold(id, field.name, field.dictionary[field.codes[ticket]])
        guard let initial = field.initialCodes else { continue }
        hold(id, field.name, field.dictionary[initial[ticket]])
      }
      guard let history = table.history else { continue }
      for change in history.range(of: ticket) {
        let seconds = "\(history.seconds[change])"
        hold(id, "change", seconds)
        switch history.subject(change) {
        case .field(let index):
          let field = table.fields[index]
          hold(id, field.name, field.dictionary[history.values[change]])
        case .moment(let index): hold(id, table.moments[index].name, seconds)
        }
      }
    }
  }
}
