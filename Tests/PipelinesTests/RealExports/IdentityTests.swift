import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Elapsed + paused (by party) + stopped + closed = wall time, for every promise of every real export.
///
/// Working hours are counted a second time, day by day.
@Suite(
  "Every promise of the real exports adds up",
  .enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct IdentityTests {
  struct Export: CustomTestStringConvertible, Sendable {
    let file: String
    let preset: String
    /// What stands for a waiting ticket, and for the end of one, in this source.
    let waiting: String
    var stop = "[resolved, closed]"
    /// Promises with a trace: all that were started.
    let traces: Int

    var testDescription: String { file }
  }

  private static let all = [
    Export(
      file: "uci-servicenow/incident_event_log.csv.gz", preset: "servicenow-audit-log",
      waiting: "Awaiting*", traces: 24_918),
    Export(
      file: "zendesk/tickets.csv", preset: "zendesk", waiting: "[Pending, Hold]", traces: 16_476),
    Export(file: "otrs/tickets.csv", preset: "otrs", waiting: "pending*", traces: 628),
    Export(file: "glpi/tickets.csv", preset: "glpi", waiting: "Pendente", traces: 148),
    Export(file: "glpi-ugly/tickets.csv", preset: "glpi", waiting: "Pendente", traces: 522),
    Export(file: "jira/jira-en.csv", preset: "jira-cloud", waiting: "Waiting*", traces: 22),
    Export(
      file: "jira/jira-es-service-management.csv", preset: "jira-cloud", waiting: "Esperando*",
      traces: 3),
    Export(
      file: "volvo-vinst/closed-problems.csv", preset: "vinst", waiting: "Queued",
      stop: "{status: Completed}", traces: 1_487),
    Export(
      file: "volvo-vinst/closed-problems-utc.csv", preset: "event-log", waiting: "Queued",
      stop: "{status: Completed}", traces: 1_487),
    Export(
      file: "italian-helpdesk/events.csv", preset: "event-log", waiting: "Wait",
      stop: "{status: Closed}", traces: 4_580),
  ]

  /// A promise that is broken by its first second, so that reports trace every one.
  private static func agreement(_ export: Export) -> String {
    """
    agreement: desk
    provider: IT
    customer: The company
    zone: UTC
    calendar: office
    calendars: {office: {zone: UTC, week: {mon-fri: "08:00-18:00"}}}
    tiers: {All: {}}
    clocks:
      resolution:
        start: opened
        stop: \(export.stop)
        pause: {status: \(export.waiting), party: customer}
    targets: [{clock: resolution, objective: 90%, within: 1s}]
    """
  }

  @Test("Stretches follow one another, and their hours are those of the week", arguments: all)
  func identities(_ export: Export) throws {
    let most = Effort.rounds(700, long: 1_000_000)
    let results = try RealExport(export.file, preset: export.preset, zone: "UTC").results(
      Self.agreement(export), asOf: "2026-08-01T00:00:00Z", traces: most)
    var promises: [String: PromiseRow] = [:]
    for promise in results.promises { promises[promise.ticket] = promise }
    #expect(promises.count == export.traces)
    // What took no working second is met, and has no trace.
    let traced = results.promises.filter { $0.verdict == .breached || $0.verdict == .overdue }
    #expect(results.traces.count == min(most, traced.count))
    #expect(!results.traces.isEmpty)
    for trace in results.traces {
      let promise = try #require(promises[trace.ticket])
      if let wrong = Self.problem(of: trace, promise, horizon: results.asOf) {
        Issue.record("\(trace.ticket): \(wrong)")
        return
      }
    }
  }

  private static func problem(
    of trace: TraceRecord, _ promise: PromiseRow, horizon: Int64
  ) -> String? {
    var at = promise.started ?? 0
    for stretch in trace.stretches {
      guard stretch.from == at, stretch.to >= at else { return "a hole at \(at)" }
      at = stretch.to
      let open = hours(from: stretch.from, to: stretch.to)
      let wall = stretch.to - stretch.from
      let expected: (Int64, Int64, Int64) =
        switch stretch.kind {
        case .counted: (open, 0, 0)
        case .paused: (0, open, 0)
        case .stopped: (0, 0, open)
        case .closed: (0, 0, 0)
        }
      guard (stretch.counted, stretch.paused, stretch.stopped) == expected,
        stretch.kind != .closed || open == 0,
        stretch.closed == wall - expected.0 - expected.1 - expected.2
      else { return "\(stretch) has \(open) working seconds" }
    }
    guard at == promise.stopped ?? at, promise.stopped != nil || at <= horizon else {
      return "ends at \(at)"
    }
    guard trace.elapsed + trace.paused + trace.stopped + trace.closed == trace.wall,
      trace.wall == at - (promise.started ?? 0), trace.elapsed == promise.elapsedSeconds,
      trace.paused == promise.pausedSeconds
    else { return "\(trace.elapsed) + \(trace.paused) + \(trace.stopped) + \(trace.closed)" }
    return nil
  }

  /// Seconds of Monday to Friday, 08:00 to 18:00 UTC, in `[from, to)`, day by day.
  private static func hours(from: Int64, to: Int64) -> Int64 {
    var sum: Int64 = 0
    var day = from / 86_400
    while day * 86_400 < to {
      // 1 January 1970 was a Thursday.
      if (day + 3) % 7 < 5 {
        let (opens, closes) = (day * 86_400 + 28_800, day * 86_400 + 64_800)
        sum += max(0, min(to, closes) - max(from, opens))
      }
      day += 1
    }
    return sum
  }
}
