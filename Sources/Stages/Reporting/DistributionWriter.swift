import ReportDocuments
import Results
import ServiceTime

/// How long the decided promises of one target took.
struct DistributionWriter {
  let pack: PackView
  let target: TargetView
  private let elapsed: [Int64]

  /// Widths of bars that a reader can name, in seconds.
  private static let roundWidths: [Int64] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400,
    21_600, 28_800, 43_200, 86_400, 172_800, 604_800, 2_592_000,
  ]

  /// From a minute on, each about twice the one before, in seconds.
  private static let doublings: [Int64] = [
    60, 120, 240, 480, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 115_200, 230_400,
    460_800, 921_600, 1_843_200, 3_686_400, 7_372_800, 14_745_600, 29_491_200,
  ]

  init(pack: PackView, target: TargetView) {
    self.pack = pack
    self.target = target
    elapsed = target.decided.compactMap(\.elapsedSeconds).sorted()
  }

  /// `nil` if the target has no fixed limit, or the promises were not kept.
  var figure: Figure? {
    guard let within = target.within, within > 0, !elapsed.isEmpty else { return nil }
    let late = target.decided.count { $0.isMissed }
    let median = rank(50)
    let isLogarithmic = rank(99) > 20 * max(1, median)
    let bars = Self.bars(elapsed, within: within, isLogarithmic: isLogarithmic, last: rank(99))
    let allowed = target.objective.map {
      "\(Words.percent(millionths: 100_000_000 - $0)) would be allowed"
    }
    let longest = DurationText.prose(elapsed.last ?? 0)
    let half = DurationText.prose(median)
    let finding =
      late == 0
      ? "none took more than \(DurationText.prose(within))"
      : "\(Words.grouped(late)) of \(Words.grouped(elapsed.count)) took more than "
        + DurationText.prose(within)
    return Figure(
      id: target.anchor + "-distribution",
      title: "Half of the \(target.name) promises took at most \(half); \(finding)",
      subtitle: "Counted time of the \(Words.grouped(elapsed.count)) promises counted in "
        + "\(pack.periodWords); open misses with their time so far.",
      alternative: "Half took at most \(half); \(finding). The longest took \(longest).",
      notes: ["Median \(half)", "Longest \(longest)"],
      chart: .distribution(
        DistributionChart(
          bars: bars, within: within, withinText: target.withinText, median: median,
          total: elapsed.count, late: late, allowedText: allowed ?? "",
          isLogarithmic: isLogarithmic)),
      table: Self.table(bars))
  }

  private func rank(_ percent: Int) -> Int64 {
    elapsed[max(1, (percent * elapsed.count + 99) / 100) - 1]
  }

  /// Bars that split at the limit: equal to `within` is in time, so the late ones start a second
  /// later.
  static func bars(_ elapsed: [Int64], within: Int64, isLogarithmic: Bool, last: Int64)
    -> [DistributionChart.Bar]
  {
    let width = barWidth(within)
    var edges: [Int64] = [0]
    if isLogarithmic {
      edges += doublings.filter { $0 * 4 <= within * 3 }
    } else {
      edges += stride(from: width, to: within, by: Int(width))
    }
    edges.append(within + 1)
    if isLogarithmic {
      edges += doublings.filter { $0 * 4 >= within * 5 && $0 < last }
    } else {
      edges += stride(
        from: ((within + 1) / width + 1) * width, to: max(last, within + 1), by: Int(width)
      )
      .prefix(45)
    }
    return edges.indices.map { index in
      let from = edges[index]
      let to = index + 1 < edges.count ? edges[index + 1] : nil
      let count = elapsed.count { $0 >= from && $0 < to ?? .max }
      return .init(from: from, to: to, count: count, isLate: from > within)
    }
  }

  /// The round width nearest to a fifteenth of the limit, if possible one that divides it.
  private static func barWidth(_ within: Int64) -> Int64 {
    func distance(_ width: Int64) -> Int64 { abs(width * 15 - within) }
    let fitting = roundWidths.filter { within % $0 == 0 && (6...40).contains(within / $0) }
    let candidates = fitting.isEmpty ? roundWidths : fitting
    return candidates.min { distance($0) < distance($1) } ?? max(1, within / 15)
  }

  private static func table(_ bars: [DistributionChart.Bar]) -> Table {
    Table(
      columns: [
        .init("From", isNumeric: true), .init("To", isNumeric: true),
        .init("Promises", isNumeric: true), .init("In time or late"),
      ],
      rows: bars.map { bar in
        [
          .duration(seconds: bar.from), bar.to.map { .duration(seconds: $0) } ?? .text("and more"),
          .count(bar.count), .text(bar.isLate ? "late" : "in time"),
        ]
      })
  }
}
