import ArgumentParser
import Pipelines
import ServiceTime

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a report: html, xlsx, csv, json, pdf, or a pack.",
    discussion: """
      Takes results that attain calculate wrote, or reads exports or a workspace. With several customers, \
      one report per customer is written into the folder that -o names.

        attain export pack -i tickets.csv -m zendesk -a agreement.yml -p 2026-10 -o out/october
        attain export pack -w desk.sqlite -a agreement.yml -p 2026-10 -o out/october
        attain export html -r results.json -o report.html

      A pack holds all of these but pdf, which needs Chromium.
      """)

  @Argument(help: "html, xlsx, csv, json, pdf or pack.")
  var kind: ExportKind

  @Option(name: .shortAndLong, help: "Results that attain calculate -f json wrote.")
  var results: String?

  @OptionGroup var rows: OriginOptions
  @OptionGroup var calculation: CalculationOptions

  @Option(help: "Months shown up to and including the period's last. Default: 12.")
  var history: Int?

  @Option(name: .shortAndLong, help: "The file or folder to write; - is standard output.")
  var output: String

  @Flag(help: "With pack and -w: record the packs as sent; later runs show what changed since.")
  var issue = false

  @Flag(help: "With --issue: also for a period that is not over.")
  var unfinished = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let rules = RuleLibrary(zoneFolder: surroundings.zoneFolder)
      if issue || unfinished {
        try issuePacks(rules, surroundings)
        return .done
      }
      let export = ExportJob(
        kind: kind, output: output, rules: rules, print: surroundings.output)
      if let results {
        try checkCalculated()
        let read = try ResultsFile.read(try rules.bytes(of: results), file: results)
        try ExportJob.check(read, file: results, period: calculation.period)
        try export.run(read)
      } else {
        let job = try job(now: surroundings.now)
        try export.run(job.run(rows.origin(), rules: rules, surroundings: surroundings))
      }
      return .done
    }
  }

  private func job(now: Instant) throws(CommandFailure) -> CalculateJob {
    var job = try calculation.job(now: now)
    job.history = history ?? 12
    job.collectsPromises = true
    job.traces = ReportLimits.traces
    return job
  }

  private func issuePacks(
    _ rules: RuleLibrary, _ surroundings: Surroundings
  ) throws(CommandFailure) {
    guard issue else {
      throw CommandFailure(.usage, "--unfinished: error: this goes with --issue")
    }
    guard kind == .pack else {
      throw CommandFailure(
        .usage, "--issue: error: packs are issued, and \(kind) is none; export a pack")
    }
    guard results == nil, rows.workspace != nil,
      case .workspace(let path, let knownAt) = try rows.origin()
    else {
      throw CommandFailure(
        .usage,
        """
        --issue: error: a workspace remembers what was issued; give one with -w, and no other input
        """)
    }
    guard calculation.reading ?? .asWas == .asWas else {
      throw CommandFailure(
        .usage, "--reading: error: packs are issued as was; leave out --issue, or the reading")
    }
    guard output != "-" else {
      throw CommandFailure(
        .usage, "--output: error: a pack is a folder; give a path in place of -")
    }
    try IssueJob(
      job(now: surroundings.now), workspace: path, knownAt: knownAt, takesUnfinished: unfinished,
      rules: rules, surroundings: surroundings
    ).run(to: output)
  }

  /// What would have no effect on results that are calculated is refused.
  private func checkCalculated() throws(CommandFailure) {
    let others: [(name: String, isGiven: Bool)] = [
      ("--input", !rows.input.inputs.isEmpty), ("--mapping", !rows.input.mappings.isEmpty),
      ("--workspace", rows.workspace != nil), ("--known-at", rows.knownAt != nil),
      ("--agreement", !calculation.agreements.isEmpty), ("--as-of", calculation.asOf != nil),
      ("--by", calculation.by != nil), ("--history", history != nil),
      ("--reading", calculation.reading != nil),
    ]
    guard let other = others.first(where: \.isGiven) else { return }
    throw CommandFailure(
      .usage,
      """
      \(other.name): error: this has no effect on results that are calculated; give either \
      --results or what to calculate
      """)
  }
}

extension ExportKind: ExpressibleByArgument {}
