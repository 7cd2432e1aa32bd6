import Importing
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct GLPIExportTests {
  /// Tier and promise are in the text of the SLA.
  ///
  /// The demands run on days of 11 hours, found by what the source says of the two it has: with
  /// them, 15 business days and the pause give the due date of 46743 to the minute and the solve
  /// times of both to two, and 15 business days are 15 weekdays at the same time of day.
  private static let agreement = """
    agreement: help-desk
    title: Help desk
    kind: sla
    provider: IT
    customer: The departments
    zone: America/Sao_Paulo
    calendar: desk
    calendars:
      desk:
        zone: America/Sao_Paulo
        week: {mon-fri: ["07:00-19:00"], sat: ["08:00-12:00"]}
        holidays: [2025-06-19]
      demands:
        zone: America/Sao_Paulo
        week: {mon-fri: ["08:00-19:00"]}
        holidays: [2025-06-19]
    tiers:
      Alta: {sla: "*: 6 horas (Alta)"}
      Média: {sla: "*: 4 horas (Média)"}
      Baixa: {sla: "*: 2 horas (Baixa)"}
      Muito baixa: {sla: "*: 15 dias"}
    clocks:
      resolution: {start: opened, stop: resolved}
    targets:
      - clock: resolution
        objective: 90%
        within: {Alta: 6h, Média: 4h, Baixa: 2h, Muito baixa: 15 business days}
        calendar: {Muito baixa: demands}
    """

  private static let solveColumn = "Estatísticas - Tempo de solução"

  private static let export = Result {
    try RealExport(
      ["glpi/tickets.csv"],
      mapping: presetText() + "keep: [\"\(solveColumn)\"]\n")
  }

  private static func presetText() throws -> String {
    try #require(Presets.named("glpi")?.yaml) + "zone: America/Sao_Paulo\n"
  }

  private static func results() throws -> CalculationResults {
    try export.get().results(agreement, asOf: "2025-09-30T00:00:00Z")
  }

  @Test("Of 146 tickets with hours 145 are due when the source says")
  func dueDates() throws {
    let said = try Self.export.get().table.instants(of: "due")
    var exact = 0
    var secondsCut = 0
    var others: [PromiseRow] = []
    for promise in try Self.results().promises where promise.tier != "Muito baixa" {
      let due = try #require(promise.due)
      let theirs = try #require(said[promise.ticket])
      // The source writes no seconds.
      if due / 60 == theirs / 60 {
        exact += 1
      } else if promise.pausedSeconds ?? 0 > 60, theirs - due == 60 {
        secondsCut += 1
      } else {
        others.append(promise)
      }
    }
    #expect(exact == 138)
    #expect(secondsCut == 6, "the pause in words has its seconds cut off")
    // 47133 may be answered until 19:00, which the source writes as 07:00 of the next day: the
    // same instant of working time. 46901 was promised before the holiday was entered.
    #expect(others.map(\.ticket).sorted() == ["46901", "47133"])
    let atClosing = try #require(others.first { $0.ticket == "47133" })
    #expect(atClosing.due == Instant(iso: "2025-06-23T22:00:00Z")?.seconds)
    #expect(said["47133"] == Instant(iso: "2025-06-24T10:00:00Z")?.seconds)
    #expect(said["46901"] == Instant(iso: "2025-06-19T11:32:00Z")?.seconds)
  }

  @Test("15 days are 15 weekdays at the same time of day, moved on by the pause")
  func demands() throws {
    let said = try Self.export.get().table.instants(of: "due")
    var differences: [String: Int64] = [:]
    for promise in try Self.results().promises where promise.tier == "Muito baixa" {
      let due = try #require(promise.due)
      let theirs = try #require(said[promise.ticket])
      differences[promise.ticket] = theirs - due
    }
    // The pause of 192 h 35 min has its seconds cut off; the other demand was promised before the
    // holiday was entered, and so for a weekday earlier.
    #expect(differences == ["46743": 60, "46286": -86_400])
  }

  @Test("As a date rule, 15 days are the source's date where nothing paused the ticket")
  func demandsByRule() throws {
    let agreement = Self.agreement
      .replacing(", Muito baixa: 15 business days", with: "")
      .replacing(
        "    calendar: {Muito baixa: demands}",
        with: "    due: {Muito baixa: 15th business day same time}\n"
          + "    calendar: {Muito baixa: weekdays}"
      )
      .replacing(
        "tiers:\n",
        with: "  weekdays: {zone: America/Sao_Paulo, week: {mon-fri: [\"08:00-19:00\"]}}\ntiers:\n")
    let results = try Self.export.get().results(agreement, asOf: "2025-09-30T00:00:00Z")
    let said = try Self.export.get().table.instants(of: "due")
    let demand = try #require(results.promises.first { $0.ticket == "46286" })
    #expect(demand.due == said["46286"])
    #expect(demand.verdict == .met)
  }

  @Test("Solve times are the source's on 145 of 146 tickets with hours, and on a demand")
  func solveTimes() throws {
    let said = try Self.export.get().table.values(of: Self.solveColumn)
    var withinAMinute: [Bool: Int] = [:]
    var others: [String: Int64] = [:]
    for promise in try Self.results().promises {
      let elapsed = try #require(promise.elapsedSeconds)
      let words = try #require(said[promise.ticket])
      let difference = elapsed - Self.seconds(words)
      // The source's instants have their seconds cut off, and ours are made of them.
      if abs(difference) <= 60 {
        withinAMinute[promise.tier == "Muito baixa", default: 0] += 1
      } else {
        others[promise.ticket] = difference
      }
    }
    #expect(withinAMinute == [false: 145, true: 1])
    // Instants, pause and solve time are all cut where there is a pause, which makes two minutes.
    #expect(others == ["46610": 120, "46743": 120])
  }

  /// `3 dias 22 horas 23 minutos`, a day being 24 hours of clock.
  private static func seconds(_ words: String) -> Int64 {
    let units: [Substring: Int64] = [
      "segundo": 1, "segundos": 1, "minuto": 60, "minutos": 60, "hora": 3_600, "horas": 3_600,
      "dia": 86_400, "dias": 86_400,
    ]
    let parts = words.split(separator: " ")
    return stride(from: 0, to: parts.count - 1, by: 2).reduce(0) { sum, index in
      sum + (Int64(parts[index]) ?? 0) * (units[parts[index + 1]] ?? 0)
    }
  }

  @Test("The verdict is the source's flag on 148 of 148, by priority as listed")
  func verdicts() throws {
    let export = try Self.export.get()
    let results = try Self.results()
    #expect(
      results.verdicts() == [
        "Alta": [.met: 15, .breached: 1], "Média": [.met: 58, .breached: 6],
        "Baixa": [.met: 63, .breached: 3], "Muito baixa": [.met: 2],
      ])
    #expect(results.counts() == [.met: 138, .breached: 10])
    let flags = try export.table.values(of: "exceeded")
    #expect(
      results.promises.allSatisfy { ($0.verdict == .breached) == (flags[$0.ticket] == "Sim") })
    let reported = Dictionary(
      uniqueKeysWithValues: results.reported.map { ($0.tier, [$0.met, $0.breached]) })
    #expect(
      reported == [
        "Alta": [15, 1], "Média": [58, 6], "Baixa": [63, 3], "Muito baixa": [2, 0],
      ])
    try results.checkLedgers()
  }

  @Test("All 148 verdicts are the source's own: 138 met and 10 breached")
  func reconciled() throws {
    let results = try Self.results()
    let rows = try #require(results.reconciliation)
    #expect(rows.reduce(0) { $0 + $1.metMet } == 138)
    #expect(rows.reduce(0) { $0 + $1.missedBreached } == 10)
    #expect(rows.allSatisfy { $0.disagreed + $0.notJudged + $0.notReported == 0 })
    #expect(results.disagreements == nil)
  }

  @Test("Counted 24 x 7, every verdict that differs follows from the desk's hours")
  func reconciledOtherwise() throws {
    let agreement = Self.agreement.replacing(
      "{Muito baixa: demands}", with: "{Muito baixa: demands, Média: always, Baixa: always}")
    let results = try Self.export.get().results(agreement, asOf: "2025-09-30T00:00:00Z")
    let found = try #require(results.disagreements)
    #expect(found.count == 6)
    #expect(found.allSatisfy { $0.cause == .calendar && $0.reading == "counted on desk" })
    #expect(found.allSatisfy { $0.theirs == .met && $0.ours == .breached })
  }

  @Test("Judged by its own due date each ticket has the same verdict")
  func dueField() throws {
    let lines = Self.agreement.split(separator: "\n", omittingEmptySubsequences: false)
    let agreement = lines.map { line in
      line.contains("within:") ? "    due: {field: due}" : line
    }.joined(separator: "\n")
    let results = try Self.export.get().results(agreement, asOf: "2025-09-30T00:00:00Z")
    #expect(results.counts() == [.met: 138, .breached: 10])
  }

  @Test("What import -o writes gives the same results")
  func roundTrip() throws {
    let export = try Self.export.get()
    let before = try Self.results()
    let after = try export.roundTrip().results(Self.agreement, asOf: "2025-09-30T00:00:00Z")
    #expect(after.figures == before.figures)
    #expect(after.reported == before.reported)
    #expect(after.promisesWithoutPlaces == before.promisesWithoutPlaces)
  }
}
