import ReportDocuments
import Reporting
import Results
import Testing

@Suite("The index over all packs")
struct IndexReporterTests {
  private typealias Counted = SampleResults.Counted

  /// Packs of one agreement, each with tiers P1 and P2.
  private func index(_ packs: [(customer: String, counts: [Counted])]) -> ReportDocument {
    var all: CalculationResults?
    for pack in packs {
      let sample = SampleResults(
        tiers: pack.counts.enumerated().map { ("P\($0.offset + 1)", $0.element) })
      let own = sample.results(customer: pack.customer)
      guard all != nil else {
        all = own
        continue
      }
      all?.figures += own.figures
      all?.ledgers += own.ledgers
    }
    return IndexReporter(
      all ?? SampleResults(tiers: []).results(),
      places: packs.map {
        .init(agreement: "it", customer: $0.customer, link: "it/\($0.customer)/index.html")
      }, generator: "attain"
    ).document()
  }

  private func tables(_ section: Section?) -> [Table] {
    (section?.blocks ?? []).compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  private func names(_ table: Table?) -> [String] {
    (table?.rows ?? []).map { row in
      if case .link(let text, _)? = row.first { text } else { "?" }
    }
  }

  private let good = Counted(met: 40, missed: 0)

  @Test("More missed targets come first, then the larger shortfall, then pressure, then the name")
  func worstFirst() {
    // Against 95 %: 18/20 is 5 short, 80/89 is 5.11 short, 17/20 is 10 short; 95/100 uses all
    // five of its misses.
    let report = index([
      ("Calm", [good, good]), ("Alike", [good, good]),
      ("Pressed", [good, .init(met: 95, missed: 5)]),
      ("FiveShort", [good, .init(met: 18, missed: 2)]),
      ("MoreShort", [.init(met: 80, missed: 9), good]),
      ("Both", [.init(met: 18, missed: 2), .init(met: 17, missed: 3)]),
    ])
    let packs = tables(report.sections.first { $0.id == "packs" }).first
    #expect(
      names(packs) == ["Both", "MoreShort", "FiveShort", "Pressed", "Alike", "Calm"])
    let missed = tables(report.sections.first { $0.id == "missed" }).first
    #expect(names(missed) == ["Both", "MoreShort", "Both", "FiveShort"])
    #expect(missed?.rows.first?[2] == .text("P2 resolution"))
    #expect(missed?.rows.first?[3] == .result(.missed, "85.0\u{a0}%"))
    #expect(
      report.cover.headline
        == "Four of 12 targets were missed in October 2026, in three of six packs")
    #expect(report.cover.lede.contains("P2 resolution of Both: 85.0\u{a0}% against 95\u{a0}%."))
    #expect(report.sections.first { $0.id == "missed" }?.mark == "4")
  }

  @Test("A grid has a row for each client and a column for each tier, with links to the packs")
  func grid() {
    let report = index([("A", [good, good]), ("B", [good, .init(met: 0, missed: 0)])])
    #expect(
      report.cover.headline
        == "No target was missed in October 2026: three targets judged in two packs")
    let grid = tables(report.sections.first { $0.id == "agreement-it" }).first
    #expect(grid?.columns.map(\.name) == ["Customer", "P1", "P2"])
    #expect(
      grid?.rows.last == [
        .link(text: "B", target: "it/B/index.html"), .result(.met, "100\u{a0}%"),
        .result(.noData, "–"),
      ])
    #expect(report.sections.contains { $0.id == "missed" } == false)
  }

  @Test("The overview adds up to the figures, by agreement, customer, clock, tier and month")
  func overview() {
    let report = index([
      ("A", [good, .init(met: 3, missed: 1)]), ("B", [good, .init(met: 0, missed: 2)]),
    ])
    let section = report.sections.first { $0.id == "overview" }
    guard case .overview(let overview)? = section?.blocks.last else {
      return #expect(Bool(false), "no overview")
    }
    #expect(
      overview.dimensions.map(\.name) == ["Agreement", "Customer", "Clock", "Tier", "Month"])
    #expect(overview.dimensions[1].values.sorted() == ["A", "B"])
    // The month before has no figures, and is there.
    #expect(overview.dimensions[4].values == ["September 2026", "October 2026"])
    #expect(section?.title == "Pick a part: customer, tier and month")
    let place = overview.dimensions[1].values.firstIndex(of: "A")
    let own = overview.rows.filter { $0.places[1] == place }
    #expect(own.map(\.met).reduce(0, +) == 43 && own.map(\.decided).reduce(0, +) == 44)
    #expect(overview.rows.map(\.decided).reduce(0, +) == 86)
    #expect(overview.rows.allSatisfy { $0.places[4] == 1 })
  }

  @Test("An agreement with one pack has no grid, and a run without packs is no report")
  func few() {
    #expect(index([("A", [good])]).sections.map(\.id) == ["packs", "overview"])
    let none = index([])
    #expect(none.cover.headline.hasPrefix("Nothing is judged"))
  }
}
