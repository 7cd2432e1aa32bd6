import Agreements
import Results
import ServiceTime

/// What is gathered for one group and one period.
///
/// Elapsed is kept in 32 bits, which hold 136 years: more than lie between the first and the last
/// instant that is read.
struct PeriodFigures: Sendable {
  var counts = PromiseCounts()
  /// Elapsed of the clocks stopped in the period that were decided in it too.
  var decidedAndStopped: [UInt32] = []
  /// Elapsed of the other clocks stopped in the period.
  var stopped: [UInt32] = []
  var decidedEarlier = 0
  var notStopped = 0
  /// Elapsed of the other promises decided in the period that do not run at its horizon.
  var decided: [UInt32] = []
  /// Elapsed so far of those that do.
  var decidedOpen: [UInt32] = []
  var canBeLost = 0
  var cannotBeLost = 0

  /// Keeps the elapsed of a clock that stands.
  @inline(__always)
  mutating func keep(_ elapsed: Int64, isDecided: Bool, isStopped: Bool) {
    let elapsed = UInt32(clamping: elapsed)
    switch (isDecided, isStopped) {
    case (true, true): decidedAndStopped.append(elapsed)
    case (true, false): decided.append(elapsed)
    case (false, true): stopped.append(elapsed)
    case (false, false): break
    }
  }

  var isEmpty: Bool {
    counts == PromiseCounts() && decidedAndStopped.isEmpty && stopped.isEmpty
      && decidedEarlier == 0 && notStopped == 0 && decided.isEmpty && decidedOpen.isEmpty
      && canBeLost == 0 && cannotBeLost == 0
  }
}

/// The figures of one series of periods, by group.
struct SeriesFigures: Sendable {
  let series: PeriodSeries
  /// The first period of which figures are kept: the first shown, unless control limits need all.
  private let firstKept: Int
  private let kept: Int
  private(set) var cells: [PeriodFigures] = []
  /// The period that was asked for last: instants of one promise are close to each other.
  private var lastPeriod = 0

  init(_ series: PeriodSeries, keepsAll: Bool = false) {
    self.series = series
    firstKept = keepsAll ? 0 : series.firstShown
    kept = series.count - firstKept
  }

  /// The same as ``PeriodSeries/index(of:)``.
  @inline(__always)
  mutating func period(of instant: Int64) -> Int {
    if instant >= series.edges[lastPeriod], instant < series.edges[lastPeriod + 1] {
      return lastPeriod
    }
    lastPeriod = series.index(of: instant)
    return lastPeriod
  }

  func figures(group: Int, period: Int) -> PeriodFigures {
    let index = group * kept + period - firstKept
    return index < cells.count ? cells[index] : PeriodFigures()
  }

  /// The figures of every group and kept period, as far as anything was counted.
  var all: [(group: Int, period: Int, figures: PeriodFigures)] {
    cells.enumerated().map { index, figures in
      (index / kept, index % kept + firstKept, figures)
    }
  }

  /// Changes the figures of a kept period; those of earlier ones are not.
  @inline(__always)
  mutating func update(
    group: Int, period: Int, _ change: (inout PeriodFigures) -> Void
  ) {
    guard period >= firstKept else { return }
    let index = group * kept + period - firstKept
    while cells.count <= index { cells.append(PeriodFigures()) }
    change(&cells[index])
  }
}
