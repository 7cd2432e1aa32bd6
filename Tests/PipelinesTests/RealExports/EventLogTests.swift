import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct EventLogTests {
  /// The masked columns of the text file and the codes of the other name the same states.
  private static let problemsAgreement =
    """
    agreement: problems
    title: Problem management
    kind: ola
    provider: Third line
    customer: The company
    zone: Europe/Stockholm
    calendar: always
    tiers:
      All: {}
    clocks:
      resolution:
        start: opened
        stop: {status: [Closed, Cancelled]}
        pause: {status: Wait, party: customer}
    targets:
      - {clock: resolution, objective: 95%, within: 2400h}
    """

  private static let text = """
    mapping: vinst
    rows: events
    timestamps: iso
    encoding: iso-8859-1
    ticket: {id: Problem Number, at: Problem Change Date+Time, status: Problem Sub Status}
    """

  private static let coded = """
    mapping: vinst
    rows: events
    timestamps: auto
    ticket: {id: CaseID, at: Timestamp, status: Activity}
    values:
      status: {"0": Awaiting Assignment, "1": In Progress, "2": Assigned, "3": Closed, "4": Wait,
               "5": Unmatched, "6": Cancelled}
    """

  /// What a promise came to, without the ticket's name, which the files do not share.
  private struct Outcome: Hashable, Comparable {
    let started: Int64
    let stopped: Int64
    let elapsed: Int64
    let paused: Int64
    let verdict: Verdict

    init(_ promise: PromiseRow) throws {
      started = try #require(promise.started)
      stopped = promise.stopped ?? 0
      elapsed = try #require(promise.elapsedSeconds)
      paused = try #require(promise.pausedSeconds)
      verdict = promise.verdict
    }

    static func < (a: Outcome, b: Outcome) -> Bool {
      (a.started, a.stopped, a.elapsed, a.paused) < (b.started, b.stopped, b.elapsed, b.paused)
    }
  }

  @Test("Both files of the problem log give the same intervals, summer and winter")
  func problems() throws {
    let agreement = Self.problemsAgreement
    let asOf = "2012-06-01T00:00:00Z"
    let local = try RealExport(["volvo-vinst/closed-problems.csv"], mapping: Self.text)
      .results(agreement, asOf: asOf)
    let utc = try RealExport(["volvo-vinst/closed-problems-utc.csv"], mapping: Self.coded)
      .results(agreement, asOf: asOf)
    #expect(local.promises.count == 1_487)
    let outcomes = try local.promises.map { try Outcome($0) }.sorted()
    #expect(try utc.promises.map { try Outcome($0) }.sorted() == outcomes)
    #expect(outcomes.allSatisfy { $0.stopped > 0 }, "the last event of every problem is Closed")
    #expect(outcomes.contains { $0.paused > 0 })
    #expect(local.figures.map(\.counts) == utc.figures.map(\.counts))
    try local.checkLedgers()
    try utc.checkLedgers()
  }

  private static let helpDesk = """
    agreement: help-desk
    title: Help desk
    kind: sla
    provider: Support
    customer: The customers
    zone: Europe/Rome
    calendar: always
    tiers:
      All: {}
    clocks:
      resolution:
        start: opened
        stop: {status: [Resolve ticket, Closed]}
        pause: {status: Wait, party: customer}
    targets:
      - {clock: resolution, objective: 90%, within: 1s}
    """

  private static let helpDeskMapping = """
    mapping: helpdesk
    rows: events
    timestamps: iso
    ticket: {id: "case:concept:name", at: "time:timestamp", status: Activity}
    """

  /// An event as the file has it, for a count of the pauses by hand.
  private typealias Event = (at: Int64, status: String)

  private static func events(of table: TicketTable) throws -> [String: [Event]] {
    let history = try #require(table.history)
    let status = try #require(table.fieldIndex("status"))
    var events: [String: [Event]] = [:]
    for ticket in 0..<table.count {
      events[table.ids[ticket]] = history.range(of: ticket)
        .filter { history.subject($0) == .field(status) }
        .map { (history.seconds[$0], table.fields[status].dictionary[history.values[$0]]) }
    }
    return events
  }

  @Test("A help desk's Wait pauses until the next event, and the clock stops at Resolve ticket")
  func helpDesk() throws {
    let export = try RealExport(["italian-helpdesk/events.csv"], mapping: Self.helpDeskMapping)
    let asOf = try #require(Instant(iso: "2014-06-01T00:00:00Z"))
    let results = try export.results(Self.helpDesk, asOf: asOf.iso, traces: 5_000)
    #expect(results.promises.count == 4_580)
    try results.checkLedgers()

    let events = try Self.events(of: export.table)
    var waits = 0
    for promise in results.promises {
      let list = try #require(events[promise.ticket])
      var paused: Int64 = 0
      var elapsed: Int64 = 0
      for (index, event) in list.enumerated() {
        let isStop = ["Resolve ticket", "Closed"].contains(event.status)
        if isStop, !list[index...].contains(where: { !Self.isStop($0.status) }) { break }
        let next = index + 1 < list.count ? list[index + 1].at : asOf.seconds
        if event.status == "Wait" {
          paused += next - event.at
          waits += 1
        } else if !isStop {
          elapsed += next - event.at
        }
      }
      guard promise.pausedSeconds == paused, promise.elapsedSeconds == elapsed else {
        Issue.record("\(promise.ticket): \(paused) paused and \(elapsed) elapsed by hand")
        return
      }
    }
    #expect(waits == 1_350, "of 1,463 events, 113 repeat the status the ticket was in")
    let automatic = results.promises.filter { promise in
      events[promise.ticket]?.last?.status == "Closed" && promise.stopped != nil
        && (events[promise.ticket]?.last?.at ?? 0) > (promise.stopped ?? 0)
    }
    #expect(automatic.count > 4_500, "Closed comes days later and does not move the stop")
  }

  private static func isStop(_ status: String) -> Bool {
    status == "Resolve ticket" || status == "Closed"
  }
}
