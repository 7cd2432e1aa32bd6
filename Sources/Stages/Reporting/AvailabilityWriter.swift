import ReportDocuments
import Results
import ServiceTime

/// The services: how long they were down, what is left of what they may be, and each outage.
struct AvailabilityWriter {
  let pack: PackView

  private typealias Service = (
    record: ObligationRecord, period: ObligationPeriod, figures: AvailabilityFigures
  )

  /// Nearest its budget first.
  private var services: [Service] {
    let all = pack.obligations.compactMap { record -> Service? in
      guard let period = record.current(in: pack), let figures = period.availability else {
        return nil
      }
      return (record, period, figures)
    }
    return all.enumerated().sorted { left, right in
      let (a, b) = (left.element.figures, right.element.figures)
      let used = Int128(a.weightedDownMicroseconds) * Int128(b.budgetMicroseconds ?? 0)
      let other = Int128(b.weightedDownMicroseconds) * Int128(a.budgetMicroseconds ?? 0)
      return used == other ? left.offset < right.offset : used > other
    }.map(\.element)
  }

  /// Left out without a service that was measured.
  var section: Section? {
    let services = self.services
    guard let worst = services.first else { return nil }
    var blocks: [Block] = [
      .figure(figure(services)), .table(table(services)), .table(failures(services)),
    ]
    if let maintenance { blocks.append(.table(maintenance)) }
    blocks += services.prefix(Self.mostTrends).enumerated().compactMap {
      AvailabilityTrend(pack: pack, record: $1.record, number: $0 + 1).figure.map { .figure($0) }
    }
    return Section(
      id: "availability", title: title(worst), contents: "Availability",
      mark: worst.period.state == .missed ? "X" : "",
      markIsLate: worst.period.state == .missed, blocks: blocks)
  }

  /// Such as `The ledger has used 78 m of the 85 m that it may be down`.
  private func title(_ service: Service) -> String {
    let down = service.figures.weightedDownMicroseconds / 1_000_000
    guard let budget = service.figures.budgetMicroseconds else { return "Availability" }
    if down == 0 { return "\(service.record.title) was not down in \(pack.periodWords)" }
    return "\(service.record.title) has used \(DurationText.prose(down)) of the "
      + "\(DurationText.prose(budget / 1_000_000)) that it may be down"
  }

  /// At most so many services are drawn.
  private static let mostLanes = 20
  private static let mostTrends = 6

  private func figure(_ services: [Service]) -> Figure {
    let lanes = services.prefix(Self.mostLanes).map(lane)
    let named = lanes.flatMap { lane in
      lane.outages.prefix(10).map { mark in
        "\(lane.name): \(mark.name), \(Words.moment(mark.from)), \(mark.length)."
      }
    }
    let none = "No outage in \(pack.periodWords)"
    return Figure(
      id: "availability-lanes", title: services.first.map { title($0) } ?? none,
      subtitle: "Outages in the agreed service time, maintenance hatched, in \(pack.periodWords).",
      alternative: named.isEmpty ? none + "." : named.joined(separator: " "),
      chart: .availability(
        AvailabilityChart(
          start: pack.moment(pack.reported.start), end: pack.moment(pack.reported.end),
          lanes: Array(lanes), emptyText: none)), table: outages ?? table(services))
  }

  private func lane(_ service: Service) -> AvailabilityChart.Lane {
    let (figures, record) = (service.figures, service.record)
    let used = DurationText.prose(figures.weightedDownMicroseconds / 1_000_000)
    let allowed = figures.budgetMicroseconds.map { " of \(DurationText.prose($0 / 1_000_000))" }
    let outages = (record.outages ?? []).filter { isReported($0.start, $0.end) }
      .sorted { $0.downSeconds > $1.downSeconds }
    let maintenance = (record.maintenance ?? []).filter { isReported($0.start, $0.end) }
    return AvailabilityChart.Lane(
      name: record.title, reached: "\(service.period.reachedWords), down \(used)\(allowed ?? "")",
      isMissed: service.period.state == .missed,
      outages: outages.map {
        mark($0.names.joined(separator: ", "), $0.start, $0.end, $0.downSeconds)
      }, maintenance: maintenance.map { mark($0.name, $0.start, $0.end, $0.seconds) })
  }

  private func mark(
    _ name: String, _ start: Int64, _ end: Int64?, _ seconds: Int64
  ) -> AvailabilityChart.Mark {
    AvailabilityChart.Mark(
      name: name, from: pack.moment(max(start, pack.reported.start)),
      to: pack.moment(min(end ?? pack.reported.horizon, pack.reported.end)),
      length: DurationText.prose(seconds))
  }

  private func table(_ services: [Service]) -> Table {
    Table(
      subtitle: """
        Agreed service time without approved maintenance, in \(pack.periodWords). Where outages \
        overlap, the largest weight counts.
        """,
      columns: [
        .init("Service"), .init("Available", isNumeric: true), .init("Grade"),
        .init("Objective", isNumeric: true), .init("Agreed time", isNumeric: true),
        .init("Down", isNumeric: true), .init("Down by weight", isNumeric: true),
        .init("Allowed", isNumeric: true),
        .init("Left", isNumeric: true),
      ], rows: services.map { cells($0.record, $0.period, $0.figures) }, isRecords: true)
  }

  private func failures(_ services: [Service]) -> Table {
    Table(
      title: "Failures, planned and unplanned downtime",
      columns: [
        .init("Service"), .init("Failures", isNumeric: true),
        .init("Between failures", isNumeric: true), .init("To restore", isNumeric: true),
        .init("Longest", isNumeric: true), .init("Unplanned", isNumeric: true),
        .init("Planned", isNumeric: true), .init("Maintenance left out", isNumeric: true),
      ],
      rows: services.map { service in
        let figures = service.figures
        return [
          .text(service.record.title), .count(figures.failures),
          figures.betweenFailuresSeconds.map { .duration(seconds: $0) } ?? .notMeasured,
          figures.meanRestoreSeconds.map { .duration(seconds: $0) } ?? .notMeasured,
          .duration(seconds: figures.longestSeconds),
          .duration(seconds: figures.unplannedDownSeconds),
          .duration(seconds: figures.plannedDownSeconds),
          .duration(seconds: figures.maintenanceSeconds),
        ]
      },
      note: """
        Between failures is the time that it was up, to restore the time that it was down, each \
        divided by the failures that began in the period.
        """, isRecords: true)
  }

  private func cells(
    _ record: ObligationRecord, _ period: ObligationPeriod, _ figures: AvailabilityFigures
  ) -> [Cell] {
    func duration(_ seconds: Int64?) -> Cell {
      seconds.map { .duration(seconds: $0) } ?? .notMeasured
    }
    let left = figures.leftSeconds.map { left -> Cell in
      left >= 0 ? .duration(seconds: left) : .text("over by \(DurationText.prose(-left))")
    }
    return [
      .text(record.title), period.share.map { .share($0) } ?? .notMeasured, .grade(period.grade),
      .text(period.objective.map { Words.percent(millionths: $0) } ?? ""),
      duration(figures.agreedSeconds), duration(figures.downSeconds),
      duration(figures.weightedDownMicroseconds / 1_000_000),
      duration(figures.budgetMicroseconds.map { $0 / 1_000_000 }), left ?? .notMeasured,
    ]
  }

  private func isReported(_ start: Int64, _ end: Int64?) -> Bool {
    start < pack.reported.end && (end ?? .max) > pack.reported.start
  }

  private var outages: Table? {
    let rows = pack.obligations.flatMap { record in
      (record.outages ?? []).filter { isReported($0.start, $0.end) }.map { (record, $0) }
    }.sorted { $0.1.downSeconds > $1.1.downSeconds }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "Outages, longest first",
      columns: [
        .init("Service"), .init("Outage"), .init("Began"), .init("Ended"),
        .init("Down in agreed time", isNumeric: true), .init("Of it planned", isNumeric: true),
        .init("Counted in"),
      ],
      rows: rows.prefix(ObligationsWriter.mostRows).map { record, outage in
        [
          .text(record.title), .text(outage.names.joined(separator: ", ")),
          .moment(pack.moment(outage.start)),
          outage.end.map { .moment(pack.moment($0)) } ?? .text("still down"),
          .duration(seconds: outage.downSeconds), .duration(seconds: outage.plannedDownSeconds),
          .text(Words.period(outage.period, year: true)),
        ]
      },
      note: rows.count > ObligationsWriter.mostRows
        ? "\(Words.grouped(rows.count)) in all; csv/outages.csv has every one." : "",
      isRecords: true)
  }

  private var maintenance: Table? {
    let rows = pack.obligations.flatMap { record in
      (record.maintenance ?? []).filter { isReported($0.start, $0.end) }.map { (record, $0) }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "Approved maintenance, left out of the agreed service time",
      columns: [
        .init("Service"), .init("Maintenance"), .init("Began"), .init("Ended"),
        .init("Left out", isNumeric: true), .init("Of it down", isNumeric: true),
      ],
      rows: rows.prefix(ObligationsWriter.mostRows).map { record, row in
        [
          .text(record.title), .text(row.name), .moment(pack.moment(row.start)),
          row.end.map { .moment(pack.moment($0)) } ?? .notMeasured,
          .duration(seconds: row.seconds), .duration(seconds: row.downSeconds),
        ]
      }, isRecords: true)
  }
}
