import ReportDocuments
import Results

/// The figures of every period, one row each.
struct AttainmentSheet {
  let results: CalculationResults
  private let by: [String]
  private let completeness: [[String]: Completeness]

  init(_ results: CalculationResults) {
    self.results = results
    by = results.agreements.first?.by ?? []
    completeness = Dictionary(
      results.agreements.flatMap { agreement in
        agreement.periods.map { ([agreement.name, $0.label], $0.completeness) }
      }, uniquingKeysWith: { first, _ in first })
  }

  var sheet: DataSheet {
    DataSheet(
      role: .attainment, name: "Attainment", file: "attainment", columns: columns,
      rows: results.figures.map(cells),
      note: """
        Attainment is met / (met + breached + overdue). A promise is breached if and only if its \
        elapsed time exceeds the time allowed; equal is met. Percentiles are of the clocks \
        stopped in the period, in seconds, by linear interpolation (type 7).
        """)
  }

  private var columns: [DataSheet.Column] {
    let first: [DataSheet.Column] = [
      .init("agreement", "Agreement"), .init("customer", "Customer"), .init("clock", "Clock"),
      .init("tier", "Tier"),
    ]
    let counted: [DataSheet.Column] = [
      .init("period", "Period"), .init("met", "Met"), .init("breached", "Breached"),
      .init("overdue", "Overdue"), .init("running", "Running"), .init("excluded", "Excluded"),
      .init("unmeasurable", "Unmeasurable"), .init("attainment", "Attainment"),
      .init("objective", "Objective"), .init("wilson_low", "95 % interval from"),
      .init("wilson_high", "95 % interval to"), .init("n", "Stopped"),
    ]
    let percentiles = ["50", "75", "90", "95", "99"].map {
      DataSheet.Column("p\($0)_seconds", "p\($0), seconds")
    }
    let last: [DataSheet.Column] = [
      .init("cancelled", "Cancelled"), .init("no_target", "No target"),
      .init("reversed", "Reversed"), .init("decided", "Decided"), .init("result", "Result"),
      .init("misses_allowed", "Misses allowed"), .init("completeness", "Completeness"),
      .init("to_date", "To date"), .init("lowest", "Lowest"), .init("highest", "Highest"),
      .init(
        "attainment_unmeasurable_as_missed", "Attainment, unmeasurable as missed"),
      .init("n_decided_earlier", "Stopped, decided earlier"),
      .init("misses_not_stopped", "Misses not stopped"),
      .init("misses_left", "Misses left"),
    ]
    return first + by.map { .init($0, $0) } + counted + percentiles + last
  }

  private func cells(_ row: FigureRow) -> [Cell] {
    let counts = row.counts
    let wilson = WilsonInterval(met: counts.met, decided: counts.decided)
    let names = [row.agreement, row.customer, row.clock, row.tier]
    let byValues = by.indices.map { $0 < row.by.count ? row.by[$0] : "" }
    var cells: [Cell] = (names + byValues + [row.period]).map { .text($0) }
    cells += [
      counts.met, counts.breached, counts.overdue, counts.running, counts.excluded,
      counts.unmeasurable,
    ].map { .count($0) }
    cells += [
      row.shareCell, row.objective.map(Cell.objective) ?? .notMeasured,
      wilson.map { .decimal(thousandths: $0.low) } ?? .notMeasured,
      wilson.map { .decimal(thousandths: $0.high) } ?? .notMeasured,
      .count(row.stopped?.n ?? 0),
    ]
    cells += (0..<5).map { index in
      guard let stopped = row.stopped, index < stopped.percentiles.count else {
        return .notMeasured
      }
      return .decimal(thousandths: stopped.percentiles[index] * 10)
    }
    return cells + lastCells(row)
  }

  private func lastCells(_ row: FigureRow) -> [Cell] {
    let counts = row.counts
    let state = completeness[[row.agreement, row.period]] ?? .complete
    let grading = Grading(counts: counts, objective: row.objective, completeness: state)
    let allowed = row.objective.map {
      Cell.count(Grading.missesAllowed(decided: counts.decided, objective: $0))
    }
    let lowest = row.bounds.map { $0.lowest(counts) }
    let highest = row.bounds.map { $0.highest(counts) }
    return [
      .count(counts.cancelled), .count(counts.noTarget), .count(counts.reversed),
      .count(counts.decided), .text(grading.word), allowed ?? .notMeasured,
      .text(state.rawValue), .text(row.bounds == nil ? "no" : "yes"),
      share(lowest), share(highest),
      share((counts.met, counts.decided + counts.unmeasurable)),
      .count(row.stopped?.decidedEarlier ?? 0), .count(row.stopped?.notStopped ?? 0),
      row.objective.map {
        .count(Grading.missesAllowed(decided: counts.decided, objective: $0) - counts.missed)
      } ?? .notMeasured,
    ]
  }

  private func share(_ pair: (met: Int, decided: Int)?) -> Cell {
    pair.flatMap { Share($0.met, of: $0.decided) }.map { .share($0) } ?? .notMeasured
  }
}
