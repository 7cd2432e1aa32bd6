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

  @Option(help: "Months shown up to and including the period's last.")
  var history = 12

  @Option(name: .shortAndLong, help: "The file or folder to write.")
  var output: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let source = ExportJob(kind: kind, output: output, rules: rules)
      if let results {
        let bytes = try rules.bytes(of: results)
        try source.run(ResultsFile.read(bytes, file: results))
      } else {
        var job = try calculation.job(now: surroundings.now)
        job.history = history
        job.collectsPromises = true
        job.traces = ReportLimits.traces
        try source.run(job.run(input.orders(), rules: rules, surroundings: surroundings).results)
      }
      return .done
    }
  }
}

extension ExportKind: ExpressibleByArgument {}
