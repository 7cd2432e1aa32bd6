import ReportDocuments
import Testing

@testable import HTMLReports

@Suite("Drawings of charts")
struct DrawingTests {
  static var charts: [Chart] {
    ([("month", SampleReport.month())] + OddReports.all).flatMap { _, document in
      document.sections.flatMap(\.blocks).compactMap { block in
        if case .figure(let figure) = block { figure.chart } else { nil }
      }
    } + weeks + ages
  }

  /// Weeks without, with one and with many losses.
  private static var weeks: [Chart] {
    func week(_ days: Range<Int>, _ hours: Range<Int>, _ count: (Int, Int) -> Int) -> Chart {
      .heat(
        HeatChart(
          days: days, hours: hours,
          counts: (0..<7).map { day in (0..<24).map { count(day, $0) } },
          emptyText: "No promise broke in October"))
    }
    return [
      week(0..<5, 9..<17) { _, _ in 0 }, week(0..<5, 9..<17) { $0 == 2 && $1 == 12 ? 1 : 0 },
      week(0..<7, 0..<24) { $0 * 1_000 + $1 }, week(0..<7, 0..<24) { _, _ in 12_345_678 },
      week(6..<7, 23..<24) { _, _ in 7 },
    ]
  }

  private static var ages: [Chart] {
    func row(_ name: String, _ count: Int, elapsed: (Int64) -> Int64) -> AgeingChart.Row {
      AgeingChart.Row(
        name: name, within: name,
        dots: (0..<count).map {
          let used = elapsed(Int64($0))
          return .init(
            ticket: "INC\($0)" + name, elapsed: used, within: 36_000, isLate: used > 36_000,
            isNamed: true)
        })
    }
    return [
      .ageing(AgeingChart(rows: [])),
      .ageing(AgeingChart(rows: [row("P1", 1) { _ in 0 }])),
      .ageing(AgeingChart(rows: [row("P1", 60) { $0 * 1_500 }, row("P2", 3) { _ in Int64.max }])),
      .ageing(AgeingChart(rows: [row("P1", 9) { _ in 100 }, row("P2", 121) { $0 * 500 }])),
      .ageing(
        AgeingChart(
          rows: (OddReports.hostileNames + [OddReports.longName]).map { name in
            row(name, 12) { $0 * 7_000 }
          })),
    ]
  }

  @Test("Named dots never cover each other's names", arguments: Board.allCases)
  func names(board: Board) {
    for chart in Self.ages {
      let labels = chart.drawing(on: board).labels.filter { $0.text.hasPrefix("INC") }
      for (index, one) in labels.enumerated() {
        for other in labels[(index + 1)...] where abs(other.baseline - one.baseline) < 9 {
          #expect(one.right <= other.left || other.right <= one.left, "\(one.text) \(other.text)")
        }
      }
    }
  }

  @Test("No text leaves its board, by the estimate of its width", arguments: Board.allCases)
  func texts(board: Board) {
    for chart in Self.charts {
      let drawing = chart.drawing(on: board)
      #expect(drawing.width == board.width)
      for label in drawing.labels {
        #expect(label.left >= -0.01 && label.right <= drawing.width + 0.01, "\(label.text)")
        #expect(label.baseline >= 9 && label.baseline <= drawing.height, "\(label.text)")
      }
    }
  }

  @Test("Axes of shares have three to six ticks that enclose what is drawn")
  func shareTicks() {
    for low in stride(from: 0.0, through: 100, by: 3.7) {
      for high in stride(from: low, through: 100, by: 7.3) {
        let ticks = Ticks.shares(from: low, to: high)
        #expect((3...6).contains(ticks.count), "\(low) \(high)")
        #expect((ticks.first ?? 101) <= low && (ticks.last ?? -1) >= high, "\(low) \(high)")
      }
    }
  }

  @Test(
    "Axes of counts and of time have three to six ticks", arguments: [1, 3, 7, 99, 1234, 9_999_999])
  func otherTicks(highest: Int) {
    #expect((3...6).contains(Ticks.counts(to: highest).count))
    #expect((3...6).contains(Ticks.logTimes(from: 1, to: Int64(highest)).count))
    #expect(Ticks.times(to: Int64(highest)).count <= 6)
  }

  @Test("The logarithm is good enough to draw with")
  func logarithm() {
    #expect(abs(Logarithm.of(10) - 2.302585092994046) < 1e-10)
    #expect(abs(Logarithm.of(0.25) + 1.3862943611198906) < 1e-10)
    #expect(Logarithm.of(0) == 0 && Logarithm.of(.nan) == 0)
  }

  @Test("Durations and moments are written as the look asks")
  func words() {
    #expect(PageText.duration(118_380) == "32\u{A0}h\u{A0}53\u{A0}m")
    #expect(PageText.duration(158_400) == "44\u{A0}h")
    #expect(PageText.duration(59) == "59\u{A0}s")
    #expect(PageText.clock(158_405) == "44:00:05")
    #expect(
      PageText.moment(LocalMoment(seconds: 1_792_159_270, localSeconds: 1_792_162_870))
        == "Fri 16 Oct 15:01")
    #expect(PageText.instant(951_782_400) == "2000-02-29T00:00:00Z")
    #expect(PageText.decimal(97_300) == "97.3")
  }
}
