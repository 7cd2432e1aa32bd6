import ReportDocuments
import Results
import ServiceTime

/// The missed promises of the period with their traces.
struct MissedWriter {
  /// What a page lists of one kind; the CSV file has all.
  static let mostListed = 500

  let pack: PackView

  var section: Section {
    let missed = pack.missed
    let period = pack.periodWords
    let count = pack.hasPromises ? missed.count : pack.total.missed
    guard count > 0 else {
      return Section(
        id: "missed", title: "Missed promises", mark: "0",
        blocks: [.paragraph("No promise was missed in \(period).")])
    }
    guard pack.hasPromises else {
      return Section(
        id: "missed", title: Self.title(count), contents: "Missed promises",
        mark: Words.grouped(count), markIsLate: true,
        blocks: [.paragraph("The single promises were not asked for.")])
    }
    let block = MissedPromises(
      title: "",
      subtitle: "Missed in \(period), worst first. Times are \(pack.agreement.zone).",
      items: missed.prefix(Self.mostListed).map(item), total: count)
    return Section(
      id: "missed", title: title(missed), contents: "Missed promises", mark: Words.grouped(count),
      markIsLate: true,
      startsPage: true, blocks: [.missed(block)])
  }

  private static func title(_ count: Int) -> String {
    count == 1
      ? "One promise was missed" : "\(Words.capitalised(Words.number(count))) promises were missed"
  }

  private func title(_ missed: [PromiseRow]) -> String {
    let start = Self.title(missed.count)
    guard let worst = missed.first, let within = worst.withinSeconds, within > 0 else {
      return start
    }
    let elapsed = worst.elapsedSeconds ?? 0
    let subject = missed.count == 1 ? "it took" : "the worst took"
    if elapsed >= 2 * within {
      let times = Int(elapsed / within)
      let words = times == 2 ? "twice" : "\(Words.number(times)) times"
      let more = elapsed % within == 0 ? "" : "more than "
      return "\(start); \(subject) \(more)\(words) the time allowed"
    }
    return "\(start); \(subject) \(DurationText.prose(elapsed - within)) too long"
  }

  private func item(_ promise: PromiseRow) -> MissedPromises.Item {
    let elapsed = promise.elapsedSeconds ?? 0
    let over = promise.over(at: pack.reported)
    let record = pack.trace(of: promise)
    return MissedPromises.Item(
      ticket: promise.ticket, clock: promise.clock, tier: promise.tier,
      verdict: promise.verdict.rawValue,
      opened: pack.moment(promise.started ?? promise.lost ?? pack.reported.start),
      lost: promise.lost.map(pack.moment), holder: promise.holder, elapsed: elapsed,
      within: promise.withinSeconds ?? elapsed - over, cause: cause(promise, record),
      trace: record.map { TraceWriter(pack: pack, record: $0, promise: promise).trace })
  }

  /// Where the time went, in one sentence.
  func cause(_ promise: PromiseRow, _ record: TraceRecord?) -> String {
    var parts = ["Counted \(DurationText.prose(promise.elapsedSeconds ?? 0))"]
    if let record {
      if record.closed > 0 { parts.append("closed \(DurationText.prose(record.closed))") }
      for (party, seconds) in TraceWriter.pauses(record) {
        parts.append(
          "paused \(DurationText.prose(seconds))" + (party.isEmpty ? "" : " by \(party)"))
      }
      if record.stopped > 0 {
        parts.append("stopped before a reopening \(DurationText.prose(record.stopped))")
      }
    } else if let paused = promise.pausedSeconds, paused > 0 {
      parts.append("paused \(DurationText.prose(paused))")
    }
    if !promise.holder.isEmpty { parts.append("held by \(promise.holder)") }
    if promise.withinSeconds == nil { parts.append("judged by its own due date") }
    if promise.verdict == .overdue { parts.append("still open") }
    if let earlier = promise.reversedFrom {
      parts.append("counted as met in \(Words.period(earlier, year: true)) before it was reopened")
    }
    if let cycle = promise.cycle, cycle > 1 { parts.append("cycle \(cycle) of its clock") }
    if !promise.reason.isEmpty { parts.append(promise.reason) }
    return parts.joined(separator: ", ") + "."
  }
}
