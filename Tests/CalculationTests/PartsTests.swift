import Agreements
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Calculation

@Suite("Replay in parts")
struct PartsTests {
  /// Enough tickets for three parts.
  private static let count = 61_000

  private static func table() -> TicketTable {
    var random = SeededGenerator(seed: 7)
    var table = TicketTable(source: "desk")
    var priority = FieldColumn(name: "priority")
    var opened = MomentColumn(name: "opened")
    var resolved = MomentColumn(name: "resolved")
    for ticket in 0..<count {
      table.ids.append("T\(ticket)".utf8)
      let start = 1_767_225_600 + Int64.random(in: 0..<90 * 86_400, using: &random)
      opened.seconds.append(start)
      let isOpen = Int.random(in: 0..<20, using: &random) == 0
      resolved.seconds.append(
        isOpen ? MomentColumn.missing : start + Int64.random(in: 0..<3 * 86_400, using: &random))
      let text = String(Int.random(in: 1...4, using: &random))
      priority.codes.append(priority.dictionary.code(for: text))
    }
    table.moments = [opened, resolved]
    table.fields = [priority]
    return table
  }

  private static func agreement() -> Agreement {
    let calendar = CalendarDefinition.always(zone: .utc)
    let within = Allowance.work(seconds: 86_400)
    let objective = Objective(millionthsOfPercent: 90_000_000)
    let target = Target.TierTarget(objective: objective, within: within, calendar: calendar)
    return Agreement(
      name: "a", title: "A", kind: .sla, provider: "IT", customer: .field("priority"), zone: .utc,
      validFrom: nil, validUntil: nil, scope: .anything,
      tiers: [Tier(name: "all", condition: .anything)],
      clocks: [Clock(name: "resolution", start: [.moment("opened")], stop: [.moment("resolved")])],
      targets: [Target(clock: "resolution", tiers: [target])])
  }

  @Test("The results are the same for every number of processors")
  func sameForEveryNumber() throws {
    guard let asOf = Instant(iso: "2026-04-01T00:00:00Z") else {
      Issue.record("the instant is written wrong")
      return
    }
    let request = CalculationRequest(
      tables: [Self.table()], agreements: [[Self.agreement()]], asOf: asOf, period: "2026-Q1",
      history: 3, collectsPromises: true, tracesPerCustomer: 2)
    let alone = try Calculator(request).results()
    #expect(alone.promises.count == Self.count)
    for workers in [2, 3, 8] {
      var shared = request
      shared.workers = workers
      #expect(try Calculator(shared).results() == alone, "\(workers) processors")
    }
  }
}
