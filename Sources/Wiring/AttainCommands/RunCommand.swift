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

  @Option(name: .shortAndLong, help: "The workspace, in place of the pipeline's own.")
  var workspace: String?

  @Option(help: "The instant to calculate as of, with its offset. Default: now.")
  var asOf: Instant?

  @Option(
    help: """
      With a workspace and without its import stage: leave out what was imported after this instant.
      """)
  var knownAt: Instant?

  @Flag(help: "Exit with status 1 if an objective was missed.")
  var failOnMissed = false

  @Flag(help: "Write every pack, also one that would not change.")
  var rewrite = false

  @Flag(help: "Go on if a limit of the pipeline is passed, and tell it as a warning.")
  var acceptLimits = false

  @Flag(help: "Keep rejected rows as they stand in rejects.csv, and not only what is wrong.")
  var keepRaw = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      let (file, findings) = PipelineFile.read(try rules.bytes(of: pipeline), file: pipeline)
      guard let file else { throw CommandFailure(.wrongRules, findings) }
      let outcome = try PipelineRun(
        file, options: options(now: surroundings.now), rules: rules, surroundings: surroundings
      ).run()
      guard let outcome else { return .done }
      if common.verbose { RunSummary.lines(of: outcome.record).forEach(surroundings.say) }
      return outcome.status
    }
  }

  private func options(now: Instant) -> PipelineRun.Options {
    var options = PipelineRun.Options(asOf: asOf ?? now)
    options.period = period
    options.only = only
    options.from = from
    options.isDry = dryRun
    options.out = out
    options.workspace = workspace
    options.knownAt = knownAt
    options.failsOnMissed = failOnMissed
    options.rewrites = rewrite
    options.acceptsLimits = acceptLimits
    options.keepsRaw = keepRaw
    return options
  }
}
