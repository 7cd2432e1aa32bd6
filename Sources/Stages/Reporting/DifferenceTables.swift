package import ReportDocuments
package import Results
import ServiceTime

/// The tables of a comparison, for a terminal, a page and CSV files.
package struct DifferenceTables {
  let difference: ResultsDifference
  /// Whether the tables have to fit a sheet of paper: what is the same in all rows is left out.
  private let isPage: Bool

  package init(_ difference: ResultsDifference) { self.init(difference, isPage: false) }

  init(_ difference: ResultsDifference, isPage: Bool) {
    (self.difference, self.isPage) = (difference, isPage)
  }

  /// What tells months apart.
  private var places: [(name: String, value: KeyPath<MonthDifference, String>)] {
    let months = difference.months.filter { !$0.isEmpty }
    func differ(_ value: KeyPath<MonthDifference, String>) -> Bool {
      Set(months.map { $0[keyPath: value] }).count > 1
    }
    return [
      ("Agreement", \.agreement, differ(\.agreement)),
      ("Customer", \.customer, !isPage || differ(\.customer)),
      ("Month", \.period, !isPage || differ(\.period)),
    ].filter(\.2).map { ($0.0, $0.1) }
  }

  private func place(_ month: MonthDifference) -> [Cell] {
    places.map { .text(month[keyPath: $0.value]) }
  }

  private var placeColumns: [Table.Column] { places.map { .init($0.name) } }

  private var targetColumns: [Table.Column] {
    isPage ? [.init("Target")] : [.init("Clock"), .init("Tier")]
  }

  private func target(clock: String, tier: String) -> [Cell] {
    isPage ? [.text("\(tier) \(clock)")] : [.text(clock), .text(tier)]
  }

  // MARK: tables

  /// The figures that differ.
  package var figures: Table {
    Table(
      title: "Figures",
      columns: placeColumns + targetColumns
        + ["Kept was", "Share was", "Kept is", "Share is", "Objective", "p95 was", "p95 is"].map {
          .init($0, isNumeric: true)
        },
      rows: difference.months.flatMap { month in
        month.figures.map { place(month) + cells($0) }
      }, isRecords: true)
  }

  private func cells(_ figure: MonthDifference.Figure) -> [Cell] {
    func kept(_ counts: PromiseCounts, _ objective: Int64?) -> [Cell] {
      [
        .text("\(counts.met) of \(counts.decided)"),
        Share(counts.met, of: counts.decided, objective: objective).map { .share($0) }
          ?? .notMeasured,
      ]
    }
    func objective(_ millionths: Int64?) -> String {
      millionths.map { Words.percent(millionths: $0) } ?? "none"
    }
    let (was, now) = (objective(figure.objectiveWas), objective(figure.objectiveIs))
    func p95(_ stopped: StoppedStatistics?) -> Cell {
      guard let stopped, stopped.percentiles.count > 3 else { return .notMeasured }
      return .duration(seconds: (stopped.percentiles[3] + 50) / 100)
    }
    return target(clock: figure.clock, tier: figure.tier) + kept(figure.was, figure.objectiveWas)
      + kept(figure.is, figure.objectiveIs)
      + [
        .text(was == now ? now : "\(was), now \(now)"), p95(figure.stoppedWas),
        p95(figure.stoppedIs),
      ]
  }

  /// A row for each promise that differs, with its cause.
  package var promises: Table { promises(most: .max) }

  func promises(most: Int) -> Table {
    let rows = difference.months.flatMap { month in
      month.promises.map { place(month) + cells($0) }
    }
    let note =
      rows.count > most
      ? "\(Words.grouped(most)) of \(Words.grouped(rows.count)) are listed; -f csv has all." : ""
    return Table(
      title: "Tickets",
      columns: [.init("Ticket")] + placeColumns + targetColumns
        + ["Cause", "Was", "Is"].map { .init($0) }
        + ["Elapsed was", "Elapsed is"].map { .init($0, isNumeric: true) },
      rows: rows.prefix(most).map { cells in
        // The ticket first, then where it counts.
        let width = placeColumns.count
        return [cells[width]] + cells.prefix(width) + cells.dropFirst(width + 1)
      }, note: note, isRecords: true)
  }

  private func cells(_ promise: IssueChanges.Promise) -> [Cell] {
    let (was, now) = (promise.was, promise.is)
    let tiers = [was?.tier, now?.tier].compactMap { $0 }
    let tier =
      tiers.count == 2 && tiers[0] != tiers[1]
      ? "\(tiers[1]), was \(tiers[0])" : tiers.last ?? ""
    func verdict(_ state: IssueChanges.State?) -> Cell {
      .text(state?.isCounted == true ? state?.verdict.rawValue ?? "" : "not counted")
    }
    func elapsed(_ state: IssueChanges.State?) -> Cell {
      state?.elapsedSeconds.map { .duration(seconds: $0) } ?? .notMeasured
    }
    let cycle = promise.cycle.map { ", cycle \($0)" } ?? ""
    return [.identifier(promise.ticket)] + target(clock: promise.clock + cycle, tier: tier)
      + [
        .text(ChangesWriter.words(promise.causes)), verdict(was), verdict(now), elapsed(was),
        elapsed(now),
      ]
  }

  /// What differs in the rules.
  package var rules: Table {
    Table(
      title: "Rules",
      columns: ["Where", "What", "Was", "Is", "Kind"].map { .init($0) },
      rows: difference.rules.map { rule in
        [
          .text(rule.place), .text(rule.what), .text(rule.was.isEmpty ? "nothing" : rule.was),
          .text(rule.is.isEmpty ? "nothing" : rule.is), .text(rule.cause.rawValue),
        ]
      }, isRecords: true)
  }

  // MARK: CSV

  /// A row for each figure that differs.
  package var figuresSheet: DataSheet {
    let counts: [(name: String, value: (PromiseCounts) -> Int)] = [
      ("met", \.met), ("breached", \.breached), ("overdue", \.overdue), ("running", \.running),
      ("excluded", \.excluded), ("unmeasurable", \.unmeasurable), ("cancelled", \.cancelled),
    ]
    let names =
      ["agreement", "customer", "period", "clock", "tier"]
      + counts.flatMap { [$0.name + "_was", $0.name] }
      + ["objective_was", "objective", "p50_seconds_was", "p50_seconds"]
      + ["p95_seconds_was", "p95_seconds", "untold_met", "untold_missed"]
    func percentile(_ stopped: StoppedStatistics?, _ index: Int) -> Cell {
      guard let stopped, index < stopped.percentiles.count else { return .notMeasured }
      return .duration(seconds: (stopped.percentiles[index] + 50) / 100)
    }
    func number(_ count: Int?) -> Cell { count.map { .count($0) } ?? .notMeasured }
    let rows = difference.months.flatMap { month in
      month.figures.map { figure -> [Cell] in
        let place = [month.agreement, month.customer, month.period, figure.clock, figure.tier]
        let pairs = counts.flatMap { count -> [Cell] in
          [.count(count.value(figure.was)), .count(count.value(figure.is))]
        }
        let objectives = [figure.objectiveWas, figure.objectiveIs].map {
          $0.map(Cell.objective) ?? .notMeasured
        }
        let percentiles = [0, 3].flatMap {
          [percentile(figure.stoppedWas, $0), percentile(figure.stoppedIs, $0)]
        }
        return place.map { .text($0) } + pairs + objectives + percentiles
          + [number(figure.untoldMet), number(figure.untoldMissed)]
      }
    }
    return DataSheet(
      role: .changes, name: "Figures", file: "figures", columns: names.map { .init($0, $0) },
      rows: rows)
  }

  /// A row for each promise that differs.
  package var promisesSheet: DataSheet {
    let names = [
      "ticket", "source", "agreement", "customer", "period", "clock", "cycle", "change", "cause",
      "tier_was", "tier", "verdict_was", "verdict", "counted_was", "counted", "decided_was",
      "decided", "elapsed_seconds_was", "elapsed_seconds", "within_seconds_was", "within_seconds",
    ]
    let rows = difference.months.flatMap { month in
      month.promises.map { promise -> [Cell] in
        func pair(_ cell: (IssueChanges.State) -> Cell?) -> [Cell] {
          [promise.was, promise.is].map { $0.flatMap(cell) ?? .notMeasured }
        }
        func duration(_ seconds: Int64?) -> Cell? { seconds.map { .duration(seconds: $0) } }
        let place: [Cell] = [
          .identifier(promise.ticket), .text(promise.source), .text(month.agreement),
          .text(month.customer), .text(month.period), .text(promise.clock),
          promise.cycle.map { .count($0) } ?? .notMeasured, .text(promise.kind.rawValue),
          .text(ChangesWriter.words(promise.causes)),
        ]
        let states =
          pair { .text($0.tier) } + pair { .text($0.verdict.rawValue) }
          + pair { .text($0.isCounted ? "yes" : "no") }
          + pair { $0.decided.map { .moment(LocalMoment(seconds: $0, localSeconds: $0)) } }
        return place + states + pair { duration($0.elapsedSeconds) }
          + pair { duration($0.withinSeconds) }
      }
    }
    return DataSheet(
      role: .changes, name: "Tickets", file: "tickets", columns: names.map { .init($0, $0) },
      rows: rows)
  }

  /// A row for each difference of the rules.
  package var rulesSheet: DataSheet {
    DataSheet(
      role: .changes, name: "Rules", file: "rules",
      columns: ["where", "what", "was", "is", "kind"].map { .init($0, $0) },
      rows: difference.rules.map { rule in
        [rule.place, rule.what, rule.was, rule.is, rule.cause.rawValue].map { .text($0) }
      })
  }
}
