import ReportDocuments
import TestSupport

/// Invented reports: one as a month would bring it, and odd ones.
enum SampleReport {
  static let monthNames = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Twelve months to October 2026, two clocks x four tiers, one target missed.
  static func month() -> ReportDocument {
    let tiers = ["P1 Outage", "P2 Urgent", "P3 Normal", "P4 Request"]
    let groups = [
      ("Response", "90", ["15 m", "1 h", "4 h", "8 h"]),
      ("Resolution", "95", ["4 h", "8 h", "3 days", "5 days"]),
    ]
    var random = SeededGenerator(seed: 7)
    let slam = SlamGrid(
      title: "P3 resolution missed twice: in July and in October",
      subtitle: "Share kept, in per cent of the promises decided in the month.",
      months: months(12, endingIn: 2026).map {
        SlamGrid.Month(name: $0.name, year: $0.year, isCurrent: $0.name == "Oct")
      },
      groups: groups.map { group in
        SlamGrid.Group(
          name: group.0, objective: "objective \(group.1) %",
          rows: tiers.enumerated().map { index, tier in
            SlamGrid.Row(
              name: tier, within: group.2[index],
              entries: (0..<12).map { month in
                entry(month: month, tier: index, isResolution: group.0 == "Resolution", &random)
              }, anchor: index == 2 && group.0 == "Resolution" ? "resolution-p3" : nil)
          })
      })
    return ReportDocument(
      cover: Cover(
        headline:
          "Seven of eight targets were met in October; P3 resolution was missed by three tickets.",
        lede:
          "P3 resolution reached 91.2 % against 95 %; six of its ten late tickets broke in the queue of Platform. P2 resolution is met with all of its allowed misses used.",
        facts: [
          Cover.Fact(figure: "7", unit: "of 8", label: "targets met; 1 under pressure, 1 missed"),
          Cover.Fact(figure: "402", unit: "of 424", label: "promises kept, 94.8 %"),
          Cover.Fact(
            figure: "22", unit: "", label: "promises missed, 2 of them still open", isLate: true),
          Cover.Fact(figure: "9", unit: "open", label: "at the end of October; 1 is late"),
          Cover.Fact(figure: "3 h 40 m", unit: "", label: "median time to resolve a P3 ticket"),
        ]),
      slam: slam, sections: sections(), dataSheets: [], properties: properties("Warehouse"))
  }

  static func properties(_ customer: String) -> ReportDocument.Properties {
    ReportDocument.Properties(
      title: "Service level review", customer: customer, agreement: "Support agreement",
      period: "October 2026", asOf: 1_793_599_200, asOfText: "As of 2 Nov 2026, 06:00 GMT",
      zone: "Europe/London", countBy: "decided", generator: "attain")
  }

  static func months(_ count: Int, endingIn year: Int) -> [(name: String, year: Int)] {
    (0..<count).reversed().map { back in
      let month = year * 12 + 9 - back
      return (monthNames[month % 12], month / 12)
    }
  }

  private static func entry(
    month: Int, tier: Int, isResolution: Bool, _ random: inout SeededGenerator
  ) -> SlamGrid.Entry {
    if tier == 0, month == 3 { return SlamGrid.Entry(grade: .noData, share: nil) }
    if isResolution, tier == 2, month == 8 || month == 11 {
      return SlamGrid.Entry(grade: .missed, share: Share(104, of: 114, objective: 95_000_000))
    }
    if isResolution, tier == 1, month > 8 {
      return SlamGrid.Entry(grade: .underPressure, share: Share(38, of: 40, objective: 95_000_000))
    }
    let whole = Int.random(in: 60...140, using: &random)
    return SlamGrid.Entry(
      grade: .met,
      share: Share(tier == 0 ? whole : whole - month % 3, of: whole, objective: 90_000_000),
      isToDate: tier == 3 && month == 11)
  }

  static func table(_ rows: Int = 4) -> Table {
    Table(
      columns: [
        .init("Month"), .init("Kept", isNumeric: true), .init("Decided", isNumeric: true),
        .init("Share", isNumeric: true),
      ],
      rows: (0..<rows).map {
        [
          .text("\(monthNames[$0 % 12]) 2026"), .count(100 + $0), .count(110),
          Share(100 + $0, of: 110).map(Cell.share) ?? .notMeasured,
        ]
      })
  }

  static func trend(_ count: Int) -> TrendChart {
    var random = SeededGenerator(seed: 3)
    return TrendChart(
      points: months(count, endingIn: 2026).enumerated().map { index, month in
        let whole = Int.random(in: 90...190, using: &random)
        let missed = index % 12 == 8 ? whole / 8 : Int.random(in: 0...6, using: &random)
        return TrendChart.Point(
          month: month.name, year: month.year,
          share: index % 17 == 3 ? nil : Share(whole - missed, of: whole),
          isToDate: count > 6 && index == count - 1)
      }, objectivePercent: 95, objectiveText: "95 %")
  }

  static func ranges(_ count: Int) -> RangesChart {
    RangesChart(
      rows: (0..<count).map { index in
        let base = Int64(600 * (index % 7 + 1) * (index % 4 + 1))
        return RangesChart.Row(
          tier: "P\(index + 1) " + ["Outage", "Urgent", "Normal", "Request"][index % 4],
          decided: 7 + 40 * index,
          percentiles: [1, 2, 4, 7, 12].map { .at(seconds: base * $0) },
          within: base * (index % 4 == 2 ? 6 : 9),
          withinText: "3 business days", atObjective: .at(seconds: base * 7), objectiveText: "95 %")
      })
  }

  static func distribution(isLogarithmic: Bool = false) -> DistributionChart {
    let counts = [38, 22, 14, 9, 6, 4, 3, 2, 2, 1, 1, 1, 1, 0, 0, 3, 2, 1, 0, 4]
    let bars = counts.enumerated().map { index, count in
      let from = isLogarithmic ? (index == 0 ? 0 : Int64(60) << Int64(index)) : Int64(index) * 7200
      let to = isLogarithmic ? Int64(60) << Int64(index + 1) : Int64(index + 1) * 7200
      return DistributionChart.Bar(
        from: from, to: index == counts.count - 1 ? nil : to, count: count, isLate: index >= 15)
    }
    return DistributionChart(
      bars: bars, within: isLogarithmic ? 60 << 15 : 108_000, withinText: "3 business days (30 h)",
      median: 13_200, total: 114, late: 10, allowedText: "5 % would be allowed",
      isLogarithmic: isLogarithmic)
  }

  static func figure(_ id: String, _ chart: Chart, notes: [String] = []) -> Figure {
    Figure(
      id: id, title: "P3 resolution missed its objective in July and in October",
      subtitle: "Share of P3 promises resolved within 3 business days, by month decided.",
      alternative: "November 2025 to October 2026; October reached 91.2 % against 95 %.",
      notes: notes, chart: chart, table: table())
  }

  private static func sections() -> [Section] {
    [
      Section(
        id: "resolution-p3", title: "Resolution of P3: 91.2 % against 95 %",
        contents: "P3 resolution",
        mark: "X", markIsLate: true, startsPage: true,
        blocks: [
          .paragraph(
            "P3 Normal, from opened to resolved, within 3 business days (30 h) on office hours; waiting for the user does not count."
          ),
          .figure(
            figure(
              "trend", .trend(trend(22)), notes: ["Kept 104 of 114.", "Misses allowed 5, used 10."])
          ),
          .figure(
            figure(
              "ranges", .ranges(ranges(4)),
              notes: ["The circle is the 95th percentile: left of the mark, the objective is met."])
          ),
          .figure(figure("distribution", .distribution(distribution()))),
        ]),
      Section(
        id: "missed", title: "22 promises were missed; the worst took twice the time allowed",
        contents: "Missed promises",
        mark: "22", startsPage: true,
        blocks: [
          .missed(
            MissedPromises(
              title: "", subtitle: "Worst first.", items: (0..<7).map(missed), total: 22))
        ]),
      Section(
        id: "near", title: "Three promises were kept with under 10 % of the time left",
        contents: "Near misses", mark: "3",
        blocks: [
          .table(
            Table(
              columns: [
                .init("Ticket"), .init("Target"), .init("Opened"),
                .init("Elapsed", isNumeric: true), .init("Left", isNumeric: true), .init("Grade"),
              ],
              rows: (0..<3).map {
                [
                  .identifier("WH-40\($0)"), .text("P3 resolution"),
                  .moment(moment(Int64($0) * 86_400)), .duration(seconds: 106_500 - 60 * Int64($0)),
                  .duration(seconds: 1500 + 60 * Int64($0)), .grade(.met),
                ]
              }, note: "The others are in csv/tickets.csv."))
        ]),
      Section(
        id: "tiers", title: "All tiers",
        blocks: [
          .table(
            Table(
              columns: [.init("Tier")]
                + ["Met", "Missed", "Running", "p50", "p75", "p90", "p95", "p99"].map {
                  .init($0, isNumeric: true)
                },
              rows: (0..<5).map { row in
                [
                  .link(text: "Tier \(row)", target: "#resolution-p3"), .count(1200 * row),
                  .count(row), .notMeasured,
                ] + (1...5).map { .duration(seconds: Int64(row * 4000 * $0)) }
              },
              sums: [
                .text("All"), .count(12_000), .count(10), .count(0), .over(seconds: 3600),
                .decimal(thousandths: 97_300), .notMeasured, .notMeasured, .notMeasured,
              ]))
        ]),
      Section(
        id: "ledger", title: "Every ticket and promise of Warehouse is accounted for",
        contents: "Ledger",
        blocks: [
          .paragraph("Each stands in exactly one line."),
          .ledger(
            LedgerBlocks(blocks: [
              .init(
                whole: .init("Tickets of Warehouse", 4210),
                parts: [
                  .init("out of scope", 112), .init("no tier", 9), .init("no agreement valid", 0),
                  .init("Tickets judged", 4089),
                ]),
              .init(
                whole: .init("Decided in October", 424),
                parts: [
                  .init("breached", 20, isLate: true),
                  .init("overdue: lost and still open", 2, isLate: true), .init("Met", 402),
                ]),
            ])),
        ]),
      Section(
        id: "definitions", title: "Definitions",
        blocks: [
          .definitions([
            Definition(
              term: "Promise",
              text: "One target applied to one ticket: the unit that is judged and counted."),
            Definition(
              term: "Attainment",
              text:
                "Met divided by met, breached and overdue, of the promises decided in the month. No data is never 100 %."
            ),
          ])
        ]),
    ]
  }

  static func moment(_ seconds: Int64) -> LocalMoment {
    LocalMoment(seconds: 1_791_792_000 + seconds, localSeconds: 1_791_795_600 + seconds)
  }

  static func missed(_ index: Int) -> MissedPromises.Item {
    let elapsed = Int64(200_000 - 12_000 * index)
    return MissedPromises.Item(
      ticket: "WH-39\(10 + index)", clock: "resolution", tier: "P3",
      verdict: index == 3 ? "overdue" : "breached",
      opened: moment(Int64(index) * 4000), lost: moment(266_400),
      holder: ["Platform", "Network"][index % 2],
      elapsed: elapsed, within: 108_000,
      cause: "Platform held it 34 h, of which 21 h in its queue.",
      trace: trace(elapsed))
  }

  static func trace(_ elapsed: Int64) -> Trace {
    var running: Int64 = 0
    let plan: [(Trace.Kind, String, Int64)] = [
      (.counted, "New", 7200), (.closed, "closed hours", 50_400), (.counted, "In Progress", 36_000),
      (.closed, "closed hours", 50_400), (.paused, "paused: customer", 14_400),
      (.counted, "In Progress", 21_600),
      (.closed, "closed hours", 50_400), (.counted, "In Progress", 36_000),
      (.counted, "In Progress", elapsed - 100_800),
    ]
    var start: Int64 = 0
    let stretches = plan.enumerated().map { index, part in
      let isCounted = part.0 == .counted
      running += isCounted ? part.2 : 0
      let stretch = Trace.Stretch(
        from: moment(start), to: moment(start + part.2), kind: part.0, state: part.1,
        counted: isCounted ? part.2 : 0, paused: part.0 == .paused ? part.2 : 0,
        closed: part.0 == .closed ? part.2 : 0, stopped: 0, runningTotal: running, line: 800 + index
      )
      start += part.2
      return stretch
    }
    return Trace(
      stretches: stretches, lost: moment(266_400),
      identity:
        "elapsed 55:33:20 + paused 4:00:00 (customer) + closed hours 42:00:00 = wall time 101:33:20",
      comparison: "elapsed 55:33:20 exceeds within 30:00:00: breached")
  }
}
