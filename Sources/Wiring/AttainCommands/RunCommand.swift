import ArgumentParser
import Pipelines
import ServiceTime

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a pipeline: import, calculate, export.",
    discussion: """
      Writes one pack per agreement and customer. A run that is ended at any instant leaves each \
      pack old or new, never half.

        attain run pipelines/monthly-review.yml --period 2026-10 --as-of 2026-11-02T06:00:00Z
      """)

  @Argument(help: "The pipeline file.")
  var pipeline: String

  @Option(name: .shortAndLong, help: "The period, in place of the pipeline's own.")
  var period: String?

  @Option(help: "Run only this stage, and those before it that it needs; calculate prints a table.")
  var only: [String] = []

  @Option(help: "Run from this stage on; without a workspace the stages before it run as well.")
  var from: String?

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Option(help: "The folder for the packs, in place of the pipeline's own.")
  var out: String?

  @Option(help: "The instant to calculate as of, with its offset. Default: now.")
  var asOf: Instant?

  @Flag(help: "Exit with status 1 if an objective was missed.")
  var failOnMissed = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let (file, findings) = PipelineFile.read(try rules.bytes(of: pipeline), file: pipeline)
      guard let file else { throw CommandFailure(.wrongRules, findings) }
      var options = PipelineRun.Options(asOf: asOf ?? surroundings.now)
      options.period = period
      options.only = only
      options.from = from
      options.isDry = dryRun
      options.out = out
      let summary = try PipelineRun(
        file, options: options, rules: rules, surroundings: surroundings
      ).run()
      if common.verbose { Self.tell(summary, surroundings) }
      if summary.rowsRejected > 0, let record = summary.record {
        surroundings.say("\(summary.rowsRejected) rows were rejected; \(record) lists them")
      }
      let missed = summary.packs.reduce(0) { $0 + $1.missedTargets }
      return failOnMissed && missed > 0 ? .missed : .done
    }
  }

  private static func tell(_ summary: PipelineRun.Summary, _ surroundings: Surroundings) {
    surroundings.say(
      "\(summary.pipeline): \(summary.rowsRead) rows read, \(summary.rowsRejected) rejected")
    for pack in summary.packs {
      let missed =
        switch pack.missedTargets {
        case 0: "no target missed"
        case 1: "1 target missed"
        default: "\(pack.missedTargets) targets missed"
        }
      surroundings.say("  \(pack.folder)  \(missed)")
    }
  }
}
