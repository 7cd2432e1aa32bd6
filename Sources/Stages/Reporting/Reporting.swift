package import ReportDocuments
package import Results

/// The sheets of data that are of use without a report.
package enum Reporting {
  /// One row per agreement, customer, clock, tier, `by` and period: `attainment.csv`.
  package static func attainmentSheet(_ results: CalculationResults) -> DataSheet {
    AttainmentSheet(results).sheet
  }

  /// One row per promise: `tickets.csv`.
  package static func ticketsSheet(_ results: CalculationResults) -> DataSheet {
    TicketsSheet(results).sheet(.tickets, named: "Tickets", file: "tickets", results.promises)
  }

  /// One row per bucket: `ledger.csv`.
  package static func ledgerSheet(_ results: CalculationResults) -> DataSheet {
    var rows: [[Cell]] = []
    for ledger in results.ledgers {
      let cycles = ledger.extraCycles.map { [LedgerRecord.Bucket("extra cycles", $0)] }
      let levels = [
        ("rows", ledger.rows), ("tickets", ledger.tickets), ("promises", ledger.promises),
        ("of the promises", cycles ?? []),
      ]
      for (level, buckets) in levels {
        for bucket in buckets {
          rows.append([
            .text(ledger.agreement), .text(ledger.customer), .text(level), .text(bucket.name),
            .count(bucket.count),
          ])
        }
      }
    }
    return DataSheet(
      role: .ledger, name: "Ledger", file: "ledger",
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("level", "Level"),
        .init("bucket", "Bucket"), .init("count", "Count"),
      ], rows: rows)
  }

  /// What registers of exclusions ask for and what that changes: `exclusions.csv` and
  /// `exclusion-targets.csv`; none where nothing is asked for.
  package static func exclusionSheets(_ results: CalculationResults) -> [DataSheet] {
    ExclusionSheets(results: results).sheets
  }

  /// The reported period of every agreement and customer, narrow enough for a terminal.
  package static func attainmentTable(_ results: CalculationResults) -> Table {
    let showsAgreement = results.agreements.count > 1
    var columns: [Table.Column] = showsAgreement ? [.init("Agreement")] : []
    columns += [.init("Customer"), .init("Clock"), .init("Tier")]
    let by = results.agreements.first?.by ?? []
    columns += by.map { .init($0) } + [.init("Period")]
    let hasUnmeasurable = results.figures.contains { row in
      row.counts.unmeasurable > 0
        && results.agreements.contains { $0.name == row.agreement && $0.period == row.period }
    }
    let hasExcluded = results.figures.contains { row in
      row.counts.excluded > 0
        && results.agreements.contains { $0.name == row.agreement && $0.period == row.period }
    }
    let counts =
      ["Met", "Missed", "Open"] + (hasUnmeasurable ? ["Unmeasurable"] : [])
      + (hasExcluded ? ["Excluded"] : [])
    columns += (counts + ["Attained", "Objective"]).map { .init($0, isNumeric: true) }
    columns += [.init("")] + ["p50", "p95"].map { .init($0, isNumeric: true) }
    var rows: [[Cell]] = []
    for row in results.figures {
      guard let agreement = results.agreements.first(where: { $0.name == row.agreement }),
        row.period == agreement.period
      else { continue }
      var cells: [Cell] = showsAgreement ? [.text(row.agreement)] : []
      cells += ([row.customer, row.clock, row.tier] + row.by + [row.period]).map { .text($0) }
      cells += [
        .count(row.counts.met), .count(row.counts.missed),
        .count(row.counts.running + row.counts.overdue),
      ]
      if hasUnmeasurable { cells.append(.count(row.counts.unmeasurable)) }
      if hasExcluded { cells.append(.count(row.counts.excluded)) }
      cells += [
        row.shareCell,
        row.objective.map(Cell.objective) ?? .notMeasured,
        row.objective == nil
          ? .text("") : .grade(Grade(row.grading(in: agreement))),
        row.percentile(0), row.percentile(3),
      ]
      rows.append(cells)
    }
    return Table(columns: columns, rows: rows)
  }
}

extension FigureRow {
  /// Attainment, or the dash of no data.
  var share: Share? { Share(counts.met, of: counts.decided, objective: objective) }

  var shareCell: Cell { share.map { .share($0) } ?? .notMeasured }

  func grading(in agreement: AgreementSummary) -> Grading {
    let summary = agreement.periods.first { $0.label == period }
    return Grading(
      counts: counts, objective: objective, completeness: summary?.completeness ?? .complete)
  }

  /// A percentile of elapsed in whole seconds, rounded half up; 0 is p50 and 4 is p99.
  func percentile(_ index: Int) -> Cell {
    guard let stopped, index < stopped.percentiles.count else { return .notMeasured }
    return .duration(seconds: (stopped.percentiles[index] + 50) / 100)
  }
}

extension Cell {
  /// An objective in per cent, exactly.
  static func objective(_ millionths: Int64) -> Cell {
    if millionths % 1_000 == 0 { return .decimal(thousandths: millionths / 1_000) }
    return Share(Int(millionths), of: 100_000_000).map { .share($0) } ?? .notMeasured
  }
}

extension Grade {
  init(_ grading: Grading) {
    switch grading {
    case .met: self = .met
    case .underPressure: self = .underPressure
    case .missed: self = .missed
    case .noData, .noObjective: self = .noData
    case .partial: self = .partial
    case .startingUp: self = .startingUp
    }
  }
}
