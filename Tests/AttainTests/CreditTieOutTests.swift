import Foundation
import Testing

/// The credits of the sample counted again from attainment.csv and obligations.csv.
@Suite("Credits tie out")
struct CreditTieOutTests {
  private struct Rule {
    let figure: String
    /// Lower edge and share of the fee, per cent, highest first.
    let bands: [(from: Decimal, share: Decimal)]
  }

  /// Per cent as the agreement files have it, written down here once more.
  private static let support: [Rule] = [
    Rule(figure: "resolution, all tiers", bands: [(95, 0), (92.5, 5), (90, 10), (0, 15)]),
    Rule(figure: "resolution, Urgent", bands: [(95, 0), (80, 2.5), (0, 10)]),
    Rule(figure: "first-response, all tiers", bands: [(95, 0), (90, 2.5), (0, 7.5)]),
  ]

  private func rows(_ path: String, in folder: URL) throws -> [[String: String]] {
    Sheet.rows(try Data(contentsOf: folder.appendingPathComponent(path)))
  }

  @Test("Every line, sum, cap and credit follows from attainment.csv")
  func support() throws {
    let place = try Workplace()
    let result = try place.run(
      """
      attain export csv -i sample-data/zendesk/tickets.csv -m pipelines/mappings/zendesk.yml \
      -a pipelines/agreements/northwind.yml -p 2026-10 --as-of 2026-11-02T06:00:00Z \
      --history 12 -o csv
      """)
    #expect(result.status == 0, "\(result.errors)")
    let figures = try rows("csv/attainment.csv", in: place.folder)
    let credits = try rows("csv/credits.csv", in: place.folder)
    let months = Set(figures.compactMap { $0["period"] })
    var paid = 0
    for month in months {
      let own = credits.filter { $0["period"] == month }
      guard own.first(where: { $0["kind"] == "credit" })?["reason"] == "" else { continue }
      var sum: Decimal = 0
      for rule in Self.support {
        let names = rule.figure.components(separatedBy: ", ")
        let counted = figures.filter {
          $0["period"] == month && $0["clock"] == names[0]
            && (names[1] == "all tiers" || $0["tier"] == names[1])
        }
        func total(_ columns: [String]) -> Decimal {
          counted.reduce(0) { sum, row in
            columns.reduce(sum) { $0 + (Decimal(string: row[$1] ?? "") ?? 0) }
          }
        }
        let (met, decided) = (total(["met"]), total(["met", "breached", "overdue"]))
        let line = own.first { $0["figure"] == rule.figure }
        guard decided > 0 else { continue }
        let band = rule.bands.first { met * 100 >= $0.from * decided }
        // 4,800.00 x a share in steps of 2.5 % is whole pounds.
        let amount = 48 * (band?.share ?? 0)
        #expect(line.flatMap { Decimal(string: $0["amount"] ?? "") } == amount, "\(month) \(names)")
        #expect(line.flatMap { Decimal(string: $0["from"] ?? "") } == band?.from)
        sum += amount
      }
      let credit = own.first { $0["kind"] == "credit" }
      #expect(
        credit.flatMap { Decimal(string: $0["amount"] ?? "") } == min(sum, 960), "\(month)")
      if sum > 0 { paid += 1 }
    }
    #expect(paid > 0 && paid < months.count)
  }
}
