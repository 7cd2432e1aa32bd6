import ArgumentParser
import Pipelines

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check agreements, calendars, mappings, pipelines and exclusions for mistakes.",
    discussion: """
      Names each problem with file, line and column, and what to do. Registers of exclusions are \
      read with the agreement that names them, or by themselves. With exports, by -i and -m or by \
      a pipeline, also what only the tickets tell.

        attain check pipelines
        attain check agreement.yml -i tickets.csv -m zendesk
      """)

  @Argument(help: "Files, or folders whose .yml files are checked. Default: this folder.")
  var paths: [String] = ["."]

  @OptionGroup var input: InputOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let orders = try input.inputs.isEmpty ? [] : input.orders()
      try CheckJob(paths: paths, orders: orders, rules: rules, surroundings: surroundings).run()
      return .done
    }
  }
}
