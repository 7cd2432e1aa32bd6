import Agreements
import Files
import Importing
import Messages
import Results
import ServiceTime
import Workspace

extension PipelineRun {
  /// Says what a run would do, as far as that is known without reading a row.
  func explainPlan() throws(CommandFailure) {
    let inputs = try explainImports()
    let agreements = try rules.agreements(try calculation().agreements)
    let names = agreements.compactMap { $0.first?.name }.joined(separator: ", ")
    surroundings.say("would calculate \(names) for \(period)")
    for stage in pipeline.exports {
      surroundings.say(
        "would export \(stage.formats.map(\.rawValue).joined(separator: ", ")) to \(target(stage))")
    }
    explainPacks(agreements.compactMap(\.first), inputs: inputs)
  }

  private func explainImports() throws(CommandFailure) -> [InputFiles] {
    guard runsImports else {
      let known = options.knownAt.map { " as known at \($0.iso)" } ?? ""
      surroundings.say("would read \(workspace ?? "")\(known)")
      return []
    }
    let loader = TicketLoader(rules: rules, surroundings: surroundings)
    let into = workspace.map { " into \($0)" } ?? ""
    var all: [InputFiles] = []
    for order in try orders() {
      let ready = try loader.prepared(order)
      let files = try loader.files(of: ready)
      let known = try knownFiles(files, ready, loader)
      let names = zip(files, known).map { file, isKnown in
        let remarks = [file.bytes.map { "\($0) bytes" }, isKnown ? "imported before" : nil]
          .compactMap { $0 }.joined(separator: ", ")
        return remarks.isEmpty ? file.name : "\(file.name) (\(remarks))"
      }
      surroundings.say(
        "would import \(names.joined(separator: ", "))\(into) by mapping \(ready.order.mapping)")
      all += zip(files, known).filter { !$0.1 }.map(\.0)
    }
    return all
  }

  /// Which files the workspace has imported before by the same mapping.
  private func knownFiles(
    _ files: [InputFiles], _ item: ReadyImport, _ loader: TicketLoader
  ) throws(CommandFailure) -> [Bool] {
    guard let path = workspace, FileTree.exists(path) else { return files.map { _ in false } }
    let records = try loader.records(of: files)
    return try WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying {
        try records.map { record in
          try workspace.hasImported(
            sha256: record.sha256, into: item.ownMapping.source,
            mappingSHA256: rules.sha256(ofMapping: item.order.mapping))
        }
      }
    }
  }

  /// What the last run's packs of the same period would become.
  private func explainPacks(_ agreements: [Agreement], inputs: [InputFiles]) {
    guard let stage = pipeline.exports.first,
      let bytes = try? FileTree.bytes(of: "\(root(of: target(stage)))/\(RunBook.name)"),
      let last = RunRecord.read(bytes)
    else { return }
    let labels = Dictionary(
      agreements.map { ($0.name, label(of: $0)) }, uniquingKeysWith: { first, _ in first })
    let touched = workspace == nil ? changed(inputs, since: last) : inputs.map(\.name)
    let stored = storedInputs()
    for pack in last.packs {
      guard let manifest = Manifest.read(in: pack.folder),
        manifest.period == labels[pack.agreement]
      else { continue }
      let new = stored.filter { !manifest.inputs.contains($0.sha256) }.compactMap(\.name)
      surroundings.say("\(pack.folder): \(fate(of: manifest, touched + new))")
    }
  }

  /// The files that are not as the last run read them.
  private func changed(_ inputs: [InputFiles], since last: RunRecord) -> [String] {
    let before = Dictionary(last.inputs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    return inputs.filter { file in
      let known = before[file.name]
      return known == nil || known?.bytes != file.bytes || known?.modified != file.modified
    }.map(\.name)
  }

  /// What the workspace knows now; nothing, if it is not there yet or cannot be read.
  private func storedInputs() -> [InputRecord] {
    guard let path = workspace, FileTree.exists(path) else { return [] }
    let read = try? WorkspaceJob.reading(path) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying {
        try workspace.stored(knownAt: options.knownAt).sources.map { $0.record(in: path) }
      }
    }
    return read ?? []
  }

  private func label(of agreement: Agreement) -> String {
    switch try? Period.parse(period, asOf: options.asOf, zone: agreement.zone) {
    case .period(let period)?: period.label
    case .all?: "all"
    case nil: ""
    }
  }

  private func fate(of manifest: Manifest, _ touched: [String]) -> String {
    if manifest.tool != Tool.name { return "would be made: the tool was \(manifest.tool)" }
    if manifest.tzdata != rules.zoneDataVersion {
      return "would be made: tzdata was \(manifest.tzdata)"
    }
    let known = Set(rules.records)
    let changed = manifest.rules.filter { $0.source == nil && !known.contains($0) }
    if let rule = changed.first { return "would be made: \(rule.name) changed" }
    if !touched.isEmpty {
      return "would be made if rows changed: \(touched.joined(separator: ", ")) was written since"
    }
    return "would be left, unless its period is not over"
  }
}
