import ArgumentParser
import Pipelines

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read exports, say what came in, and write their rows as one plain CSV file.",
    discussion: """
      Without -o nothing is written, and a report says what came in: columns,
      values, conversions, rejected rows, and what looks wrong. With -o and -v
      it is printed as well.

      The built-in mappings attain-tickets, attain-events, intervals and counts
      read the file back without loss.

        attain import incidents.csv -m auto
        attain import incidents.csv -m servicenow-incident -o tickets.csv

      With -w the rows are kept in a workspace, which is made if it is not there.
      A dump, a window or a delta may be imported at any time, and the same file
      twice changes nothing.

        attain import incidents.csv -m servicenow-incident -w desk.sqlite
      """)

  @Argument(help: "Exports; - is standard input.")
  var files: [String]

  @Option(
    name: .shortAndLong,
    help: "A preset (see attain mappings), auto for the one that fits, or a mapping file.")
  var mapping: String

  @Option(name: .shortAndLong, help: "The file to write; - is standard output.")
  var output: String?

  @Option(name: .shortAndLong, help: "The workspace to keep the rows in.")
  var workspace: String?

  @Option(help: "The zone of times without an offset, such as Europe/London.")
  var zone: String?

  @Option(help: "The sheet to read of workbooks. Default: the mapping's, else the first.")
  var sheet: String?

  @Option(help: "Bad rows allowed, as a number or a share such as 2%. Default: 1%, at least 20.")
  var maxRejects: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      var input = InputOptions()
      input.inputs = files
      input.mappings = [mapping]
      input.zone = zone
      input.sheet = sheet
      input.maxRejects = maxRejects
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let orders = try input.orders()
      if let workspace {
        guard output == nil else {
          throw CommandFailure(
            .usage, "--output: error: rows go to a file or to a workspace; give -o or -w")
        }
        try WorkspaceJob.importFiles(
          orders, into: workspace, rules: rules, surroundings: surroundings)
        return .done
      }
      guard output == nil || common.verbose else {
        let rows = try ImportJob.tickets(orders, rules: rules, surroundings: surroundings)
        try Shell.deliver(rows, to: output, surroundings)
        return .done
      }
      let (rows, report) = try ImportJob.ticketsAndReport(
        orders, rules: rules, surroundings: surroundings)
      if output != nil { try Shell.deliver(rows, to: output, surroundings) }
      if output == "-" {
        surroundings.say(String(decoding: report.dropLast(), as: UTF8.self))
      } else {
        surroundings.output(report)
      }
      return .done
    }
  }
}
