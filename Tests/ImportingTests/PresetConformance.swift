import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Importing

extension Presets.Preset: CustomTestStringConvertible {
  public var testDescription: String { name }
}

/// What every preset has to stand, whatever it reads.
struct PresetConformance {
  /// Ways to write one export that change nothing of what it says.
  enum Writing: String, CaseIterable {
    case plain, byteOrderMark, carriageReturns, blankLines, quotedText, reorderedColumns
    case extraColumns, repeatedName, headerInTheMiddle
  }

  private static func read(
    _ export: PresetExport, _ preset: Presets.Preset, _ bytes: [UInt8], wanted: Set<String>? = nil,
    workers: Int = 1
  ) throws -> ImportOutcome {
    let mapping = try Mapping.read(preset.yaml, file: preset.name)
    return try Importer(mapping, zone: .utc, wantedFields: wanted, workers: workers).read([
      ImportInput(name: "export.csv", bytes: bytes)
    ])
  }

  /// What came out, in the words of ``PresetExport/expected``.
  private static func described(_ outcome: ImportOutcome) -> [String: [String]] {
    switch outcome.content {
    case .tickets(let table): return Imports.description(of: table)
    case .intervals(let table):
      return Dictionary(
        uniqueKeysWithValues: table.starts.indices.map { row in
          (
            table.ids[row],
            ["\(table.starts[row])", "\(table.ends[row])"] + lines(table.fields, row)
          )
        })
    case .counts(let table):
      return Dictionary(
        uniqueKeysWithValues: table.instants.indices.map { row in
          let amount = table.amounts[row] / CountTable.unit
          return (
            table.ids[row],
            ["at=\(table.instants[row])", "amount=\(amount)"] + lines(table.fields, row)
          )
        })
    }
  }

  private static func lines(_ fields: [FieldColumn], _ row: Int) -> [String] {
    fields.map { "\($0.name)=\($0.dictionary[$0.codes[row]])" }.sorted()
  }

  private func check(
    _ outcome: ImportOutcome, _ export: PresetExport, _ expected: [String: [String]]? = nil,
    rejected: Int = 0, at location: SourceLocation = #_sourceLocation
  ) {
    let (found, expected) = (Self.described(outcome), expected ?? export.expected)
    #expect(found.count == expected.count, sourceLocation: location)
    for (id, lines) in expected.sorted(by: { $0.key < $1.key }) where found[id] != lines {
      #expect(found[id] == lines, "\(id)", sourceLocation: location)
      return
    }
    let ledger = outcome.ledger
    #expect(ledger.tiesOut, sourceLocation: location)
    #expect(ledger.read == export.rows.count + rejected, sourceLocation: location)
    #expect(ledger.rejected == rejected, sourceLocation: location)
    #expect(ledger.unchanged + ledger.superseded == 0, sourceLocation: location)
  }
}

// MARK: what changes nothing
extension PresetConformance {
  @Test(
    "An export says the same however it is written", arguments: Presets.all, Writing.allCases)
  func writings(preset: Presets.Preset, writing: Writing) throws {
    var export = try PresetExport(preset)
    var layout = PresetExport.Layout()
    switch writing {
    case .plain: break
    case .byteOrderMark: layout.hasMark = true
    case .carriageReturns: layout.lineEnd = "\r\n"
    case .blankLines: layout.hasBlankLines = true
    case .quotedText:
      export.append("Some notes") { "row \($0) says \"no\",\r\n\n;\ttwice" }
    case .reorderedColumns: export.reverse()
    case .extraColumns:
      export.append("Of no use") { "\($0)" }
      export.append("") { _ in "" }
    case .repeatedName:
      let first = try #require(export.header.first)
      export.append(first) { "another \($0)" }
    case .headerInTheMiddle: layout.headerBefore = export.rows.count / 2
    }
    let (bytes, repeated) = export.bytes(layout)
    let outcome = try Self.read(export, preset, bytes)
    check(outcome, export, rejected: repeated.count)
    #expect(
      outcome.findings.map(\.line)
        == repeated.map { "export.csv:\($0): rejected: the row repeats the header; it is no data" })
  }

  @Test("A long export says the same, on one processor and on two", arguments: Presets.all)
  func long(preset: Presets.Preset) throws {
    let export = try PresetExport(preset, rows: Effort.rounds(600, long: 100_002))
    let (bytes, expected) = (export.bytes().bytes, export.expected)
    for workers in 1...2 {
      let outcome = try Self.read(export, preset, bytes, workers: workers)
      check(outcome, export, expected)
      #expect(outcome.findings.isEmpty)
    }
  }
}

// MARK: columns that are not there
extension PresetConformance {
  @Test("A column that may lack is missing everywhere, which is said", arguments: Presets.all)
  func optionalColumn(preset: Presets.Preset) throws {
    let whole = try PresetExport(preset)
    for (key, source) in whole.optionalKeys {
      var export = whole
      export.remove(source)
      guard export.missingRequired.isEmpty else { continue }
      let gone = export.optionalKeys.filter { !export.isThere($0.source) }.map(\.key).sorted()
      let outcome = try Self.read(export, preset, export.bytes().bytes)
      check(outcome, export)
      #expect(outcome.findings.allSatisfy { $0.severity == .note }, "\(key)")
      #expect(outcome.findings.compactMap(\.keyMissing).sorted() == gone, "\(key)")
      let asked = try Self.read(export, preset, export.bytes().bytes, wanted: [key])
      let warnings = asked.findings.filter { $0.severity == .warning }
      #expect(warnings.compactMap(\.keyMissing) == (gone.contains(key) ? [key] : []), "\(key)")
    }
  }

  @Test("A column that rows cannot do without is asked for by name", arguments: Presets.all)
  func requiredColumn(preset: Presets.Preset) throws {
    let whole = try PresetExport(preset)
    for (key, source) in whole.requiredKeys {
      let name = try #require(source.columns.first)
      let misspelt = name + "x"
      var export = whole
      export.remove(source)
      export.append(misspelt) { "\($0)" }
      let broken = export.missingRequired
      let error = #expect(throws: ImportError.self) {
        _ = try Self.read(export, preset, export.bytes().bytes)
      }
      guard case .columnMissing(_, let found, let columns, let nearest, let header) = error else {
        Issue.record("\(key): \(String(describing: error))")
        continue
      }
      #expect(broken.contains { $0.key == found && $0.source.columns == columns }, "\(key)")
      #expect(header == export.header)
      // Of a short name, a letter more makes another name.
      if columns == source.columns, name.count > 5 { #expect(nearest == misspelt) }
      let line = error?.finding.line ?? ""
      #expect(line.hasPrefix("export.csv:1: error: there is no column \"\(columns[0])\""))
      #expect(line.contains("for \"\(found)\""))
    }
  }
}

// MARK: what is not text, and what is not there at all
extension PresetConformance {
  @Test("A byte that is not UTF-8 makes the file windows-1252, said once", arguments: Presets.all)
  func badBytes(preset: Presets.Preset) throws {
    var export = try PresetExport(preset)
    guard export.mapping.encoding == nil, let (_, column) = export.plainField else { return }
    for row in export.rows.indices { export.rows[row][column] = "café \(row % 2)" }
    let scalars = String(decoding: export.bytes().bytes, as: UTF8.self).unicodeScalars
    let bytes = scalars.compactMap { UInt8(exactly: $0.value) }
    guard bytes.count == scalars.count else { return }
    let outcome = try Self.read(export, preset, bytes)
    check(outcome, export)
    #expect(outcome.findings.map(\.severity) == [.warning])
    #expect(
      outcome.findings.first?.line.contains("is not UTF-8, so the file is taken as windows-1252")
        == true)
  }

  @Test("A NUL byte in a cell that is used rejects its row", arguments: Presets.all)
  func nulByte(preset: Presets.Preset) throws {
    var export = try PresetExport(preset)
    guard let (_, column) = export.plainField else { return }
    let line = export.bytes().bytes.count { $0 == 0x0a } + 1
    let kept = export.rows
    export.rows.append(export.rows[0])
    export.rows[kept.count][column] = "a\0b"
    let outcome = try Self.read(export, preset, export.bytes().bytes)
    export.rows = kept
    check(outcome, export, rejected: 1)
    #expect(outcome.findings.count == 1)
    #expect(outcome.findings[0].line.hasPrefix("export.csv:\(line): rejected: column \""))
    #expect(outcome.findings[0].line.contains("holds a NUL byte in \"a\\0b\""))
  }

  @Test("An empty file has no header, and a header alone is no row", arguments: Presets.all)
  func nothing(preset: Presets.Preset) throws {
    let export = try PresetExport(preset, rows: 0)
    let error = #expect(throws: ImportError.self) { _ = try Self.read(export, preset, []) }
    #expect(error == .noHeader(file: "export.csv"))
    let outcome = try Self.read(export, preset, export.bytes().bytes)
    check(outcome, export)
    #expect(outcome.findings.isEmpty)
  }
}

extension PresetExport {
  /// What the preset's rows cannot do without, in the order in which it is looked for.
  fileprivate var requiredKeys: [(key: String, source: Mapping.CellSource)] {
    var keys: [(key: String, source: Mapping.CellSource?)] = []
    if let id = mapping.id { keys += (id.parts.isEmpty ? [id] : id.parts).map { ("id", $0) } }
    for rule in mapping.moments where rule.after == nil && !isAtInstants(rule) {
      let isUpdated = rule.name == "updated" && mapping.rows == .snapshots
      if (rule.name == "opened" && !rule.source.isOptional) || isUpdated {
        keys.append((rule.name, rule.source))
      }
    }
    keys += [
      ("order", mapping.order), ("at", mapping.at), ("field", mapping.change?.field),
      ("to", mapping.change?.to), ("start", mapping.start), ("end", mapping.end),
    ]
    return keys.compactMap { key, source in source.map { (key, $0) } }
  }

  /// Whether a `*` stands for the column, so that there is no rule where there is no column.
  private func isAtInstants(_ rule: Mapping.MomentRule) -> Bool {
    rule.source.columns.first?.hasPrefix("at:") == true
  }

  fileprivate var missingRequired: [(key: String, source: Mapping.CellSource)] {
    requiredKeys.filter { !isThere($0.source) }
  }

  /// What a file may lack; it is then said to be missing everywhere.
  fileprivate var optionalKeys: [(key: String, source: Mapping.CellSource)] {
    let required = Set(requiredKeys.map(\.key))
    var keys = mapping.moments.filter { !required.contains($0.name) && !isAtInstants($0) }
      .map { (key: $0.name, source: $0.source) }
    keys += mapping.fields.filter { $0.source.constant == nil }.map { ($0.name, $0.source) }
    if mapping.paused.count == 1 { keys.append(("paused_seconds", mapping.paused[0].source)) }
    if let rule = mapping.reported, !mapping.name.hasPrefix("attain-") {
      keys.append(("reported", rule.source))
    }
    return keys
  }
}

extension Finding {
  /// The key that a finding says is missing everywhere.
  fileprivate var keyMissing: String? {
    let text = message.text
    guard text.hasPrefix("there is no column "),
      let end = text.firstRange(of: "\" is missing everywhere"),
      let start = text[..<end.lowerBound].lastIndex(of: "\"")
    else { return nil }
    return String(text[text.index(after: start)..<end.lowerBound])
  }
}
