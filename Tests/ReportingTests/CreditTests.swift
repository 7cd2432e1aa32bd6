import ReportDocuments
import Reporting
import Results
import Testing

@Suite("Service credits")
struct CreditTests {
  private static let pounds = CreditUnit(name: "GBP", decimals: 2)

  private func month(_ period: String, _ credit: Int64?, reason: String = "") -> CreditMonth {
    var month = CreditMonth(period: period, unit: Self.pounds, reason: reason)
    (month.credit, month.sum) = (credit, credit ?? 0)
    return month
  }

  private func record(_ months: [CreditMonth]) -> CreditRecord {
    CreditRecord(agreement: "it", customer: "Finance", months: months)
  }

  private func grant(_ period: String, _ amount: Int64, _ pack: String, _ issue: Int = 1)
    -> CreditGrant
  {
    CreditGrant(period: period, unit: "GBP", amount: amount, pack: pack, issue: issue)
  }

  @Test("A month that was never issued grants its credit; earlier ones that were not, nothing")
  func first() {
    var record = record([month("2026-09", 700), month("2026-10", 500)])
    record.settle(IssuedCredits(), reported: "2026-10")
    #expect(record.adjustments == nil)
    #expect(
      record.grants(reported: "2026-10")
        == [.init(period: "2026-10", unit: "GBP", amount: 500)])
  }

  @Test("What was granted and what is granted now always add up to what is now known")
  func addsUp() {
    var known = [month("2026-08", 300), month("2026-09", 0), month("2026-10", 500)]
    var issued = IssuedCredits()
    // The credits of August and September change from pack to pack.
    for (pack, august, september) in [
      ("2026-08", 300, 0), ("2026-09", 300, 120), ("2026-10", 100, 900), ("2026-10", 100, 0),
    ] as [(String, Int64, Int64)] {
      (known[0].credit, known[1].credit) = (august, september)
      var record = record(known.filter { $0.period <= pack })
      record.settle(issued, reported: pack)
      for grant in record.grants(reported: pack) {
        issued.grants.append(self.grant(grant.period, grant.amount, pack))
      }
      issued.periods.insert(pack)
      for month in record.months where issued.periods.contains(month.period) {
        let sum = issued.grants.filter { $0.period == month.period }.reduce(0) { $0 + $1.amount }
        #expect(sum == month.credit, "\(pack) \(month.period)")
      }
    }
    #expect(issued.grants.map(\.amount) == [300, 120, 500, -200, 780, -900])
  }

  @Test("A pack of a quarter settles nothing, and neither does a later month for an earlier pack")
  func others() {
    var record = record([month("2026-09", 700), month("2026-10", 500)])
    let issued = IssuedCredits(
      periods: ["2026-09", "2026-10"], grants: [grant("2026-10", 1, "2026-10")])
    record.settle(issued, reported: "2026-Q4")
    #expect(record.adjustments == nil && record.grants(reported: "2026-Q4").isEmpty)
    record.settle(issued, reported: "2026-09")
    #expect(record.adjustments?.map(\.period) == ["2026-09"])
  }

  @Test("What cannot be told is not adjusted: another unit, or a month that is not judged any more")
  func untold() {
    var record = record([
      month("2026-08", 5), month("2026-09", nil, reason: "finished tickets only"),
      month("2026-10", 0),
    ])
    record.settle(
      IssuedCredits(
        periods: ["2026-08", "2026-09"],
        grants: [
          CreditGrant(period: "2026-08", unit: "EUR", amount: 9, pack: "2026-08", issue: 1),
          grant("2026-09", 4, "2026-09"),
        ]), reported: "2026-10")
    #expect(record.adjustments?.map(\.difference) == [0, 0])
    #expect(record.adjustments?[1].reason == "finished tickets only")
    #expect(record.adjustments?[0].reason == "it was granted in EUR, and is now told in GBP")
    #expect(record.grants(reported: "2026-10").map(\.period) == ["2026-10"])
  }

  @Test("A pack issued before there were terms granted nothing, so that all is an adjustment")
  func beforeTerms() {
    var record = record([month("2026-09", 700), month("2026-10", 0)])
    record.settle(IssuedCredits(periods: ["2026-09"]), reported: "2026-10")
    #expect(record.adjustments?.first?.difference == 700)
  }

  @Test("Sums that no fee can reach are clamped, and do not trap")
  func overflow() {
    var record = record([month("2026-10", .min)])
    record.settle(
      IssuedCredits(
        periods: ["2026-10"],
        grants: [grant("2026-10", .max, "2026-10"), grant("2026-10", .max, "2026-10", 2)]),
      reported: "2026-10")
    #expect(record.adjustments?.first?.difference == .min)
  }

  private func section(_ credits: CreditRecord) -> Section? {
    var results = SampleResults(tiers: [("P1", .init(met: 43, missed: 4))]).results()
    results.credits = [credits]
    return PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document().sections.first { $0.id == "credits" }
  }

  private func paragraph(_ section: Section?) -> String {
    guard case .paragraph(let text)? = section?.blocks.first else { return "" }
    return text
  }

  /// 43 of 47 is 91.48936 %: the band from 90 % up to 95 %, 5 % of 12,000.00 are 600.00.
  private var october: CreditMonth {
    var month = month("2026-10", 600_00)
    var line = CreditLine(title: "resolution, all tiers")
    (line.clock, line.part, line.whole) = ("resolution", 43, 47)
    (line.from, line.below, line.share) = (90_000_000, 95_000_000, 5_000_000)
    line.amount = 600_00
    var fixed = CreditLine(title: "resolution, P1")
    (fixed.clock, fixed.tier, fixed.part, fixed.whole) = ("resolution", "P1", 43, 47)
    (fixed.from, fixed.below, fixed.amount) = (0, 95_000_000, 250_50)
    month.lines = [line, fixed]
    (month.fee, month.cap, month.capShare) = (12_000_00, 600_00, 5_000_000)
    month.sum = 850_50
    return month
  }

  @Test("The arithmetic is written out: fee, each rule with its band, sum, cap, credit")
  func arithmetic() {
    let section = section(record([october]))
    let space = "\u{a0}"
    #expect(section?.title == "October earns a credit of 600.00\(space)GBP")
    #expect(section?.mark == "600.00\(space)GBP")
    #expect(
      paragraph(section)
        == """
        The fee of the month is 12,000.00\(space)GBP. 600.00\(space)GBP + 250.50\(space)GBP = \
        850.50\(space)GBP. A month earns at most 600.00\(space)GBP (5\(space)% of the fee), so that \
        the credit is 600.00\(space)GBP and not 850.50\(space)GBP. Worked out from what is known \
        now; the pack that is issued first grants it.
        """)
    guard case .table(let table)? = section?.blocks.dropFirst().first else {
      return #expect(Bool(false), "no table")
    }
    #expect(
      table.rows.first
        == [
          "resolution, all tiers", "43 of 47, 91.5\(space)%", "90\(space)% up to 95\(space)%",
          "5\(space)%", "600.00\(space)GBP",
        ].map { .text($0) })
    #expect(table.rows.last?[3] == .notMeasured)
  }

  @Test("A share is printed with the decimals that put it on its side of the band's edge")
  func decimals() {
    var month = october
    (month.lines[0].part, month.lines[0].whole) = (18_999, 20_000)
    guard case .table(let table)? = section(record([month]))?.blocks.dropFirst().first else {
      return #expect(Bool(false), "no table")
    }
    #expect(table.rows[0][1] == .text("18,999 of 20,000, 94.995\u{a0}%"))
  }

  @Test("Titles say what is granted, adjusted, or not worked out")
  func titles() {
    #expect(section(record([month("2026-10", 0)]))?.title == "October earns no credit")
    let running = record([month("2026-10", nil, reason: "the month is not over")])
    #expect(section(running)?.title == "No credit is worked out for October yet")
    #expect(
      paragraph(section(running))
        == "No credit is worked out for October 2026: the month is not over.")
    var adjusted = record([month("2026-09", 400_00), month("2026-10", 0)])
    adjusted.settle(
      IssuedCredits(periods: ["2026-09"], grants: [grant("2026-09", 600_00, "2026-09")]),
      reported: "2026-10")
    let section = section(adjusted)
    #expect(section?.title == "October earns no credit; September is adjusted")
    #expect(section?.mark == "\u{2212}200.00\u{a0}GBP")
    var again = record([october])
    again.settle(
      IssuedCredits(periods: ["2026-10"], grants: [grant("2026-10", 700_00, "2026-10")]),
      reported: "2026-10")
    #expect(
      self.section(again)?.title
        == "October was granted 700.00\u{a0}GBP, and earns 600.00\u{a0}GBP: "
        + "\u{2212}100.00\u{a0}GBP to adjust")
  }

  @Test("Amounts of other currencies and of shares have their decimals")
  func units() {
    var yen = CreditMonth(period: "2026-10", unit: .init(name: "JPY", decimals: 0))
    (yen.credit, yen.sum) = (1_250_000, 1_250_000)
    #expect(section(record([yen]))?.title == "October earns a credit of 1,250,000\u{a0}JPY")
    var share = CreditMonth(period: "2026-10", unit: .share)
    (share.credit, share.sum) = (7_500_000, 7_500_000)
    #expect(section(record([share]))?.title == "October earns a credit of 7.5\u{a0}% of the fee")
  }
}
