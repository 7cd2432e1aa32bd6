package import ReportDocuments
package import Results

extension Reporting {
  /// The changes of services, what was before and after them, and their success rates.
  ///
  /// - Returns: No sheets where no changes are looked at.
  package static func serviceChangeSheets(_ results: CalculationResults) -> [DataSheet] {
    guard let records = results.serviceChanges else { return [] }
    let sheets = ServiceChangeSheets(results: results, records: records)
    return [sheets.changes, sheets.windows, sheets.rates].filter { !$0.rows.isEmpty }
  }
}

private struct ServiceChangeSheets {
  let results: CalculationResults
  let records: [ServiceChangeRecord]

  private static let names: [DataSheet.Column] = [
    .init("agreement", "Agreement"), .init("customer", "Customer"),
  ]

  private func names(_ record: ServiceChangeRecord) -> [Cell] {
    [.text(record.agreement), .text(record.customer)]
  }

  private func agreement(_ record: ServiceChangeRecord) -> AgreementSummary? {
    results.agreements.first { $0.name == record.agreement }
  }

  private func moment(_ seconds: Int64?, _ record: ServiceChangeRecord) -> Cell {
    guard let seconds, let agreement = agreement(record) else { return .notMeasured }
    return .moment(
      LocalMoment(seconds: seconds, localSeconds: agreement.localSeconds(at: seconds)))
  }

  private static func duration(_ seconds: Int64?) -> Cell {
    seconds.map { .duration(seconds: $0) } ?? .notMeasured
  }

  private static func count(_ count: Int?) -> Cell { count.map { .count($0) } ?? .notMeasured }

  var changes: DataSheet {
    DataSheet(
      role: .serviceChanges, name: "Changes", file: "service-changes",
      columns: Self.names + [
        .init("change", "Change"), .init("title", "Title"), .init("type", "Type"),
        .init("service", "Service"), .init("started", "Began"), .init("ended", "Ended"),
        .init("outcome", "Outcome"), .init("planned_down_seconds", "Planned down"),
        .init("unplanned_down_seconds", "Unplanned down"),
        .init("maintenance_down_seconds", "Down in maintenance"),
      ],
      rows: records.flatMap { record in
        record.changes.map { change in
          let down = change.downtime
          return names(record) + [
            .identifier(change.id), .text(change.title), .text(change.type), .text(change.service),
            moment(change.start, record), moment(change.end, record), .text(change.outcome.words),
            Self.duration(down?.planned), Self.duration(down?.unplanned),
            Self.duration(down?.maintenance),
          ]
        }
      }, note: "Changes that began in a period shown.")
  }

  var windows: DataSheet {
    DataSheet(
      role: .changeWindows, name: "Before and after changes", file: "change-targets",
      columns: Self.names + [
        .init("change", "Change"), .init("service", "Service"), .init("side", "Side"),
        .init("from", "From"), .init("to", "To"), .init("is_whole", "All of it is known"),
        .init("agreed_seconds", "Agreed time"), .init("weighted_down_seconds", "Down by weight"),
        .init("availability", "Availability"), .init("met", "Met"), .init("missed", "Missed"),
        .init("attainment", "Attainment"), .init("opened", "Incidents opened"),
      ],
      rows: records.flatMap { record in
        record.changes.flatMap { change in
          [("before", change.before), ("after", change.after)].compactMap { side, window in
            window.map { names(record) + row(change, side, $0, record) }
          }
        }
      }, note: "So many days before a change's start, and from its end on.")
  }

  private func row(
    _ change: ServiceChange, _ side: String, _ window: ChangeWindow, _ record: ServiceChangeRecord
  ) -> [Cell] {
    let decided = window.met.flatMap { met in window.missed.map { met + $0 } }
    // Microseconds in thousandths of a second, rounded up.
    let down = window.downMicroseconds.map { value -> Cell in
      value.isMultiple(of: 1_000_000)
        ? .duration(seconds: value / 1_000_000) : .decimal(thousandths: (value + 999) / 1_000)
    }
    return [
      .identifier(change.id), .text(change.service), .text(side), moment(window.from, record),
      moment(window.to, record), .text(window.isCut ? "no" : "yes"),
      Self.duration(window.agreedSeconds), down ?? .notMeasured,
      ServiceChangesWriter.availability(window).map { .share($0) } ?? .notMeasured,
      Self.count(window.met), Self.count(window.missed),
      decided.flatMap { Share(window.met ?? 0, of: $0) }.map { .share($0) } ?? .notMeasured,
      Self.count(window.opened),
    ]
  }

  var rates: DataSheet {
    DataSheet(
      role: .changeRates, name: "Success of changes", file: "change-rates",
      columns: Self.names + [
        .init("period", "Period"), .init("by", "By"), .init("name", "Name"),
        .init("succeeded", "Succeeded"), .init("failed", "Failed"),
        .init("untold", "Without an outcome"), .init("success_rate", "Success rate"),
      ],
      rows: records.flatMap { record in
        (agreement(record)?.periods ?? []).flatMap { period in
          record.rates(in: period.start..<max(period.start, period.end)).filter {
            $0.told + $0.untold > 0
          }.map { rate in
            names(record) + [
              .text(period.label), .text(rate.kind.rawValue), .text(rate.name),
              .count(rate.succeeded), .count(rate.failed), .count(rate.untold),
              Share(rate.succeeded, of: rate.told).map { .share($0) } ?? .notMeasured,
            ]
          }
        }
      }, note: "A change belongs to the period in which it began.")
  }
}
