import Importing
import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExports.arePresent, Comment(rawValue: SharedData.absent)))
struct RealExportTests {
  /// Read once, because it is the largest.
  private static let auditLogOutcome = Result {
    try RealExports.read(
      "uci-servicenow/incident_event_log.csv.gz", preset: "servicenow-audit-log",
      zone: "America/Sao_Paulo", wanted: ["resolved", "status", "priority"])
  }

  @Test("The ServiceNow audit log is 24,918 incidents with their changes")
  func auditLog() throws {
    let outcome = try Self.auditLogOutcome.get()
    let table = try #require(outcome.tickets)
    #expect(table.count == 24_918)
    #expect(table.ledger.read == 141_712)
    #expect(table.ledger.tickets == 24_918)
    #expect(table.ledger.history == 141_712 - 24_918)
    #expect(table.ledger.tiesOut)

    let priority = table.fields[try #require(table.fieldIndex("priority"))]
    let initial = try #require(priority.initialCodes)
    #expect(zip(initial, priority.codes).count { $0 != $1 } == 368)
    let history = try #require(table.history)
    let subject = ChangeTable.Subject.field(try #require(table.fieldIndex("priority")))
    let changed = (0..<table.count).count { ticket in
      history.range(of: ticket).contains { history.subject($0) == subject }
    }
    #expect(changed == 383, "368 end with another priority, 15 with the one they began with")

    let resolved = table.moments[try #require(table.momentIndex("resolved"))]
    #expect((0..<table.count).count { resolved[$0] == nil } == 1_556)

    let status = try #require(table.fieldIndex("status"))
    let dictionary = table.fields[status].dictionary
    let waiting = (0..<table.count).count { ticket in
      let first = table.fields[status].initialCodes?[ticket] ?? 0
      let codes =
        [first]
        + history.range(of: ticket).filter { history.subject($0) == .field(status) }
        .map { history.values[$0] }
      return codes.contains { dictionary[$0].hasPrefix("Awaiting") }
    }
    #expect(waiting == 5_825)

    let reported = try #require(table.reported)
    #expect(reported.clock == "resolution")
    var met: [String: [Int]] = [:]
    for ticket in 0..<table.count {
      let isMet = reported.values[ticket] == .met ? 1 : 0
      let sums = met[priority.dictionary[priority.codes[ticket]], default: [0, 0]]
      met[priority.dictionary[priority.codes[ticket]]] = [sums[0] + isMet, sums[1] + 1]
    }
    #expect(met == ["1": [5, 270], "2": [2, 408], "3": [15_145, 23_466], "4": [651, 774]])
  }

  @Test("Changes of a ticket are in time order, and versions that go back in time are told")
  func auditLogOrder() throws {
    let outcome = try Self.auditLogOutcome.get()
    let table = try #require(outcome.tickets)
    let history = try #require(table.history)
    for ticket in 0..<table.count {
      let seconds = history.seconds[history.range(of: ticket)]
      guard zip(seconds, seconds.dropFirst()).allSatisfy({ $0 <= $1 }) else {
        Issue.record("ticket \(table.ids[ticket]) is out of order")
        return
      }
    }
    #expect(outcome.findings.count { $0.message.text.contains("precedes it in order") } == 5)
  }

  @Test("All 16,476 Zendesk tickets come in, 2,067 of them unsolved")
  func zendesk() throws {
    let outcome = try RealExports.read(
      "zendesk/tickets.csv", preset: "zendesk", zone: "Asia/Riyadh")
    let table = try #require(outcome.tickets)
    #expect(table.count == 16_476)
    #expect(table.ledger.tiesOut)
    #expect(outcome.rejectedRows == 0)
    let opened = table.moments[try #require(table.momentIndex("opened"))]
    let resolved = table.moments[try #require(table.momentIndex("resolved"))]
    let minutes = table.fields[try #require(table.fieldIndex("full_resolution_minutes"))]
    #expect((0..<table.count).count { resolved[$0] == nil } == 2_067)
    let agreeing = (0..<table.count).count { ticket in
      guard let start = opened[ticket], let stop = resolved[ticket],
        let said = Int64(minutes.dictionary[minutes.codes[ticket]])
      else { return false }
      return abs((stop - start) / 60 - said) <= 1
    }
    #expect(agreeing == 14_409)
    let group = table.fields[try #require(table.fieldIndex("group"))]
    let support = try #require(group.dictionary.existingCode(for: "Support"))
    #expect(group.codes.count { $0 == support } == 5_670)
  }

  @Test("All 628 OTRS tickets come in, 547 of them closed, in spite of a repeated header name")
  func otrs() throws {
    let outcome = try RealExports.read(
      "otrs/tickets.csv", preset: "otrs", zone: "America/Fortaleza")
    let table = try #require(outcome.tickets)
    #expect(table.count == 628)
    #expect(outcome.rejectedRows == 0)
    #expect(table.ledger.tiesOut)
    let resolved = table.moments[try #require(table.momentIndex("resolved"))]
    #expect((0..<table.count).count { resolved[$0] != nil } == 547)
    let opened = table.moments[try #require(table.momentIndex("opened"))]
    // 2025-08-15 15:50:04 at UTC-3.
    #expect(opened[0] == Instant(iso: "2025-08-15T18:50:04Z"))
  }

  @Test("GLPI tickets have their pauses from words and the source's verdict")
  func glpi() throws {
    let outcome = try RealExports.read(
      "glpi/tickets.csv", preset: "glpi", zone: "America/Sao_Paulo")
    let table = try #require(outcome.tickets)
    #expect(table.count == 148)
    #expect(table.ledger.tiesOut)
    #expect(table.ids[0] == "52267")
    let paused = try #require(table.pausedTotals)
    #expect(paused.seconds.count { $0 == 0 } == 137)
    #expect(paused.seconds.contains(((24 + 18) * 60 + 47) * 60))
    #expect(table.reported?.values.count { $0 == .met } == 138)
    #expect(table.reported?.values.count { $0 == .breached } == 10)
    let priority = table.fields[try #require(table.fieldIndex("priority"))]
    let medium = try #require(priority.dictionary.existingCode(for: "Média"))
    #expect(priority.codes.count { $0 == medium } == 64)
    #expect(outcome.settledTimestamps["opened"] == "d/M/yyyy H:mm")
  }

  @Test("Of a GLPI cell with a date, blank lines and a percentage the date is read")
  func glpiUgly() throws {
    let outcome = try RealExports.read(
      "glpi-ugly/tickets.csv", preset: "glpi", zone: "America/Recife")
    let table = try #require(outcome.tickets)
    #expect(table.count == 522)
    #expect(outcome.rejectedRows == 0)
    #expect(table.ledger.tiesOut)
    let due = table.moments[try #require(table.momentIndex("due"))]
    #expect((0..<table.count).count { due[$0] == nil } == 78)
    #expect(due[1] == Instant(iso: "2025-09-11T11:08:00Z"))
    #expect(table.reported?.values.count { $0 == .breached } == 102)
  }

  @Test("The French GLPI lab file fits the same preset")
  func glpiFrench() throws {
    let outcome = try RealExports.read(
      "headers/glpi_fr_lab_4rows.csv", preset: "glpi", zone: "Europe/Paris")
    let table = try #require(outcome.tickets)
    #expect(table.count == 4)
    #expect(table.moments[0][0] == Instant(iso: "2026-09-14T10:00:00Z"))
  }

  @Test("Both Jira languages come in with their month names")
  func jira() throws {
    let english = try RealExports.read(
      "jira/jira-en.csv", preset: "jira-cloud", zone: "America/New_York")
    let table = try #require(english.tickets)
    #expect(table.count == 22)
    let resolved = table.moments[try #require(table.momentIndex("resolved"))]
    #expect((0..<22).count { resolved[$0] != nil } == 10)
    let opened = table.moments[try #require(table.momentIndex("opened"))]
    #expect(opened[0] == Instant(iso: "2025-09-22T13:26:00Z"))

    let spanish = try RealExports.read(
      "jira/jira-es-service-management.csv", preset: "jira-cloud", zone: "Europe/Madrid")
    let other = try #require(spanish.tickets)
    #expect(other.count == 3)
    #expect(other.ids[0] == "IHS-5")
    #expect(
      other.moments[try #require(other.momentIndex("opened"))][0]
        == Instant(iso: "2026-07-18T07:10:00Z"))
  }

  @Test("A Windows-1252 file is recognised, and said to be")
  func changeRequests() throws {
    let yaml = """
      mapping: changes
      rows: tickets
      timestamps: yyyy-MM-dd HH:mm:ss
      ticket: {id: number, resolved: work_end, closed: closed_at, priority: priority,
               status: u_chg_stage, title: short_description, locations: u_my_locations}
      """
    let outcome = try RealExports.read(
      "change-requests/change_request-cp1252.csv", yaml: yaml, zone: "America/Chicago")
    let table = try #require(outcome.tickets)
    #expect(table.count + table.ledger.superseded + table.ledger.unchanged == 176)
    #expect(table.ledger.tiesOut)
    #expect(outcome.rejectedRows == 0)
    #expect(outcome.findings.contains { $0.message.text.contains("windows-1252") })
    let title = table.fields[try #require(table.fieldIndex("title"))]
    #expect(!title.dictionary.values.contains { $0.contains("\u{fffd}") })
  }

  @Test("101 outages come in as intervals of 12,132 seconds in all")
  func outages() throws {
    let yaml = """
      mapping: outages
      rows: intervals
      timestamps: yyyy-MM-dd HH:mm:ss
      ticket: {id: id, start: start, end: end, attempts: attempts}
      """
    let outcome = try RealExports.read("outages/outages.csv", yaml: yaml, zone: "UTC")
    let table = try #require(outcome.intervals)
    #expect(table.starts.count == 101)
    #expect(table.ledger.history == 101)
    #expect(table.ledger.tiesOut)
    #expect(zip(table.starts, table.ends).reduce(0) { $0 + $1.1 - $1.0 } == 12_132)
    let merged = table.union(until: .latestAllowed)
    #expect(merged.count == 95)
    #expect(merged.reduce(0) { $0 + $1.seconds } == 11_687)
  }
}
