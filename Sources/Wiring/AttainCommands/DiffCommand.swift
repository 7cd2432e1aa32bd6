import ArgumentParser
import Pipelines
import ServiceTime

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say which figures and tickets differ between two packs or readings, and why.",
    discussion: """
      Compares two packs (folders), two results (JSON), two readings of the past (with -w, -a and \
      -p), or two agreements (YAML). A reading is as-reported, as-was or restated; an issue may be \
      named, as in as-reported:1, or what was known at an instant, as in as-was:2026-11-02T06:00:00Z.

        attain diff first/Finance second/Finance -w desk.sqlite
        attain diff as-reported as-was -w desk.sqlite -a agreement.yml -p 2026-10
        attain diff agreement-2025.yml agreement-2026.yml
      """)

  @Argument(help: "What was: a pack, results, a reading or an agreement.")
  var a: String

  @Argument(help: "What is: another one of the same kind.")
  var b: String

  @Option(name: .shortAndLong, help: "A workspace, for readings, and to prove causes by replaying.")
  var workspace: String?

  @Option(
    name: [.customShort("a"), .customLong("agreement")],
    help: ArgumentHelp("An agreement file; may be repeated.", valueName: "agreement"))
  var agreements: [String] = []

  @Option(name: .shortAndLong, help: "The period of readings. Default: last-month.")
  var period: String?

  @Option(help: "The instant readings are made as of, with its offset. Default: now.")
  var asOf: Instant?

  @Option(help: "Leave out of readings what was imported after this instant. Default: everything.")
  var knownAt: Instant?

  @Option(help: "Months of readings up to and including the period's last.")
  var history = 1

  @Option(name: .shortAndLong, help: "table, csv, json or html.")
  var format: DiffFormat = .table

  @Flag(help: "With csv: a row for each figure that differs, in place of one for each promise.")
  var figures = false

  @Option(name: .shortAndLong, help: "The file to write. Default: standard output.")
  var output: String?

  @Flag(help: "Write text cells as they are, even if a spreadsheet would take them for formulas.")
  var raw = false

  @Flag(help: "Exit with status 1 if anything differs.")
  var failOnChanged = false

  @OptionGroup var common: CommonOptions

  enum DiffFormat: String, ExpressibleByArgument, CaseIterable {
    case table, csv, json, html
  }

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      var job = CalculateJob(
        agreements: try InputFiles.rulePaths(agreements), period: period ?? "last-month",
        asOf: asOf ?? surroundings.now)
      job.history = history
      let difference = try DiffJob(
        a, b, workspace: workspace, knownAt: knownAt, job: job, rules: rules,
        surroundings: surroundings
      ).run()
      let view = DiffView(difference, isRaw: raw)
      let bytes: [UInt8] =
        switch format {
        case .table: view.table()
        case .csv: view.csv(figures: figures)
        case .json: try view.json()
        case .html: try view.html()
        }
      try Shell.deliver(bytes, to: output, surroundings)
      return failOnChanged && view.hasChanges ? .missed : .done
    }
  }
}
