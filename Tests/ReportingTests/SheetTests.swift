import ReportDocuments
import Reporting
import Results
import Testing

@Suite("Sheets of data")
struct SheetTests {
  private let results = SampleResults(
    tiers: [("P1", .init(met: 29, missed: 1)), ("P2", .init(met: 0, missed: 0))]
  ).results()

  @Test("The columns of attainment.csv keep the order of the design")
  func columns() {
    let keys = Reporting.attainmentSheet(results).columns.map(\.key)
    #expect(
      Array(keys.prefix(21)) == [
        "agreement", "customer", "clock", "tier", "period", "met", "breached", "overdue",
        "running", "excluded", "unmeasurable", "attainment", "objective", "wilson_low",
        "wilson_high", "n", "p50_seconds", "p75_seconds", "p90_seconds", "p95_seconds",
        "p99_seconds",
      ])
  }

  @Test("Fields of `by` follow the tier")
  func byFields() {
    var results = results
    results.agreements[0].by = ["site"]
    for index in results.figures.indices { results.figures[index].by = ["Rome"] }
    let sheet = Reporting.attainmentSheet(results)
    #expect(sheet.columns.map(\.key).prefix(6).suffix(3) == ["tier", "site", "period"])
    #expect(sheet.rows[0][4] == .text("Rome"))
    #expect(Reporting.ticketsSheet(results).columns.map(\.key).prefix(6).last == "site")
  }

  @Test("Percentiles keep their hundredths, and a row without data says nothing in numbers")
  func cells() throws {
    let sheet = Reporting.attainmentSheet(results)
    for row in sheet.rows { #expect(row.count == sheet.columns.count) }
    let p90 = try #require(sheet.columnIndex("p90_seconds"))
    let attainment = try #require(sheet.columnIndex("attainment"))
    let result = try #require(sheet.columnIndex("result"))
    #expect(sheet.rows[0][p90] == .decimal(thousandths: 64_800))
    #expect(sheet.rows[0][result] == .text("met"))
    #expect(sheet.rows[1][attainment] == .notMeasured)
    #expect(sheet.rows[1][p90] == .notMeasured)
    #expect(sheet.rows[1][result] == .text("no data"))
  }

  @Test("Every promise is a row of tickets.csv, and every bucket one of ledger.csv")
  func rows() {
    let tickets = Reporting.ticketsSheet(results)
    #expect(tickets.rows.count == results.promises.count)
    for row in tickets.rows { #expect(row.count == tickets.columns.count) }
    #expect(Reporting.ledgerSheet(results).rows.count == 6)
    let table = Reporting.attainmentTable(results)
    #expect(table.rows.count == 2)
    for row in table.rows { #expect(row.count == table.columns.count) }
  }
}
