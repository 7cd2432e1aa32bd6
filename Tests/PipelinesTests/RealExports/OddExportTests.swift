import Agreements
import Calculation
import Importing
import Messages
import Pipelines
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct OddExportTests {
  @Test("Outages add up to 12,132 seconds, and to 11,687 without what overlaps, in 95 stretches")
  func outages() throws {
    let export = try RealExport(
      ["outages/outages.csv"],
      mapping: """
        mapping: outages
        rows: intervals
        zone: UTC
        timestamps: auto
        ticket: {id: id, start: start, end: end}
        """)
    let table = try #require(try export.outcome.intervals)
    #expect(table.ledger.read == 101)
    #expect(table.ledger.tiesOut)
    let intervals = zip(table.starts, table.ends).compactMap { start, end in
      ClockInterval(from: Instant(seconds: start), to: Instant(seconds: end))
    }
    #expect(intervals.count == 101)
    #expect(intervals.reduce(0) { $0 + $1.seconds } == 12_132)
    let merged = ClockInterval.merged(intervals)
    #expect(merged.count == 95)
    #expect(merged.reduce(0) { $0 + $1.seconds } == 11_687)
  }

  @Test("The availability of those outages: 11,687 s down, 95 failures")
  func availability() throws {
    let export = try RealExport(
      ["outages/outages.csv"],
      mapping: """
        mapping: outages
        rows: intervals
        zone: UTC
        timestamps: auto
        ticket: {id: id, start: start, end: end}
        """)
    var agreement = Agreement(
      name: "shop", title: "Shop", kind: .sla, provider: "IT", customer: .fixed("Retail"),
      zone: .utc, validFrom: nil, validUntil: nil, scope: .anything, tiers: [], clocks: [],
      targets: [])
    agreement.obligations = [
      Obligation(
        name: "shop", title: "Shop", by: "IT", to: "Retail", rows: .init(source: "outages"),
        terms: .availability(.init(calendar: .always(zone: .utc))))
    ]
    agreement.obligations[0].objective = Objective(millionthsOfPercent: 99_500_000)
    var request = CalculationRequest(
      tables: [], agreements: [[agreement]], asOf: Instant(seconds: 1_593_561_600),
      period: "2020-05")
    request.intervals = export.loaded.intervals
    let records = try #require(try Calculator(request).results().obligations)
    let figures = try #require(records[0].periods.first?.availability)
    #expect(figures.downSeconds == 11_687)
    #expect(figures.failures == 95)
    #expect(figures.agreedSeconds == 2_678_400)
    #expect(records[0].outages?.count == 95)
  }

  @Test(
    "Both Jira exports come in whole, with repeated headers, and are calculated",
    arguments: [
      ("jira/jira-en.csv", "America/New_York", 22, 10),
      ("jira/jira-es-service-management.csv", "Europe/Madrid", 3, 0),
    ])
  func jira(file: String, zone: String, count: Int, resolved: Int) throws {
    let export = try RealExport(file, preset: "jira-cloud", zone: zone)
    let table = try export.table
    #expect(table.count == count)
    #expect(table.ledger.tiesOut)
    #expect(try export.outcome.rejectedRows == 0)
    let results = try export.results(
      """
      agreement: project
      title: Project
      kind: sla
      provider: The team
      customer: {field: customer}
      zone: \(zone)
      calendar: always
      tiers: {Medium: {priority: Medium}}
      clocks:
        resolution: {start: opened, stop: resolved}
      targets:
        - {clock: resolution, objective: 80%, within: 10000h}
      """, asOf: "2026-08-01T00:00:00Z")
    #expect(
      results.counts() == [.met: resolved, .running: count - resolved].filter { $0.value > 0 })
    #expect(Set(results.promises.map(\.customer)).isSubset(of: ["TES", "IHS"]))
    try results.checkLedgers()
  }

  @Test("A repeated Jira header is found by its number, and what it holds is kept")
  func jiraRepeatedHeader() throws {
    let export = try RealExport(
      ["jira/jira-en.csv"],
      mapping: """
        mapping: jira
        rows: tickets
        zone: America/New_York
        ticket: {id: Issue key, opened: Created, resolved: Resolved, due: Due date,
                 second_watcher: "Watchers#2", third_comment: "Comment#3"}
        """)
    let table = try export.table
    let watchers = try table.values(of: "second_watcher")
    #expect(watchers.values.count { $0 == "Person 005" } == 4)
    #expect(watchers.values.count { $0.isEmpty } == 14)
    #expect(try table.values(of: "third_comment").values.count { !$0.isEmpty } == 3)
    // 12:00 AM is midnight, at UTC-4.
    #expect(
      Set(try table.instants(of: "due").values) == [
        try #require(Instant(iso: "2025-09-17T04:00:00Z")).seconds,
        try #require(Instant(iso: "2025-09-18T04:00:00Z")).seconds,
      ])
  }

  @Test("The ugly GLPI list comes in whole; dates lose their percentage, ids their blank")
  func uglyGLPI() throws {
    let export = try RealExport("glpi-ugly/tickets.csv", preset: "glpi", zone: "America/Recife")
    let table = try export.table
    #expect(table.count == 522)
    #expect(try export.outcome.rejectedRows == 0)
    #expect(table.ledger.tiesOut)
    #expect(table.ids[0] == "2553")
    let due = try table.instants(of: "due")
    #expect(due.count == 522 - 78)
    #expect(try table.instants(of: "response_due").count == 522 - 65)
    #expect(due["2556"] == Instant(iso: "2025-09-11T11:08:00Z")?.seconds)
    #expect(table.moments.allSatisfy { !$0.seconds.contains(MomentColumn.unreadable) })
    #expect(
      try export.outcome.findings.map(\.message.text).contains {
        $0.contains("one delimiter more")
      } == false, "the header has the empty column too")
  }

  @Test("The list without a solved date cannot be judged by it, and says so instead of guessing")
  func uglyGLPIVerdicts() throws {
    let export = try RealExport("glpi-ugly/tickets.csv", preset: "glpi", zone: "America/Recife")
    let results = try export.results(
      """
      agreement: desk
      title: Desk
      kind: sla
      provider: IT
      customer: {field: department}
      zone: America/Recife
      calendar: always
      tiers: {Alta: {priority: Alta}, Média: {priority: Média}}
      clocks:
        resolution: {start: opened, stop: {status: [Solucionado, Fechado]}}
      targets:
        - {clock: resolution, objective: 80%, due: {field: due}}
      """, asOf: "2025-10-01T00:00:00Z")
    let finished = Set(["Solucionado", "Fechado"])
    let status = try export.table.values(of: "status")
    for promise in results.promises {
      let isFinished = finished.contains(status[promise.ticket] ?? "")
      #expect((promise.verdict == .unmeasurable) == isFinished)
      #expect((promise.reason == "the source does not tell when it stops") == isFinished)
    }
    #expect(results.counts()[.unmeasurable] == 256 + 247)
    #expect(results.reported.reduce(0) { $0 + $1.breached } == 102)
    #expect(results.reported.reduce(0) { $0 + $1.met } == 420)
    try results.checkLedgers()
  }

  @Test("A Windows-1252 list of changes comes in with its dashes, and is calculated")
  func changes() throws {
    let export = try RealExport(
      ["change-requests/change_request-cp1252.csv"],
      mapping: """
        mapping: changes
        rows: tickets
        zone: America/Chicago
        timestamps: auto
        ticket: {id: number, opened: work_end, closed: closed_at, priority: priority,
                 stage: u_chg_stage, title: short_description}
        values: {priority: {"1 - Critical": 1, "5 - Normal": 5}}
        """)
    let table = try export.table
    #expect(table.count == 176)
    #expect(try export.outcome.rejectedRows == 0)
    #expect(table.ledger.tiesOut)
    let titles = try table.values(of: "title").values
    #expect(titles.contains { $0.contains("\u{2013}") })
    #expect(!titles.contains { $0.unicodeScalars.contains("\u{fffd}") })
    #expect(try export.outcome.findings.contains { $0.message.text.contains("windows-1252") })
    let results = try export.results(
      """
      agreement: changes
      title: Changes
      kind: ola
      provider: Change management
      customer: The company
      zone: America/Chicago
      calendar: always
      tiers: {Critical: {priority: 1}, Normal: {priority: 5}}
      clocks:
        closing: {start: opened, stop: closed}
      targets:
        - {clock: closing, objective: 90%, within: 72h}
      """, asOf: "2021-01-01T00:00:00Z")
    #expect(results.promises.count == 176)
    try results.checkLedgers()
  }
}
