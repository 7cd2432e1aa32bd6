import Importing
import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Exports as they come: every encoding and line end, and bytes that nobody meant.
struct HostileInputTests {
  private static let text = """
    id,opened,resolved,updated,status
    1,2026-01-05 08:00,2026-01-05 09:00,2026-01-05 10:00,"Fermé, ""clos"" hier"
    2,2026-01-05 08:00,,2026-01-05 10:00,Ouvert

    """

  private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    let mark: [UInt8] = bigEndian ? [0xfe, 0xff] : [0xff, 0xfe]
    return mark
      + text.utf16.flatMap { unit in
        let halves = [UInt8(unit >> 8), UInt8(unit & 0xff)]
        return bigEndian ? halves : halves.reversed()
      }
  }

  @Test("The same rows come out of every encoding, delimiter and line end")
  func forms() throws {
    let plain = try #require(try Imports.read(Self.text).tickets)
    let expected = Imports.description(of: plain)
    let forms: [(String, [UInt8])] = [
      ("BOM", [0xef, 0xbb, 0xbf] + Array(Self.text.utf8)),
      ("CRLF", Array(Self.text.replacing("\n", with: "\r\n").utf8)),
      ("CR", Array(Self.text.replacing("\n", with: "\r").utf8)),
      ("no last line end", Array(Self.text.utf8.dropLast())),
      ("blank lines", Array(("\n" + Self.text.replacing("\n", with: "\n\n")).utf8)),
      ("UTF-16 LE", Self.utf16(Self.text, bigEndian: false)),
      ("UTF-16 BE", Self.utf16(Self.text, bigEndian: true)),
      ("Windows-1252", Self.text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }),
      ("tabs", Array(Self.text.replacing(",", with: "\t").replacing("é\t", with: "é,").utf8)),
    ]
    for (name, bytes) in forms {
      let mapping = try Mapping.read(Imports.tickets, file: "small.yml")
      let outcome = try Importer(mapping, zone: .utc).read([
        ImportInput(name: "x.csv", bytes: bytes)
      ])
      let table = try #require(outcome.tickets)
      #expect(Imports.description(of: table) == expected, "\(name)")
      #expect(outcome.ledger.tiesOut)
    }
  }

  @Test("Whatever bytes a file holds, every row is accounted for", arguments: 0..<60)
  func garbage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = Array(Self.text.utf8)
    for row in 0..<40 { bytes += Array("\(row),2026-01-05 08:00,,,\"x\ny\"\n".utf8) }
    let start = Self.text.utf8.firstIndex(of: 0x0a).map {
      Self.text.utf8.distance(from: Self.text.utf8.startIndex, to: $0) + 1
    }
    let odd: [UInt8] = [0, 0x22, 0x2c, 0x0a, 0x0d, 0xff, 0xc3, 0x20, 0x39, 0x2d]
    for _ in 0..<Int.random(in: 1...60, using: &random) {
      let place = Int.random(in: (start ?? 0)..<bytes.count, using: &random)
      bytes[place] = odd.randomElement(using: &random) ?? 0
    }
    for rows in ["tickets", "snapshots", "events"] {
      let yaml = """
        mapping: small
        rows: \(rows)
        timestamps: yyyy-MM-dd HH:mm
        ticket: {id: id, \(rows == "events" ? "at" : "updated"): opened, resolved: resolved,
                 status: status}
        """
      let mapping = try Mapping.read(yaml, file: "small.yml")
      let outcome = try Importer(mapping, zone: .utc).read([
        ImportInput(name: "x.csv", bytes: bytes)
      ])
      #expect(outcome.ledger.tiesOut)
      #expect(outcome.findings.count { $0.severity == .rejected } == outcome.rejectedRows)
      #expect(outcome.tickets?.count == outcome.ledger.tickets)
    }
  }

  @Test("Asking for fewer fields changes no figure of those asked for")
  func fewerFields() throws {
    let all = try #require(try Imports.read(Self.text).tickets)
    let few = try #require(try Imports.read(Self.text, wanted: ["resolved"]).tickets)
    #expect(few.moments.map(\.name) == ["opened", "resolved", "updated"])
    #expect(few.fields.isEmpty)
    for (left, right) in zip(few.moments, all.moments) { #expect(left.seconds == right.seconds) }
    #expect(few.ledger == all.ledger)
  }

  @Test("The bytes read are told as they are read, up to the size of the input")
  func progress() throws {
    final class Told { var bytes: [Int] = [] }
    let told = Told()
    let mapping = try Mapping.read(Imports.tickets, file: "small.yml")
    let outcome = try Importer(mapping, zone: .utc).read(
      [ImportInput(name: "x.csv", bytes: Array(Self.text.utf8))]) { told.bytes.append($0) }
    #expect(told.bytes.last == Self.text.utf8.count)
    #expect(outcome.bytesRead == Self.text.utf8.count)
  }

  @Test(
    "ServiceNow's other headers and times fit its preset",
    arguments: [
      (
        "\"number\",\"state\",\"created\",\"last_update\",\"assignment_group\",\"severity\"\n"
          + "INC1,New,02-13-2025 15:46:06,02-14-2025 08:00:00,Desk,4 - Low\n",
        "2025-02-13T15:46:06Z"
      ),
      (
        "number,opened_at,short_description,priority,state,sys_updated_on\n"
          + "INC1,3/17/2025 6:04,x,4 - Low,New,3/18/2025 6:04\n",
        "2025-03-17T06:04:00Z"
      ),
      (
        "number,opened_at,priority,state,sys_updated_on\n"
          + "INC1,2026-01-05 08:00:00,4 - Low,New,2026-01-05 08:00:00\n",
        "2026-01-05T08:00:00Z"
      ),
    ])
  func serviceNow(text: String, opened: String) throws {
    let yaml = try #require(Presets.named("servicenow-incident")?.yaml)
    let table = try #require(try Imports.read(text, yaml).tickets)
    #expect(table.moments[0][0]?.iso == opened)
    let priority = table.fields[try #require(table.fieldIndex("priority"))]
    #expect(priority.dictionary[priority.codes[0]] == "4")
  }
}
