import ReportDocuments

/// Reports that real data brings sooner or later.
enum OddReports {
  static let all: [(String, ReportDocument)] = [
    ("empty", empty), ("hostile", hostile), ("one-month", oneMonth), ("sixty-tiers", sixtyTiers),
    ("fifteen-years", fifteenYears), ("zero-width", zeroWidth),
  ]

  static let longName = String(repeating: "Überlänge ", count: 20)
  static let hostileNames = [
    "<script>alert(1)</script>", "=1+1", "\"><img src=x onerror=alert(1)>", "'</style>",
    "مستودع الطلبات الرئيسي", "倉庫管理システム障害対応チーム", "🚚🚀🧑‍🔧", "a\u{0}b\u{1B}[31m\u{202E}c",
    longName, String(repeating: "W", count: 200), "",
  ]

  static let empty = ReportDocument(
    cover: Cover(headline: "No promise was decided in October.", lede: "", facts: []),
    slam: SlamGrid(title: "No data", subtitle: "", months: [], groups: []),
    sections: [
      Section(
        id: "nothing", title: "Nothing",
        blocks: [
          .figure(
            SampleReport.figure(
              "a", .trend(TrendChart(points: [], objectivePercent: .nan, objectiveText: "")))),
          .figure(SampleReport.figure("b", .ranges(RangesChart(rows: [])))),
          .figure(
            SampleReport.figure(
              "c",
              .distribution(
                DistributionChart(
                  bars: [], within: nil, withinText: "", median: nil, total: 0, late: 0,
                  allowedText: "", isLogarithmic: false)))),
          .table(Table(columns: [], rows: [])),
          .missed(MissedPromises(title: "", subtitle: "", items: [], total: 0)),
          .ledger(LedgerBlocks(blocks: [.init(whole: .init("Tickets", 0), parts: [])])),
          .definitions([]),
        ])
    ], dataSheets: [], properties: SampleReport.properties("Nobody"))

  static let hostile: ReportDocument = {
    var document = SampleReport.month()
    document.properties = SampleReport.properties("</style><script>alert(1)</script> \"\\")
    document.cover.headline = hostileNames.joined(separator: " ")
    document.slam.groups[0].rows = hostileNames.map { name in
      SlamGrid.Row(
        name: name, within: name, entries: SampleReport.month().slam.groups[0].rows[1].entries,
        anchor: name)
    }
    document.sections = hostileNames.enumerated().map { index, name in
      section(name, index)
    }
    return document
  }()

  private static func section(_ name: String, _ index: Int) -> Section {
    var item = SampleReport.missed(index % 7)
    item.ticket = name
    item.tier = name
    item.holder = name
    item.cause = name
    item.lost = index % 2 == 0 ? nil : item.lost
    var ranges = SampleReport.ranges(3)
    ranges.rows[0].tier = name
    ranges.rows[1].tier = name
    ranges.rows[1].percentiles = [
      .at(seconds: 5), .over(seconds: 400_000), .over(seconds: 400_000), .over(seconds: 400_000),
      .over(seconds: 400_000),
    ]
    ranges.rows[1].atObjective = .over(seconds: 400_000_000)
    ranges.rows[2].objectiveText = name
    return Section(
      id: name, title: name, mark: "–",
      blocks: [
        .paragraph(name), .figure(SampleReport.figure(name + "!", .ranges(ranges))),
        .table(
          Table(
            title: name, columns: [.init(name), .init(name)],
            rows: [
              [.identifier(name), .link(text: name, target: "javascript:alert(1)")],
              [.text(name), .link(text: name, target: "csv/tickets.csv")],
            ])),
        .missed(MissedPromises(title: name, subtitle: name, items: [item], total: 1)),
        .definitions([Definition(term: name, text: name)]),
      ])
  }

  static let oneMonth: ReportDocument = {
    var document = SampleReport.month()
    document.slam.months = document.slam.months.suffix(1)
    for group in document.slam.groups.indices {
      for row in document.slam.groups[group].rows.indices {
        document.slam.groups[group].rows[row].entries.removeFirst(11)
      }
    }
    var ranges = SampleReport.ranges(3)
    ranges.rows[0].decided = 1
    ranges.rows[0].percentiles = [.at(seconds: 3120)]
    ranges.rows[0].atObjective = .at(seconds: 3120)
    ranges.rows[1].decided = 38
    ranges.rows[1].percentiles = [
      .at(seconds: 9000), .at(seconds: 20_000), .over(seconds: 576_000), .over(seconds: 576_000),
      .over(seconds: 576_000),
    ]
    ranges.rows[1].atObjective = .over(seconds: 576_000)
    ranges.rows[2].decided = 0
    ranges.rows[2].percentiles = []
    ranges.rows[2].atObjective = nil
    let one = DistributionChart(
      bars: [
        .init(from: 0, to: 3600, count: 1, isLate: false),
        .init(from: 3600, to: nil, count: 0, isLate: true),
      ],
      within: 3600, withinText: "1 h", median: 3120, total: 1, late: 0, allowedText: "",
      isLogarithmic: false)
    document.sections[0].blocks = [
      .figure(SampleReport.figure("one", .trend(SampleReport.trend(1)))),
      .figure(SampleReport.figure("six", .trend(SampleReport.trend(6)))),
      .figure(SampleReport.figure("odd", .ranges(ranges))),
      .figure(SampleReport.figure("dots", .distribution(one))),
      .figure(
        SampleReport.figure("log", .distribution(SampleReport.distribution(isLogarithmic: true)))),
    ]
    return document
  }()

  static let sixtyTiers: ReportDocument = {
    var document = SampleReport.month()
    document.slam.groups[0].rows = (0..<60).map {
      SlamGrid.Row(
        name: "Tier \($0)", within: "4 h", entries: document.slam.groups[0].rows[$0 % 4].entries)
    }
    document.sections[0].blocks = [
      .figure(SampleReport.figure("many", .ranges(SampleReport.ranges(60))))
    ]
    return document
  }()

  static let fifteenYears: ReportDocument = {
    var document = SampleReport.month()
    document.slam.months = SampleReport.months(180, endingIn: 2026).map {
      SlamGrid.Month(name: $0.name, year: $0.year, isCurrent: $0.name == "Oct" && $0.year == 2026)
    }
    document.sections[0].blocks = [
      .figure(SampleReport.figure("years", .trend(SampleReport.trend(180)))),
      .figure(SampleReport.figure("five", .trend(SampleReport.trend(60)))),
      .figure(SampleReport.figure("two", .trend(SampleReport.trend(12)))),
    ]
    return document
  }()

  /// Every time is zero, every share is 0 or 100, and every bar begins where it ends.
  static let zeroWidth: ReportDocument = {
    var document = SampleReport.month()
    let points = ["May", "Jun", "Jul"].map {
      TrendChart.Point(month: $0, year: 2026, share: Share($0 == "Jun" ? 0 : 3, of: 3))
    }
    let rows = [Int64(0), 0, .max / 4].map { seconds in
      RangesChart.Row(
        tier: "Zero", decided: 5, percentiles: Array(repeating: .at(seconds: seconds), count: 5),
        within: seconds, withinText: "0 m", atObjective: .at(seconds: seconds),
        objectiveText: "95 %")
    }
    let chart = DistributionChart(
      bars: [
        .init(from: 0, to: 0, count: 9, isLate: false),
        .init(from: 0, to: nil, count: 1_000_000, isLate: true),
      ],
      within: 0, withinText: "0 m", median: 0, total: 1_000_009, late: 1_000_000,
      allowedText: SampleText.allowed,
      isLogarithmic: false)
    var item = SampleReport.missed(0)
    item.trace = Trace(stretches: [], lost: nil, identity: "", comparison: "")
    document.sections[0].blocks = [
      .figure(
        SampleReport.figure(
          "flat", .trend(TrendChart(points: points, objectivePercent: .infinity, objectiveText: ""))
        )),
      .figure(SampleReport.figure("zero", .ranges(RangesChart(rows: rows)))),
      .figure(SampleReport.figure("bars", .distribution(chart))),
      .missed(MissedPromises(title: "", subtitle: "", items: [item], total: 1)),
    ]
    return document
  }()

  private enum SampleText {
    static let allowed = "5 % would be allowed"
  }
}
