import Pipelines
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Real routes: the groups of the audit log, and the owners of the problem log.
@Suite(.enabled(if: RealExport.arePresent, Comment(rawValue: SharedData.absent)))
struct ChainExportTests {
  private static let incidents = """
    agreement: incidents
    kind: sla
    provider: IT
    customer: The company
    zone: America/Sao_Paulo
    calendar: always
    tiers: {All: {}}
    clocks:
      resolution:
        start: opened
        stop: resolved
        pause:
          - {status: "Awaiting *", party: customer}
    targets:
      - {clock: resolution, objective: 95%, within: 24h}
    hand-off: 30m
    person: assigned_to
    """

  /// The five groups that hold most incidents, in two agreements and two calendars.
  private static let groups = """
    agreement: ola-groups
    kind: ola
    provider: IT
    customer: Service desk
    zone: America/Sao_Paulo
    calendar: office
    calendars: {office: {week: {mon-fri: "08:00-18:00"}}}
    supports: incidents/resolution
    groups:
      Seventy: {group: Group 70}
      Twenties: {group: ["Group 2?"]}
      Twenty-four: {group: Group 24}
    tiers: {All: {}}
    targets:
      - {objective: 95%, within: 4h}
      - {group: Seventy, objective: 95%, within: 8h, calendar: always}
    """

  private static func calculator(_ export: RealExport, _ agreements: [String], asOf: String) throws
    -> CalculationResults
  {
    let folder = try TemporaryFolder()
    let paths = try agreements.enumerated().map { number, text in
      try folder.write(Array(text.utf8), to: "agreement-\(number).yml")
    }
    return try export.results(files: paths, asOf: asOf)
  }

  @Test("Every incident's segments add up to its elapsed; shares add up to all misses")
  func auditLog() throws {
    let export = try RealExport(
      "uci-servicenow/incident_event_log.csv.gz", preset: "servicenow-audit-log",
      zone: "America/Sao_Paulo",
      wanted: ["resolved", "closed", "status", "group", "assigned_to"])
    let results = try Self.calculator(
      export, [Self.incidents, Self.groups], asOf: "2017-06-01T00:00:00Z")
    let chain = try #require(results.chain?.first)
    #expect(results.chain?.count == 1)
    let table = try export.table
    let holders = try Holders(table)
    let rows = Dictionary(
      uniqueKeysWithValues: results.promises.filter { $0.clock == "resolution" }
        .map { ($0.ticket, $0) })
    var (seconds, own): (Int64, [String: Int64]) = (0, [:])
    for promise in chain.promises {
      let row = try #require(rows[promise.ticket])
      let sum = promise.shares.reduce(0) { $0 + $1.elapsed }
      let slow = try holders.seconds(promise.ticket, from: row)
      let fast = Dictionary(uniqueKeysWithValues: promise.shares.map { ($0.group, $0.elapsed) })
      guard sum == row.elapsedSeconds, slow == fast.filter({ $0.value > 0 }) else {
        Issue.record("\(promise.ticket): \(fast) of \(row.elapsedSeconds ?? -1), slowly \(slow)")
        return
      }
      seconds += sum
      for share in promise.shares { own[share.group, default: 0] += share.own ?? 0 }
    }
    let decided = rows.values.filter { [.met, .breached, .overdue].contains($0.verdict) }
    #expect(chain.promises.count == decided.count)
    #expect(seconds == decided.reduce(0) { $0 + ($1.elapsedSeconds ?? 0) })
    let missed = decided.count { $0.verdict != .met }
    #expect(missed > 5_000)
    #expect(chain.groups.reduce(0) { $0 + $1.heldAtLoss } == missed)
    #expect(chain.groups.reduce(0) { $0 + $1.firstOver } == missed)
    #expect(chain.groups.reduce(0) { $0 + $1.byExcess } == Int64(missed) * 1_000_000)
    #expect(
      chain.groups.reduce(0) { $0 + $1.late }
        == decided.reduce(0) { $0 + max(0, ($1.elapsedSeconds ?? 0) - 86_400) })
    #expect(chain.groups.map(\.name).contains("agreement gap"))
    #expect(chain.routes.reduce(0) { $0 + $1.promises } <= chain.promises.count)
    // The groups' own promises count the same seconds by another way.
    let ids = Set(chain.promises.map(\.ticket))
    for name in ["Seventy", "Twenties", "Twenty-four"] {
      let parts = results.promises.filter { $0.clock == name && ids.contains($0.ticket) }
      #expect(parts.reduce(0) { $0 + ($1.elapsedSeconds ?? 0) } == own[name] ?? 0, "\(name)")
    }
    #expect(own["Twenty-four"] == nil, "the first group that matches takes the ticket")
  }

  /// Who held a ticket, read from its changes by hand.
  private struct Holders {
    let table: TicketTable
    let history: ChangeTable
    let tickets: [String: Int]
    let group: Int
    let status: Int

    init(_ table: TicketTable) throws {
      self.table = table
      history = try #require(table.history)
      group = try #require(table.fieldIndex("group"))
      status = try #require(table.fieldIndex("status"))
      var tickets: [String: Int] = [:]
      for ticket in 0..<table.count { tickets[table.ids[ticket]] = ticket }
      self.tickets = tickets
    }

    /// Seconds by group, of a calendar that is always open and a clock that stops once.
    func seconds(_ id: String, from row: PromiseRow) throws -> [String: Int64] {
      let ticket = try #require(tickets[id])
      let end =
        row.stopped ?? (row.started ?? 0) + (row.elapsedSeconds ?? 0) + (row.pausedSeconds ?? 0)
      var now = row.started ?? 0
      var held = table.fields[group].initialCodes?[ticket] ?? 0
      var state = table.fields[status].initialCodes?[ticket] ?? 0
      var seconds: [String: Int64] = [:]
      func pass(to next: Int64) {
        let until = min(next, end)
        defer { now = max(now, until) }
        guard until > now, !table.fields[status].dictionary[state].hasPrefix("Awaiting ") else {
          return
        }
        let name = table.fields[group].dictionary[held]
        let known =
          name == "Group 70"
          ? "Seventy"
          : name.count == 8 && name.hasPrefix("Group 2")
            ? "Twenties"
            : name
        seconds[known, default: 0] += until - now
      }
      for change in history.range(of: ticket) {
        let subject = history.subject(change)
        guard subject == .field(group) || subject == .field(status) else { continue }
        pass(to: history.seconds[change])
        if subject == .field(group) { held = history.values[change] }
        if subject == .field(status) { state = history.values[change] }
      }
      pass(to: end)
      return seconds
    }
  }

  private static let problems = """
    agreement: problems
    kind: sla
    provider: Third line
    customer: The company
    zone: Europe/Stockholm
    calendar: always
    tiers: {All: {}}
    clocks:
      resolution: {start: opened, stop: {status: [Closed, Cancelled]}}
    targets:
      - {clock: resolution, objective: 95%, within: 2400h}
    routes: taken
    """

  private static let owners = """
    mapping: vinst
    rows: events
    timestamps: iso
    encoding: iso-8859-1
    ticket: {id: Problem Number, at: Problem Change Date+Time, status: Problem Sub Status,
             group: Problem Involved Owner ST}
    """

  @Test("A change of owner is a hand-off, and returns are counted")
  func problemLog() throws {
    let export = try RealExport(["volvo-vinst/closed-problems.csv"], mapping: Self.owners)
    let results = try Self.calculator(export, [Self.problems], asOf: "2012-06-01T00:00:00Z")
    let chain = try #require(results.chain?.first)
    let table = try export.table
    let history = try #require(table.history)
    let group = try #require(table.fieldIndex("group"))
    var byHand: [String: (handOffs: Int, returns: Int)] = [:]
    let status = try #require(table.fieldIndex("status"))
    let (owners, states) = (table.fields[group].dictionary, table.fields[status].dictionary)
    for ticket in 0..<table.count {
      let id = table.ids[ticket]
      var visits: [String] = []
      var (name, state) = ("", "")
      let changes = Array(history.range(of: ticket))
      for (index, change) in changes.enumerated() {
        let subject = history.subject(change)
        if subject == .field(group) { name = owners[history.values[change]] }
        if subject == .field(status) { state = states[history.values[change]] }
        let next = index + 1 < changes.count ? history.seconds[changes[index + 1]] : .max
        guard history.seconds[change] < next, !["Closed", "Cancelled", ""].contains(state),
          !name.isEmpty, visits.last != name
        else { continue }
        visits.append(name)
      }
      byHand[id] = (max(0, visits.count - 1), visits.count - Set(visits).count)
    }
    var (handOffs, returns) = (0, 0)
    for promise in chain.promises {
      let slow = try #require(byHand[promise.ticket])
      guard promise.handOffs == slow.handOffs, promise.returns == slow.returns else {
        Issue.record("\(promise.ticket): \(promise.handOffs) \(promise.returns), slowly \(slow)")
        continue
      }
      handOffs += promise.handOffs
      returns += promise.returns
    }
    #expect(chain.promises.count == 1_487 - results.promises.count { $0.elapsedSeconds == nil })
    #expect(handOffs > 500 && returns > 100, "\(handOffs) \(returns)")
  }
}
