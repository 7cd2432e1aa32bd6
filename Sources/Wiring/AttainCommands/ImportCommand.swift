import ArgumentParser
import Pipelines

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read exports and write their tickets as one plain CSV file.",
    discussion: """
      The built-in mappings attain-tickets and attain-events read the file back without loss.

        attain import incidents.csv -m servicenow-incident -o tickets.csv
      """)

  @Argument(help: "Exports; - is standard input.")
  var files: [String]

  @Option(name: .shortAndLong, help: "A preset (see attain mappings) or a mapping file.")
  var mapping: String

  @Option(name: .shortAndLong, help: "The file to write; - is standard output.")
  var output: String

  @Option(help: "Bad rows allowed, as a number or a share such as 2%. Default: 1%, at least 20.")
  var maxRejects: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      var input = InputOptions()
      input.inputs = files
      input.mappings = [mapping]
      input.maxRejects = maxRejects
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let bytes = try ImportJob.tickets(
        input.orders(), rules: rules, surroundings: surroundings)
      try Shell.deliver(bytes, to: output, surroundings)
      return .done
    }
  }
}
