import ReportDocuments
import Results

/// The data of one pack in full.
struct PackSheets {
  let pack: PackView

  var sheets: [DataSheet] {
    let tickets = TicketsSheet(pack.results)
    let lists = ListSections(pack: pack)
    var sheets = [Reporting.attainmentSheet(pack.results)]
    sheets += [ControlSheet(results: pack.results).sheet].compactMap { $0 } + [percentiles]
    sheets += [SurvivalWriter(pack: pack).sheet].compactMap { $0 }
    if pack.hasPromises {
      sheets += [
        breaches,
        tickets.sheet(
          .nearMisses, named: "Near misses", file: nil, lists.nearMisses,
          note: "Met with under 10\(Words.space)% of the time allowed left."),
        tickets.sheet(
          .running, named: "Running", file: nil, lists.open,
          note: "Open at the horizon; running ones are not lost yet, overdue ones are."),
        Reporting.ticketsSheet(pack.results),
      ]
    }
    sheets += [ChangesSheet(pack: pack).sheet].compactMap { $0 }
    sheets += Reporting.exclusionSheets(pack.results) + PauseSheets(results: pack.results).sheets
    sheets += [ChainSheet(results: pack.results).sheet].compactMap { $0 }
    sheets += Reporting.reconciliationSheets(pack.results)
    sheets += Reporting.obligationSheets(pack.results)
    sheets += Reporting.serviceChangeSheets(pack.results)
    sheets += [Reporting.actionsSheet(pack.results)].compactMap { $0 }
    sheets += [Reporting.creditsSheet(pack.results)].compactMap { $0 }
    return sheets + [Reporting.ledgerSheet(pack.results), DefinitionsWriter(pack: pack).sheet]
  }

  private var breaches: DataSheet {
    let missed = pack.missed
    let writer = MissedWriter(pack: pack)
    var sheet = TicketsSheet(pack.results).sheet(
      .breaches, named: "Breaches", file: nil, missed, note: "Worst first.")
    sheet.columns.append(.init("over_seconds", "Over by"))
    sheet.columns.append(.init("cause", "Where the time went"))
    for (index, promise) in missed.enumerated() {
      sheet.rows[index].append(.duration(seconds: promise.over(at: pack.reported)))
      sheet.rows[index].append(.text(writer.cause(promise, pack.trace(of: promise))))
    }
    return sheet
  }

  /// The reported period and those before it, tier by tier; whole seconds, rounded half up.
  private var percentiles: DataSheet {
    let by = pack.agreement.by
    let shown = Set(pack.periods.map(\.label))
    let rows = pack.results.figures.filter { $0.stopped != nil && shown.contains($0.period) }
    return DataSheet(
      role: .percentiles, name: "Percentiles", file: nil,
      columns: [.init("clock", "Clock"), .init("tier", "Tier")] + by.map { .init($0, $0) } + [
        .init("period", "Period"), .init("n", "Stopped"),
        .init("n_decided_earlier", "Decided earlier"),
        .init("misses_not_stopped", "Misses not stopped"), .init("p50_seconds", "p50"),
        .init("p75_seconds", "p75"), .init("p90_seconds", "p90"), .init("p95_seconds", "p95"),
        .init("p99_seconds", "p99"), .init("within_seconds", "Within"),
      ],
      rows: rows.map { row in
        let names: [Cell] = ([row.clock, row.tier] + row.by + [row.period]).map { .text($0) }
        let within = pack.measured.first { $0.clock == row.clock && $0.tier == row.tier }?.within
        return names + [
          .count(row.stopped?.n ?? 0), .count(row.stopped?.decidedEarlier ?? 0),
          .count(row.stopped?.notStopped ?? 0),
        ] + (0..<5).map { row.percentile($0) } + [
          within.map { .duration(seconds: $0) } ?? .notMeasured
        ]
      },
      note: "Elapsed of the clocks stopped in the period, by linear interpolation (type 7).")
  }
}
