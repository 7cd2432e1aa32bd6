import FoundationEssentials
import Results

/// A ticket's promises as `explain -f json` tells them: `attain.explanation/1`.
struct Explanation: Codable {
  static let currentFormat = "attain.explanation/1"

  struct Row: Codable {
    let file: String
    let line: Int
    /// Of a row from a workspace, when it was imported.
    let remark: String?

    init(_ row: ExplainText.Row) {
      (file, line) = (row.file, row.line)
      remark = row.remark.isEmpty ? nil : row.remark
    }
  }

  struct Stretch: Codable {
    let from: Int64
    let to: Int64
    let kind: TraceRecord.Kind
    let state: String
    /// Whose time it is: the provider while the clock goes, the party that pauses it; `nil` if
    /// nobody's.
    let whose: String?
    let rule: String
    let counted: Int64
    let paused: Int64
    let stopped: Int64
    let closed: Int64
    /// Counted seconds from the start to the end of this stretch.
    let runningTotal: Int64
    let calendar: String
    let tier: String
    /// The row that began it, or the entry of a register; `nil` if it is not known.
    let row: Row?
  }

  struct Pause: Codable {
    let party: String
    let seconds: Int64
  }

  /// elapsed + paused + stopped + closed = wall.
  struct Identity: Codable {
    let elapsed: Int64
    let paused: [Pause]
    let stopped: Int64
    let closed: Int64
    let wall: Int64
  }

  struct Explained: Codable {
    let agreement: String
    let provider: String
    let zone: String
    let promise: PromiseRow
    let row: Row
    let stretches: [Stretch]
    let identity: Identity?
    /// In words, as the text form ends.
    let comparison: String
  }

  let format: String
  let tool: String
  let asOf: Int64
  let ticket: String
  let promises: [Explained]

  init(
    ticket: String, asOf: Int64, promises: [Explained]
  ) {
    format = Self.currentFormat
    tool = Tool.name
    self.asOf = asOf
    self.ticket = ticket
    self.promises = promises
  }

  /// Keys sorted, one line, numbers as integers.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension Explanation.Explained {
  init(
    promise: PromiseRow, trace: TraceRecord?, summary: AgreementSummary,
    row: (Int) -> ExplainText.Row
  ) {
    agreement = summary.name
    provider = summary.provider
    zone = summary.zone
    self.promise = promise
    self.row = .init(row(promise.line))
    var total = -(trace?.reportedPause ?? 0)
    stretches = (trace?.stretches ?? []).map { stretch in
      total += stretch.counted
      let party = stretch.party.isEmpty ? nil : stretch.party
      return Explanation.Stretch(
        from: stretch.from, to: stretch.to, kind: stretch.kind, state: stretch.state,
        whose: stretch.kind == .counted ? summary.provider : party, rule: stretch.rule ?? "",
        counted: stretch.counted, paused: stretch.paused, stopped: stretch.stopped,
        closed: stretch.closed, runningTotal: total, calendar: stretch.calendar,
        tier: stretch.tier, row: ExplainText.row(of: stretch, row).map(Explanation.Row.init))
    }
    identity = trace.map { trace in
      .init(
        elapsed: trace.elapsed, paused: Self.pauses(of: trace), stopped: trace.stopped,
        closed: trace.closed, wall: trace.wall)
    }
    comparison = ExplainText.comparison(of: promise)
  }

  /// By party, in the order of first mention; a total that the source gives comes last.
  private static func pauses(of trace: TraceRecord) -> [Explanation.Pause] {
    var names: [String] = []
    var sums: [String: Int64] = [:]
    for stretch in trace.stretches where stretch.paused > 0 {
      if sums[stretch.party] == nil { names.append(stretch.party) }
      sums[stretch.party, default: 0] += stretch.paused
    }
    if let pause = trace.reportedPause {
      names.append("as reported")
      sums["as reported"] = pause
    }
    return names.map { .init(party: $0, seconds: sums[$0] ?? 0) }
  }
}
