import Agreements
import Files
import Messages
import Results
import ServiceTime

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
    let loader = TicketLoader(rules: rules, surroundings: surroundings)
    var all: [InputFiles] = []
    for order in try orders() {
      let ready = try loader.prepared(order)
      let files = try loader.files(of: ready)
      let names = files.map { file in
        file.name + (file.bytes.map { " (\($0) bytes)" } ?? "")
      }
      surroundings.say(
        "would import \(names.joined(separator: ", ")) by mapping \(ready.order.mapping)")
      all += files
    }
    return all
  }

  /// What the last run's packs of the same period would become.
  private func explainPacks(_ agreements: [Agreement], inputs: [InputFiles]) {
    guard let stage = pipeline.exports.first,
      let bytes = try? FileTree.bytes(of: "\(root(of: target(stage)))/\(RunBook.name)"),
      let last = RunRecord.read(bytes)
    else { return }
    let labels = Dictionary(
      agreements.map { ($0.name, label(of: $0)) }, uniquingKeysWith: { first, _ in first })
    let before = Dictionary(last.inputs.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    let touched = inputs.filter { file in
      let known = before[file.name]
      return known == nil || known?.bytes != file.bytes || known?.modified != file.modified
    }
    for pack in last.packs {
      guard let manifest = Manifest.read(in: pack.folder),
        manifest.period == labels[pack.agreement]
      else { continue }
      surroundings.say("\(pack.folder): \(fate(of: manifest, touched.map(\.name)))")
    }
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
