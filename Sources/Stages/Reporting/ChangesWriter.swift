import ReportDocuments
import Results
import ServiceTime

/// What changed since packs of this client were issued.
struct ChangesWriter {
  let pack: PackView

  private var changes: [IssueChanges] { pack.results.changes ?? [] }

  /// Which issue the report is: `Issue 2, replaces issue 1 of 2 Nov 2026`; empty if it was not issued.
  var issueText: String {
    guard let issue = pack.results.issues?.first else { return "" }
    let replaced = issue.replacedAsOf.map {
      ", replaces issue \(issue.number - 1) of \(day($0))"
    }
    return "Issue \(issue.number)" + (replaced ?? "")
  }

  /// Left out if nothing differs from what was issued.
  var section: Section? {
    let count = changes.reduce(0) { $0 + $1.promises.count }
    guard !changes.isEmpty else { return nil }
    let title =
      changes.count == 1
      ? sentence(changes[0]).dropLast()[...]
      : (Words.capitalised(promises(count)) + " of "
        + Words.list(changes.map { Words.period($0.period, year: false) })
        + " changed since these were issued")[...]
    var blocks: [Block] = []
    for change in changes {
      if changes.count > 1 { blocks.append(.paragraph(sentence(change))) }
      let figures = change.figures.filter(\.isChanged)
      if !figures.isEmpty { blocks.append(.table(table(figures, of: change))) }
      if !change.promises.isEmpty { blocks.append(.table(list(of: change))) }
    }
    return Section(
      id: "changes", title: String(title), contents: "What changed since issued",
      mark: Words.grouped(count), blocks: blocks)
  }

  /// What the cover says of the period reported; `nil` if it is as it was issued.
  var reportedSentence: String? {
    changes.first { $0.period == pack.reported.label }.map(sentence)
  }

  /// What the pack issued says of a target and month, if that is another figure.
  func issuedText(_ target: TargetView, _ period: String) -> String? {
    guard let change = changes.first(where: { $0.period == period }),
      let figure = change.figures.first(where: {
        $0.clock == target.clock && $0.tier == target.tier && $0.isChanged
      })
    else { return nil }
    let was = figure.was
    let kept =
      Share(was.met, of: was.decided, objective: figure.objectiveWas).map {
        "\(Words.percent($0)), \(Words.grouped(was.met)) of \(Words.grouped(was.decided))"
      } ?? "no data"
    return "issue \(change.issue) has \(kept)"
  }

  /// Says how many promises changed, and what became of the share kept of all targets together.
  private func sentence(_ change: IssueChanges) -> String {
    let start = "Since issue \(change.issue) of \(day(change.issuedAsOf)), "
    let period = Words.period(change.period, year: false)
    let judged = change.figures.filter { $0.objectiveWas != nil || $0.objectiveIs != nil }
    let none = IssueChanges.Count(met: 0, missed: 0)
    let (was, now) = (
      judged.map(\.was).reduce(none, +), judged.map(\.is).reduce(none, +)
    )
    guard !change.promises.isEmpty else {
      return start + "objectives of \(period) changed, and no promise."
    }
    let what = start + "\(promises(change.promises.count)) of \(period) changed: "
    guard was != now else { return what + "the share kept in all is the same, \(share(was))." }
    return what + "\(share(was)) kept became \(share(now))."
  }

  private func promises(_ count: Int) -> String { Words.counted(count, "promise") }

  private func share(_ count: IssueChanges.Count) -> String {
    Share(count.met, of: count.decided).map(Words.percent) ?? "no data"
  }

  private func day(_ seconds: Int64) -> String {
    let local = pack.agreement.localSeconds(at: seconds)
    let words = Words.dated(localSeconds: local)
    return String(words.prefix { $0 != "," })
  }

  private func table(_ figures: [IssueChanges.Figure], of change: IssueChanges) -> Table {
    let period = Words.period(change.period, year: true)
    return Table(
      title: figures.count == 1
        ? "One target of \(period) reads otherwise than in issue \(change.issue)"
        : "\(Words.capitalised(Words.number(figures.count))) targets of \(period) read otherwise "
          + "than in issue \(change.issue)",
      columns: [
        .init("Target"), .init("Grade then"), .init("As issued", isNumeric: true),
        .init("Kept then", isNumeric: true), .init("Grade now"), .init("Now", isNumeric: true),
        .init("Kept now", isNumeric: true),
      ],
      rows: figures.map { figure in
        [.text("\(figure.tier) \(figure.clock)")]
          + cells(figure.was, figure.objectiveWas, change)
          + cells(figure.is, figure.objectiveIs, change)
      }, isRecords: true)
  }

  private func cells(
    _ count: IssueChanges.Count, _ objective: Int64?, _ change: IssueChanges
  ) -> [Cell] {
    let grade = grade(count, objective, change)
    guard let share = Share(count.met, of: count.decided, objective: objective) else {
      return [grade, .notMeasured, .notMeasured]
    }
    return [
      grade, .share(share), .text("\(Words.grouped(count.met)) of \(Words.grouped(count.decided))"),
    ]
  }

  private func grade(
    _ count: IssueChanges.Count, _ objective: Int64?, _ change: IssueChanges
  ) -> Cell {
    var counts = PromiseCounts()
    (counts.met, counts.breached) = (count.met, count.missed)
    let period = pack.agreement.periods.first { $0.label == change.period }
    return .grade(
      Grade(
        Grading(
          counts: counts, objective: objective, completeness: period?.completeness ?? .complete)))
  }

  private func list(of change: IssueChanges) -> Table {
    let count = change.promises.count
    let listed = change.promises.prefix(MissedWriter.mostListed)
    let subtitle =
      "\u{201c}Not counted\u{201d} is a promise that the month did not count: still open, counted "
      + "in another month, or not known."
    return Table(
      title: count == 1
        ? "The promise that changed" : "The \(Words.number(count)) promises that changed",
      subtitle: subtitle,
      columns: [
        .init("Ticket"), .init("Target"), .init("Cause"), .init("Was"), .init("Is now"),
        .init("Elapsed then", isNumeric: true), .init("Elapsed now", isNumeric: true),
      ],
      rows: listed.map(row),
      note: count > listed.count
        ? "\(Words.grouped(listed.count)) of \(Words.grouped(count)) are listed; csv/changes.csv has all."
        : "", isRecords: true)
  }

  private func row(_ promise: IssueChanges.Promise) -> [Cell] {
    let (was, now) = (promise.was, promise.is)
    let tier = (now ?? was)?.tier ?? ""
    let moved = was.flatMap { was in now.map { was.tier == $0.tier } } ?? true
    return [
      .identifier(promise.ticket),
      .text(
        "\(tier) \(promise.clock)" + (moved ? "" : ", was \(was?.tier ?? "")")),
      .text(Self.words(promise.causes)), .text(Self.words(was)), .text(Self.words(now)),
      was?.elapsedSeconds.map { .duration(seconds: $0) } ?? .notMeasured,
      now?.elapsedSeconds.map { .duration(seconds: $0) } ?? .notMeasured,
    ]
  }

  static func words(_ causes: [ChangeCause]) -> String {
    let names = causes.map(\.rawValue)
    guard let last = names.last, names.count > 1 else { return names.first ?? "not known" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func words(_ state: IssueChanges.State?) -> String {
    guard let state, state.isCounted else { return "not counted" }
    return state.verdict.rawValue
  }
}
