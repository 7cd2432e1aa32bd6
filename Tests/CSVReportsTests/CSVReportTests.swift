import CSVReports
import ReportDocuments
import Testing

@Suite("CSV of data sheets")
struct CSVReportTests {
  private func line(_ cell: Cell, raw: Bool = false) -> String {
    let sheet = DataSheet(
      role: .tickets, name: "Tickets", file: "tickets",
      columns: [.init("a", "A"), .init("b", "B")], rows: [[cell, .count(-7)]])
    let text = String(decoding: CSVReport.bytes(sheet, raw: raw), as: UTF8.self)
    return String(text.split(separator: "\n", omittingEmptySubsequences: false)[1])
  }

  @Test("The header is the keys, and every line ends with LF")
  func header() {
    let sheet = DataSheet(
      role: .ledger, name: "Ledger", file: "ledger", columns: [.init("a_b", "A b")], rows: [])
    #expect(String(decoding: CSVReport.bytes(sheet, raw: false), as: UTF8.self) == "a_b\n")
  }

  @Test(
    "Text that a spreadsheet would calculate gets an apostrophe, unless raw",
    arguments: ["=1+1", "+1", "-1", "@a", "\tx"])
  func formulas(text: String) {
    let field = text.hasPrefix("\t") ? "\"\(text)\"" : text
    #expect(line(.text(text)).contains("'" + text))
    #expect(line(.text(text), raw: true) == field + ",-7")
  }

  @Test("Identifiers and numbers are never touched")
  func harmless() {
    #expect(line(.identifier("-12")) == "-12,-7")
    #expect(line(.decimal(thousandths: -64_800)) == "-64.8,-7")
  }

  @Test("Hundredths of a second print exactly, without trailing zeros")
  func decimals() {
    #expect(line(.decimal(thousandths: 64_800)) == "64.8,-7")
    #expect(line(.decimal(thousandths: 52_000)) == "52,-7")
    #expect(line(.decimal(thousandths: 50)) == "0.05,-7")
    #expect(line(.decimal(thousandths: 0)) == "0,-7")
    #expect(line(.decimal(thousandths: -50)) == "-0.05,-7")
    #expect(line(.decimal(thousandths: 1_010)) == "1.01,-7")
    #expect(line(.decimal(thousandths: .min)) == "-9223372036854775.808,-7")
  }

  @Test("A share has up to six decimals, rounded half up; no data is empty")
  func shares() throws {
    #expect(line(.share(try #require(Share(2, of: 3)))) == "66.666667,-7")
    #expect(line(.share(try #require(Share(19, of: 20)))) == "95,-7")
    #expect(line(.share(try #require(Share(20, of: 20)))) == "100,-7")
    #expect(line(.share(try #require(Share(0, of: 20)))) == "0,-7")
    #expect(
      line(.share(try #require(Share(999_999_999, of: 1_000_000_000)))) == "99.999999,-7")
    #expect(line(.notMeasured) == ",-7")
  }

  @Test(
    "Instants are UTC",
    arguments: [
      (Int64(1_774_941_300), "2026-03-31T07:15:00Z"), (0, "1970-01-01T00:00:00Z"),
      (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
      (-1, "1969-12-31T23:59:59Z"),
    ])
  func instants(seconds: Int64, text: String) {
    #expect(line(.moment(LocalMoment(seconds: seconds, localSeconds: 0))) == text + ",-7")
  }

  @Test("Quotes, commas and line ends are quoted")
  func quoting() {
    #expect(line(.text("5\" disk, big")) == "\"5\"\" disk, big\",-7")
  }
}
