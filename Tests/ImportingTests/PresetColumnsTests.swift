import Importing
import Messages
import ServiceTime
import Testing
import Tickets

/// What comes in from the exports of `Tests/Cases/import/preset-*`, to the second.
@Suite
struct PresetColumnsTests {
  /// An export of a case, read by its preset.
  private struct Export {
    let outcome: ImportOutcome
    let table: TicketTable

    init(_ preset: String, _ file: String, zone: String) throws {
      let cases = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
      let path = "/\(cases)/Cases/import/preset-\(preset)/\(file)"
      let mapping = try Mapping.read(#require(Presets.named(preset)?.yaml), file: "preset.yml")
      outcome = try Importer(mapping, zone: RealExports.rules(zone)).read([
        ImportInput(name: file, bytes: RealExports.contents(path))
      ])
      table = try #require(outcome.tickets)
      #expect(outcome.rejectedRows == 0)
      #expect(table.ledger.tiesOut)
    }

    private func place(_ id: String) throws -> Int {
      try #require((0..<table.count).first { table.ids[$0] == id })
    }

    /// An instant of a ticket in UTC, or `nil` if it has none.
    func at(_ name: String, _ id: String) throws -> String? {
      try table.moments[#require(table.momentIndex(name))][place(id)]?.iso
    }

    func field(_ name: String, _ id: String) throws -> String {
      let field = try table.fields[#require(table.fieldIndex(name))]
      return try field.dictionary[field.codes[place(id)]]
    }

    func verdict(_ id: String) throws -> ReportedVerdicts.Value? {
      try table.reported?.values[place(id)]
    }
  }

  @Test("Every preset is a mapping of its own name, and they are sorted")
  func presets() throws {
    for preset in Presets.all {
      let mapping = try Mapping.read(preset.yaml, file: preset.name)
      #expect(mapping.name == preset.name)
      #expect(preset.summary.count < 100 && !preset.summary.contains("\n"))
    }
    #expect(Presets.all.map(\.name) == Presets.all.map(\.name).sorted())
  }

  @Test("Redmine in English: twelve hours with AM and PM, a byte order mark")
  func redmine() throws {
    let export = try Export("redmine", "english.csv", zone: "America/New_York")
    #expect(try export.at("opened", "4711") == "2026-03-11T13:26:00Z")
    #expect(try export.at("resolved", "4711") == "2026-03-13T21:12:00Z")
    #expect(try export.at("updated", "4712") == "2026-03-14T04:05:00Z")
    #expect(try export.at("resolved", "4712") == nil)
    #expect(try export.field("kind", "4712") == "Support")
    #expect(try export.field("customer", "4711") == "Service desk")
    #expect(try export.field("due_date", "4711") == "03/12/2026")
  }

  @Test("Redmine in German: Latin-1, semicolons, a time in the hour that spring skips")
  func redmineGerman() throws {
    let export = try Export("redmine", "german.csv", zone: "Europe/Berlin")
    #expect(try export.at("opened", "88") == "2026-03-11T15:45:00Z")
    #expect(try export.at("closed", "88") == "2026-03-14T07:00:00Z")
    #expect(try export.at("updated", "89") == "2026-03-29T01:30:00Z")
    #expect(try export.field("category", "88") == "Büro")
    #expect(export.outcome.findings.contains { $0.message.text.contains("windows-1252") })
  }

  @Test("Redmine in Brazilian Portuguese: an h follows the time")
  func redminePortuguese() throws {
    let export = try Export("redmine", "portuguese.csv", zone: "America/Sao_Paulo")
    #expect(try export.at("opened", "15") == "2026-03-13T12:05:00Z")
    #expect(try export.at("resolved", "15") == "2026-03-13T21:20:00Z")
    #expect(try export.field("status", "16") == "Nova")
  }

  @Test("RT: times with the name of the weekday, and Not set")
  func requestTracker() throws {
    let export = try Export("request-tracker", "english.tsv", zone: "America/New_York")
    #expect(try export.at("opened", "1201") == "2026-03-02T13:15:00Z")
    #expect(try export.at("started", "1201") == "2026-03-02T13:40:10Z")
    #expect(try export.at("last_contact", "1201") == "2026-03-02T14:00:30Z")
    #expect(try export.at("due", "1201") == "2026-03-02T21:15:00Z")
    #expect(try export.at("resolved", "1201") == "2026-03-03T15:00:00Z")
    #expect(try export.at("opened", "1202") == "2026-03-08T04:59:59Z")
    #expect(try export.at("resolved", "1202") == nil)
    #expect(try export.field("group", "1202") == "General")
    #expect(export.outcome.settledTimestamps["opened"] == "EEE MMM d H:mm:ss yyyy")
  }

  @Test("RT in German, and RT with ISO dates and commas")
  func requestTrackerVariants() throws {
    let german = try Export("request-tracker", "german.tsv", zone: "Europe/Berlin")
    #expect(try german.at("opened", "31") == "2026-03-02T07:15:00Z")
    #expect(try german.at("resolved", "31") == "2026-05-05T08:00:00Z")
    #expect(try german.at("opened", "32") == "2026-12-19T06:00:00Z")
    #expect(try german.field("group", "31") == "Haustechnik")
    let iso = try Export("request-tracker", "iso-dates.csv", zone: "UTC")
    #expect(try iso.at("started", "7") == "2026-03-02T08:30:00Z")
    #expect(try iso.at("resolved", "7") == nil)
  }

  @Test("Zammad: what is left of the agreed minutes is the verdict; the database has fractions")
  func zammad() throws {
    let report = try Export("zammad", "report.csv", zone: "Europe/Berlin")
    #expect(try report.at("opened", "63001") == "2026-03-02T07:10:00Z")
    #expect(try report.at("responded", "63001") == "2026-03-02T07:31:07Z")
    #expect(try report.at("due", "63001") == "2026-03-02T11:10:00Z")
    #expect(try report.at("pending_until", "63003") == "2026-03-08T23:00:00Z")
    #expect(try report.verdict("63001") == .breached)
    #expect(try report.verdict("63002") == .met)
    #expect(try report.verdict("63003") == .unknown)
    #expect(try report.field("customer", "63001") == "Northwind")
    let database = try Export("zammad", "database.csv", zone: "UTC")
    #expect(try database.at("opened", "63010") == "2026-03-02T07:00:00Z")
    #expect(try database.at("responded", "63010") == "2026-03-02T07:20:11Z")
    #expect(try database.verdict("63010") == .met)
  }

  @Test("osTicket: an agent's due date goes before the plan's")
  func osTicket() throws {
    let export = try Export("osticket", "english.csv", zone: "America/Chicago")
    #expect(try export.at("opened", "100345") == "2026-03-02T14:10:00Z")
    #expect(try export.at("due", "100345") == "2026-03-04T18:00:00Z")
    #expect(try export.at("due", "100346") == "2026-03-16T05:30:00Z")
    #expect(try export.at("closed", "100345") == "2026-03-13T21:00:00Z")
    #expect(try export.at("opened", "100346") == "2026-03-14T05:30:00Z")
    #expect(try export.field("category", "100345") == "Report a Problem")
    let other = try Export("osticket", "comma-and-semicolon.csv", zone: "Europe/Berlin")
    #expect(try other.at("opened", "200001") == "2026-03-02T07:10:00Z")
  }

  @Test("Freshdesk and Freshservice: instants, and the verdict on the resolution")
  func freshworks() throws {
    let desk = try Export("freshdesk", "tickets.csv", zone: "America/Los_Angeles")
    #expect(try desk.at("responded", "9001") == "2026-03-02T17:25:30Z")
    #expect(try desk.at("resolved", "9002") == "2026-03-03T23:01:02Z")
    #expect(try desk.verdict("9001") == .breached)
    #expect(try desk.verdict("9002") == .met)
    #expect(try desk.verdict("9003") == .unknown)
    #expect(try desk.field("group", "9003") == "")
    #expect(try desk.field("response_time", "9001") == "00:25:30")
    let service = try Export("freshservice", "tickets.csv", zone: "Asia/Kolkata")
    #expect(try service.at("opened", "INC-501") == "2026-03-02T03:30:00Z")
    #expect(try service.at("due", "SR-502") == "2026-03-20T12:29:59Z")
    #expect(try service.verdict("INC-501") == .met)
    #expect(try service.verdict("INC-503") == .breached)
    #expect(try service.field("customer", "INC-501") == "Finance")
    #expect(try service.field("response_status", "INC-501") == "SLA Violated")
  }

  @Test("Jira Data Center: months by name or ISO, the first response, time left below zero")
  func jiraDataCenter() throws {
    let export = try Export("jira-data-center", "english.csv", zone: "Europe/London")
    #expect(try export.at("opened", "DESK-1") == "2025-09-22T08:26:00Z")
    #expect(try export.at("responded", "DESK-1") == "2025-09-22T08:41:00Z")
    #expect(try export.at("updated", "DESK-1") == "2025-09-22T23:05:00Z")
    #expect(try export.field("due_date", "DESK-1") == "24/Sep/25 12:00 AM")
    #expect(try export.field("category", "DESK-1") == "Login")
    #expect(try export.verdict("DESK-1") == .breached)
    #expect(try export.verdict("DESK-2") == .met)
    let german = try Export("jira-data-center", "german.csv", zone: "Europe/Berlin")
    #expect(try german.at("resolved", "HILFE-7") == "2025-09-22T15:00:00Z")
    #expect(try german.at("opened", "HILFE-8") == "2025-10-26T00:30:00Z")
    #expect(try german.verdict("HILFE-8") == .unknown)
  }

  @Test("Jira Cloud in German, Portuguese and French")
  func jiraCloud() throws {
    let german = try Export("jira-cloud", "german.csv", zone: "Europe/Berlin")
    #expect(try german.at("resolved", "HILFE-1") == "2026-03-02T12:10:00Z")
    #expect(try german.verdict("HILFE-1") == .breached)
    #expect(try german.field("organization", "HILFE-1") == "Northwind")
    let portuguese = try Export("jira-cloud", "portuguese.csv", zone: "America/Sao_Paulo")
    #expect(try portuguese.at("updated", "SIN-1") == "2026-08-05T13:33:00Z")
    #expect(try portuguese.field("due_date", "SIN-1") == "03/ago/26")
    let french = try Export("jira-cloud", "french.csv", zone: "Europe/Paris")
    #expect(try french.at("opened", "AIDE-3") == "2026-02-02T08:10:00Z")
    #expect(try french.at("resolved", "AIDE-3") == "2026-08-03T11:10:00Z")
    #expect(try french.verdict("AIDE-3") == .breached)
  }

  @Test("OTRS and Znuny: the zone in brackets is left off, a margin of 0 is no verdict")
  func otrsAndZnuny() throws {
    let search = try Export("znuny", "search.csv", zone: "Europe/Berlin")
    #expect(try search.at("resolved", "2026030210000011") == "2026-03-02T09:12:40Z")
    #expect(try search.at("first_locked", "2026030210000011") == "2026-03-02T07:11:00Z")
    #expect(try search.verdict("2026030210000011") == .breached)
    #expect(try search.verdict("2026030210000022") == .unknown)
    #expect(try search.field("solution_minutes", "2026030210000022") == "0")
    let statistic = try Export("znuny", "statistic-german.csv", zone: "Europe/Berlin")
    #expect(try statistic.at("opened", "2026030210000033") == "2026-03-02T07:10:00Z")
    #expect(try statistic.verdict("2026030210000033") == .met)
    #expect(try statistic.field("kind", "2026030210000033") == "Störung")
    let otrs = try Export("otrs", "german.csv", zone: "Europe/Berlin")
    #expect(try otrs.at("responded", "2026030210000044") == "2026-03-02T07:40:00Z")
    #expect(try otrs.verdict("2026030210000044") == .breached)
    let french = try Export("otrs", "french.csv", zone: "Europe/Paris")
    #expect(try french.at("resolved", "2026030210000055") == nil)
    #expect(try french.field("status", "2026030210000055") == "ouvert")
  }

  @Test("GLPI in Spanish and German, Zendesk Explore")
  func glpiAndZendesk() throws {
    let spanish = try Export("glpi", "spanish.csv", zone: "America/Lima")
    #expect(try spanish.at("opened", "346649") == "2026-04-06T10:21:00Z")
    #expect(try spanish.at("due", "346649") == "2026-04-07T10:21:00Z")
    #expect(try spanish.verdict("346649") == .breached)
    let paused: [Int64] = [93_784]  // a day, 2 h, 3 min and 4 s
    #expect(try #require(spanish.table.pausedTotals).seconds == paused)
    #expect(try spanish.field("sla", "346649") == "4 horas")
    let german = try Export("glpi", "german.csv", zone: "Europe/Berlin")
    #expect(try german.at("resolved", "77") == "2026-03-02T10:10:00Z")
    #expect(try german.at("closed", "77") == "2026-03-08T23:05:00Z")
    let explore = try Export("zendesk", "explore.csv", zone: "Europe/London")
    #expect(try explore.at("responded", "701") == "2026-03-02T09:25:00Z")
    #expect(try explore.field("on_hold_minutes", "701") == "15")
  }
}

/// What presets can say beyond columns.
@Suite
struct PresetRuleTests {
  @Test(
    "EEE passes over a weekday in any language",
    arguments: [
      ("Mon Mar 02 08:15:00 2026", true), ("Sa. Dez 19 07:00:00 2026", true),
      ("Sáb ene 3 07:00:00 2026", true), ("Mar 02 08:15:00 2026", false),
      ("1 Mar 02 08:15:00 2026", false),
    ])
  func weekday(text: String, isRead: Bool) throws {
    let yaml = """
      mapping: small
      rows: tickets
      timestamps: EEE MMM d HH:mm:ss yyyy
      ticket: {id: id, opened: opened}
      """
    let outcome = try Imports.read("id,opened\n1,\(text)\n", yaml)
    #expect(outcome.rejectedRows == (isRead ? 0 : 1))
  }

  @Test("A verdict may be told by a pattern or by a number")
  func verdictPatterns() throws {
    func values(_ when: String) throws -> [ReportedVerdicts.Value]? {
      let yaml = """
        mapping: small
        rows: tickets
        timestamps: iso
        ticket: {id: id, opened: opened}
        reported: {clock: resolution, breached: {column: left, when: "\(when)"}}
        """
      let rows = ["-0:30", "0:30", "-5", "12", ""].enumerated()
        .map { "\($0.offset),2026-03-02 08:00,\($0.element)\n" }
      return try Imports.read("id,opened,left\n" + rows.joined(), yaml).tickets?.reported?.values
    }
    #expect(try values("-*") == [.breached, .met, .breached, .met, .unknown])
    #expect(try values("<0") == [.met, .met, .breached, .met, .unknown])
    #expect(try values("0:30") == [.met, .breached, .met, .met, .unknown])
  }

  @Test(
    "OTRS's own margin says 14 met and 8 breached",
    .enabled(if: RealExports.arePresent, Comment(rawValue: "no real exports")))
  func realMargin() throws {
    let outcome = try RealExports.read(
      "otrs/tickets.csv", preset: "otrs", zone: "America/Fortaleza")
    let values = try #require(outcome.tickets?.reported?.values)
    #expect(values.count { $0 == .breached } == 8)
    #expect(values.count { $0 == .met } == 14)
  }

  @Test(
    "Jira Service Management tells how much was left, as in the real export",
    .enabled(if: RealExports.arePresent, Comment(rawValue: "no real exports")))
  func realTimeLeft() throws {
    let outcome = try RealExports.read(
      "jira/jira-es-service-management.csv", preset: "jira-cloud", zone: "Europe/Madrid")
    let values = try #require(outcome.tickets?.reported?.values)
    #expect(values.allSatisfy { $0 != .breached })
    #expect(values.contains(.met))
  }
}
