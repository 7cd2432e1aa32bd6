import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct OTRSExportTests {
  /// The hours of a queue follow its SLA; what the SLA promises is in its name.
  private static let agreement = """
    agreement: field-service
    title: Field service
    kind: sla
    provider: IT
    customer: The customers
    zone: America/Fortaleza
    calendar: long-day
    calendars:
      long-day: {zone: America/Fortaleza, week: {mon-fri: ["08:00-21:00"]}}
      short-day: {zone: America/Fortaleza, week: {mon-fri: ["08:00-18:00"]}}
    tiers:
      1 hour: {sla: "Atendimento 1H - *"}
      8 hours: {sla: "Atendimento 8H - *"}
      12 hours: {sla: "Atendimento 12H - *"}
      No promise: {sla: ["", "Nivel 1"]}
    clocks:
      resolution: {start: opened, stop: resolved}
    targets:
      - clock: resolution
        objective: {1 hour: 90%, 8 hours: 90%, 12 hours: 90%}
        within: {1 hour: 1h, 8 hours: 8h, 12 hours: 12h}
        calendar: {1 hour: short-day, 8 hours: short-day, 12 hours: short-day}
    """

  private static let export = Result {
    try RealExport("otrs/tickets.csv", preset: "otrs", zone: "America/Fortaleza")
  }

  private static func results() throws -> CalculationResults {
    try export.get().results(agreement, asOf: "2025-10-01T00:00:00Z")
  }

  @Test("Working minutes equal the system's own on 546 of 547 closed tickets")
  func workingMinutes() throws {
    let said = try Self.export.get().table.numbers(of: "solution_minutes")
    let results = try Self.results()
    let closed = results.promises.filter { $0.stopped != nil }
    #expect(closed.count == 547)
    let others = try closed.filter { promise in
      let elapsed = try #require(promise.elapsedSeconds)
      return elapsed / 60 != said[promise.ticket]
    }
    #expect(others.count == 1)
    try results.checkLedgers()
  }

  @Test("The margin equals the system's own on 22 of 22, 14 of them met and 8 breached")
  func margins() throws {
    let said = try Self.export.get().table.numbers(of: "solution_margin_minutes")
    let results = try Self.results()
    var agreeing = 0
    for promise in results.promises where promise.tier != "No promise" && promise.stopped != nil {
      let within = try #require(promise.withinSeconds)
      let elapsed = try #require(promise.elapsedSeconds)
      // Integer division cuts towards zero, as the system does.
      if (within - elapsed) / 60 == said[promise.ticket] { agreeing += 1 }
    }
    #expect(agreeing == 22)
    let judged = results.promises.filter { $0.tier != "No promise" }
    #expect(judged.count { $0.verdict == .met } == 14)
    #expect(judged.count { $0.verdict == .breached } == 8)
  }

  @Test("All 22 verdicts are the source's own: 14 met and 8 breached")
  func reconciled() throws {
    let results = try Self.results()
    let rows = try #require(results.reconciliation)
    #expect(rows.reduce(0) { $0 + $1.metMet } == 14)
    #expect(rows.reduce(0) { $0 + $1.missedBreached } == 8)
    #expect(results.disagreements == nil)
  }

  @Test("A first response of 0 minutes means not measured")
  func firstResponse() throws {
    let table = try Self.export.get().table
    #expect(try table.instants(of: "responded").count == 628 - 538)
  }
}
