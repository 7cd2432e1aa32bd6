import ReportDocuments
import Results
import ServiceTime

/// What registers of exclusions asked for, what was granted, and the figures without and with that.
struct ExclusionsWriter {
  let pack: PackView

  private var entries: [ExclusionEntry] { pack.results.exclusions?.entries ?? [] }
  private var applied: [ExclusionEntry] { entries.filter(\.isApplied) }

  /// Targets with an objective, in the agreement's order.
  private var targets: [ExclusionTarget] {
    let all = pack.results.exclusions?.targets ?? []
    return pack.targets.compactMap { target in
      all.first { $0.clock == target.clock && $0.tier == target.tier }
    }
  }

  private func sum(_ counts: KeyPath<ExclusionTarget, PromiseCounts>) -> PromiseCounts {
    targets.reduce(into: PromiseCounts()) { $0 += $1[keyPath: counts] }
  }

  /// Left out if no entry of a register is about this customer's promises of the period.
  var section: Section? {
    guard !entries.isEmpty else { return nil }
    var blocks: [Block] = [.paragraph(words), .table(list)]
    if let figures { blocks.append(.table(figures)) }
    return Section(
      id: "exclusions", title: title, contents: "Exclusions",
      mark: Words.grouped(entries.count), blocks: blocks)
  }

  private var title: String {
    let asked = "Exclusions: \(Words.number(entries.count)) asked"
    if applied.count == entries.count { return asked + " and granted" }
    return asked + ", \(Words.number(applied.count)) granted"
  }

  private var words: String {
    """
    An exclusion of tickets takes their promises out of the share kept; an exclusion of an interval \
    takes the time out of the clock, and the promise stays. What is not approved changes nothing.
    """
  }

  private var list: Table {
    Table(
      title: "What was asked, and what became of it",
      columns: [
        .init("What"), .init("Reason"), .init("Approver"), .init("Approved"),
        .init("Promises", isNumeric: true), .init("Time taken out", isNumeric: true),
      ],
      rows: entries.map { entry in
        [
          .text(subject(entry)), .text(entry.reason),
          .text(entry.approver.isEmpty ? "nobody named" : entry.approver), approved(entry),
          .count(entry.promises),
          entry.isApplied && entry.isInterval ? .duration(seconds: entry.seconds) : .notMeasured,
        ]
      },
      note: applied.count == entries.count
        ? "" : "Of what is not applied, the promises are those that it would be about.",
      isRecords: true)
  }

  private func approved(_ entry: ExclusionEntry) -> Cell {
    guard let approved = entry.approved else { return .text("not approved: not applied") }
    return .text(Words.dated(localSeconds: pack.agreement.localSeconds(at: approved)))
  }

  /// Such as `INC0104419, resolution clock`, or `12 Oct 2026, 08:00 to 12 Oct 2026, 14:00`.
  private func subject(_ entry: ExclusionEntry) -> String {
    var text: String
    if let from = entry.from, let to = entry.to {
      text = [from, to].map { Words.dated(localSeconds: pack.agreement.localSeconds(at: $0)) }
        .joined(separator: " to ")
      if !entry.condition.isEmpty { text += ", where \(entry.condition)" }
    } else {
      let shown = entry.tickets.prefix(Self.mostTickets)
      let more = entry.tickets.count - shown.count
      text =
        more > 0
        ? shown.joined(separator: ", ") + " and \(Words.grouped(more)) more"
        : Words.list(entry.tickets)
    }
    guard !entry.clocks.isEmpty else { return text }
    let clocks = entry.clocks.count == 1 ? "clock" : "clocks"
    return text + ", \(Words.list(entry.clocks)) \(clocks)"
  }

  private static let mostTickets = 12

  /// Without and with; left out if nothing is applied.
  private var figures: Table? {
    guard !applied.isEmpty, !targets.isEmpty else { return nil }
    let period = Words.period(pack.reported.label, year: true)
    return Table(
      title: "\(period) without and with the exclusions",
      subtitle: "Two calculations of the same tickets; every other figure of this report is with "
        + "them.",
      columns: [
        .init("Target"), .init("Met without", isNumeric: true),
        .init("Missed without", isNumeric: true), .init("Kept without", isNumeric: true),
        .init("Met with", isNumeric: true), .init("Missed with", isNumeric: true),
        .init("Kept with", isNumeric: true), .init("Taken out", isNumeric: true),
      ],
      rows: targets.map {
        [.text("\($0.tier) \($0.clock)")]
          + cells($0.without, $0.objective) + cells($0.with, $0.objective)
          + [.count($0.with.excluded)]
      },
      sums: [.text("All targets")] + cells(sum(\.without), nil) + cells(sum(\.with), nil)
        + [.count(sum(\.with).excluded)], isRecords: true)
  }

  private func cells(_ counts: PromiseCounts, _ objective: Int64?) -> [Cell] {
    [
      .count(counts.met), .count(counts.missed),
      Share(counts.met, of: counts.decided, objective: objective).map { .share($0) }
        ?? .notMeasured,
    ]
  }

  /// What the cover says where exclusions change the share kept of all targets; else `nil`.
  var sentence: String? {
    let (without, with) = (sum(\.without), sum(\.with))
    guard !applied.isEmpty, (without.met, without.missed) != (with.met, with.missed) else {
      return nil
    }
    func share(_ counts: PromiseCounts) -> String {
      Share(counts.met, of: counts.decided).map(Words.percent) ?? "no promise"
    }
    return "Approved exclusions are applied: without them \(share(without)) were kept, with them "
      + "\(share(with))."
  }

  var definition: Definition? {
    entries.isEmpty
      ? nil
      : Definition(
        term: "Excluded",
        text: "Taken out by an approved entry of the register of exclusions. A promise taken out "
          + "is in no share and no percentile, and is counted as excluded where it would have been "
          + "decided. Time taken out is a pause by \u{201c}excluded\u{201d}.")
  }
}

/// The entries of registers and their effect as data: `exclusions.csv`, `exclusion-targets.csv`.
struct ExclusionSheets {
  let results: CalculationResults

  var sheets: [DataSheet] {
    guard let exclusions = results.exclusions else { return [] }
    return [entries(exclusions.entries), targets(exclusions.targets)]
  }

  private func entries(_ entries: [ExclusionEntry]) -> DataSheet {
    DataSheet(
      role: .exclusions, name: "Exclusions", file: "exclusions",
      columns: [
        .init("tickets", "Tickets"), .init("agreement", "Agreement"),
        .init("customer", "Customer"), .init("source", "Source"), .init("from", "From"),
        .init("to", "To"), .init("condition", "Condition"), .init("clocks", "Clocks"),
        .init("reason", "Reason"), .init("approver", "Approver"),
        .init("approved", "Approved"), .init("state", "State"), .init("promises", "Promises"),
        .init("missed", "Of them missed"), .init("seconds", "Time taken out"),
      ],
      rows: entries.map { entry in
        let first: [Cell] = [
          .identifier(entry.tickets.joined(separator: " ")), .text(entry.agreement),
          .text(entry.customer), .text(entry.source),
          moment(entry.from, entry), moment(entry.to, entry), .text(entry.condition),
          .text(entry.clocks.joined(separator: " ")),
        ]
        return first + [
          .text(entry.reason), .text(entry.approver), moment(entry.approved, entry),
          .text(entry.isApplied ? "applied" : "not approved: not applied"),
          .count(entry.promises), .count(entry.missed), .duration(seconds: entry.seconds),
        ]
      },
      note: "What was asked to be excluded, and what became of it in the reported period.")
  }

  private func moment(_ seconds: Int64?, _ entry: ExclusionEntry) -> Cell {
    guard let seconds else { return .notMeasured }
    let agreement = results.agreements.first { $0.name == entry.agreement }
    return .moment(
      LocalMoment(
        seconds: seconds, localSeconds: agreement?.localSeconds(at: seconds) ?? seconds))
  }

  private func targets(_ targets: [ExclusionTarget]) -> DataSheet {
    DataSheet(
      role: .exclusionTargets, name: "Without exclusions", file: "exclusion-targets",
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("clock", "Clock"),
        .init("tier", "Tier"), .init("met_without", "Met without"),
        .init("missed_without", "Missed without"),
        .init("attainment_without", "Kept without"), .init("met_with", "Met with"),
        .init("missed_with", "Missed with"), .init("attainment_with", "Kept with"),
        .init("excluded", "Taken out"),
      ],
      rows: targets.map { target in
        let counts = [target.without, target.with].flatMap { counts -> [Cell] in
          [
            .count(counts.met), .count(counts.missed),
            Share(counts.met, of: counts.decided, objective: target.objective).map { .share($0) }
              ?? .notMeasured,
          ]
        }
        return [
          .text(target.agreement), .text(target.customer), .text(target.clock),
          .text(target.tier),
        ] + counts + [.count(target.with.excluded)]
      }, note: "The reported period without and with the exclusions: two replays.")
  }
}
