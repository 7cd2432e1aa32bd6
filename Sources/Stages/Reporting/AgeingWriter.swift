import ReportDocuments
import Results

/// How much of their time open promises have used.
struct AgeingWriter {
  private typealias Dot = AgeingChart.Dot

  /// Late ones that are named in the drawing.
  private static let mostNamed = 5
  /// Rows of a drawing, the worst first; the table has all.
  private static let mostRows = 12

  let pack: PackView
  private let rows: [AgeingChart.Row]
  private let withoutLimit: Int

  /// - Parameter open: Running and overdue promises, the worst first.
  init(pack: PackView, open: [PromiseRow]) {
    self.pack = pack
    let late = Set(
      open.filter { $0.verdict == .overdue }.prefix(Self.mostNamed).map { PromiseKey($0) })
    let next = open.first { $0.verdict == .running && $0.withinSeconds != nil }
      .map { PromiseKey($0) }
    var dots: [[String]: [Dot]] = [:]
    var without = 0
    for promise in open {
      guard let within = promise.withinSeconds, within > 0, let elapsed = promise.elapsedSeconds
      else {
        without += 1
        continue
      }
      let key = PromiseKey(promise)
      dots[[promise.clock, promise.tier], default: []].append(
        Dot(
          ticket: promise.ticket, elapsed: elapsed, within: within,
          isLate: promise.verdict == .overdue, isNamed: late.contains(key) || key == next))
    }
    withoutLimit = without
    rows = pack.measured.compactMap { target in
      guard let own = dots[[target.clock, target.tier]] else { return nil }
      return AgeingChart.Row(
        name: target.name, within: target.withinShort,
        dots: own.enumerated().sorted { a, b in
          let (x, y) = (a.element, b.element)
          let left = Int128(x.elapsed) * Int128(y.within)
          let right = Int128(y.elapsed) * Int128(x.within)
          return left == right ? a.offset < b.offset : left > right
        }.map(\.element))
    }
  }

  /// `nil` if no open promise has a limit that can be drawn.
  var figure: Figure? {
    guard !rows.isEmpty else { return nil }
    let shown = Array(worstFirst.prefix(Self.mostRows))
    let hidden = rows.count - shown.count
    var notes = hidden > 0 ? ["\(Words.counted(hidden, "more target")) in the table."] : []
    if withoutLimit > 0 {
      notes.append(
        "\(Words.capitalised(Words.counted(withoutLimit, "promise"))) with a due date instead of "
          + "an amount of time \(withoutLimit == 1 ? "is" : "are") only in the list.")
    }
    return Figure(
      id: "ageing", title: title,
      subtitle: "A dot for each open promise \(pack.horizonWords), at the share of its time that "
        + "is used.",
      alternative: alternative, notes: notes, chart: .ageing(AgeingChart(rows: shown)),
      table: table)
  }

  /// Rows in the agreement's order; of too many, those with late promises first.
  private var worstFirst: [AgeingChart.Row] {
    guard rows.count > Self.mostRows else { return rows }
    return rows.enumerated().sorted { a, b in
      let (x, y) = (a.element.dots.count(where: \.isLate), b.element.dots.count(where: \.isLate))
      return x == y ? a.offset < b.offset : x > y
    }.map(\.element)
  }

  private var all: [Dot] { rows.flatMap(\.dots) }

  private var title: String {
    let late = all.count(where: \.isLate)
    let close = all.count { !$0.isLate && 3 * Int128($0.elapsed) >= 2 * Int128($0.within) }
    let start =
      late == 0
      ? "No open promise is late"
      : "\(Words.capitalised(Words.counted(late, "open promise"))) "
        + "\(late == 1 ? "is" : "are") already late"
    guard close > 0 else { return start + "; none other has used two thirds of its time" }
    let more = late == 0 ? "" : " more"
    return start + "; \(Words.number(close))\(more) \(close == 1 ? "has" : "have") used two thirds "
      + "of \(close == 1 ? "its" : "their") time or more"
  }

  private var alternative: String {
    let named = rows.flatMap { row in
      row.dots.filter(\.isNamed).map { "\($0.ticket) (\(row.name)) \($0.percentText)" }
    }
    guard !named.isEmpty else { return "\(Words.counted(all.count, "open promise"))." }
    return "\(Words.list(named)) of the time allowed."
  }

  private var table: Table {
    let names = ["under 25 %", "25 to 50 %", "50 to 75 %", "75 to 100 %", "late", "over 200 %"]
    func counts(_ dots: [Dot]) -> [Int] {
      dots.reduce(into: Array(repeating: 0, count: names.count)) { $0[$1.ageClass] += 1 }
    }
    return Table(
      columns: [.init("Target")] + names.map { .init($0, isNumeric: true) }
        + [.init("All", isNumeric: true)],
      rows: rows.map { row in
        [.text(row.name)] + counts(row.dots).map { .count($0) } + [.count(row.dots.count)]
      },
      sums: [.text("All")] + counts(all).map { .count($0) } + [.count(all.count)])
  }
}
