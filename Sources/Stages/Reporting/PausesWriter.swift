import ReportDocuments
import Results
import ServiceTime

/// Pauses by party and group, what they change, and which of them deserve a look.
struct PausesWriter {
  let pack: PackView

  private var audit: PauseAudit { pack.results.pauses ?? PauseAudit() }

  /// Paused targets, in the agreement's order.
  private var targets: [PauseTarget] {
    pack.measured.compactMap { target in
      audit.targets.first { $0.clock == target.clock && $0.tier == target.tier }
    }
  }

  /// Left out if no clock was paused.
  var section: Section? {
    guard !audit.isEmpty else { return nil }
    var blocks: [Block] = [.paragraph(Self.words)]
    if !targets.isEmpty {
      blocks += [.table(shares), .table(causes)]
    }
    blocks.append(.table(counts))
    if !audit.moments.isEmpty { blocks.append(.table(moments)) }
    return Section(
      id: "pauses", title: title, contents: "Pauses", mark: Words.grouped(audit.moments.count),
      blocks: blocks)
  }

  private static let words = """
    A pause is time that would have counted, but for a rule of the agreement or a suspension. The \
    lists say where to look, and no more: a pause that is listed may be as right as any other.
    """

  private var title: String {
    let paused = targets.reduce(0) { $0 + $1.paused }
    guard paused > 0 else { return "Pauses and changes of tier to look at" }
    let promises = targets.reduce(0) { $0 + $1.promises }
    let were = paused == 1 ? "was" : "were"
    return "\(Words.capitalised(Words.number(paused))) of \(Words.number(promises)) promises "
      + "\(were) paused"
  }

  private var shares: Table {
    Table(
      title: "The share kept with pauses, and as if there were none",
      subtitle: "Promises decided in \(pack.periodWords). Without pauses is a second calculation "
        + "in which no pause stops a clock.",
      columns: [
        .init("Target"), .init("Decided", isNumeric: true), .init("Paused", isNumeric: true),
        .init("Time paused", isNumeric: true), .init("Of all time", isNumeric: true),
        .init("Kept", isNumeric: true), .init("Kept without pauses", isNumeric: true),
      ],
      rows: targets.map { target in
        [
          .text("\(target.tier) \(target.clock)"), .count(target.promises), .count(target.paused),
          .duration(seconds: target.pausedSeconds),
          Self.share(target.pausedSeconds, of: target.elapsed + target.pausedSeconds),
          Self.kept(target.with, target.objective), Self.kept(target.without, target.objective),
        ]
      }, isRecords: true)
  }

  /// Who caused a target's pauses, and who held its tickets meanwhile; the groups are left out if
  /// the source tells of none.
  private var causes: Table {
    let knowsGroups = targets.contains { $0.groups.contains { !$0.name.isEmpty } }
    return Table(
      title: knowsGroups
        ? "Who caused the pauses, and which group held the ticket meanwhile"
        : "Who caused the pauses",
      columns: [.init("Target"), .init("Caused by")]
        + (knowsGroups ? [.init("Held meanwhile by")] : []),
      rows: targets.map { target in
        let parts = knowsGroups ? [target.parties, target.groups] : [target.parties]
        return [.text("\(target.tier) \(target.clock)")]
          + parts.map { .text(Self.words($0, of: target.pausedSeconds)) }
      }, note: "Shares are of the target's paused time; csv/pauses.csv has all to the second.",
      isRecords: true)
  }

  /// Such as `supplier 94 h 14 m (51.9 %), customer 71 h 42 m (39.5 %)`; the rest in one.
  private static func words(_ parts: [PauseTarget.Part], of all: Int64) -> String {
    var shown = Array(parts.prefix(parts.count > mostParts ? mostParts - 1 : mostParts))
    let rest = parts.dropFirst(shown.count)
    if !rest.isEmpty {
      shown.append(.init(name: "others", seconds: rest.reduce(0) { $0 + $1.seconds }))
    }
    return shown.map { part in
      let share = Share(Int(part.seconds), of: Int(all)).map { " (\(Words.percent($0)))" }
      let name = part.name.isEmpty ? "not told" : part.name
      return "\(name) \(DurationText.prose(part.seconds))\(share ?? "")"
    }.joined(separator: ", ")
  }

  private static let mostParts = 5

  static func share(_ seconds: Int64, of all: Int64) -> Cell {
    Share(Int(seconds), of: Int(all)).map { .share($0) } ?? .notMeasured
  }

  static func kept(_ counts: PromiseCounts, _ objective: Int64?) -> Cell {
    Share(counts.met, of: counts.decided, objective: objective).map { .share($0) } ?? .notMeasured
  }

  private var kinds: [PauseMoment.Kind] {
    PauseMoment.Kind.allCases.filter { $0 != .afterMessage || audit.knowsMessages == true }
  }

  private var counts: Table {
    Table(
      title: "What began in \(pack.periodWords) and may be worth a look",
      columns: [.init("What"), .init("Times", isNumeric: true)],
      rows: audit.moments.isEmpty
        ? []
        : kinds.map { kind in
          [.text(Self.words(kind)), .count(audit.moments.count { $0.kind == kind })]
        },
      note: audit.moments.isEmpty
        ? "None. Looked for: \(kinds.map(Self.words).joined(separator: "; "))." : "")
  }

  static func words(_ kind: PauseMoment.Kind) -> String {
    switch kind {
    case .afterLost: "pause that began after the promise was lost"
    case .littleLeft: "pause that began with under 5\(Words.space)% of the time left"
    case .afterMessage: "pause that began within 10 minutes of a customer's message"
    case .downgrade: "change to a later tier with under 10\(Words.space)% of the time left"
    }
  }

  private static func shortly(_ kind: PauseMoment.Kind) -> String {
    switch kind {
    case .afterLost: "paused after the loss"
    case .littleLeft: "paused with under 5\(Words.space)% left"
    case .afterMessage: "paused after a message"
    case .downgrade: "later tier, under 10\(Words.space)% left"
    }
  }

  private var moments: Table {
    let most = MissedWriter.mostListed
    return Table(
      title: "The moments themselves",
      columns: [
        .init("Ticket"), .init("Target"), .init("What"), .init("When"), .init("By or to"),
        .init("Held by"), .init("Left", isNumeric: true), .init("Time paused", isNumeric: true),
      ],
      rows: audit.moments.prefix(most).map { moment in
        [
          .identifier(moment.ticket), .text("\(moment.tier) \(moment.clock)"),
          .text(Self.shortly(moment.kind)), .moment(pack.moment(moment.at)), .text(moment.what),
          moment.holder.isEmpty ? .notMeasured : .text(moment.holder),
          moment.left.map { .duration(seconds: $0) } ?? .notMeasured,
          moment.seconds.map { .duration(seconds: $0) } ?? .notMeasured,
        ]
      },
      note: audit.moments.count > most
        ? "\(Words.grouped(most)) of \(Words.grouped(audit.moments.count)) are listed; "
          + "csv/pause-moments.csv has all." : "", isRecords: true)
  }
}

/// Pauses as data: `pauses.csv`, and `pause-moments.csv` where there is anything to look at.
struct PauseSheets {
  let results: CalculationResults

  var sheets: [DataSheet] {
    guard let audit = results.pauses else { return [] }
    return (audit.targets.isEmpty ? [] : [targets(audit.targets)])
      + (audit.moments.isEmpty ? [] : [moments(audit.moments)])
  }

  /// A row for each target as a whole, party and group.
  private func targets(_ targets: [PauseTarget]) -> DataSheet {
    DataSheet(
      role: .pauses, name: "Pauses", file: "pauses",
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("clock", "Clock"),
        .init("tier", "Tier"), .init("part", "Part"), .init("name", "Name"),
        .init("paused_seconds", "Time paused"), .init("share", "Share"),
        .init("promises", "Decided"), .init("paused", "Paused"),
        .init("elapsed_seconds", "Elapsed"), .init("met", "Met"), .init("missed", "Missed"),
        .init("attainment", "Kept"), .init("met_without", "Met without pauses"),
        .init("missed_without", "Missed without pauses"),
        .init("attainment_without", "Kept without pauses"),
      ],
      rows: targets.flatMap { target in
        [row(target)]
          + target.parties.map { row($0, "party", of: target) }
          + target.groups.map { row($0, "group", of: target) }
      },
      note: "Promises decided in the reported period. The share of a target is of all its time, "
        + "that of a party or group of its pauses.")
  }

  private func names(_ target: PauseTarget) -> [Cell] {
    [target.agreement, target.customer, target.clock, target.tier].map { .text($0) }
  }

  private func row(_ target: PauseTarget) -> [Cell] {
    let counts = [target.with, target.without].flatMap { counts -> [Cell] in
      [
        .count(counts.met), .count(counts.missed),
        PausesWriter.kept(counts, target.objective),
      ]
    }
    let paused = target.pausedSeconds
    return names(target) + [
      .text("target"), .text(""), .duration(seconds: paused),
      PausesWriter.share(paused, of: target.elapsed + paused), .count(target.promises),
      .count(target.paused), .duration(seconds: target.elapsed),
    ] + counts
  }

  private func row(
    _ part: PauseTarget.Part, _ kind: String, of target: PauseTarget
  ) -> [Cell] {
    names(target) + [
      .text(kind), .text(part.name), .duration(seconds: part.seconds),
      PausesWriter.share(part.seconds, of: target.pausedSeconds),
    ] + Array(repeating: .notMeasured, count: 9)
  }

  private func moments(_ moments: [PauseMoment]) -> DataSheet {
    DataSheet(
      role: .pauseMoments, name: "Pauses to look at", file: "pause-moments",
      columns: [
        .init("ticket", "Ticket"), .init("agreement", "Agreement"),
        .init("customer", "Customer"), .init("clock", "Clock"), .init("tier", "Tier"),
        .init("what", "What"), .init("at", "When"), .init("by", "By or to"),
        .init("holder", "Held by"), .init("left_seconds", "Left"),
        .init("within_seconds", "Within"), .init("paused_seconds", "Time paused"),
        .init("source", "Source"), .init("cycle", "Cycle"),
      ],
      rows: moments.map { moment in
        let agreement = results.agreements.first { $0.name == moment.agreement }
        let at = LocalMoment(
          seconds: moment.at, localSeconds: agreement?.localSeconds(at: moment.at) ?? moment.at)
        func duration(_ seconds: Int64?) -> Cell {
          seconds.map { .duration(seconds: $0) } ?? .notMeasured
        }
        let first: [Cell] =
          [.identifier(moment.ticket)]
          + [
            moment.agreement, moment.customer, moment.clock, moment.tier, moment.kind.rawValue,
          ].map { .text($0) }
        return first + [
          .moment(at), .text(moment.what), .text(moment.holder), duration(moment.left),
          duration(moment.within), duration(moment.seconds), .text(moment.source),
          moment.cycle.map { .count($0) } ?? .notMeasured,
        ]
      },
      note: "Where to look, and no more: what is listed may be as right as any other.")
  }
}
