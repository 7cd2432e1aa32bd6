import ReportDocuments
import Results
import ServiceTime

/// Who held the tickets of a supported clock, whose its misses are, and whether the parts add up.
struct ChainWriter {
  let pack: PackView
  let chain: ChainRecord

  static func sections(_ pack: PackView) -> [Section] {
    (pack.results.chain ?? []).enumerated().map { number, chain in
      ChainWriter(pack: pack, chain: chain).section(number)
    }
  }

  /// Of words that only a chain uses.
  static func definitions(_ pack: PackView) -> [Definition] {
    guard pack.results.chain != nil else { return [] }
    return [
      Definition(
        term: "Hand-off",
        text: "A change from one group to another while the clock is open, with the time of nobody "
          + "in between. A return is one to a group that had held the ticket before."),
      Definition(
        term: "Held when lost, first over its own, by excess",
        text: "A missed promise is that of the group that held the ticket when it was lost; or of "
          + "the group that lost its own promise first; or of all groups, in proportion to how far "
          + "each exceeded its own."),
      Definition(
        term: "Agreement gap",
        text: "A miss though every group kept its own promise: the agreements do not fit together."),
    ]
  }

  private var missed: Int { chain.groups.reduce(0) { $0 + $1.firstOver } }

  private func section(_ number: Int) -> Section {
    let id = number == 0 ? "chain" : "chain-\(number + 1)"
    var blocks: [Block] = [.paragraph(Self.words)]
    blocks += [route(id), waterfall(id)].compactMap { $0 }.map { .figure($0) }
    blocks.append(.table(groups))
    blocks += [routes, gaps, persons].compactMap { $0 }.map { .table($0) }
    return Section(
      id: id, title: title, contents: number == 0 ? "The chain" : "The chain: \(chain.clock)",
      mark: missed == 0 ? "" : Words.grouped(missed), startsPage: true, blocks: blocks)
  }

  private static let words = """
    Every second that counts of a promise is that of the group that held the ticket, or of nobody. \
    The rules that say whose a missed promise is stand side by side, because each is an answer to \
    another question.
    """

  private var title: String {
    let gap = chain.groups.first { $0.kind == .gap }?.firstOver ?? 0
    let all =
      "\(Words.capitalised(Words.number(chain.promises.count))) \(chain.clock) promises "
      + "went through \(Words.counted(chain.groups.count { $0.kind == .group }, "group"))"
    guard gap > 0 else { return all }
    if missed == 1 { return "\(all); the one miss was no group's fault" }
    return "\(all); \(Words.number(gap)) of \(Words.number(missed)) misses "
      + "\(gap == 1 ? "was" : "were") no group's fault"
  }

  // The route that most promises took.

  private func route(_ id: String) -> Figure? {
    guard
      let route = chain.routes.filter({ !$0.hops.isEmpty && $0.promises > 0 }).max(by: {
        $0.promises < $1.promises
      })
    else { return nil }
    let own = chain.promises.filter {
      $0.tier == route.tier && $0.route == route.hops.map(\.group)
    }
    let count = Int64(own.count)
    let shares = Dictionary(grouping: own.flatMap(\.shares), by: \.group)
    let all = route.hops.map { hop -> RouteChart.Lane in
      let parts = shares[hop.group] ?? []
      let held = parts.reduce(0) { $0 + $1.elapsed } / count
      let queue = parts.reduce(0) { $0 + ($1.queue ?? 0) } / count
      let lost = parts.count { $0.lost != nil }
      let note =
        "\(DurationText.prose(held))"
        + (hop.ola == nil ? "" : lost == 0 ? ", kept" : ", \(Words.grouped(lost)) over")
      return RouteChart.Lane(
        name: hop.group, queue: queue, work: held - queue, allowed: hop.longest, note: note,
        isOver: hop.longest.map { held > $0 } ?? false)
    }
    let lanes = Self.shortened(all)
    guard let largest = lanes.max(by: { $0.queue + $0.work < $1.queue + $1.work }) else {
      return nil
    }
    let names = route.hops.map(\.group).joined(separator: ", ")
    let sum = route.sum.map { " Their own promises add up to \(DurationText.prose($0))." } ?? ""
    let within = route.within.map { " of the \(DurationText.prose($0)) promised" } ?? ""
    return Figure(
      id: id + "-route",
      title: "\(largest.name) has \(DurationText.prose(largest.queue + largest.work))\(within) "
        + "on the way that most \(route.tier) tickets take",
      subtitle: "Mean of the \(Words.grouped(own.count)) promises of \(route.tier) on the route "
        + "\(names). Light: in the queue; full: with a person. Bracket: the group's own promise, as "
        + "long as it can last in the hours of this one.",
      alternative: lanes.map { "\($0.name) \(DurationText.prose($0.queue + $0.work))" }
        .joined(separator: ", ") + "." + sum,
      chart: .route(RouteChart(lanes: lanes, within: route.within, handOffs: route.handOffs)),
      table: Table(
        columns: [
          .init("Group"), .init("Held", isNumeric: true), .init("In the queue", isNumeric: true),
          .init("Its own promise lasts at most", isNumeric: true),
        ],
        rows: lanes.map {
          [
            .text($0.name), .duration(seconds: $0.queue + $0.work), .duration(seconds: $0.queue),
            Self.duration($0.allowed),
          ]
        }))
  }

  /// At most eight lanes; the rest are one.
  private static func shortened(_ lanes: [RouteChart.Lane]) -> [RouteChart.Lane] {
    guard lanes.count > 8 else { return lanes }
    let rest = lanes.dropFirst(7)
    return lanes.prefix(7) + [
      RouteChart.Lane(
        name: "\(rest.count) others", queue: rest.reduce(0) { $0 + $1.queue },
        work: rest.reduce(0) { $0 + $1.work },
        allowed: rest.compactMap(\.allowed).reduce(0, +), note: "", isOver: false)
    ]
  }

  // Where the late hours come from.

  private func waterfall(_ id: String) -> Figure? {
    let late = chain.groups.filter { $0.late > 0 }
    let total = late.reduce(0) { $0 + $1.late }
    guard total > 0 else { return nil }
    let groups = late.filter { $0.kind == .group }.sorted {
      $0.late == $1.late ? $0.name < $1.name : $0.late > $1.late
    }
    var bars = groups.prefix(8).enumerated().map { index, group in
      WaterfallChart.Bar(
        name: group.name, seconds: group.late, kind: index == 0 ? .largest : .group)
    }
    if groups.count > 8 {
      let rest = groups.dropFirst(7)
      bars[7] = .init(
        name: "\(rest.count) others", seconds: rest.reduce(0) { $0 + $1.late }, kind: .group)
    }
    bars += late.filter { $0.kind != .group }.map {
      .init(name: $0.name, seconds: $0.late, kind: $0.kind == .gap ? .gap : .unowned)
    }
    let chart = WaterfallChart(bars: bars)
    let gap = late.first { $0.kind == .gap }?.late ?? 0
    let largest = bars[0]
    let share = Share(Int(largest.seconds), of: Int(total)).map { Words.percent($0) } ?? ""
    return Figure(
      id: id + "-late",
      title: "\(Words.capitalised(largest.name)) accounts for \(share) of the late hours"
        + (gap > 0 && largest.kind != .gap
          ? "; \(DurationText.prose(gap)) are no group's fault" : ""),
      subtitle: "Counted time beyond what was allowed, of the \(missedWords), "
        + "divided by how far each group exceeded its own promise.",
      alternative: bars.map { "\($0.name) \(DurationText.prose($0.seconds))" }
        .joined(separator: ", ") + "; \(DurationText.prose(total)) in all.",
      chart: .waterfall(chart),
      table: Table(
        columns: [.init("Whose"), .init("Late", isNumeric: true), .init("Share", isNumeric: true)],
        rows: bars.map {
          [
            .text($0.name), .duration(seconds: $0.seconds),
            PausesWriter.share($0.seconds, of: total),
          ]
        }, sums: [.text("All"), .duration(seconds: total), PausesWriter.share(total, of: total)]))
  }

  // Tables.

  private var groups: Table {
    let whole: Int64 = 1_000_000
    func misses(_ millionths: Int64) -> Cell { .decimal(thousandths: (millionths + 500) / 1_000) }
    return Table(
      title: "The groups, and whose the missed promises are by each rule",
      subtitle: "Each of the three columns adds up to the \(missedWords) of "
        + "\(pack.periodWords).",
      columns: [
        .init("Group"), .init("Tickets", isNumeric: true), .init("Visits", isNumeric: true),
        .init("Held", isNumeric: true), .init("In its own hours", isNumeric: true),
        .init("In the queue", isNumeric: true), .init("Held when lost", isNumeric: true),
        .init("First over its own", isNumeric: true), .init("By excess", isNumeric: true),
      ],
      rows: chain.groups.map { group in
        [
          .text(group.name), group.kind == .gap ? .notMeasured : .count(group.promises),
          group.kind == .group ? .count(group.visits) : .notMeasured,
          group.kind == .gap ? .notMeasured : .duration(seconds: group.elapsed),
          Self.duration(group.own), Self.duration(group.queue), .count(group.heldAtLoss),
          .count(group.firstOver), misses(group.byExcess),
        ]
      },
      sums: [
        .text("All"), .count(chain.promises.count), .notMeasured,
        .duration(seconds: chain.groups.reduce(0) { $0 + $1.elapsed }), .notMeasured, .notMeasured,
        .count(missed), .count(missed), misses(Int64(missed) * whole),
      ], note: handOffWords, isRecords: true)
  }

  private var missedWords: String {
    missed == 1 ? "one missed promise" : "\(Words.grouped(missed)) missed promises"
  }

  private var handOffWords: String {
    let handOffs = chain.promises.reduce(0) { $0 + $1.handOffs }
    let returns = chain.promises.reduce(0) { $0 + $1.returns }
    return "\(Words.capitalised(Words.counted(handOffs, "hand-off"))), of which "
      + "\(Words.counted(returns, "return")) to a group that had held the ticket before. "
      + "csv/chain.csv has every promise."
  }

  private var routes: Table? {
    let shown = chain.routes.prefix(Self.mostRows)
    guard !shown.isEmpty else { return nil }
    return Table(
      title: "Whether the groups' own promises add up, route by route",
      subtitle: "The sum is the longest that they can last, one after the other, with the time for "
        + "hand-offs. What is guaranteed holds whoever misses: the shares that the groups may miss "
        + "are added up.",
      columns: [
        .init("Route"), .init("Tier"), .init("Taken by", isNumeric: true),
        .init("Kept", isNumeric: true), .init("Sum", isNumeric: true),
        .init("Promised", isNumeric: true), .init("Guaranteed", isNumeric: true),
        .init("Each would need", isNumeric: true),
      ],
      rows: shown.map { route in
        [
          .text(route.hops.map(\.group).joined(separator: ", ")), .text(route.tier),
          Share(route.promises, of: route.all).map { .share($0) } ?? .notMeasured,
          Share(route.met, of: route.promises, objective: route.objective).map { .share($0) }
            ?? .notMeasured,
          Self.duration(route.sum), Self.duration(route.within),
          .text(route.guaranteed.map { Words.percent(millionths: $0) } ?? "–"),
          .text(Self.needed(route)),
        ]
      },
      note: chain.routes.count > shown.count
        ? "\(Words.grouped(shown.count)) of \(Words.grouped(chain.routes.count)) routes are listed."
        : "", isRecords: true)
  }

  private static let mostRows = 20

  /// Such as `98.33 %`, in hundredths of a per cent.
  private static func needed(_ route: ChainRoute) -> String {
    guard let objective = route.objective, route.hops.contains(where: { $0.ola != nil }) else {
      return "–"
    }
    let needed = ChainRoute.needed(each: route.hops.count, for: objective)
    return Words.percent(millionths: (needed + 5_000) / 10_000 * 10_000)
  }

  private var gaps: Table? {
    let gaps = chain.routes.filter { $0.gaps > 0 || ($0.excess ?? 0) > 0 }
    guard !gaps.isEmpty else { return nil }
    return Table(
      title: "Where the agreements do not fit together",
      subtitle: "Routes on which the groups may take longer than the promise, or did, though each "
        + "kept its own.",
      columns: [
        .init("Route"), .init("Tier"), .init("More than promised", isNumeric: true),
        .init("Missed though all kept theirs", isNumeric: true),
      ],
      rows: gaps.prefix(Self.mostRows).map { route in
        [
          .text(route.hops.map(\.group).joined(separator: ", ")), .text(route.tier),
          Self.duration(route.excess.flatMap { $0 > 0 ? $0 : nil }), .count(route.gaps),
        ]
      }, isRecords: true)
  }

  private var persons: Table? {
    guard let persons = chain.persons, !persons.isEmpty else { return nil }
    return Table(
      title: "By person, as the agreement asks for",
      columns: [
        .init("Group"), .init("Person"), .init("Tickets", isNumeric: true),
        .init("Held", isNumeric: true),
      ],
      rows: persons.map {
        [
          .text($0.group), .text($0.person), .count($0.promises), .duration(seconds: $0.elapsed),
        ]
      }, isRecords: true)
  }

  private static func duration(_ seconds: Int64?) -> Cell {
    seconds.map { .duration(seconds: $0) } ?? .notMeasured
  }
}
