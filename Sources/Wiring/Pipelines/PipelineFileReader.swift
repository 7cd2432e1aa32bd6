import Importing
import LocatedYAML
package import Messages
import ServiceTime

extension String {
  fileprivate static func noStage(_ found: String) -> String {
    "a stage is \(found), but must be one of import, calculate or export, with its settings"
  }

  fileprivate static func noVersion(_ found: String) -> String {
    "\"version\" is \(found), but this program reads version 1"
  }

  fileprivate static func noRejects(_ found: String) -> String {
    "\"max-rejects\" is \"\(found)\", but must be a number of rows or a share such as 2%"
  }

  fileprivate static func noHistory(_ found: String) -> String {
    "\"history\" is \(found), but must be a number of months such as 12 months"
  }
}

extension PipelineFile {
  /// Reads a pipeline.
  ///
  /// - Parameter file: Its path; what it names is relative to its folder.
  /// - Returns: No pipeline if any finding is an error.
  package static func read(_ bytes: [UInt8], file: String) -> (PipelineFile?, [Finding]) {
    let parser = PipelineParser(file: file)
    let pipeline = parser.pipeline(bytes)
    let findings = parser.reader.problems.map { problem in
      Finding(
        .error, at: Place(file: file, line: problem.line, column: problem.column),
        .init(stringLiteral: problem.message))
    }
    return (findings.isEmpty ? pipeline : nil, findings)
  }
}

private struct PipelineParser {
  let file: String
  let reader = YAMLReader { NearestName.of($0, among: $1) }

  func pipeline(_ bytes: [UInt8]) -> PipelineFile? {
    let root: YAMLNode
    do throws(YAMLError) {
      root = try YAMLNode.parse(bytes)
    } catch {
      reader.report(error.reason, line: error.line, column: error.column)
      return nil
    }
    guard
      let fields = reader.fields(
        root, of: "the pipeline",
        allowed: ["version", "pipeline", "period", "workspace", "stages"],
        required: ["pipeline", "stages"])
    else { return nil }
    if let node = fields["version"], node.scalar != "1" {
      reader.report(.noVersion(node.description), at: node)
    }
    let name = fields["pipeline"].flatMap { reader.text($0, of: "\"pipeline\"") }
    let period = fields["period"].flatMap { reader.text($0, of: "\"period\"") }
    if let node = fields["period"], let period { check(period: period, at: node) }
    let stages = fields["stages"].flatMap { reader.items($0, of: "\"stages\"") } ?? []
    return PipelineFile(
      name: name ?? "", period: period ?? "last-month",
      workspace: fields["workspace"].flatMap { reader.text($0, of: "\"workspace\"") }.map(resolved),
      stages: stages.compactMap(stage), file: file)
  }

  private func check(period: String, at node: YAMLNode) {
    do throws(PeriodError) {
      _ = try Period.parse(period, asOf: .earliest, zone: .utc)
    } catch {
      reader.report("\"period\": \(error.description)", at: node)
    }
  }

  private func stage(_ node: YAMLNode) -> PipelineFile.Stage? {
    guard let entry = node.mapping?.first, node.mapping?.count == 1 else {
      reader.report(.noStage(node.description), at: node)
      return nil
    }
    switch entry.key {
    case "import": return importStage(entry.value).map { .import($0) }
    case "calculate": return calculateStage(entry.value).map { .calculate($0) }
    case "export": return exportStage(entry.value).map { .export($0) }
    default:
      reader.report(
        .noStage("\"\(entry.key)\"") + "; "
          + reader.hint(for: entry.key, among: ["import", "calculate", "export"]),
        atKeyOf: entry)
      return nil
    }
  }

  private func importStage(_ node: YAMLNode) -> PipelineFile.ImportStage? {
    guard
      let fields = reader.fields(
        node, of: "the import stage",
        allowed: [
          "files", "mapping", "source", "zone", "sheet", "settle", "max-rejects", "expects",
          "limits", "keep-raw",
        ],
        required: ["files", "mapping"])
    else { return nil }
    var settle: Int64?
    if let node = fields["settle"], let text = reader.text(node, of: "\"settle\"") {
      do throws(DurationTextError) {
        settle = try DurationText.seconds(text)
      } catch {
        reader.report("\"settle\": \(error.description)", at: node)
      }
    }
    let mapping = fields["mapping"].flatMap { reader.text($0, of: "\"mapping\"") } ?? ""
    let isFile = mapping.contains("/") || mapping.hasSuffix(".yml") || mapping.hasSuffix(".yaml")
    if let node = fields["mapping"], !isFile, !mapping.isEmpty,
      mapping != ImportOrder.auto, Presets.named(mapping) == nil
    {
      reader.report(
        "\"mapping\" is \"\(mapping)\", which is no path to a file and no preset; "
          + reader.hint(for: mapping, among: Presets.all.map(\.name)),
        at: node)
    }
    return PipelineFile.ImportStage(
      patterns: texts(fields["files"], of: "\"files\"").map(resolved),
      mapping: isFile ? resolved(mapping) : mapping,
      source: fields["source"].flatMap { reader.text($0, of: "\"source\"") },
      zone: fields["zone"].flatMap { reader.text($0, of: "\"zone\"") },
      sheet: fields["sheet"].flatMap { reader.text($0, of: "\"sheet\"") }, settle: settle,
      maxRejects: fields["max-rejects"].flatMap(rejects),
      limits: PipelineLimits(reader: reader).imports(fields))
  }

  private func rejects(_ node: YAMLNode) -> String? {
    guard let text = reader.text(node, of: "\"max-rejects\"") else { return nil }
    if RejectLimit(text) == nil { reader.report(.noRejects(text), at: node) }
    return text
  }

  private func calculateStage(_ node: YAMLNode) -> PipelineFile.CalculateStage? {
    guard
      let fields = reader.fields(
        node, of: "the calculate stage", allowed: ["agreements", "history", "by", "limits"],
        required: ["agreements"])
    else { return nil }
    return PipelineFile.CalculateStage(
      agreements: texts(fields["agreements"], of: "\"agreements\"").map(resolved),
      history: fields["history"].map(months) ?? 12, by: texts(fields["by"], of: "\"by\""),
      unmeasurable: PipelineLimits(reader: reader).unmeasurable(fields))
  }

  private func months(_ node: YAMLNode) -> Int {
    let words = (node.scalar ?? "").split(separator: " ")
    guard let first = words.first, let count = Int(first), (1...180).contains(count),
      words.count == 1 || words.count == 2 && ["month", "months"].contains(words[1])
    else {
      reader.report(.noHistory(node.description), at: node)
      return 1
    }
    return count
  }

  private func exportStage(_ node: YAMLNode) -> PipelineFile.ExportStage? {
    guard
      let fields = reader.fields(
        node, of: "the export stage", allowed: ["to", "formats"], required: ["to"])
    else { return nil }
    let to = fields["to"].flatMap { reader.text($0, of: "\"to\"") } ?? ""
    let formats = fields["formats"].map { reader.itemOrItems($0) }?.compactMap {
      reader.choice($0, of: "\"formats\"", as: PipelineFile.Format.self)
    }
    return PipelineFile.ExportStage(
      to: resolved(to), formats: formats ?? PipelineFile.Format.usual)
  }

  private func texts(_ node: YAMLNode?, of what: String) -> [String] {
    guard let node else { return [] }
    return reader.texts(node, of: what)
  }

  private func resolved(_ path: String) -> String { RelativePath.resolve(path, from: file) }
}
