import ReportDocuments
import Results
import ServiceTime

/// The changes of services in the reported period: whether they succeeded, what they took, and what
/// was before and after them.
struct ServiceChangesWriter {
  static let mostRows = 100

  let pack: PackView
  private let record: ServiceChangeRecord?

  init(pack: PackView) {
    self.pack = pack
    record = pack.results.serviceChanges?.first
  }

  private var reported: Range<Int64> {
    pack.reported.start..<max(pack.reported.start, pack.reported.end)
  }

  /// Of the reported period.
  private var changes: [ServiceChange] {
    (record?.changes ?? []).filter { reported.contains($0.start) }
  }

  /// What a month's changes are called on a trend.
  ///
  /// - Parameter availability: Of the service with this obligation; `nil` is of those that have
  ///   tickets.
  func marks(in stretch: Range<Int64>, availability: String? = nil) -> [String] {
    (record?.changes ?? []).filter { change in
      guard stretch.contains(change.start) else { return false }
      return availability == nil
        ? change.isAboutTickets == true : change.availability == availability
    }.map { "\($0.title) (\(Words.moment(pack.moment($0.start))))" }
  }

  /// Left out where no changes are looked at.
  var section: Section? {
    guard let record else { return nil }
    let changes = changes
    guard !changes.isEmpty else {
      return Section(
        id: "service-changes", title: "Changes of services", contents: "Changes", mark: "0",
        blocks: [.paragraph("No change began in \(pack.periodWords).")])
    }
    let failed = changes.count { $0.outcome == .failed }
    return Section(
      id: "service-changes", title: title(record), contents: "Changes",
      mark: Words.grouped(changes.count), markIsLate: failed > 0,
      blocks: [.table(rates(record)), .table(list(changes)), beforeAndAfter(changes, record.days)]
        .compactMap { $0 })
  }

  private func title(_ record: ServiceChangeRecord) -> String {
    guard let all = record.rates(in: reported).first else { return "Changes of services" }
    let count = Words.counted(all.told, "change")
    var title: String
    if all.told == 0 {
      title = "No change has an outcome yet"
    } else if all.failed == 0 {
      title =
        all.told == 1
        ? "The one change with an outcome succeeded"
        : "All \(count) with an outcome succeeded"
    } else {
      title = Words.capitalised(Words.number(all.succeeded)) + " of \(count) succeeded"
      let failed = changes.filter { $0.outcome == .failed }.map(\.title)
      if failed.count <= 2 { title += "; \(Words.list(failed)) failed" }
    }
    let down = changes.compactMap(\.downtime).reduce(Int64(0)) { $0 + $1.unplanned }
    return down == 0 ? title : title + "; \(DurationText.prose(down)) unplanned downtime"
  }

  private func rates(_ record: ServiceChangeRecord) -> Table {
    let names: [ChangeRate.Kind: String] = [.all: "All changes", .type: "", .service: ""]
    return Table(
      title: "Success rate, by type and by service",
      subtitle: "Changes that began in \(pack.periodWords); one without an outcome is in no rate.",
      columns: [
        .init("Changes"), .init("Succeeded", isNumeric: true), .init("Failed", isNumeric: true),
        .init("Success rate", isNumeric: true), .init("Without an outcome", isNumeric: true),
      ],
      rows: record.rates(in: reported).map { rate in
        let name = names[rate.kind].flatMap { $0.isEmpty ? nil : $0 } ?? rate.name
        return [
          .text(name.isEmpty ? "(no type)" : name), .count(rate.succeeded), .count(rate.failed),
          Share(rate.succeeded, of: rate.told).map { .share($0) } ?? .notMeasured,
          .count(rate.untold),
        ]
      })
  }

  private func list(_ changes: [ServiceChange]) -> Table {
    let hasDowntime = changes.contains { $0.downtime != nil }
    let more: [Table.Column] =
      hasDowntime
      ? ["Unplanned down", "Planned down", "Down in maintenance"].map {
        .init($0, isNumeric: true)
      } : []
    func duration(_ seconds: Int64?) -> Cell {
      seconds.map { .duration(seconds: $0) } ?? .notMeasured
    }
    return Table(
      title: hasDowntime ? "Each change, and the downtime of its own outages" : "Each change",
      columns: [
        .init("Change"), .init("Service"), .init("Type"), .init("Began"), .init("Ended"),
        .init("Outcome"),
      ] + more,
      rows: changes.prefix(Self.mostRows).map { change in
        let first: [Cell] = [
          .text(Self.name(change)), .text(change.serviceTitle), .text(change.type),
          .moment(pack.moment(change.start)),
          change.end.map { .moment(pack.moment($0)) } ?? .text("goes on"),
          .text(change.outcome.words),
        ]
        guard hasDowntime else { return first }
        let down = change.downtime
        return first + [
          duration(down?.unplanned), duration(down?.planned), duration(down?.maintenance),
        ]
      }, note: note(changes), isRecords: true)
  }

  private func note(_ changes: [ServiceChange]) -> String {
    changes.count > Self.mostRows
      ? "\(Words.grouped(Self.mostRows)) of \(Words.grouped(changes.count)) are listed; "
        + "csv/service-changes.csv has all."
      : ""
  }

  /// `CHG-7, Release 26.10`, or the number alone.
  static func name(_ change: ServiceChange) -> String {
    change.title == change.id || change.id.isEmpty ? change.title : "\(change.id), \(change.title)"
  }
}

extension ServiceChangesWriter {
  /// `nil` if nothing of it is measured.
  private func beforeAndAfter(_ changes: [ServiceChange], _ days: Int) -> Block? {
    let windows = changes.flatMap { [$0.before, $0.after].compactMap { $0 } }
    let measures: [(name: String, isThere: Bool, cell: (ChangeWindow) -> Cell)] = [
      ("Available", windows.contains { $0.agreedSeconds != nil }, Self.available),
      ("Attained", windows.contains { $0.met != nil }, Self.attained),
      (
        "Incidents opened", windows.contains { $0.opened != nil },
        { $0.opened.map { .count($0) } ?? .notMeasured }
      ),
    ]
    let shown = measures.filter(\.isThere)
    guard !shown.isEmpty else { return nil }
    let isCut = windows.contains(where: \.isCut)
    return .table(
      Table(
        title: "The \(Words.counted(days, "day")) before and after, side by side",
        subtitle: "\(days) x 24 hours up to the change's start, and from its end on. It shows what "
          + "happened, not why.",
        columns: [.init("Change"), .init("Service")]
          + shown.flatMap { measure in
            ["before", "after"].map { .init("\(measure.name) \($0)", isNumeric: true) }
          } + [.init("Known of it")],
        rows: changes.prefix(Self.mostRows).map { change in
          [.text(Self.name(change)), .text(change.serviceTitle)]
            + shown.flatMap { measure in
              [change.before, change.after].map { $0.map(measure.cell) ?? .notMeasured }
            } + [.text(known(change, days))]
        },
        note: isCut ? "Where a window is not whole, the figure is of the part that is known." : "",
        isRecords: true))
  }

  private func known(_ change: ServiceChange, _ days: Int) -> String {
    func words(_ window: ChangeWindow?, _ name: String) -> String? {
      guard let window else { return "nothing \(name)" }
      guard window.isCut else { return nil }
      return "\(DurationText.prose(window.to - window.from)) \(name)"
    }
    let parts = [words(change.before, "before"), words(change.after, "after")].compactMap { $0 }
    return parts.isEmpty ? "all" : parts.joined(separator: ", ")
  }

  static func availability(_ window: ChangeWindow) -> Share? {
    guard let agreed = window.agreedSeconds, let down = window.downMicroseconds else { return nil }
    let (possible, isTooMuch) = agreed.multipliedReportingOverflow(by: 1_000_000)
    guard !isTooMuch, (0...possible).contains(down) else { return nil }
    return ObligationPeriod.fittedShare(possible - down, of: possible, objective: nil)
  }

  private static func available(_ window: ChangeWindow) -> Cell {
    availability(window).map { .share($0) } ?? .notMeasured
  }

  private static func attained(_ window: ChangeWindow) -> Cell {
    guard let met = window.met, let missed = window.missed,
      let share = Share(met, of: met + missed)
    else { return .notMeasured }
    return .text("\(Words.percent(share)), \(Words.grouped(met)) of \(Words.grouped(met + missed))")
  }
}

extension ServiceChange.Outcome {
  var words: String {
    switch self {
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .untold: "no outcome"
    }
  }
}
