import Importing
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite(.enabled(if: RealExports.arePresent, Comment(rawValue: SharedData.absent)))
struct HeaderVariantTests {
  private static func table(_ header: Substring, _ cells: [String: String]) throws -> TicketTable {
    let row = header.split(separator: ",").map { name in
      cells[String(name.replacing("\"", with: ""))] ?? "x"
    }
    let preset = try #require(Presets.named("servicenow-incident"))
    let text = "\(header)\n\(row.joined(separator: ","))\n"
    let outcome = try Imports.read([(name: "incident.csv", text: text)], preset.yaml)
    return try #require(outcome.tickets)
  }

  private static func values(_ table: TicketTable) -> [String: String] {
    var values: [String: String] = [:]
    for field in table.fields { values[field.name] = field.dictionary[field.codes[0]] }
    for moment in table.moments { values[moment.name] = moment[0]?.iso }
    return values
  }

  @Test("ServiceNow lists come in under every header that was seen in the wild")
  func serviceNow() throws {
    let bytes = try RealExports.bytes(of: "headers/servicenow_header_variants.txt")
    let headers = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .filter { !$0.hasPrefix("#") }
    try #require(headers.count == 2)
    let dashed = Self.values(
      try Self.table(
        headers[0],
        [
          "created": "02-13-2025 15:46:06", "last_update": "02-14-2025 09:00:00",
          "severity": "4 - Low", "state": "On Hold", "user_location": "Lisbon",
        ]))
    #expect(dashed["opened"] == "2025-02-13T15:46:06Z")
    #expect(dashed["updated"] == "2025-02-14T09:00:00Z")
    #expect(dashed["priority"] == "4")
    #expect(dashed["location"] == "Lisbon")
    let unpadded = Self.values(
      try Self.table(
        headers[1],
        [
          "opened_at": "3/17/2025 6:04", "sys_updated_on": "3/17/2025 16:30",
          "assignment_group": "null", "priority": "2 - High",
        ]))
    #expect(unpadded["opened"] == "2025-03-17T06:04:00Z")
    #expect(unpadded["updated"] == "2025-03-17T16:30:00Z")
    #expect(unpadded["priority"] == "2")
    #expect(unpadded["group"] == "")
  }
}
