import ArgumentParser
import Pipelines

struct CalculateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calculate",
    abstract: "Work out attainment and percentiles per tier.",
    discussion: """
      Reads exports directly, or a workspace, and prints a table, CSV or JSON.

        attain calculate -i tickets.csv -m zendesk -a agreement.yml -p 2026-10
        attain calculate -i tickets.csv -m zendesk -a agreement.yml -p all --tickets -f csv
        attain calculate -w desk.sqlite -a agreement.yml --known-at 2026-11-02T06:00:00Z
      """)

  @OptionGroup var rows: OriginOptions
  @OptionGroup var calculation: CalculationOptions

  @Flag(help: "A row for each promise in place of the figures.")
  var tickets = false

  @Option(name: .shortAndLong, help: "table, csv or json.")
  var format: ResultFormat = .table

  @Option(name: .shortAndLong, help: "The file to write. Default: standard output.")
  var output: String?

  @Option(help: "Months shown up to and including the period's last.")
  var history = 1

  @Flag(help: "Write text cells as they are, even if a spreadsheet would take them for formulas.")
  var raw = false

  @Flag(help: "Exit with status 1 if an objective was missed.")
  var failOnMissed = false

  @OptionGroup var common: CommonOptions

  enum ResultFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json
  }

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      var job = try calculation.job(now: surroundings.now)
      job.history = history
      job.collectsPromises = tickets || format == .json
      job.traces = format == .json ? ReportLimits.traces : 0
      let results = try job.run(rows.origin(), rules: rules, surroundings: surroundings)
      let view = ResultsView(results: results, isRaw: raw, usesColour: surroundings.usesColour)
      let bytes: [UInt8] =
        switch format {
        case .table: view.table(tickets: tickets)
        case .csv: view.csv(tickets: tickets)
        case .json: try view.json()
        }
      try Shell.deliver(bytes, to: output, surroundings)
      return failOnMissed && view.missedTargets > 0 ? .missed : .done
    }
  }
}
