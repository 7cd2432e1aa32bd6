import ReportDocuments
import Reporting
import Results
import Testing

@Suite("The report of a pack")
struct PackReporterTests {
  private typealias Counted = SampleResults.Counted

  private func document(_ sample: SampleResults) -> ReportDocument {
    PackReporter(
      results: sample.results(), agreement: "it", customer: "Finance", generator: "attain"
    ).document()
  }

  private func headline(_ counts: [Counted], _ change: (inout SampleResults) -> Void = { _ in })
    -> String
  {
    var sample = SampleResults(
      tiers: counts.enumerated().map { ("P\($0.offset + 1)", $0.element) })
    change(&sample)
    let headline = document(sample).cover.headline
    #expect(headline.split(separator: " ").count <= 28)
    return headline
  }

  @Test("A headline says how many targets were met, which was missed, and who held the tickets")
  func missedHeadline() {
    #expect(
      headline([.init(met: 180, missed: 15), .init(met: 40, missed: 0), .init(met: 39, missed: 2)])
        == "Two of three targets were met in October, one of them narrowly; P1 resolution was "
        + "missed, and Networks held most of its late tickets")
  }

  @Test("A headline without a known holder names no cause")
  func noCause() {
    #expect(
      headline([.init(met: 180, missed: 15), .init(met: 40, missed: 0)]) { $0.holder = "" }
        == "One of two targets was met in October; P1 resolution was missed")
  }

  @Test("A headline of all met, all missed, one target and none")
  func extremes() {
    let good = Counted(met: 40, missed: 0)
    let bad = Counted(met: 1, missed: 1)
    #expect(headline([good, good]) == "Both targets were met in October")
    #expect(headline([bad, bad]).hasPrefix("Both targets were missed in October"))
    #expect(headline([good]) == "The only target, P1 resolution, was met in October")
    #expect(headline([bad]).hasPrefix("The only target, P1 resolution, was missed in October"))
    #expect(headline([]) == "This agreement sets no objective")
  }

  @Test("A headline of no data, of a partial and of a starting month judges nothing")
  func unjudged() {
    let good = Counted(met: 40, missed: 0)
    #expect(
      headline([.init(met: 0, missed: 0)])
        == "No target can be judged: no promise was decided in October")
    let reason = "finished tickets only: overdue ones cannot be seen"
    #expect(
      headline([good]) {
        $0.completeness = .partial
        $0.reason = reason
      } == "October is shown, not judged: " + reason)
    #expect(
      headline([good]) { $0.completeness = .startingUp }
        == "October is shown, not judged: the agreement is starting up")
  }

  @Test("Long names never make a headline longer than 28 words")
  func longNames() {
    let name = "a very long name of a tier that goes on and on for many words"
    let sample = SampleResults(
      tiers: (0..<4).map {
        ("\(name) \($0)", Counted(met: $0 == 0 ? 9 : 1, missed: $0 == 0 ? 0 : 3))
      })
    let text = document(sample).cover.headline
    #expect(text.split(separator: " ").count <= 28)
    #expect(text.hasSuffix("; three were missed"))
  }

  @Test("Nothing of another customer gets into a pack")
  func otherCustomers() {
    let sample = SampleResults(tiers: [("P1", Counted(met: 30, missed: 3, overdue: 1))])
    var both = sample.results()
    let other = sample.results(customer: "Zebra")
    both.figures += other.figures
    both.promises += other.promises
    both.ledgers += other.ledgers
    both.traces = both.promises.filter { $0.verdict == .breached }.map {
      TraceRecord(
        ticket: $0.ticket, source: $0.source, agreement: "it", clock: $0.clock, stretches: [],
        reportedPause: nil)
    }
    both.reported = ["Finance", "Zebra"].map {
      ReportedRow(
        agreement: "it", customer: $0, clock: "resolution", tier: "P1", met: 1, breached: 2,
        unknown: 0)
    }
    let report = PackReporter(
      results: both, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
    let text = String(describing: report)
    #expect(!text.contains("Zebra"))
    #expect(!text.contains("secret.csv"))
    var alone = both
    alone.figures = sample.results().figures
    alone.promises = sample.results().promises
    alone.ledgers = sample.results().ledgers
    alone.reported = Array(both.reported.prefix(1))
    let single = PackReporter(
      results: alone, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
    #expect(report == single)
  }

  @Test("A share just under its objective keeps the decimals that say so")
  func decimals() {
    let report = document(
      SampleResults(tiers: [("P1", Counted(met: 2_374, missed: 126))]))
    #expect(report.cover.lede.contains("94.96\u{a0}% against 95\u{a0}%"))
    #expect(report.slam.groups.first?.rows.first?.entries.last?.grade == .missed)
    #expect(report.slam.groups.first?.rows.first?.entries.last?.share?.text == "94.96")
  }

  @Test("Unmeasurable promises are printed a second time as missed")
  func unmeasurable() {
    let report = document(
      SampleResults(tiers: [("P1", Counted(met: 95, missed: 2, unmeasurable: 3))]))
    #expect(
      report.cover.lede.contains("three unmeasurable promises counted as missed, 95.0\u{a0}%"))
    #expect(String(describing: report).contains("With every unmeasurable promise as missed"))
  }

  @Test("An unfinished month is marked and carries its bounds: 85.1 % to 95.7 %")
  func toDate() {
    var sample = SampleResults(tiers: [("P1", Counted(met: 40, missed: 2))])
    sample.isToDate = true
    let report = document(sample)
    #expect(report.cover.lede.contains("between 85.1\u{a0}% and 95.7\u{a0}%"))
    #expect(report.cover.headline.contains("October so far"))
    #expect(report.slam.groups.first?.rows.first?.entries.last?.isToDate == true)
    #expect(report.properties.period == "October 2026, to date")
  }

  @Test("The ledger ties out, and the missed list holds every missed promise, worst first")
  func tieOut() throws {
    let report = document(
      SampleResults(tiers: [
        ("P1", Counted(met: 20, missed: 3, unmeasurable: 2, overdue: 1)),
        ("P2", Counted(met: 12, missed: 0)),
      ]))
    let ledger = try #require(report.sections.first { $0.id == "ledger" })
    guard case .ledger(let blocks)? = ledger.blocks.first else {
      Issue.record("no ledger")
      return
    }
    #expect(blocks.blocks.count == 3)
    for block in blocks.blocks { #expect(block.tiesOut) }
    let missed = try #require(report.sections.first { $0.id == "missed" })
    guard case .missed(let list)? = missed.blocks.first else {
      Issue.record("no list")
      return
    }
    #expect(list.total == 4)
    #expect(list.items.map(\.over) == [3, 2, 2, 1].map { $0 * SampleResults.hour })
  }

  @Test(
    "Bars split at the limit, so that equal is in time, and hold every promise",
    arguments: [(550, 15), (30, 3)])
  func distribution(met: Int, missed: Int) throws {
    let report = document(SampleResults(tiers: [("P1", Counted(met: met, missed: missed))]))
    let charts = report.sections.flatMap(\.blocks).compactMap { block -> DistributionChart? in
      guard case .figure(let figure) = block, case .distribution(let chart) = figure.chart else {
        return nil
      }
      return chart
    }
    let chart = try #require(charts.first)
    #expect(chart.bars.reduce(0) { $0 + $1.count } == met + missed)
    #expect(chart.bars.filter(\.isLate).reduce(0) { $0 + $1.count } == missed)
    #expect(chart.late == missed)
    #expect(chart.bars.first { $0.isLate }?.from == 10 * SampleResults.hour + 1)
    for (bar, next) in zip(chart.bars, chart.bars.dropFirst()) {
      #expect(bar.to == next.from && bar.from < next.from)
    }
    #expect(chart.isLogarithmic == (met == 30))
  }

  @Test("The title of the grid tells a run of missed months")
  func slamTitle() {
    var sample = SampleResults(tiers: [("P1", Counted(met: 1, missed: 1))])
    #expect(document(sample).slam.title == "One target missed in October")
    sample.september = [Counted(met: 1, missed: 1)]
    #expect(document(sample).slam.title == "P1 resolution has been missed since September")
  }

  @Test("Empty sections say so in one line")
  func empties() {
    let report = document(SampleResults(tiers: [("P1", Counted(met: 5, missed: 0))]))
    #expect(
      report.sections.first { $0.id == "missed" }?.blocks
        == [.paragraph("No promise was missed in October.")])
    #expect(
      report.sections.first { $0.id == "open" }?.blocks
        == [.paragraph("No promise is open at the end of October.")])
  }

  @Test("Met with under a tenth of the time left is a near miss; a tenth left is not")
  func nearMisses() {
    var results = SampleResults(tiers: [("P1", Counted(met: 3, missed: 0))]).results()
    for (index, elapsed) in [36_000, 32_401, 32_400].enumerated() {
      results.promises[index].elapsedSeconds = Int64(elapsed)
    }
    let report = PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
    let sheet = report.dataSheets.first { $0.role == .nearMisses }
    #expect(
      sheet?.rows.map { $0[0] } == [.identifier("Finance-P1-0"), .identifier("Finance-P1-1")])
    #expect(
      report.sections.first { $0.id == "near-misses" }?.title
        == "Two promises were kept with under 10\u{a0}% of the time left")
  }

  @Test("A trace says where the time went, and its identity adds up")
  func trace() throws {
    var results = SampleResults(tiers: [("P1", Counted(met: 0, missed: 1))]).results()
    let start = SampleResults.october + 3_600
    func stretch(_ from: Int64, _ to: Int64, _ kind: TraceRecord.Kind, _ party: String)
      -> TraceRecord.Stretch
    {
      let length = (to - from) * 3_600
      return .init(
        from: start + from * 3_600, to: start + to * 3_600, kind: kind, state: "", party: party,
        counted: kind == .counted ? length : 0, paused: kind == .paused ? length : 0,
        stopped: 0, closed: kind == .closed ? length : 0, line: 7, calendar: "office", tier: "P1")
    }
    results.traces = [
      TraceRecord(
        ticket: results.promises[0].ticket, source: "desk", agreement: "it", clock: "resolution",
        stretches: [
          stretch(0, 6, .counted, ""), stretch(6, 8, .paused, "customer"),
          stretch(8, 11, .closed, ""), stretch(11, 16, .counted, ""),
        ], reportedPause: nil)
    ]
    results.traces[0].stretches[1].entry = .init(file: "register.yml", line: 3)
    results = results.limited(to: "it", customer: "Finance")
    #expect(results.traces[0].stretches[1].entry == .init(file: nil, line: 3))
    let report = PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
    guard case .missed(let list)? = report.sections.first(where: { $0.id == "missed" })?.blocks[0],
      let item = list.items.first
    else {
      Issue.record("no list")
      return
    }
    #expect(
      item.trace?.lines
        == "Lines are those of the export of desk and the register of exclusions.")
    #expect(item.trace?.stretches.map(\.registerLine) == [0, 3, 0, 0])
    #expect(
      item.cause == "Counted 11\u{a0}h, closed 3\u{a0}h, paused 2\u{a0}h by customer, held by "
        + "Networks.")
    #expect(
      item.trace?.identity == "elapsed 11:00:00 + paused 2:00:00 (2:00:00 customer) + stopped "
        + "0:00:00 + closed hours 3:00:00 = wall time 16:00:00")
    #expect(item.trace?.comparison == "elapsed 11:00:00 exceeds within 10:00:00: breached")
    #expect(item.trace?.stretches.map(\.runningTotal) == [6, 6, 6, 11].map { $0 * 3_600 })
  }

  @Test("Anchors are unique, and the same results give the same report")
  func deterministic() {
    let sample = SampleResults(
      tiers: [("P 1", Counted(met: 9, missed: 1)), ("P-1", Counted(met: 9, missed: 1))])
    let report = document(sample)
    #expect(report == document(sample))
    let anchors = report.sections.map(\.id)
    #expect(Set(anchors).count == anchors.count)
  }

  @Test("Rows of several values of `by` are one target, whose counts add up")
  func byValues() {
    var results = SampleResults(tiers: [("P1", Counted(met: 1, missed: 2))]).results()
    let whole = PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
    results.figures = results.figures.flatMap { row -> [FigureRow] in
      var (left, right) = (row, row)
      left.by = ["a"]; right.by = ["b"]
      left.counts.met = 0
      right.counts.breached = 0
      return [left, right]
    }
    let parts = PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
    #expect(parts.cover.lede == whole.cover.lede)
    #expect(parts.slam == whole.slam)
  }
}
