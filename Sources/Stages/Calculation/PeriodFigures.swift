import Agreements
import Results
import ServiceTime

/// What is gathered for one group and one period.
struct PeriodFigures: Sendable {
  var counts = PromiseCounts()
  /// Elapsed of the clocks stopped in the period.
  var stopped: [Int64] = []
  var decidedEarlier = 0
  var notStopped = 0
  /// Elapsed of the promises decided in the period that had stopped by its horizon.
  var decidedStopped: [Int64] = []
  /// Elapsed so far of those that had not.
  var decidedOpen: [Int64] = []
  var canBeLost = 0
  var cannotBeLost = 0

  var isEmpty: Bool {
    counts == PromiseCounts() && stopped.isEmpty && decidedEarlier == 0 && notStopped == 0
      && decidedStopped.isEmpty && decidedOpen.isEmpty && canBeLost == 0 && cannotBeLost == 0
  }
}

/// The figures of one series of periods, by group.
struct SeriesFigures: Sendable {
  let series: PeriodSeries
  private let shown: Int
  private(set) var cells: [PeriodFigures] = []

  init(_ series: PeriodSeries) {
    self.series = series
    shown = series.count - series.firstShown
  }

  func figures(group: Int, period: Int) -> PeriodFigures {
    let index = group * shown + period - series.firstShown
    return index < cells.count ? cells[index] : PeriodFigures()
  }

  /// The figures of every group and shown period, as far as anything was counted.
  var all: [(group: Int, period: Int, figures: PeriodFigures)] {
    cells.enumerated().map { index, figures in
      (index / shown, index % shown + series.firstShown, figures)
    }
  }

  /// Changes the figures of a shown period; those of earlier ones are not kept.
  mutating func update(
    group: Int, period: Int, _ change: (inout PeriodFigures) -> Void
  ) {
    guard period >= series.firstShown else { return }
    let index = group * shown + period - series.firstShown
    while cells.count <= index { cells.append(PeriodFigures()) }
    change(&cells[index])
  }
}
