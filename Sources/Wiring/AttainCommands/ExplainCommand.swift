import ArgumentParser
import Pipelines

enum ExplainFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Replay one ticket: the intervals, and the sum that decides.",
    discussion: """
        attain explain INC0060012 -i audit-log.csv.gz -m servicenow-audit-log -a agreement.yml
        attain explain INC0060012 -w desk.sqlite -a agreement.yml
      """)

  @Argument(help: "The ticket's id.")
  var ticket: String

  @Option(help: "The source, where several have a ticket of this id.")
  var source: String?

  @Option(name: .shortAndLong, help: "What is printed: text or json.")
  var format: ExplainFormat = .text

  @OptionGroup var rows: OriginOptions
  @OptionGroup var calculation: CalculationOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let job = try calculation.job(now: surroundings.now, period: "all")
      let explanation = ExplainJob(
        ticket: ticket, source: source, job: job, isJSON: format == .json)
      let text = try explanation.run(rows.origin(), rules: rules, surroundings: surroundings)
      surroundings.output(Array(text.utf8))
      return .done
    }
  }
}
