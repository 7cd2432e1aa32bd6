import ReportDocuments
import Results
import ServiceTime

/// Near misses, open promises, reversals, and what the source systems say.
struct ListSections {
  let pack: PackView

  private var most: Int { MissedWriter.mostListed }

  /// Met promises of the period with under a tenth of the time left, the closest first.
  var nearMisses: [PromiseRow] {
    pack.promises.filter { $0.isNearMiss && pack.counts($0) }.enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      // left / within ascending, compared crosswise so that nothing is rounded.
      let left = (x.left ?? 0).multipliedFullWidth(by: y.withinSeconds ?? 1)
      let right = (y.left ?? 0).multipliedFullWidth(by: x.withinSeconds ?? 1)
      if left.high != right.high { return left.high < right.high }
      return left.low == right.low ? a.offset < b.offset : left.low < right.low
    }.map(\.element)
  }

  /// Running and overdue promises, the latest and then the next to break first.
  var open: [PromiseRow] {
    func left(_ promise: PromiseRow) -> Int64 {
      promise.verdict == .overdue
        ? -max(1, promise.over(at: pack.reported)) : promise.left ?? timeToDue(promise) ?? .max
    }
    return pack.promises.filter { $0.verdict == .running || $0.verdict == .overdue }
      .enumerated().sorted { a, b in
        let (x, y) = (left(a.element), left(b.element))
        return x == y ? a.offset < b.offset : x < y
      }.map(\.element)
  }

  private func timeToDue(_ promise: PromiseRow) -> Int64? {
    promise.due.map { max(0, $0 - pack.reported.horizon) }
  }

  private func note(_ total: Int) -> String {
    total > most
      ? "\(Words.grouped(most)) of \(Words.grouped(total)) are listed; csv/tickets.csv has all."
      : ""
  }

  private func target(_ promise: PromiseRow) -> Cell {
    .text(promise.tier + " " + promise.clock)
  }

  private func duration(_ seconds: Int64?) -> Cell {
    seconds.map { .duration(seconds: $0) } ?? .notMeasured
  }

  var nearMissSection: Section {
    let near = nearMisses
    guard !near.isEmpty else {
      return Section(
        id: "near-misses", title: "Near misses", mark: "0",
        blocks: [
          .paragraph("No promise was kept with under 10\(Words.space)% of the time left.")
        ])
    }
    let was = near.count == 1 ? "promise was" : "promises were"
    let title =
      "\(Words.capitalised(Words.number(near.count))) \(was) kept with under 10\(Words.space)% of "
      + "the time left"
    let table = Table(
      columns: [
        .init("Ticket"), .init("Target"), .init("Elapsed", isNumeric: true),
        .init("Within", isNumeric: true), .init("Left", isNumeric: true), .init("Stopped"),
        .init("90 to 100\(Words.space)% of the time"),
      ],
      rows: near.prefix(most).map { promise in
        [
          .identifier(promise.ticket), target(promise), duration(promise.elapsedSeconds),
          duration(promise.withinSeconds), duration(promise.left),
          promise.stopped.map { .moment(pack.moment($0)) } ?? .notMeasured, used(promise),
        ]
      }, note: note(near.count), isRecords: true)
    return Section(
      id: "near-misses", title: title, contents: "Near misses", mark: Words.grouped(near.count),
      blocks: [.paragraph("The bar is the last tenth of the time allowed."), .table(table)])
  }

  private func used(_ promise: PromiseRow) -> Cell {
    guard let elapsed = promise.elapsedSeconds, let within = promise.withinSeconds,
      let share = Share(Int(elapsed), of: Int(within))
    else { return .notMeasured }
    return .used(share)
  }

  var openSection: Section {
    let open = open
    guard !open.isEmpty else {
      return Section(
        id: "open", title: "Still open", mark: "0",
        blocks: [.paragraph("No promise is open \(pack.horizonWords).")])
    }
    let late = open.count { $0.verdict == .overdue }
    let noun = open.count == 1 ? "promise is" : "promises are"
    let title =
      "\(Words.capitalised(Words.number(open.count))) \(noun) open \(pack.horizonWords); "
      + "\(Words.number(late)) \(late == 1 ? "is" : "are") already late"
    let table = Table(
      columns: [
        .init("Ticket"), .init("Target"), .init("Verdict"), .init("Opened"), .init("Due"),
        .init("Elapsed", isNumeric: true), .init("Left", isNumeric: true),
        .init("Over", isNumeric: true),
      ],
      rows: open.prefix(most).map { promise in
        let isLate = promise.verdict == .overdue
        return [
          .identifier(promise.ticket), target(promise), .text(promise.verdict.rawValue),
          promise.started.map { .moment(pack.moment($0)) } ?? .notMeasured,
          promise.due.map { .moment(pack.moment($0)) } ?? .notMeasured,
          duration(promise.elapsedSeconds), isLate ? .notMeasured : duration(promise.left),
          isLate ? duration(promise.over(at: pack.reported)) : .notMeasured,
        ]
      }, note: note(open.count))
    return Section(
      id: "open", title: title, contents: "Still open", mark: Words.grouped(open.count),
      markIsLate: late > 0,
      blocks: [AgeingWriter(pack: pack, open: open).figure.map { .figure($0) }, .table(table)]
        .compactMap { $0 })
  }

  var reversedSection: Section? {
    let reversed = pack.missed.filter { $0.reversedFrom != nil }
    guard !reversed.isEmpty else { return nil }
    let was =
      reversed.count == 1 ? "promise that had been met was" : "promises that had been met were"
    let table = Table(
      columns: [
        .init("Ticket"), .init("Target"), .init("Met in"), .init("Lost"),
        .init("Elapsed", isNumeric: true),
      ],
      rows: reversed.prefix(most).map { promise in
        [
          .identifier(promise.ticket), target(promise),
          .text(Words.period(promise.reversedFrom ?? "", year: true)),
          promise.lost.map { .moment(pack.moment($0)) } ?? .notMeasured,
          duration(promise.elapsedSeconds),
        ]
      }, note: note(reversed.count))
    return Section(
      id: "reversed",
      title: "\(Words.capitalised(Words.number(reversed.count))) \(was) reopened and lost",
      contents: "Reversed", mark: Words.grouped(reversed.count),
      blocks: [
        .paragraph(
          "The month that counted them as met stays as it was; the miss counts in the month in "
            + "which the promise was lost."), .table(table),
      ])
  }

  var reportedSection: Section? {
    let rows = pack.results.reported
    guard !rows.isEmpty else { return nil }
    let table = Table(
      columns: [
        .init("Clock"), .init("Tier"), .init("Met", isNumeric: true),
        .init("Breached", isNumeric: true), .init("Unknown", isNumeric: true),
        .init("Share met", isNumeric: true),
      ],
      rows: rows.map { row in
        [
          .text(row.clock), .text(row.tier), .count(row.met), .count(row.breached),
          .count(row.unknown),
          Share(row.met, of: row.met + row.breached).map { .share($0) } ?? .notMeasured,
        ]
      })
    return Section(
      id: "reported", title: "The source system's own verdicts",
      contents: "Source system",
      blocks: [
        .paragraph(
          "Reconciled with, not reproduced: the source counts by its own rules and over all of "
            + "its tickets, whatever the period."), .table(table),
      ])
  }
}
