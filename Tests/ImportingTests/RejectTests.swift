import Importing
import Messages
import ServiceTime
import Testing
import Tickets

/// Rows that are left out or used with a remark: each message, with its place.
struct RejectTests {
  private static let header = "id,opened,resolved,updated,status\n"

  @Test(
    "A row that cannot be used is rejected with its line and the reason",
    arguments: [
      ("1,2026-01-05 08:00,,\n", "the row has 4 fields where the header has 5; correct the row"),
      (
        "1,2026-01-05 08:00,,,New,x\n",
        "the row has 6 fields where the header has 5; correct the row"
      ),
      ("id,opened,resolved,updated,status\n", "the row repeats the header; it is no data"),
      (" ,2026-01-05 08:00,,,New\n", "column \"id\", the id, is blank; correct the row"),
      (
        "1,yesterday,,,New\n",
        "column \"opened\" holds \"yesterday\", which is not an instant like yyyy-MM-dd HH:mm; "
          + "correct the row, or \"timestamps\" in the mapping"
      ),
      (
        "1,1969-12-31 23:59,,,New\n",
        "column \"opened\" holds \"1969-12-31 23:59\", which is not between 1970 and 2100; "
          + "correct the row"
      ),
      (
        "1,2101-01-01 00:00,,,New\n",
        "column \"opened\" holds \"2101-01-01 00:00\", which is not between 1970 and 2100; "
          + "correct the row"
      ),
      (
        "1,2026-01-05 08:00,,,N\0w\n",
        "column \"status\" holds a NUL byte in \"N\\0w\"; correct the row or set \"encoding\""
      ),
      (
        "1,2026-01-05 08:00,,,\"New\n",
        "the quote that opens here is never closed; correct the row"
      ),
      (
        "1,2026-01-05 08:00,,\"x\"y,New\n",
        "text follows a closing quote; double the quotes inside the field"
      ),
    ])
  func rejected(row: String, message: String) throws {
    let outcome = try Imports.read(Self.header + "0,2026-01-05 07:00,,,New\n" + row)
    #expect(
      outcome.findings.map(\.line) == ["small.csv:3: rejected: " + message])
    #expect(outcome.rejectedRows == 1)
    #expect(outcome.ledger.read == 2)
    #expect(outcome.ledger.tickets == 1)
    #expect(outcome.ledger.tiesOut)
  }

  @Test("A cell that is no instant leaves the row, marks the instant and is told")
  func unreadable() throws {
    let outcome = try Imports.read(Self.header + "1,2026-01-05 08:00,soon,,New\n")
    let table = try #require(outcome.tickets)
    #expect(table.moments[1].seconds == [MomentColumn.unreadable])
    #expect(
      outcome.findings.map(\.line) == [
        "small.csv:2: warning: column \"resolved\" holds \"soon\", which is not an instant like "
          + "yyyy-MM-dd HH:mm; correct the row, or \"timestamps\" in the mapping"
      ])
  }

  @Test(
    "A day that no month has is no instant",
    arguments: ["2026-02-29 08:00", "2026-04-31 08:00", "2026-13-01 08:00", "2026-01-05 24:00"])
  func impossibleDay(text: String) throws {
    let outcome = try Imports.read(Self.header + "1,\(text),,,New\n")
    #expect(outcome.rejectedRows == 1)
  }

  @Test("Bytes that are not UTF-8 reject the row where the mapping says UTF-8")
  func notUTF8() throws {
    let mapping = try Mapping.read(Imports.tickets + "\nencoding: utf-8", file: "small.yml")
    var bytes = Array((Self.header + "1,2026-01-05 08:00,,,N").utf8)
    bytes += [0xe9, 0x0a]
    let outcome = try Importer(mapping, zone: .utc).read([ImportInput(name: "x.csv", bytes: bytes)])
    #expect(outcome.rejectedRows == 1)
    #expect(outcome.findings[0].message.text.contains("bytes that are not UTF-8"))
  }

  @Test("Where the encoding is open, such bytes are taken as Windows-1252, which is said")
  func assumedWindows1252() throws {
    let mapping = try Mapping.read(Imports.tickets, file: "small.yml")
    var bytes = Array((Self.header + "1,2026-01-05 08:00,,,N").utf8)
    bytes += [0xe9, 0x0a]
    let outcome = try Importer(mapping, zone: .utc).read([ImportInput(name: "x.csv", bytes: bytes)])
    #expect(outcome.tickets?.fields[0].dictionary.values == ["", "N\u{e9}"])
    #expect(
      outcome.findings.map(\.line) == [
        "x.csv: warning: line 2 is not UTF-8, so the file is taken as windows-1252; if that is "
          + "wrong, set \"encoding\" in the mapping"
      ])
  }

  @Test("Lines in two encodings are each read as what they are, and told by their lines")
  func mixedEncodings() throws {
    let mapping = try Mapping.read(Imports.tickets, file: "small.yml")
    let row = ",2026-01-05 08:00,,,N"
    var bytes = Array((Self.header + "1\(row)ew\n2\(row)é\n3\(row)").utf8)
    bytes += [0xe9, 0x0a] + Array("4\(row)€\n".utf8)
    for blockSize in [1, 7, 4_000] {
      let importer = Importer(mapping, zone: .utc, blockSize: blockSize)
      let outcome = try importer.read([ImportInput(name: "x.csv", bytes: bytes)])
      #expect(outcome.tickets?.fields[0].dictionary.values == ["", "New", "Né", "N€"])
      #expect(outcome.tickets?.count == 4 && outcome.rejectedRows == 0)
      #expect(
        outcome.findings.map(\.line) == [
          "x.csv: warning: encodings are mixed: line 3 is UTF-8 and line 4 is not; lines beyond "
            + "plain ASCII: 2 UTF-8, read as that, and 1 other, taken as windows-1252; save the file "
            + "in one encoding, or set \"encoding\" in the mapping to the one it has",
          "x.csv:4: warning: the line is not UTF-8, as others are; taken as windows-1252, see "
            + "whether its letters are right",
        ])
    }
  }

  @Test("Bytes that are not of the encoding that the mapping names cost their row, and only that")
  func namedEncoding() throws {
    let mapping = try Mapping.read(Imports.tickets + "\nencoding: Shift_JIS\n", file: "small.yml")
    let row = ",2026-01-05 08:00,,,"
    var bytes = Array((Self.header + "1\(row)").utf8)
    bytes += [0x93, 0xfa, 0x0a] + Array("2\(row)".utf8) + [0x81, 0x0a]
    bytes += Array("3\(row)".utf8) + [0x96, 0x7b, 0x0a] + Array("4\(row)".utf8) + [0x93]
    for blockSize in [1, 2, 7, 4_000] {
      let importer = Importer(mapping, zone: .utc, blockSize: blockSize)
      let outcome = try importer.read([ImportInput(name: "x.csv", bytes: bytes)])
      #expect(outcome.tickets?.fields[0].dictionary.values == ["", "日", "本"])
      #expect(
        outcome.findings.map(\.line)
          == [3, 5].map {
            "x.csv:\($0): rejected: column \"status\" holds bytes outside the mapping's encoding in "
              + "\"\u{fffd}\"; correct the row or set \"encoding\""
          })
    }
  }

  @Test("True dates of a workbook are read whatever the pattern, and its form is not the mapping's")
  func workbookDates() throws {
    let text =
      Imports.tickets.split(separator: "\n").filter { !$0.hasPrefix("timestamps") }
      .joined(separator: "\n")
      + "\ntimestamps: d/M/yyyy HH:mm\nencoding: utf-16le\ndelimiter: \";\"\n"
    let mapping = try Mapping.read(text, file: "small.yml")
    let rows = Self.header + "1,2026-01-05T08:00:00,,,é\n2,05/01/2026 08:00,,,New\n"
    let plain = ImportInput(name: "x.xlsx", bytes: Array(rows.utf8))
    let outcome = try Importer(mapping, zone: .utc).read([
      ImportInput(name: "x.xlsx", isFromWorkbook: true, open: plain.open)
    ])
    let table = try #require(outcome.tickets)
    #expect(outcome.findings.isEmpty)
    #expect(table.fields[0].dictionary.values == ["", "é", "New"])
    let opened = try #require(table.moments.first { $0.name == "opened" })
    #expect(opened.seconds == [1_767_600_000, 1_767_600_000])
  }

  @Test("One empty field more than the header on every row is used, and noted once")
  func trailingDelimiter() throws {
    let outcome = try Imports.read(
      Self.header + "1,2026-01-05 08:00,,,New,\n2,2026-01-05 08:00,,,New,\n")
    #expect(outcome.tickets?.count == 2)
    #expect(outcome.findings.map(\.severity) == [.note])
  }

  @Test("A header alone is no rows and no error; no header is an error")
  func empty() throws {
    #expect(try Imports.read(Self.header).tickets?.count == 0)
    #expect(throws: ImportError.noHeader(file: "small.csv")) { try Imports.read("") }
  }

  @Test("A missing column that rows cannot do without stops the import with the nearest header")
  func missingColumn() throws {
    #expect(
      throws: ImportError.columnMissing(
        file: "small.csv", key: "opened", columns: ["opened"], nearest: "opend",
        header: ["id", "opend", "resolved", "updated", "status"])
    ) {
      try Imports.read("id,opend,resolved,updated,status\n")
    }
  }

  @Test("A wanted column that is missing is a warning, any other a note")
  func missingWanted() throws {
    let text = "id,opened,updated\n1,2026-01-05 08:00,\n"
    let noted = try Imports.read(text)
    #expect(noted.findings.map(\.severity) == [.note, .note])
    let warned = try Imports.read(text, wanted: ["status"])
    #expect(
      warned.findings.map(\.line) == [
        "small.csv:1: warning: there is no column \"status\", so \"status\" is missing everywhere"
      ])
  }

  @Test("A source that cannot be read to its end is an error, not a short import")
  func broken() throws {
    struct Broken: Error {}
    let mapping = try Mapping.read(Imports.tickets, file: "small.yml")
    let input = ImportInput(name: "x.csv") {
      var given = false
      return { buffer in
        if given { throw Broken() }
        given = true
        let start = Array((Self.header + "1,2026-01-05 08:00,,,New\n").utf8)
        buffer.copyBytes(from: start)
        return start.count
      }
    }
    #expect(throws: ImportError.unreadable(file: "x.csv", reason: "Broken()")) {
      try Importer(mapping, zone: .utc).read([input])
    }
  }

  @Test("Naive times without a zone are taken as UTC, and that is said")
  func noZone() throws {
    let outcome = try Imports.read(Self.header + "1,2026-01-05 08:00,,,New\n", zone: nil)
    #expect(
      outcome.findings.map(\.line) == [
        "small.yml: warning: times have no offset, and mapping \"small\" names no zone; taken as "
          + "UTC, set \"zone\" or --zone if that is wrong"
      ])
  }
}
