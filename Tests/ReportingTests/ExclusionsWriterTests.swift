import ReportDocuments
import Results
import Testing

@testable import Reporting

/// The sections of exclusions and pauses, in words and cells.
@Suite("Sections of exclusions and pauses")
struct ExclusionsWriterTests {
  private func counts(_ met: Int, _ missed: Int, excluded: Int = 0) -> PromiseCounts {
    var counts = PromiseCounts()
    (counts.met, counts.breached, counts.excluded) = (met, missed, excluded)
    return counts
  }

  private func entry(
    tickets: [String] = [], approved: Int64?, from: Int64? = nil, seconds: Int64 = 0
  ) -> ExclusionEntry {
    ExclusionEntry(
      agreement: "it", customer: "Finance", number: nil, tickets: tickets, source: "", from: from,
      to: from.map { $0 + 7_200 }, condition: from == nil ? "" : "group Network",
      clocks: ["resolution"], reason: "a reason", approver: "the owner", approved: approved,
      promises: 2, missed: 1, seconds: seconds)
  }

  private var sample: CalculationResults {
    SampleResults(tiers: [("P1", SampleResults.Counted(met: 9, missed: 1))]).results()
  }

  private func pack(_ results: CalculationResults) throws -> PackView {
    try #require(
      PackView(results, agreement: results.agreements[0].name, customer: "Finance"))
  }

  @Test("Without a register, or without pauses, there is no section, sheet, word or sentence")
  func nothing() throws {
    let pack = try pack(sample)
    #expect(ExclusionsWriter(pack: pack).section == nil)
    #expect(ExclusionsWriter(pack: pack).sentence == nil)
    #expect(ExclusionsWriter(pack: pack).definition == nil)
    #expect(PausesWriter(pack: pack).section == nil)
    #expect(Reporting.exclusionSheets(sample).isEmpty)
    #expect(PauseSheets(results: sample).sheets.isEmpty)
  }

  @Test("What was asked is said with who approved it and when, or that it is not applied")
  func asked() throws {
    var results = sample
    results.agreements[0].name = "it"
    let october = SampleResults.october
    results.exclusions = ExclusionResults(
      entries: [
        entry(tickets: ["T1", "T2"], approved: october + 3_600),
        entry(approved: nil, from: october + 86_400),
        entry(approved: october, from: october + 86_400, seconds: 5_400),
      ],
      targets: [
        ExclusionTarget(
          agreement: "it", customer: "Finance", clock: "resolution", tier: "P1",
          objective: 95_000_000, without: counts(9, 3), with: counts(9, 1, excluded: 2))
      ])
    for index in results.figures.indices { results.figures[index].agreement = "it" }
    let writer = ExclusionsWriter(pack: try pack(results))
    let section = try #require(writer.section)
    #expect(section.title == "Exclusions: three asked, two granted")
    guard case .table(let list) = section.blocks[1], case .table(let figures) = section.blocks[2]
    else {
      Issue.record("no tables")
      return
    }
    #expect(
      list.rows.map { $0[0] } == [
        .text("T1 and T2, resolution clock"),
        .text(
          "2 Oct 2026, 01:00 to 2 Oct 2026, 03:00, where group Network, resolution clock"),
        .text(
          "2 Oct 2026, 01:00 to 2 Oct 2026, 03:00, where group Network, resolution clock"),
      ])
    #expect(
      list.rows.map { $0[3] } == [
        .text("1 Oct 2026, 02:00"), .text("not approved: not applied"),
        .text("1 Oct 2026, 01:00"),
      ])
    #expect(list.rows.map { $0[5] } == [.notMeasured, .notMeasured, .duration(seconds: 5_400)])
    #expect(figures.rows[0][1...2] == [.count(9), .count(3)])
    #expect(figures.rows[0].last == .count(2))
    #expect(
      writer.sentence
        == "Approved exclusions are applied: without them 75.0\u{a0}% were kept, with them "
        + "90.0\u{a0}%.")
    let sheets = Reporting.exclusionSheets(results)
    #expect(sheets.map(\.file) == ["exclusions", "exclusion-targets"])
    #expect(
      sheets.allSatisfy { sheet in sheet.rows.allSatisfy { $0.count == sheet.columns.count } })
  }

  @Test("Pauses say who, which group, and what may be worth a look; messages only where known")
  func pauses() throws {
    var results = sample
    results.agreements[0].name = "it"
    for index in results.figures.indices { results.figures[index].agreement = "it" }
    var target = PauseTarget(
      agreement: "it", customer: "Finance", clock: "resolution", tier: "P1",
      objective: 95_000_000, promises: 10, paused: 3, elapsed: 7_200)
    target.parties = [.init(name: "customer", seconds: 1_800), .init(name: "", seconds: 600)]
    target.groups = (1...6).map { .init(name: "G\($0)", seconds: 400) }
    (target.with, target.without) = (counts(9, 1), counts(7, 3))
    let moment = PauseMoment(
      agreement: "it", customer: "Finance", clock: "resolution", tier: "P1", kind: .afterLost,
      ticket: "T1", source: "desk", cycle: nil, at: SampleResults.october, what: "customer",
      holder: "", left: nil, within: 14_400, seconds: 60)
    results.pauses = PauseAudit(targets: [target], moments: [moment])
    let section = try #require(PausesWriter(pack: try pack(results)).section)
    #expect(section.title == "Three of ten promises were paused")
    let tables = section.blocks.compactMap { block in
      if case .table(let table) = block { table } else { nil }
    }
    #expect(tables.map(\.rows.count) == [1, 1, 3, 1])
    // 2,400 of 9,600 seconds.
    #expect(tables[0].rows[0][4] == .share(try #require(Share(2_400, of: 9_600))))
    #expect(
      tables[1].rows[0][1]
        == .text("customer 30\u{a0}m (75.0\u{a0}%), not told 10\u{a0}m (25.0\u{a0}%)"))
    guard case .text(let groups) = tables[1].rows[0][2] else { return }
    #expect(groups.hasSuffix("G4 6\u{a0}m (16.7\u{a0}%), others 13\u{a0}m (33.3\u{a0}%)"))
    results.pauses?.knowsMessages = true
    let known = try #require(PausesWriter(pack: try pack(results)).section)
    guard case .table(let counted) = known.blocks[3] else { return }
    #expect(counted.rows.count == 4)
    let sheets = PauseSheets(results: results).sheets
    #expect(sheets.map(\.file) == ["pauses", "pause-moments"])
    #expect(sheets[0].rows.count == 9)
    #expect(
      sheets.allSatisfy { sheet in sheet.rows.allSatisfy { $0.count == sheet.columns.count } })
  }
}
