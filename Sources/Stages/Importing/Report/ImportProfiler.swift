import CSVRecords
import Messages
package import ServiceTime
import Tickets

extension Importer {
  /// Looks through the inputs of an import once more and says what they held.
  ///
  /// Costs another reading of the files, on one core, and of each column up to
  /// ``ImportReport/mostDistinct`` hashes.
  ///
  /// - Parameters:
  ///   - outcome: What ``read(_:report:)`` made of the same inputs.
  ///   - now: Instants after it are told as lying in the future.
  package func report(
    on inputs: [ImportInput], outcome: ImportOutcome, now: Instant
  ) throws(ImportError) -> ImportReport {
    let inputs = inputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var profiler = ImportProfiler(
      mapping: mapping, zone: zone ?? .utc, outcome: outcome, now: now)
    for input in inputs { try profiler.look(through: input) }
    return profiler.report(files: inputs.map(\.name))
  }
}

/// Counts what the columns of some files hold.
struct ImportProfiler {
  private let mapping: Mapping
  private let zone: ZoneRules
  private let outcome: ImportOutcome
  private let now: Instant
  private let missing: MissingTokens
  private(set) var profiles: [ColumnProfile] = []
  /// The places in ``profiles`` of the columns of the file at hand.
  private var places: [Int] = []
  private var names: [String: Int] = [:]
  private var conversions: [Int: [String]] = [:]
  private var row = 0
  private var firstRows: Set<UInt64> = []
  private var duplicates = ImportReport.Duplicates(rows: 0, places: [])

  init(mapping: Mapping, zone: ZoneRules, outcome: ImportOutcome, now: Instant) {
    self.mapping = mapping
    self.zone = zone
    self.outcome = outcome
    self.now = now
    missing = MissingTokens(mapping.missing)
  }

  mutating func look(through input: ImportInput) throws(ImportError) {
    var source = try opened(input)
    bind(source.header, isFromWorkbook: input.isFromWorkbook)
    let ids = mapping.id.map { source.header.indices(of: $0) } ?? []
    var batch = RecordBatch()
    do {
      while try source.next(&batch) {
        batch.storage.withUnsafeBytes { base in
          var cells = RowCells(batch: batch, base: base)
          for record in source.headerRecords..<batch.count {
            cells.record = record
            take(cells, file: input.name, width: source.header.count, ids: ids)
          }
        }
      }
    } catch {
      throw .unreadable(file: input.name, reason: "\(error)")
    }
  }

  private func opened(_ input: ImportInput) throws(ImportError) -> OpenedInput {
    try OpenedInput(
      input, encoding: outcome.encodings[input.name], delimiter: mapping.delimiter, blockSize: nil,
      progress: ImportProgress { _ in })
  }

  private mutating func take(_ cells: RowCells, file: String, width: Int, ids: [Int]) {
    let found = cells.batch.fieldCount(of: cells.record)
    guard found == width || found == width + 1 else { return }
    let place = RowPlace(file: file, line: cells.line, row: row)
    row += 1
    for column in 0..<width {
      let cell = cells.cell(column)
      if missing.contains(cell) {
        profiles[places[column]].addMissing()
      } else {
        profiles[places[column]].add(cell, at: place)
      }
    }
    if let id = ids.lazy.map(cells.cell).first(where: { !missing.contains($0) }),
      !firstRows.insert(cellHash(id)).inserted
    {
      duplicates.rows += 1
      if duplicates.places.count < ImportReport.mostPlaces { duplicates.places.append(place.text) }
    }
  }

  func report(files: [String]) -> ImportReport {
    let isOnePerRow = mapping.rows == .tickets || mapping.rows == .intervals
    var report = ImportReport(
      source: mapping.source, mapping: mapping.name, shape: mapping.rows.rawValue,
      zone: mapping.zone ?? zone.identifier, files: files,
      rows: .init(outcome.ledger),
      columns: profiles.indices.map { profiles[$0].column(conversions[$0] ?? []) },
      rejects: outcome.reasons(.rejected), adjustments: outcome.reasons(.adjusted),
      warnings: outcome.reasons(.warning),
      duplicates: isOnePerRow && mapping.id != nil ? duplicates : nil,
      days: outcome.days(in: zone), remarks: [])
    report.remarks = ImportRemarks(report: report, profiles: profiles, outcome: outcome).texts
    return report
  }
}

extension ImportProfiler {
  /// Finds the profile of each column of a file; those of one name share it.
  private mutating func bind(_ header: Header, isFromWorkbook: Bool) {
    var plan = ImportPlan(mapping, header: header, wanted: nil, optional: [])
    plan.alsoReadsISO = isFromWorkbook
    let uses = plan.mapping.uses(of: header)
    let times = timeLoaders(plan, header)
    var seen: [String: Int] = [:]
    places = header.names.indices.map { index in
      let name = header.names[index]
      seen[name, default: 0] += 1
      let number = seen[name] ?? 1
      let key = number == 1 ? name : "\(name)#\(number)"
      if let known = names[key] { return known }
      let use = uses[index] ?? []
      let isPersonal = mapping.isPersonal(name, use: use)
      profiles.append(
        ColumnProfile(
          name: key, use: mapping.told(use, of: name), showsValues: !use.isEmpty && !isPersonal,
          time: isPersonal ? nil : times[index].map { TimeProfile($0, zone: zone, now: now) }))
      conversions[profiles.count - 1] = plan.mapping.conversions(of: index, in: header)
      names[key] = profiles.count - 1
      return profiles.count - 1
    }
  }

  /// What reads the instants of each column that holds some.
  private func timeLoaders(_ plan: ImportPlan, _ header: Header) -> [Int: TimeLoader] {
    var loaders: [Int: TimeLoader] = [:]
    for (key, source) in plan.timeSources {
      let settled = outcome.settledTimestamps[key].flatMap { TimestampPattern($0) }
      let patterns = plan.patterns(of: key, settled: settled)
      for column in header.indices(of: source) where loaders[column] == nil {
        loaders[column] = TimeLoader(source: source, patterns: patterns)
      }
    }
    return loaders
  }
}

extension ImportOutcome {
  /// Findings of one severity by what they say, the most frequent first.
  func reasons(_ severity: Finding.Severity) -> [ImportReport.Reason] {
    var places: [String: Int] = [:]
    var reasons: [ImportReport.Reason] = []
    for finding in findings where finding.severity == severity {
      let pattern = finding.message.pattern
      let index = places[pattern] ?? reasons.count
      if index == reasons.count {
        places[pattern] = index
        reasons.append(.init(reason: pattern, count: 0, places: []))
      }
      reasons[index].count += 1
      if reasons[index].places.count < ImportReport.mostPlaces {
        reasons[index].places.append(finding.place.text)
      }
    }
    return reasons.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }
}
