import Agreements
import Calculation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Random outages and maintenance about clock changes, second by second.
struct AvailabilityOracleTests {
  private struct Made {
    var desk = ObligationDesk()
    let period: String
    let range: Range<Int64>
    let asOf: Int64
    var outages: [(from: Int64, to: Int64?, fields: [String: String])] = []
    var maintenance: [(from: Int64, to: Int64?, fields: [String: String])] = []
    let calendar: CalendarDefinition
  }

  private static let zones = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]
  private static let days = [
    ("2026-03-07", "2026-03-09"), ("2026-03-28", "2026-03-30"), ("2026-04-04", "2026-04-06"),
    ("2026-10-03", "2026-10-05"), ("2026-10-24", "2026-10-26"), ("2026-10-31", "2026-11-02"),
  ]

  private static func calendar(
    _ zone: ZoneRules, using random: inout SeededGenerator
  ) -> CalendarDefinition {
    guard Int.random(in: 0..<3, using: &random) > 0 else { return .always(zone: zone) }
    // No edge is in an hour that clocks skip or repeat.
    let windows = ["00:00-06:00", "08:00-18:30", "20:15-23:45"].map(window)
    let days = Weekday.allCases.map { day in
      (day, windows.filter { _ in Int.random(in: 0..<3, using: &random) > 0 })
    }
    let week = WeeklyHours(Dictionary(uniqueKeysWithValues: days))
    return CalendarDefinition(name: "made", versions: [CalendarVersion(zone: zone, week: week)])
  }

  private static func make(_ seed: UInt64) throws -> Made {
    var random = SeededGenerator(seed: seed)
    let zone = try zone(zones.randomElement(using: &random) ?? "UTC")
    let (first, last) = days.randomElement(using: &random) ?? days[0]
    let from = zone.midnight(of: date(first)).seconds
    let to = zone.midnight(of: date(last).adding(days: 1)).seconds
    let calendar = calendar(zone, using: &random)
    let asOf =
      Bool.random(using: &random) ? to + 90_000 : Int64.random(in: from...to, using: &random)
    var made = Made(period: "\(first)..\(last)", range: from..<to, asOf: asOf, calendar: calendar)
    made.desk.zone = zone
    made.desk.obligations = [try ObligationDesk.availability(calendar, maintenance: true)]
    func stretch(_ longest: Int64) -> (Int64, Int64?) {
      let start = Int64.random(in: from - 40_000...to + 5_000, using: &random)
      let end = start + Int64.random(in: 0...longest, using: &random)
      return (start, Int.random(in: 0..<12, using: &random) == 0 ? nil : end)
    }
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let (start, end) = stretch(30_000)
      let weight = ["", "1", "0.5", "25%", "0.000001", "0"].randomElement(using: &random) ?? ""
      let planned = Bool.random(using: &random) ? "yes" : ""
      made.outages.append((start, end, ["weight": weight, "planned": planned]))
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let (start, end) = stretch(20_000)
      made.maintenance.append((start, end ?? start + 7, [:]))
    }
    made.desk.intervals = [
      intervals(made.outages), intervals(made.maintenance, source: "maintenance"),
    ]
    return made
  }

  private static let weights: [String: Int64] = [
    "": 1_000_000, "1": 1_000_000, "0.5": 500_000, "25%": 250_000, "0.000001": 1, "0": 0,
  ]

  /// Looks at every second by itself.
  private static func slow(_ made: Made) -> (figures: AvailabilityFigures, whole: Int64) {
    var figures = AvailabilityFigures()
    let horizon = min(made.range.upperBound, made.asOf)
    let begin = made.range.lowerBound - 50_000
    var whole: Int64 = 0
    /// Whether the outage of this second has counted before, and what it has taken from the period.
    var (isDown, hasCounted, begunHere, taken) = (false, false, false, Int64(0))
    func end() {
      figures.longestSeconds = max(figures.longestSeconds, taken)
      if begunHere { figures.restoreSeconds += taken }
      (isDown, hasCounted, begunHere, taken) = (false, false, false, 0)
    }
    let week = made.calendar.versions[0]
    for second in begin..<made.range.upperBound {
      let local = week.zone.localSeconds(of: Instant(seconds: second))
      let day = CivilDate(daysSince1970: Int(local.quotientAndRemainder(dividingBy: 86_400).0))
      let inDay = Int(local % 86_400)
      let isOpen = week.windows(on: day).contains {
        $0.startSecond <= inDay && inDay < $0.endSecond
      }
      func holds(_ row: (from: Int64, to: Int64?, fields: [String: String])) -> Bool {
        row.from <= second && row.to.map { second < $0 } ?? true && row.from <= made.asOf
      }
      let isMaintained = second < horizon && made.maintenance.contains(where: holds)
      let isInside = second >= made.range.lowerBound
      if isInside, isOpen, !isMaintained { whole += 1 }
      guard second < horizon else { continue }
      let down = made.outages.filter {
        holds($0) && Self.weights[$0.fields["weight"] ?? ""] ?? 0 > 0
      }
      if isInside, isOpen {
        figures.serviceSeconds += 1
        if isMaintained { figures.maintenanceSeconds += 1 }
      }
      guard !down.isEmpty else {
        if isDown { end() }
        continue
      }
      isDown = true
      guard isOpen, !isMaintained else { continue }
      if !hasCounted {
        hasCounted = true
        begunHere = isInside
        if isInside { figures.failures += 1 }
      }
      guard isInside else { continue }
      taken += 1
      figures.downSeconds += 1
      if down.allSatisfy({ $0.fields["planned"] == "yes" }) { figures.plannedDownSeconds += 1 }
      figures.weightedDownMicroseconds +=
        down.compactMap { Self.weights[$0.fields["weight"] ?? ""] }.max() ?? 0
    }
    end()
    figures.budgetMicroseconds = whole * 5_000
    return (figures, whole)
  }

  @Test("Second by second, about clock changes, it comes to the same", arguments: 1...14)
  func oracle(seed: Int) throws {
    let made = try Self.make(UInt64(seed) &* 7_919)
    var request = CalculationRequest(
      tables: [], agreements: [[made.desk.agreement]], asOf: Instant(seconds: made.asOf),
      period: made.period)
    request.intervals = made.desk.intervals
    let records = try #require(try Calculator(request).results().obligations)
    let period = try #require(records[0].period(made.period))
    let expected = Self.slow(made).figures
    if expected.serviceSeconds == 0, period.availability == nil { return }
    #expect(period.availability == expected, "seed \(seed)")
  }

  @Test("Months add up to their quarter", arguments: 1...30)
  func months(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &* 31)
    var desk = ObligationDesk()
    desk.zone = try zone(Self.zones.randomElement(using: &random) ?? "UTC")
    let calendar = Self.calendar(desk.zone, using: &random)
    desk.obligations = [try ObligationDesk.availability(calendar, maintenance: true)]
    let from = instant("2026-09-20 00:00")
    func rows(_ count: Int) -> [(from: Int64, to: Int64?, fields: [String: String])] {
      (0..<count).map { _ in
        let start = from + Int64.random(in: 0...10_000_000, using: &random)
        return (start, start + Int64.random(in: 0...200_000, using: &random), ["weight": "0.5"])
      }
    }
    desk.intervals = [intervals(rows(40)), intervals(rows(8), source: "maintenance")]
    let record = try desk.record("2026-Q4")
    #expect(record.periods.map(\.period) == ["2026-10", "2026-11", "2026-12", "2026-Q4"])
    let figures = record.periods.compactMap(\.availability)
    let (months, quarter) = (figures.dropLast(), figures[figures.count - 1])
    for path in [
      \AvailabilityFigures.serviceSeconds, \.maintenanceSeconds, \.downSeconds,
      \.plannedDownSeconds, \.weightedDownMicroseconds,
    ] {
      #expect(months.reduce(0) { $0 + $1[keyPath: path] } == quarter[keyPath: path])
    }
    #expect(months.reduce(0) { $0 + $1.failures } == quarter.failures)
  }
}
