import ReportDocuments
import Reporting
import Results
import Testing

@Suite("Hours of the week, and the age of what is open")
struct WeekAndAgeTests {
  /// Wednesday 30 September 2026 at 23:00 UTC is Thursday 1 October in London, where it is 1 hour
  /// later: `SampleResults.october` is 00:00 UTC of that Thursday.
  private static let thursday = SampleResults.october

  private func document(_ rows: [PromiseRow], misses: Int) -> ReportDocument {
    var results = SampleResults(tiers: [("P1", .init(met: 1, missed: misses))]).results()
    results.promises = rows
    return PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
  }

  private func promise(
    _ ticket: String, _ verdict: Verdict, lost: Int64? = nil, elapsed: Int64 = 1,
    within: Int64? = 36_000, period: String = "2026-10"
  ) -> PromiseRow {
    var row = PromiseRow(
      ticket: ticket, source: "desk", agreement: "it", customer: "Finance", clock: "resolution",
      tier: "P1", by: [], verdict: verdict, file: 0, line: 2)
    row.started = Self.thursday
    (row.lost, row.decided) = (lost, lost)
    row.elapsedSeconds = elapsed
    row.withinSeconds = within
    row.period = verdict == .running ? "" : period
    return row
  }

  private func figure(_ document: ReportDocument, _ id: String) -> Figure? {
    document.sections.flatMap(\.blocks).compactMap {
      if case .figure(let figure) = $0, figure.id == id { figure } else { nil }
    }.first
  }

  private func heat(_ lost: [Int64]) -> (title: String, chart: HeatChart?) {
    let document = document(
      lost.enumerated().map { promise("T\($0.offset)", .breached, lost: $0.element) },
      misses: lost.count)
    let title = document.sections.first { $0.id == "hours" }?.title ?? ""
    guard case .heat(let chart)? = figure(document, "hours-map")?.chart else { return (title, nil) }
    return (title, chart)
  }

  @Test("A loss stands at the weekday and hour of the agreement's wall clock, not of UTC")
  func wallClock() {
    // Sunday 4 October 23:30 UTC is Monday 00:30 in London; 14:59:59 and 15:00 are two hours.
    let day: Int64 = 86_400
    let lost = [
      Self.thursday + 3 * day + 84_600, Self.thursday + 14 * 3600 - 1, Self.thursday + 14 * 3600,
    ]
    let (title, chart) = heat(lost)
    #expect(chart?.count(0, 0) == 1)
    #expect(chart?.count(3, 14) == 1)
    #expect(chart?.count(3, 15) == 1)
    #expect(chart?.counts.flatMap { $0 }.reduce(0, +) == 3)
    #expect(chart?.hours == 0..<17)
    #expect(chart?.days == 0..<5)
    #expect(title == "Few promises broke: three in the two months to October 2026")
  }

  @Test("A block of three hours is named only with one and a half times its part, exactly")
  func peak() {
    // Eight hours are shown, 09 to 17 in London: three of them hold 3/8 if all are alike, and stand
    // out from 9/16 of the losses on.
    func at(_ hour: Int64, _ count: Int) -> [Int64] {
      Array(repeating: Self.thursday + (hour - 1) * 3600, count: count)
    }
    let outside = at(9, 3) + at(11, 2) + at(16, 2)
    #expect(
      heat(at(13, 5) + at(14, 2) + at(15, 2) + outside).title
        == "Nine of 16 missed promises broke between 13:00 and 16:00")
    #expect(
      heat(at(13, 5) + at(14, 1) + at(15, 2) + at(10, 1) + outside).title
        == "Promises break at all hours alike")
    #expect(heat(at(14, 5)).title == "All five missed promises broke between 14:00 and 15:00")
    #expect(heat(at(14, 4)).title == "Few promises broke: four in the two months to October 2026")
  }

  @Test("Losses of months that the pack does not show, and promises that were kept, are not in it")
  func others() {
    let document = document(
      [
        promise("old", .breached, lost: Self.thursday, period: "2024-01"),
        promise("met", .met, lost: nil),
      ], misses: 0)
    #expect(document.sections.contains { $0.id == "hours" } == false)
  }

  private func ageing(_ rows: [PromiseRow]) -> Figure? {
    figure(document(rows, misses: 0), "ageing")
  }

  @Test("Open promises are dots at the share of their time; classes are half-open, by the second")
  func ages() throws {
    let figure = try #require(
      ageing([
        promise("a", .running, elapsed: 8_999), promise("b", .running, elapsed: 9_000),
        promise("c", .running, elapsed: 23_999), promise("d", .running, elapsed: 24_000),
        promise("e", .running, elapsed: 36_000), promise("f", .overdue, lost: 1, elapsed: 36_001),
        promise("g", .overdue, lost: 1, elapsed: 71_999),
        promise("h", .overdue, lost: 1, elapsed: 72_000), promise("i", .running, within: nil),
      ]))
    guard case .ageing(let chart) = figure.chart else { return #expect(Bool(false)) }
    #expect(chart.rows.first?.dots.map(\.ticket) == ["h", "g", "f", "e", "d", "c", "b", "a"])
    #expect(
      chart.rows.first?.dots.map(\.percentText)
        == ["200", "199", "100", "100", "66", "66", "25", "24"].map { $0 + "\u{a0}%" })
    #expect(figure.table.sums == [.text("All")] + [1, 1, 2, 1, 2, 1, 8].map { .count($0) })
    #expect(
      figure.title
        == "Three open promises are already late; two more have used two thirds of their time or more"
    )
    // All late ones, and the next to break.
    #expect(chart.rows.first?.dots.filter(\.isNamed).map(\.ticket) == ["h", "g", "f", "e"])
    #expect(figure.notes.contains { $0.hasPrefix("One promise with a due date") })
  }

  @Test("Without open promises there is no drawing of their age")
  func none() {
    #expect(ageing([promise("a", .met)]) == nil)
    #expect(ageing([promise("a", .running, within: nil)]) == nil)
  }

  @Test("A near miss shows how much of its time was used")
  func nearMiss() {
    var row = promise("n", .met, elapsed: 35_000)
    (row.stopped, row.decided) = (Self.thursday + 40_000, Self.thursday + 40_000)
    let section = document([row], misses: 0).sections.first { $0.id == "near-misses" }
    let cells = section?.blocks.compactMap { block -> [Cell]? in
      if case .table(let table) = block { table.rows.first } else { nil }
    }.first
    #expect(cells?.last == Share(35_000, of: 36_000).map { .used($0) })
  }
}
