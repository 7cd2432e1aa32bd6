import Agreements
import Calculation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Charts, Kaplan-Meier and the mix guard, from tickets.
@Suite("Statistics of results")
struct ChartResultsTests {
  /// Tickets of `months` months from January 2025 on, ten a month and tier; `late` of a month's
  /// ten are late.
  private func desk(_ months: Int, late: (Int) -> Int = { $0 % 2 }) -> [Sketch] {
    (0..<months).flatMap { index -> [Sketch] in
      let month = "\(2025 + index / 12)-" + (index % 12 < 9 ? "0" : "") + "\(index % 12 + 1)"
      return (0..<20).map { number in
        let isLate = number / 2 < late(index)
        let fields = [
          "priority": number % 2 == 0 ? "1" : "2", "department": number < 10 ? "Sales" : "HR",
        ]
        return Sketch("\(month)-\(number)", fields).opened("\(month)-10 08:00")
          .resolved("\(month)-10 " + (isLate ? "17:00" : number % 2 == 0 ? "09:30" : "10:00"))
      }
    }
  }

  private var terms: Terms {
    var terms = Terms()
    terms.customer = .fixed("Everybody")
    terms.calendar = .always(zone: .utc)
    return terms
  }

  @Test("the limits are those of the data's first twelve months, whatever history is shown")
  func historyMovesNothing() throws {
    let table = table(desk(16))
    let alone = try results([table], [terms], period: "2026-03", explained: 0)
    let charts = try #require(alone.charts)
    for history in [2, 6, 13, 16] {
      let other = try results(
        [table], [terms], period: "2026-03", history: history, explained: 0)
      #expect(other.charts == charts, "history \(history)")
    }
    let chart = try #require(charts.first { $0.tier == "P1" && $0.measure == .attainment })
    // February to December 2025 and January 2026: the first two months are within the four hours
    // of P1 already, and complete.
    #expect(chart.bases.map(\.from) == ["2025-01"])
    #expect(chart.bases.map(\.through) == ["2025-12"])
    #expect(chart.months.count == 15)
    #expect(chart.months.map(\.met) == (0..<15).map { 10 - $0 % 2 })
    #expect(chart.latest == "2026-03")
    #expect(chart.variation == .commonCause)
    // 95 % at n = 10: 0.5 misses expected, P(3 or more) = 0.0115, P(4 or more) = 0.00103.
    #expect(chart.months.last?.limits?.lower == 70_000_000)
    #expect(chart.assurance?.answer == .mayOrMayNot)
    #expect(chart.assurance?.n == 10)
    // The next month is the same data seen later.
    let later = try results([table], [terms], period: "2026-04", explained: 0)
    let grown = later.charts?.first { $0.tier == "P1" && $0.measure == .attainment }
    #expect(grown.map { Array($0.months.prefix(15)) } == chart.months)
  }

  @Test("a month to date has no limits, and a partial export has none at all")
  func judgedMonthsOnly() throws {
    let rows = desk(15)
    let toDate = try results(
      [table(rows)], [terms], period: "2026-03", asOf: "2026-03-20 00:00", explained: 0)
    let chart = try #require(toDate.charts?.first)
    #expect(chart.latest == "2026-02")
    #expect(chart.months.last?.limits == nil)
    #expect(chart.months.dropLast().allSatisfy { $0.limits != nil })
    let partial = try results(
      [table(rows, holds: .openedFrom(date("2025-01-01")))], [terms], period: "2026-03",
      explained: 0)
    #expect(partial.charts?.first?.months.allSatisfy { $0.limits == nil } == true)
    #expect(partial.charts?.first?.variation == .lineOnly)
    #expect(partial.charts?.first?.assurance?.answer == .tooEarly)
  }

  @Test("a rebase of the agreement and of a target begins new limits")
  func rebased() throws {
    var agreement = terms.agreement
    agreement.rebases = [Rebase(from: "2025-03", reason: "new tool")]
    agreement.targets[0].rebases = [Rebase(from: "2025-02", reason: "new team")]
    let request = CalculationRequest(
      tables: [table(desk(16))], agreements: [[agreement]],
      asOf: Instant(seconds: instant("2027-01-01 00:00")), period: "2026-04",
      collectsPromises: true)
    let chart = try #require(try Calculator(request).results().charts?.first)
    #expect(chart.bases.map(\.from) == ["2025-01", "2025-02", "2025-03"])
    #expect(chart.bases.map(\.reason) == ["", "new team", "new tool"])
    #expect(chart.bases.map(\.through) == ["2025-01", "2025-02", "2026-02"])
    #expect(
      chart.months.map { $0.limits != nil } == [false, false] + Array(repeating: true, count: 14))
  }

  @Test("with --by there is a chart over all values and one of each")
  func byValues() throws {
    let table = table(desk(14))
    let by = try results([table], [terms], period: "2026-02", by: ["department"], explained: 0)
    let plain = try results([table], [terms], period: "2026-02", explained: 0)
    #expect(by.charts?.filter { $0.by.isEmpty } == plain.charts)
    #expect(Set((by.charts ?? []).map(\.by)) == [[], ["HR"], ["Sales"]])
    let sales = by.charts?.first { $0.by == ["Sales"] && $0.tier == "P1" }
    #expect(sales?.months.map(\.n) == Array(repeating: 5, count: 14))
  }

  @Test("without promises there are no statistics, with them no other figure changes")
  func oneRule() throws {
    var request = CalculationRequest(
      tables: [table(desk(15))], agreements: [[terms.agreement]],
      asOf: Instant(seconds: instant("2027-01-01 00:00")), period: "2026-03", history: 3)
    let lean = try Calculator(request).results()
    #expect(lean.charts == nil && lean.survival == nil && lean.mixes == nil)
    request.collectsPromises = true
    for workers in [1, 3] {
      request.workers = workers
      let full = try Calculator(request).results()
      #expect(full.figures == lean.figures)
      #expect(full.charts?.count == 8)
    }
  }

  @Test("clocks at risk: entered with what they had, censored where they run")
  func survival() throws {
    let rows = [
      Sketch("A").opened("02-27 08:00").resolved("03-02 12:00"),
      Sketch("B").opened("03-03 08:00").resolved("03-03 10:00"),
      Sketch("C").opened("03-04 08:00"),
      Sketch("D").opened("02-02 08:00").resolved("02-02 09:00"),
      Sketch("E").opened("03-30 08:00").status("Cancelled", "03-30 11:00"),
      Sketch("F").opened("03-31 17:00").resolved("04-01 09:00"),
    ]
    let found = try results([table(rows)], [.within(.work(seconds: hours(100)))])
    // Of 10 h a day: A enters on Sunday 1 March with 10 h and stops at 14 h; B at 2 h; C is
    // censored at 200 h, E at 3 h, F at 1 h. D stopped before.
    let record = try #require(found.survival?.first)
    #expect(record.atRisk == 5)
    #expect(record.events == 2)
    #expect(record.censored == 3)
    // At 2 h one of B, C and E stops: 2/3. At 14 h one of A and C: 1/3.
    #expect(
      record.percentiles == [
        .init(seconds: hours(14), isOver: false), .init(seconds: hours(200), isOver: true),
        .init(seconds: hours(200), isOver: true), .init(seconds: hours(200), isOver: true),
        .init(seconds: hours(200), isOver: true),
      ])
    let done = try results(
      [table([rows[0], rows[1]])], [.within(.work(seconds: hours(100)))])
    #expect(done.survival == nil)
  }

  @Test("a total that falls while no tier does is told, with its figure at last month's mix")
  func mix() throws {
    func month(_ month: String, _ counts: [(priority: String, met: Int, missed: Int)]) -> [Sketch] {
      counts.flatMap { tier in
        (0..<tier.met + tier.missed).map { number in
          Sketch("\(month)-\(tier.priority)-\(number)", ["priority": tier.priority])
            .opened("\(month)-10 08:00")
            .resolved("\(month)-10 " + (number < tier.met ? "09:00" : "20:00"))
        }
      }
    }
    var terms = terms
    terms.tiers[1].within = .work(seconds: hours(4))
    let rows =
      month("02", [("1", 36, 4), ("2", 6, 4)]) + month("03", [("1", 23, 2), ("2", 62, 38)])
    let found = try results([table(rows)], [terms], explained: 0)
    // P1 90 to 92 %, P2 60 to 62 %; 42/50 = 84 % to 85/125 = 68 %; 0.8 x 92 + 0.2 x 62 = 86 %.
    let record = try #require(found.mixes?.first)
    #expect(found.mixes?.map(\.clock) == ["resolution", ""])
    #expect(record.was == .init(met: 42, decided: 50))
    #expect(record.now == .init(met: 85, decided: 125))
    #expect(record.atLastMix == 86_000_000)
    #expect(record.fell)
  }
}
