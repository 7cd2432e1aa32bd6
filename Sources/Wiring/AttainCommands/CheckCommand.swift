import ArgumentParser
import Pipelines

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check agreements, calendars, mappings and pipelines for mistakes.",
    discussion: """
      Names each problem with file, line and column, and what to do.

        attain check pipelines
      """)

  @Argument(help: "Files, or folders whose .yml files are checked. Default: this folder.")
  var paths: [String] = ["."]

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      try CheckJob(paths: paths, rules: rules, surroundings: surroundings).run()
      return .done
    }
  }
}
