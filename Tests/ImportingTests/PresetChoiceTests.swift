import Importing
import TestSupport
import Testing
import Tickets

@Suite("The preset that fits a header")
struct PresetChoiceTests {
  typealias Fit = PresetChoice.Fit

  private func choice(_ header: String) throws -> PresetChoice {
    try Importer.choose(for: ImportInput(name: "x.csv", bytes: Array(header.utf8)))
  }

  private func name(_ header: String) throws -> String? {
    if case .one(let fit, _) = try choice(header) { fit.name } else { nil }
  }

  @Test("Headers of real systems choose their preset, whatever the delimiter")
  func real() throws {
    #expect(
      try name("number,opened_at,resolved_at,closed_at,priority,incident_state,assignment_group\n")
        == "servicenow-incident")
    #expect(
      try name(
        "number;opened_at;sys_updated_at;sys_mod_count;incident_state;priority;reassignment_count\n"
      )
        == "servicenow-audit-log")
    #expect(try name("Id,Created at,Solved at,Group,Status,Ticket type,Via\n") == "zendesk")
    #expect(
      try name("Clave de incidencia,Tipo de Incidencia,Estado,Creada,Actualizada,Resuelta\n")
        == "jira-cloud")
  }

  @Test("What import -o writes chooses the mapping that reads it back")
  func own() throws {
    #expect(try name("id,at:opened,at:resolved,status,priority\n") == "attain-tickets")
    #expect(try name("id,at:opened\n") == "attain-tickets")
    #expect(try name("id,at,field,from,to\n") == "attain-events")
    #expect(try name("id,at,amount,quality\n") == "counts")
  }

  @Test("A header in another encoding is read as the importer reads it")
  func encodings() throws {
    let header = "Clave de incidencia,Tipo de Incidencia,Creada,Resoluci\u{f3}n,Actualizada\n"
    let latin = ImportInput(name: "x.csv", bytes: header.unicodeScalars.map { UInt8($0.value) })
    guard case .one(let fit, _) = try Importer.choose(for: latin) else {
      Issue.record("no preset was chosen")
      return
    }
    #expect(fit.name == "jira-cloud")
    #expect(fit.found == 5)
    let wide = header.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    guard
      case .one(let same, _) = try Importer.choose(
        for: ImportInput(name: "x.csv", bytes: [0xff, 0xfe] + wide))
    else {
      Issue.record("no preset was chosen")
      return
    }
    #expect(same.name == "jira-cloud")
  }

  @Test("A header that no preset knows is not guessed at")
  func none() throws {
    #expect(try choice("alpha,beta,gamma\n") == .none(nearest: nil, missing: nil))
    let header = "number,priority,assignment_group,category\n"
    guard case .none(let nearest, let missing) = try choice(header) else {
      Issue.record("a preset was chosen though nothing says when a ticket was opened")
      return
    }
    #expect(nearest?.found == 4)
    #expect(missing != nil)
  }

  @Test("The most columns win; among equals the fewest unused names; then nobody")
  func ranks() {
    let broad = Fit(name: "broad", found: 6, named: 20, width: 9)
    let narrow = Fit(name: "narrow", found: 6, named: 7, width: 9)
    let twin = Fit(name: "alike", found: 6, named: 7, width: 9)
    let more = Fit(name: "more", found: 7, named: 30, width: 9)
    let lacking = Fit(name: "lacking", found: 9, named: 9, width: 9, missing: "opened")
    let few = Fit(name: "few", found: 2, named: 2, width: 9)
    #expect(PresetChoice.best(of: [broad, more, lacking]) == .one(more, next: broad))
    #expect(PresetChoice.best(of: [broad, narrow]) == .one(narrow, next: broad))
    #expect(PresetChoice.best(of: [narrow, broad, twin]) == .several([twin, narrow]))
    #expect(PresetChoice.best(of: [lacking, few]) == .none(nearest: lacking, missing: "opened"))
    #expect(PresetChoice.best(of: [few]) == .none(nearest: few, missing: nil))
    #expect(PresetChoice.best(of: []) == .none(nearest: nil, missing: nil))
  }
}

@Suite(
  "The preset that fits a real export",
  .enabled(if: RealExports.arePresent, Comment(rawValue: SharedData.absent)))
struct RealPresetChoiceTests {
  @Test(
    "Every real export comes in with -m auto",
    arguments: [
      ("uci-servicenow/incident_event_log.csv.gz", "servicenow-audit-log", 141_712, 24_918),
      ("zendesk/tickets.csv", "zendesk", 16_476, 16_476), ("otrs/tickets.csv", "otrs", 628, 628),
      ("glpi/tickets.csv", "glpi", 148, 148), ("glpi-ugly/tickets.csv", "glpi", 522, 522),
      ("volvo-vinst/closed-problems.csv", "vinst", 6_660, 1_487),
      ("volvo-vinst/closed-problems-utc.csv", "event-log", 6_660, 1_487),
      ("italian-helpdesk/events.csv", "event-log", 21_348, 4_580),
      ("outages/outages.csv", "intervals", 101, 101), ("jira/jira-en.csv", "jira-cloud", 22, 22),
      ("jira/jira-es-service-management.csv", "jira-cloud", 3, 3),
      ("change-requests/change_request-cp1252.csv", "servicenow-change", 176, 176),
      ("headers/glpi_fr_lab_4rows.csv", "glpi", 4, 4),
      ("headers/zendesk_view_export_header.csv", "zendesk", 0, 0),
      ("headers/autotask_rest_ticket_header.csv", "autotask", 0, 0),
    ])
  func chosen(_ file: String, _ preset: String, _ rows: Int, _ tickets: Int) throws {
    let bytes = try RealExports.bytes(of: file)
    let contents = try file.hasSuffix(".gz") ? Gunzip.bytes(bytes) : bytes
    let input = ImportInput(name: file, bytes: contents)
    guard case .one(let fit, _) = try Importer.choose(for: input) else {
      Issue.record("\(file) fits no preset, or several")
      return
    }
    #expect(fit.name == preset)
    let outcome = try RealExports.read(file, preset: fit.name, zone: "UTC")
    #expect(outcome.ledger.read == rows)
    #expect(outcome.ledger.rejected == 0)
    #expect((outcome.tickets?.count ?? outcome.intervals?.count) == tickets)
  }
}
