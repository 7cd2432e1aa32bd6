import ArgumentParser
import Pipelines

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a report: html, xlsx, csv, json, or a pack of them all.",
    discussion: """
      Takes results that attain calculate wrote, or reads exports directly. With several customers, \
      one report per customer is written into the folder that -o names.

        attain export pack -i tickets.csv -m zendesk -a agreement.yml -p 2026-10 -o out/october
        attain export html -r results.json -o report.html
      """)

  @Argument(help: "html, xlsx, csv, json or pack.")
  var kind: ExportKind

  @Option(name: .shortAndLong, help: "Results that attain calculate -f json wrote.")
  var results: String?

  @OptionGroup var input: InputOptions
  @OptionGroup var calculation: CalculationOptions

  @Option(help: "Months shown up to and including the period's last. Default: 12.")
  var history: Int?

  @Option(name: .shortAndLong, help: "The file or folder to write; - is standard output.")
  var output: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let export = ExportJob(
        kind: kind, output: output, rules: rules, print: surroundings.output)
      if let results {
        try checkCalculated()
        let read = try ResultsFile.read(try rules.bytes(of: results), file: results)
        try ExportJob.check(read, file: results, period: calculation.period)
        try export.run(read)
      } else {
        var job = try calculation.job(now: surroundings.now)
        job.history = history ?? 12
        job.collectsPromises = true
        job.traces = ReportLimits.traces
        try export.run(job.run(input.orders(), rules: rules, surroundings: surroundings).results)
      }
      return .done
    }
  }

  /// What would have no effect on results that are calculated is refused.
  private func checkCalculated() throws(CommandFailure) {
    let others: [(name: String, isGiven: Bool)] = [
      ("--input", !input.inputs.isEmpty), ("--mapping", !input.mappings.isEmpty),
      ("--agreement", !calculation.agreements.isEmpty), ("--as-of", calculation.asOf != nil),
      ("--by", calculation.by != nil), ("--history", history != nil),
    ]
    guard let other = others.first(where: \.isGiven) else { return }
    throw CommandFailure(
      .usage,
      """
      \(other.name): error: this has no effect on results that are calculated; give either \
      --results or what to calculate
      """)
  }
}

extension ExportKind: ExpressibleByArgument {}
