import ReportDocuments
import Results
import ServiceTime

/// How one promise was counted, as stretches and two lines that can be checked by hand.
struct TraceWriter {
  let pack: PackView
  let record: TraceRecord
  let promise: PromiseRow

  var trace: Trace {
    var running: Int64 = 0
    let stretches = record.stretches.map { stretch in
      running += stretch.counted
      return Trace.Stretch(
        from: pack.moment(stretch.from), to: pack.moment(stretch.to),
        kind: Trace.Kind(rawValue: stretch.kind.rawValue) ?? .counted, state: state(stretch),
        counted: stretch.counted, paused: stretch.paused, closed: stretch.closed,
        stopped: stretch.stopped, runningTotal: running, line: stretch.line,
        registerLine: stretch.entry?.line ?? 0, rule: stretch.rule ?? "")
    }
    return Trace(
      stretches: stretches, lost: promise.lost.map(pack.moment), identity: identity,
      comparison: comparison, lines: lines)
  }

  /// What the lines are those of; names of files stay out of a pack.
  private var lines: String {
    let exported = record.stretches.contains { $0.line > 0 }
    let registered = record.stretches.contains { $0.entry != nil }
    guard exported || registered else { return "" }
    let places =
      (exported ? ["the export of \(record.source)"] : [])
      + (registered ? ["the register of exclusions"] : [])
    return "Lines are those of \(places.joined(separator: " and "))."
  }

  /// The status and what it does to the clock; where there is a rule, it says by whom and why.
  private func state(_ stretch: TraceRecord.Stretch) -> String {
    let status = stretch.state.isEmpty ? nil : stretch.state
    switch stretch.kind {
    case .paused where stretch.rule != nil: return (status.map { $0 + ", " } ?? "") + "paused"
    case .closed where stretch.rule != nil: return status ?? "closed"
    case .paused:
      return "paused: \(stretch.party)" + (stretch.reason.map { " (\($0))" } ?? "")
        + (stretch.state.isEmpty ? "" : ", \(stretch.state)")
    case .closed: return "closed hours" + (stretch.state.isEmpty ? "" : ", \(stretch.state)")
    case .counted: return stretch.state.isEmpty ? "open" : stretch.state
    case .stopped: return stretch.state.isEmpty ? "stopped" : stretch.state
    }
  }

  /// Paused seconds by party, in the order in which the parties first paused.
  static func pauses(_ record: TraceRecord) -> [(party: String, seconds: Int64)] {
    var parties: [(party: String, seconds: Int64)] = []
    for stretch in record.stretches where stretch.paused > 0 {
      if let known = parties.firstIndex(where: { $0.party == stretch.party }) {
        parties[known].seconds += stretch.paused
      } else {
        parties.append((stretch.party, stretch.paused))
      }
    }
    if let total = record.reportedPause, total > 0 { parties.append(("", total)) }
    return parties
  }

  private var identity: String {
    let pauses = Self.pauses(record).map {
      $0.party.isEmpty
        ? "\(DurationText.clock($0.seconds)) as reported"
        : "\(DurationText.clock($0.seconds)) \($0.party)"
    }
    let parties = pauses.isEmpty ? "" : " (\(pauses.joined(separator: ", ")))"
    return "elapsed \(DurationText.clock(record.elapsed)) + paused "
      + "\(DurationText.clock(record.paused))\(parties) + stopped "
      + "\(DurationText.clock(record.stopped)) + closed hours "
      + "\(DurationText.clock(record.closed)) = wall time \(DurationText.clock(record.wall))"
  }

  private var comparison: String {
    let elapsed = DurationText.clock(promise.elapsedSeconds ?? record.elapsed)
    guard let within = promise.withinSeconds else {
      let due = promise.due.map { Words.moment(pack.moment($0)) } ?? "its due date"
      return "judged by its due date \(due): \(promise.verdict.rawValue)"
    }
    let isOver = (promise.elapsedSeconds ?? 0) > within
    let verb = isOver ? "exceeds" : "does not exceed"
    return "elapsed \(elapsed) \(verb) within \(DurationText.clock(within)): "
      + promise.verdict.rawValue
  }
}
