import ReportDocuments

/// A report of a made-up desk: two clocks, four tiers, twelve months.
enum SampleDocument {
  static let periods = (1...12).map { "2026-" + ($0 < 10 ? "0\($0)" : "\($0)") }
  static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  static let tiers = ["P1 Critical", "P2 High", "P3 Moderate", "P4 Low"]
  static let withins: [Int64] = [14_400, 28_800, 108_000, 180_000]
  static let customer = "Research & Development"

  static func document(ticketsPerTier: Int = 30) -> ReportDocument {
    ReportDocument(
      cover: cover, slam: slam, sections: [], dataSheets: sheets(ticketsPerTier),
      properties: .init(
        title: "Service level review", customer: customer, agreement: "it-internal",
        period: "October 2026", asOf: 1_777_000_000, asOfText: "As of 2 Nov 2026, 06:00 GMT",
        zone: "Europe/London", countBy: "decided", generator: "attain"))
  }

  private static let cover = Cover(
    headline: "Seven of eight targets were met in October; P3 resolution was missed",
    lede: """
      P3 Moderate reached 92.3 % against an objective of 95 %: fifteen of 195 tickets took longer \
      than three business days. P2 High was met with one miss to spare.
      """,
    facts: [
      .init(figure: "7", unit: "of 8", label: "targets met"),
      .init(figure: "41", unit: "", label: "promises missed", isLate: true),
      .init(figure: "97.8", unit: "%", label: "of 1,862 promises kept"),
    ])

  /// Met and missed of a target in a month.
  static func counts(_ clock: Int, _ tier: Int, _ month: Int) -> (met: Int, missed: Int) {
    let decided = 40 + 37 * tier + 3 * month
    let missed = clock == 1 && tier == 2 && month == 9 ? decided / 12 : (tier + month) % 3
    return (decided - missed, missed)
  }

  private static func entry(_ clock: Int, _ tier: Int, _ month: Int) -> SlamGrid.Entry {
    if month == 0 { return .init(grade: .startingUp, share: nil) }
    let (met, missed) = counts(clock, tier, month)
    let share = Share(met, of: met + missed, objective: 95_000_000)
    let grade: Grade = missed * 20 > met + missed ? .missed : missed == 2 ? .underPressure : .met
    return .init(grade: grade, share: share, isToDate: month == 11)
  }

  private static let slam = SlamGrid(
    title: "Resolution has been under pressure since June",
    subtitle: "Share of promises kept per month and target, by the month of the decision",
    months: months.enumerated().map {
      .init(name: $0.element, year: 2026, isCurrent: $0.offset == 9)
    },
    groups: ["Response", "Resolution"].enumerated().map { clock, name in
      .init(
        name: name, objective: "objective 95 %",
        rows: tiers.enumerated().map { tier, name in
          .init(
            name: name, within: "\(withins[tier] / 3_600) h",
            entries: months.indices.map { entry(clock, tier, $0) })
        })
    })

  private static func sheets(_ ticketsPerTier: Int) -> [DataSheet] {
    [
      attainment, percentiles(ticketsPerTier), breaches,
      DataSheet(
        role: .nearMisses, name: "Near misses", file: nil, columns: breaches.columns, rows: []),
      tickets(ticketsPerTier), definitions,
    ]
  }

  private static let attainment = DataSheet(
    role: .attainment, name: "Attainment", file: "attainment",
    columns: [
      .init("agreement", "Agreement"), .init("customer", "Customer"), .init("clock", "Clock"),
      .init("tier", "Tier"), .init("period", "Period"), .init("met", "Met"),
      .init("breached", "Breached"), .init("overdue", "Overdue"),
      .init("attainment", "Attainment"), .init("objective", "Objective"),
      .init("wilson_low", "95 % interval from"),
    ],
    rows: ["response", "resolution"].enumerated().flatMap { clock, name in
      tiers.indices.flatMap { tier in
        periods.indices.map { month in
          row(clock: clock, name: name, tier: tier, month: month)
        }
      }
    },
    note: """
      Attainment is met / (met + breached + overdue), as a formula in each row. A promise is \
      breached if and only if its elapsed time exceeds the time allowed; equal is met.
      """)

  private static func row(clock: Int, name: String, tier: Int, month: Int) -> [Cell] {
    let (met, missed) = month == 0 ? (0, 0) : counts(clock, tier, month)
    let share = Share(met, of: met + missed, objective: 95_000_000)
    return [
      .text("it-internal"), .text(customer), .text(name), .text(tiers[tier]),
      .text(periods[month]), .count(met), .count(missed - missed / 2), .count(missed / 2),
      share.map { .share($0) } ?? .notMeasured, .decimal(thousandths: 95_000),
      share == nil ? .notMeasured : .decimal(thousandths: 91_400 + Int64(month) * 10),
    ]
  }

  static func elapsed(_ tier: Int, _ index: Int) -> Int64 {
    Int64((index * index * 97 + index * 13) % 90_000 * (tier + 1)) + 60
  }

  /// Elapsed of the tickets of a tier, ascending.
  static func ascending(_ tier: Int, _ count: Int) -> [Int64] {
    (0..<count).map { elapsed(tier, $0) }.sorted()
  }

  /// Type 7 on Doubles, an independent spelling.
  static func percentile(_ values: [Int64], _ share: Double) -> Double {
    let position = Double(values.count - 1) * share
    let low = Int(position)
    let high = min(low + 1, values.count - 1)
    return Double(values[low]) + (position - Double(low)) * Double(values[high] - values[low])
  }

  private static func percentiles(_ count: Int) -> DataSheet {
    DataSheet(
      role: .percentiles, name: "Percentiles", file: "percentiles",
      columns: [
        .init("clock", "Clock"), .init("tier", "Tier"), .init("period", "Period"),
        .init("n", "Stopped"), .init("p50_seconds", "p50"), .init("p90_seconds", "p90"),
        .init("p95_seconds", "p95"), .init("within_seconds", "Allowed"),
      ],
      rows: tiers.indices.map { tier in
        let values = ascending(tier, count)
        return [
          .text("resolution"), .text(tiers[tier]), .text("2026-10"), .count(count),
        ]
          + [0.5, 0.9, 0.95].map {
            .duration(seconds: Int64(percentile(values, $0).rounded()))
          } + [.duration(seconds: withins[tier])]
      })
  }

  private static let breaches = DataSheet(
    role: .breaches, name: "Breaches", file: nil,
    columns: [
      .init("ticket", "Ticket"), .init("verdict", "Verdict"), .init("lost", "Lost"),
      .init("elapsed_seconds", "Elapsed"), .init("cause", "Where the time went"),
    ],
    rows: [
      [
        .identifier("INC0010027"), .text("breached"),
        .moment(LocalMoment(seconds: 1_760_000_000, localSeconds: 1_760_003_600)),
        .duration(seconds: 118_380), .text("=1+1 with the network team <b>"),
      ],
      [
        .identifier("INC0010031"), .text("overdue"),
        .moment(LocalMoment(seconds: 1_761_000_000, localSeconds: 1_761_003_600)),
        .over(seconds: 218_380), .notMeasured,
      ],
    ])

  private static func tickets(_ count: Int) -> DataSheet {
    DataSheet(
      role: .tickets, name: "Tickets", file: "tickets",
      columns: [
        .init("ticket", "Ticket"), .init("clock", "Clock"), .init("tier", "Tier"),
        .init("verdict", "Verdict"), .init("stopped", "Stopped"), .init("period", "Period"),
        .init("elapsed_seconds", "Elapsed"),
      ],
      rows: tiers.indices.flatMap { tier in
        ascending(tier, count).enumerated().map { index, seconds in
          let stopped = 1_760_000_000 + seconds
          return [
            .identifier("INC\(tier)\(10_000 + index)"), .text("resolution"), .text(tiers[tier]),
            .text(seconds > withins[tier] ? "breached" : "met"),
            .moment(LocalMoment(seconds: stopped, localSeconds: stopped + 3_600)),
            .text("2026-10"), .duration(seconds: seconds),
          ]
        }
      })
  }

  private static let definitions = DataSheet(
    role: .definitions, name: "Definitions", file: nil,
    columns: [.init("term", "Term"), .init("text", "What it means here")],
    rows: [
      [
        .text("elapsed"),
        .text(
          "Counted time: the seconds in which the clock ran while its calendar was open, without "
            + "the pauses; whole seconds, never rounded before it is shown."),
      ],
      [.text("met"), .text("Elapsed did not exceed the time allowed; equal is met.")],
    ])
}
