import Calculation
import Files
import Importing
import Logging
import Messages
import Results
import ServiceTime
import Tickets
import Workspace

/// Into a workspace, and back from it.
extension TicketLoader {
  /// Imports the files of an order into a workspace, all or none of them.
  ///
  /// - Returns: The files with their hashes.
  func store(
    _ order: ImportOrder, in workspace: Workspace
  ) throws(CommandFailure) -> [InputRecord] {
    try store(try prepared(order), in: workspace)
  }

  /// Imports the files of several orders, which are all looked at before the first is stored.
  func store(
    _ orders: [ImportOrder], in workspace: Workspace
  ) throws(CommandFailure) -> [InputRecord] {
    var items: [ReadyImport] = []
    for order in orders { items.append(try prepared(order)) }
    try checkSources(items)
    var inputs: [InputRecord] = []
    for item in items { inputs += try store(item, in: workspace) }
    return inputs
  }

  private func store(
    _ item: ReadyImport, in workspace: Workspace
  ) throws(CommandFailure) -> [InputRecord] {
    let mapping = item.ownMapping
    let (zone, hash) = (try zone(of: mapping), try personalHash(of: mapping))
    let files = try files(of: item)
    try watch?.willRead(files, item.order)
    let size = files.reduce(0) { $0 + ($1.size ?? 0) }
    let hashes = FileHashes(of: files.map(\.path))
    let inputs = files.indices.map { number in
      WorkspaceInput(files[number].input) { try Self.hash(number, hashes) }
    }
    let mappingSHA256 = rules.sha256(ofMapping: item.order.mapping)
    let changes = try WorkspaceJob.change(workspace) {
      try workspace.keep(rules: rules.texts.filter { $0.sha256 == mappingSHA256 })
      return try workspace.importFiles(
        inputs, by: mapping, mappingSHA256: mappingSHA256, at: surroundings.now
      ) { settled in
        Importer(
          mapping, zone: zone, settledTimestamps: settled, hash: hash,
          workers: surroundings.processors)
      } report: { read in
        surroundings.progress(read, size > 0 ? size : nil)
      } accept: { made in
        let findings = files.flatMap(\.findings) + made.findings
        tell(
          findings, unlisted: made.unlistedFindings,
          unlistedProblems: made.unlistedProblems, made.ledger)
        try watch?.didRead(
          files, item.order, source: mapping.source, rows: RunRecord.Rows(made.ledger),
          findings: findings)
        try limitRejects(of: made.ledger, item.order)
      }
    }
    let records = try files.indices.map { number throws(CommandFailure) in
      InputRecord(name: files[number].name, sha256: try Self.hash(number, hashes))
    }
    if changes.imported == nil {
      try noteRepeated(files, records, item.order, mapping, mappingSHA256, in: workspace)
    } else {
      watch?.didStore(changes, shape: mapping.rows)
    }
    tell(changes, of: mapping.source, in: workspace.path)
    return records
  }

  private static func hash(
    _ number: Int, _ hashes: FileHashes
  ) throws(CommandFailure) -> String {
    do throws(FileError) {
      return try hashes.hash(of: number)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Files that were imported before are held against the limits with what was read then.
  private func noteRepeated(
    _ files: [InputFiles], _ inputs: [InputRecord], _ order: ImportOrder, _ mapping: Mapping,
    _ mappingSHA256: String, in workspace: Workspace
  ) throws(CommandFailure) {
    guard let watch else { return }
    let (read, rejected) = try WorkspaceJob.trying {
      try workspace.rowsRead(
        of: mapping.source, files: inputs.map(\.sha256), mappingSHA256: mappingSHA256)
    }
    var rows = RunRecord.Rows(RowLedger())
    (rows.read, rows.rejected, rows.unchanged) = (read, rejected, read - rejected)
    try watch.didRead(files, order, source: mapping.source, rows: rows, findings: [])
  }

  private func tell(_ changes: WorkspaceChanges, of source: String, in path: String) {
    guard changes.imported != nil else {
      let line =
        "\(path): note: every file of source \"\(source)\" was imported before; nothing changed"
      // A pipeline takes what is there, night after night.
      if watch == nil { surroundings.say(line) } else { surroundings.log.info("\(line)") }
      return
    }
    surroundings.log.info(
      """
      \(path): source "\(source)": \(changes.rows) rows = \(changes.rejected) rejected + \
      \(changes.unchanged) unchanged + \(changes.outdated) outdated + \(changes.changed) changed; \
      \(changes.newTickets) new, \(changes.gone) gone, \(changes.returned) back
      """)
  }

  /// Reads what a workspace knew.
  func load(
    _ workspace: Workspace, knownAt: Instant?, keepsPlaces: Bool, wanted: Set<String>?,
    fold: ([Holds]) throws(CommandFailure) -> TicketFold?
  ) throws(CommandFailure) -> Loaded {
    let desk = try WorkspaceJob.trying {
      try workspace.stored(knownAt: knownAt, keepsPlaces: keepsPlaces)
    }
    var loaded = Loaded()
    loaded.knownAt = knownAt ?? desk.lastChange
    let fold = try fold(desk.sources.map(\.mapping.holds))
    for source in desk.sources {
      var mapping = source.mapping
      mapping.zone = source.zone
      mapping.zonePlace = Place(file: workspace.path)
      let outcome = try read(
        [source.input], by: mapping, size: 0, wanted: wanted, fold: fold, into: &loaded)
      loaded.outcomes.append(outcome)
      loaded.places[source.name] = source.places
      loaded.mappings += source.mappings
      loaded.inputs.append(source.record(in: workspace.path))
      let findings = outcome.findings.map { $0.placed(by: source) }
      loaded.findings += findings
      tell(
        findings, unlisted: outcome.unlistedFindings, unlistedProblems: outcome.unlistedProblems,
        outcome.ledger)
    }
    return loaded
  }

}

extension StoredSource {
  /// Stands for what is known of the source: see docs/DECISIONS.md, "Inputs from a workspace".
  func record(in path: String) -> InputRecord {
    let lines = changes.map { "\($0.sha256) \($0.mappingSHA256)\n" } + ["\(holds)\n"]
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return InputRecord(
      name: "\(file): source \(name)", sha256: SHA256Hex.of(Array(lines.joined().utf8)))
  }

  /// The mappings by which what is known was imported.
  var mappings: [RuleRecord] {
    let names = Dictionary(
      changes.map { ($0.mappingSHA256, $0.mapping ?? name) },
      uniquingKeysWith: { first, _ in first })
    return names.map { sha256, mapping in
      RuleRecord(kind: "mapping", name: mapping, sha256: sha256, source: name)
    }
  }
}

extension Finding {
  /// The same of the row as it was exported.
  fileprivate func placed(by source: StoredSource) -> Finding {
    guard place.file == source.name, let line = place.line,
      let row = source.places?.place(ofLine: line)
    else { return self }
    return Finding(severity, at: Place(file: row.file, line: row.line), message)
  }
}
