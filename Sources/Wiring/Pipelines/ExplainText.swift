package import Results
import ServiceTime

/// The explanation of a verdict as text: the intervals, the identity, the comparison.
package enum ExplainText {
  /// A row of an export.
  package struct Row: Hashable, Sendable {
    package let file: String
    package let line: Int
    package let remark: String

    package init(file: String, line: Int, remark: String = "") {
      self.file = file
      self.line = line
      self.remark = remark
    }
  }

  /// - Parameter row: Names the row that was read at a line.
  package static func text(
    promise: PromiseRow, trace: TraceRecord?, summary: AgreementSummary, row: (Int) -> Row
  ) -> String {
    let own = row(promise.line)
    var lines: [String] = []
    lines.append(
      "\(promise.ticket) (\(promise.source)), \(promise.clock), \(promise.tier), "
        + "\(summary.title)" + (promise.cycle.map { ", cycle \($0)" } ?? "")
        + ": \(promise.verdict.rawValue)"
        + (promise.reason.isEmpty ? "" : " (\(promise.reason))"))
    lines.append("  row of \(own.file), line \(own.line)\(own.remark); times in \(summary.zone)")
    for (name, instant) in [
      ("started", promise.started), ("stopped", promise.stopped), ("due", promise.due),
      ("lost", promise.lost), ("decided", promise.decided),
    ] {
      guard let instant else { continue }
      lines.append("  " + pad(name, 9) + local(instant, summary))
    }
    if let from = promise.reversedFrom {
      lines.append("  reversed: counted as met in \(from), lost after it was reopened")
    }
    if let trace {
      lines.append("")
      lines += table(trace, lost: promise.lost, summary: summary) { stretch in
        guard let row = Self.row(of: stretch, row) else { return "" }
        let isOwn = row.file == own.file && row.remark == own.remark
        return isOwn ? " (line \(row.line))" : " (\(row.file) line \(row.line)\(row.remark))"
      }
      lines.append("")
      lines.append("  " + identity(of: trace))
      if let line = otherCalendar(trace, within: promise.withinSeconds) {
        lines.append("  " + line)
      }
    }
    lines.append("  " + comparison(of: promise))
    return lines.map(TextTable.printable).joined(separator: "\n") + "\n"
  }

  /// The row that began a stretch, or the entry of a register; `nil` if it is not known.
  static func row(of stretch: TraceRecord.Stretch, _ row: (Int) -> Row) -> Row? {
    if let entry = stretch.entry {
      return Row(file: entry.file ?? "the register", line: entry.line)
    }
    let found = stretch.line > 0 ? row(stretch.line) : nil
    return found.flatMap { $0.line > 0 ? $0 : nil }
  }

  private static func table(
    _ trace: TraceRecord, lost: Int64?, summary: AgreementSummary,
    row: (TraceRecord.Stretch) -> String
  ) -> [String] {
    var lines = [
      "  " + pad("from", 19) + "  " + pad("to", 19)
        + ["counted", "paused", "stopped", "closed", "in all"].map { left($0, 11) }.joined()
        + "  state"
    ]
    var total = -(trace.reportedPause ?? 0)
    if let pause = trace.reportedPause {
      lines.append(
        "  a pause of \(DurationText.clock(pause)) that the source gives as a total")
    }
    for stretch in trace.stretches {
      if stretch.from == lost { lines.append("  lost here") }
      total += stretch.counted
      let figures = [stretch.counted, stretch.paused, stretch.stopped, stretch.closed, total]
      lines.append(
        "  " + pad(local(stretch.from, summary), 19) + "  " + pad(local(stretch.to, summary), 19)
          + figures.map { left(signed($0), 11) }.joined() + "  " + state(stretch)
          + row(stretch) + (stretch.rule.map { ": " + $0 } ?? ""))
    }
    return lines
  }

  /// The status and what it does to the clock; the rule behind it says by whom and why.
  private static func state(_ stretch: TraceRecord.Stretch) -> String {
    let status = stretch.state.isEmpty ? nil : stretch.state
    switch stretch.kind {
    case .counted: return status ?? "open"
    case .paused: return (status.map { $0 + ", " } ?? "") + "paused"
    case .stopped: return (status.map { $0 + ", " } ?? "") + "stopped"
    case .closed:
      let pause = stretch.party.isEmpty ? "" : ", paused by \(stretch.party)"
      return (status ?? "open") + pause
    }
  }

  /// `elapsed + paused (by party) + stopped + closed hours = wall time`, with its figures.
  package static func identity(of trace: TraceRecord) -> String {
    var parties: [(name: String, seconds: Int64)] = []
    for stretch in trace.stretches where stretch.paused > 0 {
      if let index = parties.firstIndex(where: { $0.name == stretch.party }) {
        parties[index].seconds += stretch.paused
      } else {
        parties.append((stretch.party, stretch.paused))
      }
    }
    if let pause = trace.reportedPause { parties.append(("as reported", pause)) }
    let paused =
      parties.isEmpty
      ? "paused 0:00:00"
      : parties.map { "paused \(DurationText.clock($0.seconds)) (\($0.name))" }
        .joined(separator: " + ")
    return "elapsed \(signed(trace.elapsed)) + \(paused) + stopped "
      + "\(DurationText.clock(trace.stopped)) + closed hours \(DurationText.clock(trace.closed))"
      + " = wall time \(DurationText.clock(trace.wall))"
  }

  /// What the last calendar alone would have made of a promise that was counted on several.
  private static func otherCalendar(_ trace: TraceRecord, within: Int64?) -> String? {
    guard let seconds = trace.onLastCalendar,
      let last = trace.stretches.last(where: { $0.isCounting || !$0.party.isEmpty })
    else { return nil }
    let relation = within.map { seconds > $0 ? "exceeds within" : "does not exceed within" }
    return "each stretch counts on its own calendar; on \(last.calendar), the last, alone it would "
      + "be \(DurationText.clock(seconds)) (\(seconds) s)"
      + (relation.map { ", which \($0)" } ?? "")
  }

  static func comparison(of promise: PromiseRow) -> String {
    let verdict = promise.verdict.rawValue
    guard let elapsed = promise.elapsedSeconds else { return "\(verdict): \(promise.reason)" }
    guard let within = promise.withinSeconds else {
      return promise.due == nil
        ? "elapsed \(DurationText.clock(elapsed)); the tier has no time allowed: \(verdict)"
        : "judged by the due date: \(verdict)"
    }
    let relation = elapsed > within ? "exceeds" : "does not exceed"
    return "elapsed \(DurationText.clock(elapsed)) (\(elapsed) s) \(relation) within "
      + "\(DurationText.clock(within)) (\(within) s): \(verdict)"
  }

  private static func local(_ instant: Int64, _ summary: AgreementSummary) -> String {
    let text = Instant(seconds: summary.localSeconds(at: instant)).iso
    return String(text.dropLast().map { $0 == "T" ? " " : $0 })
  }

  private static func signed(_ seconds: Int64) -> String {
    seconds < 0 ? "-" + DurationText.clock(-seconds) : DurationText.clock(seconds)
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func left(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
