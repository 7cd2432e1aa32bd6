package import ArgumentParser

/// The command line of the tool; one file per subcommand.
package struct AttainCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "attain",
    abstract: "Service level reports from ticket exports: right to the second, and explained.",
    discussion: """
      Reads ticket exports (CSV), works out how well each agreement was kept, and writes \
      spreadsheets and HTML reports.

        attain run pipelines/monthly-review.yml --period 2026-10
        attain calculate -i incidents.csv -m servicenow-incident -a agreement.yml -p 2026-10

      Exit status: 0 done, 1 an objective was missed and --fail-on-missed was given, or something \
      differs and --fail-on-changed was, 64 usage, 65 bad data, 66 input missing, 70 a bug, 73 cannot write, 75 busy, 78 an agreement, mapping, \
      calendar or pipeline is wrong.
      """,
    version: Version.text,
    subcommands: [
      RunCommand.self, ImportCommand.self, CalculateCommand.self, ExportCommand.self,
      ExplainCommand.self, DiffCommand.self, CheckCommand.self, MappingsCommand.self,
      VerifyCommand.self,
      WorkspaceCommand.self,
    ])

  package init() {}
}
