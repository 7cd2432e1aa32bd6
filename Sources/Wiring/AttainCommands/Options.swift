import ArgumentParser
import Pipelines
import ServiceTime

extension Instant: ExpressibleByArgument {
  public init?(argument: String) {
    self.init(iso: argument)
  }
}

/// Options of every command.
struct CommonOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Say more: what was read, adjusted, written; every bad row.")
  var verbose = false

  @Option(help: "How log lines look on standard error: text or json.")
  var log: LogStyle = .text
}

enum LogStyle: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Exports and how to read them: `-i` and `-m` in pairs.
struct InputOptions: ParsableArguments {
  @Option(
    name: [.customShort("i"), .customLong("input")],
    help: ArgumentHelp(
      "An export; - is standard input. May be repeated, in pairs with -m.", valueName: "file"))
  var inputs: [String] = []

  @Option(
    name: [.customShort("m"), .customLong("mapping")],
    help: ArgumentHelp(
      "How to read the export: a preset (see attain mappings), auto for the one that fits, or a file.",
      valueName: "mapping"))
  var mappings: [String] = []

  @Option(help: "The zone of times without an offset, such as Europe/London.")
  var zone: String?

  @Option(help: "The sheet to read of workbooks. Default: the mapping's, else the first.")
  var sheet: String?

  @Option(help: "Bad rows allowed, as a number or a share such as 2%. Default: 1%, at least 20.")
  var maxRejects: String?

  /// An option that says how exports are read; `nil` if none is given.
  var nameOfOther: String? {
    let given: [(name: String, isGiven: Bool)] = [
      ("--mapping", !mappings.isEmpty), ("--zone", zone != nil), ("--sheet", sheet != nil),
      ("--max-rejects", maxRejects != nil),
    ]
    return given.first(where: \.isGiven)?.name
  }

  /// Each input with its mapping; one mapping serves all inputs, which are then one source.
  func orders() throws(CommandFailure) -> [ImportOrder] {
    guard !inputs.isEmpty else {
      throw CommandFailure(
        .usage,
        """
        --input: error: there is nothing to read; give an export with -i FILE, or a workspace \
        with -w FILE
        """)
    }
    var limit = RejectLimit.standard
    if let maxRejects {
      guard let read = RejectLimit(maxRejects) else {
        throw CommandFailure(
          .usage,
          """
          --max-rejects: error: "\(maxRejects)" is not a number of rows or a share such as 2%
          """)
      }
      limit = read
    }
    if mappings.count == 1 {
      return [
        ImportOrder(
          files: inputs, mapping: mappings[0], zone: zone, sheet: sheet, maxRejects: limit)
      ]
    }
    guard !mappings.isEmpty else {
      throw CommandFailure(
        .usage, "--mapping: error: there is none; give a preset (see attain mappings) or a file")
    }
    guard mappings.count == inputs.count else {
      throw CommandFailure(
        .usage,
        """
        --mapping: error: there are \(inputs.count) inputs and \(mappings.count) mappings; give \
        one -m for each -i, or one for all
        """)
    }
    var orders: [ImportOrder] = []
    for (input, mapping) in zip(inputs, mappings) {
      if let index = orders.firstIndex(where: { $0.mapping == mapping }) {
        orders[index].files.append(input)
      } else {
        orders.append(
          ImportOrder(files: [input], mapping: mapping, zone: zone, sheet: sheet, maxRejects: limit)
        )
      }
    }
    return orders
  }
}

/// Where rows come from: exports, or a workspace.
struct OriginOptions: ParsableArguments {
  @OptionGroup var input: InputOptions

  @Option(name: .shortAndLong, help: "A workspace to read, in place of -i and -m.")
  var workspace: String?

  @Option(help: "With -w: leave out what was imported after this instant. Default: everything.")
  var knownAt: Instant?

  func origin() throws(CommandFailure) -> TicketOrigin {
    guard let workspace else {
      guard knownAt == nil else {
        throw CommandFailure(
          .usage,
          "--known-at: error: only a workspace remembers what was known when; give one with -w")
      }
      return .files(try input.orders())
    }
    guard input.inputs.isEmpty else {
      throw CommandFailure(
        .usage, "--workspace: error: rows come from a workspace or from exports; give -w or -i")
    }
    if let other = input.nameOfOther {
      throw CommandFailure(
        .usage,
        "\(other): error: rows of a workspace were read already; give it to attain import -w")
    }
    return .workspace(workspace, knownAt: knownAt)
  }
}

/// What is calculated, and as of when.
struct CalculationOptions: ParsableArguments {
  @Option(
    name: [.customShort("a"), .customLong("agreement")],
    help: ArgumentHelp("An agreement file; may be repeated.", valueName: "agreement"))
  var agreements: [String] = []

  @Option(
    name: .shortAndLong,
    help: """
      2026-10, 2026-Q3, 2026, 2026-10-01..2026-10-15, last-month, month-to-date or all. \
      Default: last-month; of explain: all.
      """)
  var period: String?

  @Option(help: "The instant to calculate as of, with its offset. Default: now.")
  var asOf: Instant?

  @Option(help: "Fields to group by as well, separated by commas.")
  var by: String?

  @Option(
    help: """
      as-was: the rules valid then, today's rows; as-reported: rules and rows of the pack issued; \
      restated: the newest rules on all of the past. Default: as-was.
      """)
  var reading: ReadingOption?

  var fields: [String] {
    by?.split(separator: ",").map { String($0.drop { $0 == " " }) } ?? []
  }

  /// - Parameter period: What is calculated if no period is given.
  func job(
    now: Instant, period standard: String = "last-month"
  ) throws(CommandFailure) -> CalculateJob {
    guard !agreements.isEmpty else {
      throw CommandFailure(
        .usage, "--agreement: error: there is nothing to calculate; give an agreement with -a FILE")
    }
    var job = CalculateJob(
      agreements: try InputFiles.rulePaths(agreements), period: period ?? standard,
      asOf: asOf ?? now)
    job.by = fields
    if let reading { job.setReading(reading.rawValue) }
    return job
  }
}

/// How the past is read.
enum ReadingOption: String, ExpressibleByArgument, CaseIterable {
  case asReported = "as-reported"
  case asWas = "as-was"
  case restated
}
