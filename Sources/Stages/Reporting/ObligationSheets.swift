package import ReportDocuments
package import Results

extension Reporting {
  /// One row an obligation and period, and the rows behind them: `obligations.csv` and others.
  ///
  /// - Returns: No sheets where the agreements have no obligations.
  package static func obligationSheets(_ results: CalculationResults) -> [DataSheet] {
    guard let records = results.obligations else { return [] }
    let sheets = ObligationSheets(results: results, records: records)
    return [sheets.periods]
      + [sheets.outages, sheets.maintenance, sheets.deliveries, sheets.late].filter {
        !$0.rows.isEmpty
      }
  }
}

extension Reporting {
  /// The obligations of the reported period as a terminal shows them; `nil` where there are none.
  package static func obligationTable(_ results: CalculationResults) -> Table? {
    guard let records = results.obligations else { return nil }
    return Table(
      columns: [
        .init("Customer"), .init("Obligation"), .init("Owed by"), .init("Owed to"),
        .init("Period"), .init("Result"), .init("Reached", isNumeric: true),
        .init("Objective", isNumeric: true),
      ],
      rows: records.flatMap { record -> [[Cell]] in
        let reported = results.agreements.first { $0.name == record.agreement }?.period
        return record.periods.filter { $0.period == reported }.map { period -> [Cell] in
          [
            .text(record.customer), .text(record.name), .text(record.by), .text(record.to),
            .text(period.period), .text(period.result), .text(period.reachedWords),
            .text(period.objective.map { Words.percent(millionths: $0) } ?? ""),
          ]
        }
      })
  }
}

/// The data of obligations.
private struct ObligationSheets {
  let results: CalculationResults
  let records: [ObligationRecord]

  private static let names: [DataSheet.Column] = [
    .init("agreement", "Agreement"), .init("customer", "Customer"),
    .init("obligation", "Obligation"),
  ]

  private func names(_ record: ObligationRecord) -> [Cell] {
    [record.agreement, record.customer, record.name].map { .text($0) }
  }

  private func moment(_ seconds: Int64?, _ record: ObligationRecord) -> Cell {
    guard let seconds,
      let agreement = results.agreements.first(where: { $0.name == record.agreement })
    else { return .notMeasured }
    return .moment(
      LocalMoment(seconds: seconds, localSeconds: agreement.localSeconds(at: seconds)))
  }

  private static func duration(_ seconds: Int64?) -> Cell {
    seconds.map { .duration(seconds: $0) } ?? .notMeasured
  }

  /// Microseconds as whole seconds where they are, else in thousandths of a second, rounded up.
  private static func weighted(_ microseconds: Int64?) -> Cell {
    guard let microseconds else { return .notMeasured }
    if microseconds.isMultiple(of: 1_000_000) {
      return .duration(seconds: microseconds / 1_000_000)
    }
    return .decimal(thousandths: (microseconds + 999) / 1_000)
  }

  private static func count(_ count: Int?) -> Cell { count.map { .count($0) } ?? .notMeasured }

  /// Millionths as a count where they are one, else in thousandths.
  private static func amount(_ millionths: Int64?) -> Cell {
    guard let millionths else { return .notMeasured }
    if millionths.isMultiple(of: 1_000_000) { return .count(Int(millionths / 1_000_000)) }
    return .decimal(thousandths: millionths / 1_000 + (millionths % 1_000 > 0 ? 1 : 0))
  }

  private static func flag(_ value: Bool?) -> Cell {
    value.map { .text($0 ? "yes" : "no") } ?? .notMeasured
  }

  var periods: DataSheet {
    DataSheet(
      role: .obligations, name: "Obligations", file: "obligations",
      columns: Self.names + [
        .init("title", "Title"), .init("kind", "Kind"), .init("by", "Owed by"),
        .init("to", "Owed to"), .init("period", "Period"), .init("result", "Result"),
        .init("reason", "Not judged because"), .init("promise", "Promised"),
        .init("objective", "Objective"), .init("attainment", "Attainment"), .init("met", "Met"),
        .init("missed", "Missed"), .init("running", "Running"), .init("on_time", "On time"),
        .init("complete", "Complete"), .init("accepted", "Accepted"),
        .init("accepted_amount", "Amount accepted"), .init("rejected_amount", "Amount rejected"),
        .init("required_amount", "Amount owed"), .init("service_seconds", "Service time"),
        .init("maintenance_seconds", "Approved maintenance"),
        .init("agreed_seconds", "Agreed time"), .init("down_seconds", "Down"),
        .init("planned_down_seconds", "Of it planned"),
        .init("weighted_down_seconds", "Down by weight"),
        .init("budget_seconds", "Downtime allowed"), .init("left_seconds", "Downtime left"),
        .init("failures", "Failures"), .init("mtbf_seconds", "Mean time between failures"),
        .init("mtrs_seconds", "Mean time to restore"), .init("longest_seconds", "Longest outage"),
      ], rows: records.flatMap { record in record.periods.map { row(record, $0) } },
      note: "What is owed beside tickets, period by period.")
  }

  private func row(_ record: ObligationRecord, _ period: ObligationPeriod) -> [Cell] {
    let (counts, figures) = (period.counts, period.availability)
    let texts: [Cell] = [
      record.title, record.kind, record.by, record.to, period.period, period.result, period.reason,
      record.promise,
    ].map { .text($0) }
    let shares: [Cell] = [
      period.objective.map { .decimal(thousandths: ($0 + 500) / 1_000) } ?? .notMeasured,
      period.share.map { .share($0) } ?? .notMeasured,
    ]
    let numbers =
      [
        counts?.met, counts?.missed, counts?.running, counts?.onTime, counts?.complete,
        counts?.accepted,
      ]
      .map(Self.count)
    let amounts = [period.volume?.accepted, period.volume?.rejected, period.volume?.required]
      .map(Self.amount)
    return names(record) + texts + shares + numbers + amounts + Self.cells(figures)
  }

  private static func cells(_ figures: AvailabilityFigures?) -> [Cell] {
    [
      duration(figures?.serviceSeconds), duration(figures?.maintenanceSeconds),
      duration(figures?.agreedSeconds), duration(figures?.downSeconds),
      duration(figures?.plannedDownSeconds), weighted(figures?.weightedDownMicroseconds),
      // Rounded down, as what is allowed is.
      duration(figures?.budgetMicroseconds.map { $0 / 1_000_000 }),
      figures?.leftSeconds.map { left in
        left >= 0 ? .duration(seconds: left) : .decimal(thousandths: left * 1_000)
      } ?? .notMeasured,
      count(figures?.failures), duration(figures?.betweenFailuresSeconds),
      duration(figures?.meanRestoreSeconds), duration(figures?.longestSeconds),
    ]
  }

  var outages: DataSheet {
    DataSheet(
      role: .outages, name: "Outages", file: "outages",
      columns: Self.names + [
        .init("outages", "Outages"), .init("started", "Began"), .init("ended", "Ended"),
        .init("down_seconds", "Down in agreed time"),
        .init("planned_down_seconds", "Of it planned"),
        .init("weighted_down_seconds", "Down by weight"), .init("period", "Counted in"),
      ],
      rows: records.flatMap { record -> [[Cell]] in
        (record.outages ?? []).map { outage in
          names(record) + [
            .text(outage.names.joined(separator: ", ")), moment(outage.start, record),
            moment(outage.end, record), .duration(seconds: outage.downSeconds),
            .duration(seconds: outage.plannedDownSeconds),
            Self.weighted(outage.weightedDownMicroseconds), .text(outage.period),
          ]
        }
      }, note: "Outages that overlap or touch are one failure, counted where it began.")
  }

  var maintenance: DataSheet {
    DataSheet(
      role: .maintenance, name: "Maintenance", file: "maintenance",
      columns: Self.names + [
        .init("maintenance", "Maintenance"), .init("started", "Began"), .init("ended", "Ended"),
        .init("excluded_seconds", "Left out"), .init("down_seconds", "Of it down"),
      ],
      rows: records.flatMap { record -> [[Cell]] in
        (record.maintenance ?? []).map { maintenance in
          names(record) + [
            .text(maintenance.name), moment(maintenance.start, record),
            moment(maintenance.end, record), .duration(seconds: maintenance.seconds),
            .duration(seconds: maintenance.downSeconds),
          ]
        }
      }, note: "Approved maintenance, which is left out of the agreed service time.")
  }

  var deliveries: DataSheet {
    DataSheet(
      role: .deliveries, name: "Deliverables", file: "deliverables",
      columns: Self.names + [
        .init("month", "For"), .init("due", "Due"), .init("delivered", "Delivered"),
        .init("on_time", "On time"), .init("complete", "Complete"), .init("accepted", "Accepted"),
        .init("result", "Result"),
      ],
      rows: records.flatMap { record -> [[Cell]] in
        (record.deliveries ?? []).map { delivery in
          names(record) + [
            .text(delivery.month), moment(delivery.due, record),
            moment(delivery.delivered, record), Self.flag(delivery.isOnTime),
            Self.flag(delivery.isComplete), Self.flag(delivery.isAccepted),
            .text(delivery.isMet ? "met" : delivery.isRunning ? "running" : "missed"),
          ]
        }
      }, note: "In time, complete and accepted are facts of their own; met is all that was asked.")
  }

  var late: DataSheet {
    DataSheet(
      role: .responses, name: "Late responses", file: "late-responses",
      columns: Self.names + [
        .init("row", "Row"), .init("started", "Began"), .init("ended", "Answered"),
        .init("lost", "Late from"), .init("elapsed_seconds", "Elapsed"),
        .init("within_seconds", "Within"),
      ],
      rows: records.flatMap { record -> [[Cell]] in
        (record.late ?? []).map { row in
          names(record) + [
            .identifier(row.id), moment(row.start, record), moment(row.end, record),
            moment(row.lost, record), .duration(seconds: row.elapsedSeconds),
            .duration(seconds: row.withinSeconds),
          ]
        }
      }, note: "Rows of the reported period that were answered late, longest first.")
  }
}
