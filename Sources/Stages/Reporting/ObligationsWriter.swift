import ReportDocuments
import Results
import ServiceTime

/// Who owes whom what, beside tickets, and what became of it.
struct ObligationsWriter {
  let pack: PackView

  /// How many rows a list has at most.
  static let mostRows = 500

  private var current: [(record: ObligationRecord, period: ObligationPeriod)] {
    pack.obligations.compactMap { record in record.current(in: pack).map { (record, $0) } }
  }

  private func records(_ states: Set<ObligationState>) -> [ObligationRecord] {
    current.filter { states.contains($0.period.state) }.map(\.record)
  }

  private var missed: [ObligationRecord] { records([.missed]) }
  private var judged: [ObligationRecord] { records([.met, .pressed, .missed]) }

  /// Left out without obligations.
  var section: Section? {
    guard !pack.obligations.isEmpty else { return nil }
    var blocks: [Block] = [.table(table)]
    if let volumes { blocks.append(.table(volumes)) }
    if let deliverables { blocks.append(.table(deliverables)) }
    if let late { blocks.append(.table(late)) }
    return Section(
      id: "obligations", title: title, contents: "Obligations",
      mark: missed.isEmpty ? "" : "X", markIsLate: !missed.isEmpty, blocks: blocks)
  }

  /// Who failed whom, else how many were met.
  var title: String {
    guard let first = missed.first else {
      guard !judged.isEmpty else { return "Obligations: none is judged" }
      return judged.count == 1
        ? "\(judged[0].title) was met" : "All \(Words.number(judged.count)) obligations were met"
    }
    return sentence(first)
  }

  /// Such as `Marketing owes Sales 80 Qualified leads, and 62 qualify: 18 short`.
  func sentence(_ record: ObligationRecord) -> String {
    guard let period = record.current(in: pack) else { return record.title }
    if let volume = period.volume, period.state == .missed {
      let delivered = Words.amount(volume.accepted)
      let all = volume.delivered
      let start =
        volume.rejected > 0
        ? "\(record.by) delivered \(Words.amount(all)), but only \(delivered) qualify"
        : "\(record.by) delivered \(delivered)"
      return "\(record.title): \(start), "
        + "\(Words.amount(size: volume.difference)) short of the promise"
    }
    if let late = lateDelivery(of: record), period.state == .missed {
      return
        "\(record.title) (\(record.parties)) was due \(Words.moment(pack.moment(late.due))) and "
        + (late.delivered.map { "came \(Words.moment(pack.moment($0)))" } ?? "did not come")
    }
    let verdict =
      switch period.state {
      case .met, .pressed: "was met"
      case .missed: "was missed"
      case .running: "is running"
      case .noData: "has no data"
      case .partial: "is not judged"
      }
    return "\(record.title) \(verdict): \(record.parties), \(period.reachedWords)"
  }

  /// The first that was due in the reported period and was not there in time.
  private func lateDelivery(of record: ObligationRecord) -> DeliveryRecord? {
    record.deliveries?.first { delivery in
      !delivery.isOnTime && !delivery.isRunning && delivery.due >= pack.reported.start
        && delivery.due < pack.reported.end
    }
  }

  private var table: Table {
    Table(
      subtitle: "What is owed beside tickets, in \(pack.periodWords).",
      columns: [
        .init("Obligation"), .init("Owed by"), .init("Owed to"), .init("Promised"),
        .init("Reached", isNumeric: true), .init("Grade"), .init("Not judged because"),
      ],
      rows: pack.obligations.map { record in
        let period = record.current(in: pack)
        return [
          .text(record.title), .text(record.by), .text(record.to), .text(record.promise),
          period.map { period in
            period.share.map { .share($0) }
              ?? (period.volume == nil ? .notMeasured : .text(period.reachedWords))
          } ?? .notMeasured,
          .grade(period?.grade ?? .noData), .text(period.map(Self.reason) ?? ""),
        ]
      }, note: "csv/obligations.csv has every period and figure.", isRecords: true)
  }

  private static func reason(_ period: ObligationPeriod) -> String {
    period.state == .running && period.reason.isEmpty ? "the period is not over" : period.reason
  }

  private var volumes: Table? {
    let rows = pack.obligations.flatMap { record in
      record.periods.compactMap { period in period.volume.map { (record, period, $0) } }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "Volumes, month by month",
      subtitle: "What does not meet the quality is shown, and does not count.",
      columns: [
        .init("Obligation"), .init("Period"), .init("Accepted", isNumeric: true),
        .init("Rejected", isNumeric: true), .init("Promised", isNumeric: true),
        .init("Difference", isNumeric: true), .init("Grade"),
      ],
      rows: rows.map { record, period, volume in
        let short = volume.difference
        return [
          .text(record.title), .text(Words.period(period.period, year: true)),
          .text(Words.amount(volume.accepted)), .text(Words.amount(volume.rejected)),
          .text(Words.amount(volume.required)),
          .text((short < 0 ? "\u{2212}" : "+") + Words.amount(size: short)), .grade(period.grade),
        ]
      }, isRecords: true)
  }

  private var deliverables: Table? {
    let rows = pack.obligations.flatMap { record in
      (record.deliveries ?? []).map { (record, $0) }
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "Deliverables, in time, complete and accepted",
      subtitle: "Three facts of their own; one delivery has to be all that was asked.",
      columns: [
        .init("Obligation"), .init("For"), .init("Due"), .init("Delivered"), .init("On time"),
        .init("Complete"), .init("Accepted"), .init("Result"),
      ],
      rows: rows.map { record, delivery in
        [
          .text(record.title), .text(Words.period(delivery.month, year: true)),
          .moment(pack.moment(delivery.due)),
          delivery.delivered.map { .moment(pack.moment($0)) } ?? .notMeasured,
          Self.fact(delivery.isOnTime), delivery.isComplete.map(Self.fact) ?? .notMeasured,
          delivery.isAccepted.map(Self.fact) ?? .notMeasured,
          .text(delivery.isMet ? "met" : delivery.isRunning ? "running" : "missed"),
        ]
      }, isRecords: true)
  }

  private static func fact(_ holds: Bool) -> Cell { .text(holds ? "yes" : "no") }

  private var late: Table? {
    let rows = pack.obligations.flatMap { record in (record.late ?? []).map { (record, $0) } }
    guard !rows.isEmpty else { return nil }
    return Table(
      title: "Answered late, or not at all",
      subtitle: "Rows that were lost in \(pack.periodWords), longest first.",
      columns: [
        .init("Obligation"), .init("Row"), .init("Began"), .init("Late from"), .init("Answered"),
        .init("Elapsed", isNumeric: true), .init("Within", isNumeric: true),
      ],
      rows: rows.prefix(Self.mostRows).map { record, row in
        [
          .text(record.title), .identifier(row.id), .moment(pack.moment(row.start)),
          .moment(pack.moment(row.lost)),
          row.end.map { .moment(pack.moment($0)) } ?? .notMeasured,
          .duration(seconds: row.elapsedSeconds), .duration(seconds: row.withinSeconds),
        ]
      },
      note: rows.count > Self.mostRows
        ? "\(Words.grouped(rows.count)) in all; csv/late-responses.csv has every one." : "",
      isRecords: true)
  }
}

// What the cover says of an agreement that judges no ticket.
extension ObligationsWriter {
  var headline: String {
    guard !judged.isEmpty else { return "No obligation can be judged in \(pack.periodWords)" }
    let met = judged.count - missed.count
    let was = met == 1 ? "was" : "were"
    let start =
      missed.isEmpty
      ? (judged.count == 1
        ? "\(judged[0].title) was met in \(pack.periodWords)"
        : "All \(Words.number(judged.count)) obligations were met in \(pack.periodWords)")
      : met == 0
        ? "No obligation was met in \(pack.periodWords)"
        : "\(Words.capitalised(Words.number(met))) of \(Words.number(judged.count)) obligations "
          + "\(was) met in \(pack.periodWords)"
    guard !missed.isEmpty, missed.count <= 3, met > 0 else { return start }
    let were = missed.count == 1 ? "was" : "were"
    return "\(start); \(Words.list(missed.map(\.title))) \(were) missed"
  }

  var lede: String {
    let sentences = missed.prefix(3).map { sentence($0) + "." }
    return sentences.isEmpty
      ? "\(Words.capitalised(Words.counted(pack.obligations.count, "obligation"))) in all."
      : sentences.joined(separator: " ")
  }

  var facts: [Cover.Fact] {
    guard !judged.isEmpty else { return [] }
    return [
      .init(
        figure: "\(judged.count - missed.count)", unit: "of \(judged.count)",
        label: "obligations met; \(missed.count) missed"),
      .init(
        figure: "\(missed.count)", unit: "",
        label: "obligations missed in \(pack.periodWords)", isLate: !missed.isEmpty),
    ]
  }

  /// A group of the months' chart: one row an obligation.
  var group: SlamGrid.Group? {
    guard !pack.obligations.isEmpty else { return nil }
    return SlamGrid.Group(
      name: "Obligations", objective: "",
      rows: pack.obligations.map { record in
        SlamGrid.Row(
          name: record.title, within: "",
          entries: pack.periods.map { period in
            let own = record.period(period.label)
            return SlamGrid.Entry(
              grade: own?.grade ?? .noData, share: own?.share, isToDate: period.isToDate)
          }, anchor: record.kind == "availability" ? "availability" : "obligations")
      })
  }
}
