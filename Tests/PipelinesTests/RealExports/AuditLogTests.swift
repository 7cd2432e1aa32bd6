import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// The ServiceNow audit log: 141,712 versions of 24,918 incidents.
@Suite(.enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct AuditLogTests {
  /// Read and calculated once, because it is the largest.
  private static let export = Result {
    try RealExport(
      "uci-servicenow/incident_event_log.csv.gz", preset: "servicenow-audit-log",
      zone: "America/Sao_Paulo", wanted: ["resolved", "closed", "status", "priority"])
  }

  private static let asOf = "2017-06-01T00:00:00Z"

  private static let everything = Result {
    try export.get().results(agreement, asOf: asOf, traces: 2_000)
  }

  /// A promise so short that every incident is either met at once or lost.
  private static let agreement = """
    agreement: incidents
    title: Incidents
    kind: sla
    provider: IT
    customer: The company
    zone: America/Sao_Paulo
    calendar: always
    tiers:
      P1: {priority: 1}
      P2: {priority: 2}
      P3: {priority: 3}
      P4: {priority: 4}
    clocks:
      resolution:
        start: opened
        stop: resolved
        pause:
          - {status: Awaiting User Info, party: customer}
          - {status: Awaiting Vendor, party: supplier}
          - {status: "Awaiting *", party: provider}
    targets:
      - {clock: resolution, objective: 95%, within: 1s}
    """

  @Test("141,712 rows are 24,918 incidents, and every row, ticket and promise is in the ledger")
  func ledger() throws {
    let results = try Self.everything.get()
    let rows = results.ledgers[0].rows.map { "\($0.name) \($0.count)" }
    #expect(
      rows == [
        "read 141712", "rejected 0", "unchanged 0", "superseded 0", "history 116794",
        "tickets 24918",
      ])
    #expect(results.promises.count == 24_918)
    try results.checkLedgers()
  }

  @Test("The source's own flag is taken from the last version, by the last priority")
  func reported() throws {
    let reported = try Self.everything.get().reported
    let met = reported.map { "\($0.tier) \($0.met)/\($0.met + $0.breached + $0.unknown)" }
    #expect(met == ["P1 5/270", "P2 2/408", "P3 15145/23466", "P4 651/774"])
    #expect(reported.reduce(0) { $0 + $1.met } == 15_803)
  }

  @Test("The matrix holds each incident once, and counts the source's flags as they are")
  func reconciled() throws {
    let results = try Self.everything.get()
    let said = try #require(try Self.export.get().table.reported).values
    let table = try Self.export.get().table
    var flags: [String: ReportedVerdicts.Value] = [:]
    for ticket in 0..<table.count { flags[table.ids[ticket]] = said[ticket] }
    var both = [0, 0, 0, 0, 0]
    for promise in results.promises {
      let isMet = flags[promise.ticket] == .met
      switch promise.verdict {
      case .met: both[isMet ? 0 : 1] += 1
      case .breached: both[isMet ? 2 : 3] += 1
      default: both[4] += 1
      }
    }
    let rows = try #require(results.reconciliation)
    let cells = rows.reduce(into: [0, 0, 0, 0, 0]) { sums, row in
      let row = [row.metMet, row.metBreached, row.missedMet, row.missedBreached, row.notJudged]
      for index in row.indices { sums[index] += row[index] }
    }
    #expect(cells == both)
    #expect(cells.reduce(0, +) == 24_918)
    let found = try #require(results.disagreements)
    #expect(found.count == cells[1] + cells[2])
    #expect(rows.reduce(0) { $0 + $1.reasons.reduce(0) { $0 + $1.count } } == found.count)
  }

  @Test("368 incidents end with another priority than the one they began with")
  func priorityChanges() throws {
    let table = try Self.export.get().table
    let priority = table.fields[try #require(table.fieldIndex("priority"))]
    let initial = try #require(priority.initialCodes)
    #expect(zip(initial, priority.codes).count { $0 != $1 } == 368)
  }

  @Test("39 incidents opened and resolved in the same minute are met with elapsed 0")
  func resolvedAtOnce() throws {
    let met = try Self.everything.get().promises.filter {
      $0.started == $0.stopped && $0.stopped != nil
    }
    #expect(met.count == 39)
    #expect(met.allSatisfy { $0.verdict == .met && $0.elapsedSeconds == 0 })
  }

  @Test("1,556 incidents end without being resolved, and are missed only if lost before")
  func endedWithoutAStop() throws {
    let never = try Self.everything.get().promises.filter { $0.stopped == nil }
    #expect(never.count == 1_556)
    #expect(never.allSatisfy { $0.verdict == .breached || $0.reason == "ended without a stop" })
    // Against a promise that no incident can break, all of them are unmeasurable.
    let generous = Self.agreement.replacing("within: 1s", with: "within: 100000h")
    let results = try Self.export.get().results(generous, asOf: Self.asOf)
    #expect(results.counts() == [.met: 24_918 - 1_556, .unmeasurable: 1_556])
    #expect(
      results.promises.allSatisfy {
        $0.verdict == .met || $0.reason == "ended without a stop"
      })
  }

  @Test("Every trace adds up to the wall time and to what its promise says")
  func identities() throws {
    let results = try Self.everything.get()
    var promises: [String: PromiseRow] = [:]
    for promise in results.promises { promises[promise.ticket] = promise }
    #expect(results.traces.count == 2_000)
    for trace in results.traces {
      let promise = try #require(promises[trace.ticket])
      let end = try #require(trace.stretches.last?.to)
      guard trace.elapsed + trace.paused + trace.stopped + trace.closed == trace.wall,
        trace.wall == end - (promise.started ?? 0), trace.elapsed == promise.elapsedSeconds,
        trace.paused == promise.pausedSeconds
      else {
        Issue.record("the trace of \(trace.ticket) does not add up")
        return
      }
    }
  }

  /// The status of an incident over time, one entry an instant, and how often it went from one
  /// waiting state to another.
  private struct Waiting {
    var spells: [(from: Int64, isWaiting: Bool)] = []
    var switches = 0

    init(_ ticket: Int, of table: TicketTable, opened: Int64) throws {
      let history = try #require(table.history)
      let status = try #require(table.fieldIndex("status"))
      let dictionary = table.fields[status].dictionary
      var current = table.fields[status].initialCodes?[ticket] ?? 0
      spells.append((opened, dictionary[current].hasPrefix("Awaiting")))
      for change in history.range(of: ticket) where history.subject(change) == .field(status) {
        let next = history.values[change]
        let at = history.seconds[change]
        let isWaiting = dictionary[next].hasPrefix("Awaiting")
        if next != current, isWaiting, dictionary[current].hasPrefix("Awaiting") { switches += 1 }
        current = next
        if spells.last?.from == at { spells.removeLast() }
        spells.append((at, isWaiting))
      }
    }

    func seconds(from start: Int64, to end: Int64) -> Int64 {
      var sum: Int64 = 0
      for (index, spell) in spells.enumerated() where spell.isWaiting {
        let next = index + 1 < spells.count ? spells[index + 1].from : end
        sum += max(0, min(next, end) - max(spell.from, start))
      }
      return sum
    }
  }

  @Test("Awaiting ... pauses the clock, and 157 switches from one such state to another keep it so")
  func waiting() throws {
    let table = try Self.export.get().table
    let opened = try table.instants(of: "opened")
    let closed = try table.instants(of: "closed")
    var promises: [String: PromiseRow] = [:]
    for promise in try Self.everything.get().promises { promises[promise.ticket] = promise }
    var switches = 0
    var paused = 0
    for ticket in 0..<table.count {
      let id = table.ids[ticket]
      let waiting = try Waiting(ticket, of: table, opened: try #require(opened[id]))
      switches += waiting.switches
      let promise = try #require(promises[id])
      guard let start = promise.started, let end = promise.stopped ?? closed[id],
        let seconds = promise.pausedSeconds
      else { continue }
      let byHand = waiting.seconds(from: start, to: end)
      if byHand > 0 { paused += 1 }
      guard seconds == byHand, promise.elapsedSeconds == end - start - byHand else {
        Issue.record("\(id): waited \(byHand) s, but \(seconds) s are paused")
        return
      }
    }
    #expect(switches == 157)
    #expect(paused > 5_000)
  }

  @Test(
    "274 incidents whose first version, minutes after the opening, is Resolved took those minutes")
  func firstVersionResolved() throws {
    let export = try Self.export.get()
    let table = try export.table
    let history = try #require(table.history)
    let status = try #require(table.fieldIndex("status"))
    let dictionary = table.fields[status].dictionary
    var late: Set<String> = []
    for ticket in 0..<table.count where table.fields[status].initialCodes?[ticket] == 0 {
      let first = history.range(of: ticket).first { history.subject($0) == .field(status) }
      let code = history.values[try #require(first)]
      if ["Resolved", "Closed"].contains(dictionary[code]) { late.insert(table.ids[ticket]) }
    }
    #expect(late.count == 274)
    let byStatus = Self.agreement.replacing(
      "stop: resolved", with: "stop: {status: [Resolved, Closed]}")
    let promises = try export.results(byStatus, asOf: Self.asOf).promises
    #expect(promises.count { $0.stopped != nil } == 24_918)
    let minutes = promises.filter { late.contains($0.ticket) }
    #expect(minutes.allSatisfy { ($0.elapsedSeconds ?? 0) >= 60 })
  }

  @Test("What import -o writes gives the same results")
  func roundTrip() throws {
    let before = try Self.everything.get()
    let after = try Self.export.get().roundTrip(wanted: [
      "resolved", "closed", "status", "priority",
    ])
    .results(Self.agreement, asOf: Self.asOf)
    #expect(after.figures == before.figures)
    #expect(after.reported == before.reported)
    #expect(after.promisesWithoutPlaces == before.promisesWithoutPlaces)
  }
}
